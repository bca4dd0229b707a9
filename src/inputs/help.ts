/** The text of `--help`. */
export function renderHelp(): string {
  throw new Error('not built yet');
}
