/** `generate` of the command line: its two own flags, and what of its inputs may be missing. */
import type { InputProblem } from '../errors.ts';
import type { EcsValues } from './ecs-line.ts';
import type { InputContext } from './parse-inputs.ts';

/** How the inputs of `generate` are read: no cluster is asked, so that nobody's password is needed. */
export const GENERATING: Pick<InputContext, 'secretsNeeded' | 'generates'> = { secretsNeeded: false, generates: true };

/** `raw` and `notices` are handed on to `parseInputs`, with GENERATING. */
export interface GenerateLine {
  readonly kind: 'generate';
  readonly raw: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
  readonly out: string;
  readonly force: boolean;
  /** The flags of `generate ecs`, which writes other files. */
  readonly ecs?: EcsValues;
}

export interface GenerateFlags {
  /** Folder that the files go to. */
  readonly out: string;
  /** Writes over files that differ. */
  readonly force: boolean;
  /** All other arguments. */
  readonly rest: readonly string[];
  readonly problems: readonly InputProblem[];
}

/** @param folder taken where --out is not given. */
export function takeGenerateFlags(tokens: readonly string[], folder = 'connectors'): GenerateFlags {
  const folders: string[] = [];
  const rest: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (token === '--out') folders.push(tokens[++index] ?? '');
    else if (token.startsWith('--out=')) folders.push(token.slice('--out='.length));
    else if (token !== '--force') rest.push(token);
  }
  const [out = folder] = folders;
  const usable = folders.length <= 1 && out !== '' && !out.startsWith('-');
  const problem = { input: '--out', expected: 'one folder', seen: folders.length > 1 ? 'several' : 'nothing' };
  const hint = `Write --out FOLDER, or leave it out for ${folder}.`;
  return { out, force: tokens.includes('--force'), rest, problems: usable ? [] : [{ ...problem, hint }] };
}
