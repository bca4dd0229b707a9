/** Raw strings → typed inputs, or every problem at once. */
import type { Inputs } from './typed-inputs.ts';

export type FileText = { readonly text: string } | { readonly error: string };

export interface InputContext {
  /** Reads a UTF-8 file; `error` is a short reason such as `no such file`, without the path. */
  readonly readFile: (path: string) => FileText;
  /** Defaults that this surface knows better than the schema, e.g. the action's own `report-dir`. Lowest rank. */
  readonly defaults?: ReadonlyMap<string, string>;
  /** Said before the run, e.g. by the command line about the flags of the original tool. */
  readonly notices?: readonly string[];
}

/**
 * @param raw input name in kebab-case → text; an empty text means not given.
 * @throws InputError with all problems.
 */
export function parseInputs(raw: ReadonlyMap<string, string>, context: InputContext): Inputs {
  throw new Error(`not built yet: ${raw.size} ${String(context.notices)}`);
}
