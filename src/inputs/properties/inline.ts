/** A path is one line without `=` that does not open as `bootstrap.servers:` does; all else is the text itself. */
export function isInlineProperties(text: string): boolean {
  return text.includes('\n') || text.includes('=') || /^\s*[a-z]+(?:\.[a-z]+)+\s*:/.test(text);
}
