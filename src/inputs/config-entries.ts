/** What the blocks of the config file have in common. */
import { isMap, isScalar } from 'yaml';
import type { InputProblem } from '../errors.ts';

export interface RawEntry {
  readonly key: string;
  readonly value: unknown;
}

/** @param path of the file, for messages. */
export function entriesOf(node: unknown, where: string, path: string, problems: InputProblem[]): readonly RawEntry[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (isMap(node)) return node.items.map(({ key, value }) => ({ key: isScalar(key) ? String(key.value) : '', value }));
  const hint = 'Write one `name: value` a line below it, indented.';
  problems.push(wrong(where, 'names with their values', `another structure in ${path}`, hint));
  return [];
}

export function wrong(input: string, expected: string, seen: string, hint: string): InputProblem {
  return { input, expected, seen, hint };
}
