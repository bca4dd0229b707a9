/** The `config` file: the inputs by their names in YAML, no secrets. No value is echoed before it is known to be none. */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { LintIgnore } from '../domain/connectors/lint/lint.ts';
import type { InputProblem } from '../errors.ts';
import { parseChecksBlock, type RawGroupRule } from './config-checks.ts';
import { parseLintBlock } from './config-lint.ts';
import { isInlineProperties } from './properties/inline.ts';
import { findInput, INPUTS } from './schema/schema.ts';
import { didYouMean } from './values/closest-name.ts';
import { show } from './values/show.ts';
import { textOfYaml } from './yaml-text.ts';

export interface ConfigFile {
  /** Input name → text, as it would have been given directly. */
  readonly values: ReadonlyMap<string, string>;
  /** `checks: rules:`, in their order. */
  readonly groupRules: readonly RawGroupRule[];
  /** `lint: ignore:`. */
  readonly lintIgnore: readonly LintIgnore[];
  readonly problems: readonly InputProblem[];
}

const NAMES = INPUTS.filter(({ name }) => name !== 'config').map(({ name }) => name);

/** @param path for messages. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const line = text.slice(0, fault.pos[0]).split('\n').length;
    const seen = `${fault.code} on line ${line} of ${path}`;
    return onlyProblem('a YAML file', seen, hintForYaml(fault.code));
  }
  const { contents } = document;
  if (contents === null) return { values: new Map(), groupRules: [], lintIgnore: [], problems: [] };
  if (!isMap(contents)) {
    const seen = `${isSeq(contents) ? 'a sequence' : 'a text'} in ${path}`;
    return onlyProblem('input names with their values', seen, 'Write one `name: value` a line.');
  }
  const values = new Map<string, string>();
  const problems: InputProblem[] = [];
  let groupRules: readonly RawGroupRule[] = [];
  let lintIgnore: readonly LintIgnore[] = [];
  for (const { key, value } of contents.items) {
    if (isScalar(key) && key.value === 'checks') {
      const block = parseChecksBlock(value, path);
      problems.push(...block.problems);
      for (const [name, text] of block.values) {
        if (values.has(name)) problems.push(givenTwice(name, path));
        values.set(name, text);
      }
      groupRules = block.rules;
      continue;
    }
    if (isScalar(key) && key.value === 'lint') {
      const block = parseLintBlock(value, path);
      problems.push(...block.problems);
      lintIgnore = block.ignore;
      continue;
    }
    const entry = readEntry(isScalar(key) ? String(key.value) : '', value, path);
    if ('problem' in entry) problems.push(entry.problem);
    else if (values.has(entry.name)) problems.push(givenTwice(entry.name, path));
    else if (entry.text !== '') values.set(entry.name, entry.text);
  }
  return { values, groupRules, lintIgnore, problems };
}

type Entry = { readonly name: string; readonly text: string } | { readonly problem: InputProblem };

function readEntry(key: string, value: unknown, path: string): Entry {
  const spec = findInput(key);
  if (spec === undefined || key === 'config') return { problem: unknownKey(key, path) };
  if (spec.secret) {
    const hint =
      'Files in a repository are read by many: give it as a secret of the workflow, or as env:NAME on the command line.';
    return problem(key, 'no secret in the config file', `${key} in ${path}`, hint);
  }
  const text = textOfYaml(value, spec.kind === 'list');
  if (text === null) {
    const expected = spec.kind === 'list' ? 'a text or a sequence of texts' : 'one value';
    return problem(key, expected, `another structure in ${path}`, 'Write it as the input is written in a workflow.');
  }
  if (spec.kind === 'properties' && isInlineProperties(text)) {
    const hint = 'Inline properties often hold a password: keep them in a file or a secret.';
    return problem(key, 'a path', `inline properties in ${path}`, hint);
  }
  return { name: key, text };
}

function givenTwice(name: string, path: string): InputProblem {
  const hint = 'Keep one of them.';
  return { input: name, expected: `${name} once`, seen: `${name} and checks.${name} in ${path}`, hint };
}

function unknownKey(key: string, path: string): InputProblem {
  const hint =
    key === 'config'
      ? 'A config file cannot name another one.'
      : `${didYouMean(key, NAMES)}The README lists all inputs.`;
  return { input: 'config', expected: 'names of inputs', seen: `${show(key)} in ${path}`, hint };
}

function hintForYaml(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'Each input is given once.';
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces.';
  return 'Quote values that hold one of `: # { [ * & ! | > % @`.';
}

function problem(input: string, expected: string, seen: string, hint: string): Entry {
  return { problem: { input, expected, seen, hint } };
}

function onlyProblem(expected: string, seen: string, hint: string): ConfigFile {
  return { values: new Map(), groupRules: [], lintIgnore: [], problems: [{ input: 'config', expected, seen, hint }] };
}
