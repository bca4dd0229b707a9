/** What may stand after a flag: arguments are seen by every process of a machine, so secrets come by reference. */
import type { InputProblem } from '../errors.ts';
import type { FileText } from './file-text.ts';
import { isInlineProperties } from './properties/inline.ts';
import type { InputSpec } from './schema/input-spec.ts';
import { show } from './values/show.ts';

export interface FlagContext {
  /** Looks up `env:NAME`. */
  readonly environment: (name: string) => string | undefined;
  readonly readFile: (path: string) => FileText;
}

export type FlagValue = { readonly text: string } | { readonly problem: InputProblem };

/** @param flag as typed, for messages. */
export function resolveFlagValue(spec: InputSpec, flag: string, value: string, context: FlagContext): FlagValue {
  const takesReference = spec.secret === true || spec.kind === 'pem' || spec.kind === 'properties';
  if (takesReference && value.startsWith('env:')) return fromEnvironment(flag, value.slice('env:'.length), context);
  if (takesReference && value.startsWith('file:')) return fromFile(spec, flag, value.slice('file:'.length), context);
  if (spec.secret === true) {
    const hint = `Every process can read arguments. Put it into a variable or a file: ${flag} env:NAME.`;
    return problem(flag, 'env:NAME or file:PATH', 'a literal value (hidden)', hint);
  }
  if (spec.kind === 'properties' && isInlineProperties(value)) {
    const hint = 'Every process can read arguments, and properties often hold a password.';
    return problem(flag, 'a path, env:NAME or file:PATH', 'inline properties (hidden)', hint);
  }
  return { text: value };
}

function fromEnvironment(flag: string, name: string, context: FlagContext): FlagValue {
  // What is no name of a variable may be the secret itself.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return problem(flag, 'env: with the name of a variable', 'env: with something else (hidden)', 'Write env:NAME.');
  }
  const text = context.environment(name) ?? '';
  if (text.trim() !== '') return { text };
  const hint = `Export ${name} before the command, or take another name.`;
  return problem(flag, `a value in the environment variable ${name}`, 'an unset or empty variable', hint);
}

function fromFile(spec: InputSpec, flag: string, path: string, context: FlagContext): FlagValue {
  // Properties are read once, by the parser, which also reports what is wrong with the path.
  if (spec.kind === 'properties') return { text: path };
  const file = context.readFile(path);
  if ('error' in file) {
    const hint = 'Check path and permissions.';
    return problem(flag, 'file: with the path of a readable file', `${show(path)} (${file.error})`, hint);
  }
  if (file.text.trim() !== '') return { text: file.text };
  return problem(flag, 'file: with the path of a file', `the empty file ${show(path)}`, 'Check what writes it.');
}

function problem(input: string, expected: string, seen: string, hint: string): FlagValue {
  return { problem: { input, expected, seen, hint } };
}
