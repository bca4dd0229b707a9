/** The terminal's arguments → raw inputs. */
import type { FileText } from './parse-inputs.ts';

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'demo'; readonly keep: boolean }
  /** `raw` and `notices` are handed on to `parseInputs`. */
  | { readonly kind: 'run'; readonly raw: ReadonlyMap<string, string>; readonly notices: readonly string[] };

export interface CommandLineContext {
  /** Looks up `env:NAME`. */
  readonly environment: (name: string) => string | undefined;
  readonly readFile: (path: string) => FileText;
}

/**
 * @param argv without node and the script.
 * @throws InputError with all problems.
 */
export function readCommandLine(argv: readonly string[], context: CommandLineContext): CommandLine {
  throw new Error(`not built yet: ${argv.length} ${String(context)}`);
}
