/** The `checks:` block of the config file: inputs of the gate, and rules for single groups. */
import { isScalar, isSeq } from 'yaml';
import type { InputProblem } from '../errors.ts';
import { entriesOf, type RawEntry, wrong } from './config-entries.ts';
import { GATE_INPUTS } from './schema/gate.ts';
import { didYouMean } from './values/closest-name.ts';
import { show } from './values/show.ts';
import { textOfYaml } from './yaml-text.ts';

/** One entry of `checks: rules:`, still as text. */
export interface RawGroupRule {
  /** Key path for messages, e.g. `checks.rules[0]`. */
  readonly where: string;
  readonly values: ReadonlyMap<string, string>;
  /** Path of the config file. */
  readonly configFile: string;
}

export interface ChecksBlock {
  /** Input name → text. */
  readonly values: ReadonlyMap<string, string>;
  readonly rules: readonly RawGroupRule[];
  readonly problems: readonly InputProblem[];
}

/** `phase` is not among them: it belongs to a workflow, not to a file that all phases share. */
const BLOCK_KEYS = [...GATE_INPUTS.map(({ name }) => name).filter((name) => name !== 'phase'), 'rules'];
const RULE_KEYS = ['groups', 'required', 'max-redelivered', 'max-checkpoint-age', 'skip-checks'];
const LISTS: ReadonlySet<string> = new Set(['groups', 'skip-checks', 'required-groups']);

/** @param path of the file, for messages. */
export function parseChecksBlock(node: unknown, path: string): ChecksBlock {
  const problems: InputProblem[] = [];
  const values = new Map<string, string>();
  let rules: readonly RawGroupRule[] = [];
  for (const { key, value } of entriesOf(node, 'checks', path, problems)) {
    if (key === 'rules') rules = readRules(value, path, problems);
    else readValue({ key, value, where: 'checks', known: BLOCK_KEYS }, path, values, problems);
  }
  return { values, rules, problems };
}

function readRules(node: unknown, path: string, problems: InputProblem[]): readonly RawGroupRule[] {
  if (isScalar(node) && node.value === null) return [];
  if (!isSeq(node)) {
    problems.push(wrong('checks.rules', 'a sequence of rules', `another structure in ${path}`, START_A_RULE));
    return [];
  }
  return node.items.map((item, index) => {
    const where = `checks.rules[${index}]`;
    const values = new Map<string, string>();
    for (const { key, value } of entriesOf(item, where, path, problems)) {
      readValue({ key, value, where, known: RULE_KEYS }, path, values, problems);
    }
    const isWrong = problems.some(({ input }) => input === `${where}.groups` || input === where);
    if (!values.has('groups') && !isWrong) {
      problems.push(wrong(`${where}.groups`, 'the groups that the rule is for', `nothing in ${path}`, START_A_RULE));
    }
    return { where, values, configFile: path };
  });
}

const START_A_RULE = 'Write each rule as `- groups: name or pattern`, and below it what holds for these groups.';

function readValue(
  entry: RawEntry & { readonly where: string; readonly known: readonly string[] },
  path: string,
  values: Map<string, string>,
  problems: InputProblem[],
): void {
  const { key, value, where, known } = entry;
  if (!known.includes(key)) {
    const hint = `${didYouMean(key, known)}Known here: ${known.join(', ')}.`;
    problems.push(wrong(where, 'known names', `${show(key)} in ${path}`, hint));
    return;
  }
  const text = textOfYaml(value, LISTS.has(key));
  if (text === null) {
    const expected = LISTS.has(key) ? 'a text or a sequence of texts' : 'one value';
    const hint = 'Write it as the input is written in a workflow.';
    problems.push(wrong(`${where}.${key}`, expected, `another structure in ${path}`, hint));
  } else if (text.trim() !== '') values.set(key, text.trim());
}
