/** The `lint:` block of the config file: which rules are silenced, each with its reason. */
import { isScalar, isSeq } from 'yaml';
import type { LintIgnore } from '../domain/connectors/lint/lint.ts';
import { RULE_TABLE } from '../domain/connectors/lint/rule-table.ts';
import type { InputProblem } from '../errors.ts';
import { entriesOf, wrong } from './config-entries.ts';
import { didYouMean } from './values/closest-name.ts';
import { show } from './values/show.ts';
import { textOfYaml } from './yaml-text.ts';

export interface LintBlock {
  readonly ignore: readonly LintIgnore[];
  readonly problems: readonly InputProblem[];
}

const HOW = 'Write each as `- rule: its id`, and below it `reason: why it does not apply here`.';
const ENTRY_KEYS = ['rule', 'reason'];

/** @param path of the file, for messages. */
export function parseLintBlock(node: unknown, path: string): LintBlock {
  const problems: InputProblem[] = [];
  let ignore: readonly LintIgnore[] = [];
  for (const { key, value } of entriesOf(node, 'lint', path, problems)) {
    if (key === 'ignore') ignore = readIgnore(value, path, problems);
    else {
      const hint = `${didYouMean(key, ['ignore'])}Known here: ignore.`;
      problems.push(wrong('lint', 'known names', `${show(key)} in ${path}`, hint));
    }
  }
  return { ignore, problems };
}

function readIgnore(node: unknown, path: string, problems: InputProblem[]): readonly LintIgnore[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isSeq(node)) {
    problems.push(wrong('lint.ignore', 'a sequence of rules', `another structure in ${path}`, HOW));
    return [];
  }
  const seen = new Set<string>();
  return node.items.flatMap((item, index) => {
    const where = `lint.ignore[${index}]`;
    const entry = readEntry(item, where, path, problems);
    if (entry === null) return [];
    if (seen.has(entry.rule)) {
      problems.push(wrong(`${where}.rule`, 'each rule once', `"${entry.rule}" again in ${path}`, 'Keep one of them.'));
    }
    seen.add(entry.rule);
    return [entry];
  });
}

/** null: something is missing or wrong, and `problems` says what. */
function readEntry(node: unknown, where: string, path: string, problems: InputProblem[]): LintIgnore | null {
  const before = problems.length;
  const values = new Map<string, string>();
  for (const { key, value } of entriesOf(node, where, path, problems)) {
    if (!ENTRY_KEYS.includes(key)) {
      const hint = `${didYouMean(key, ENTRY_KEYS)}Known here: ${ENTRY_KEYS.join(', ')}.`;
      problems.push(wrong(where, 'known names', `${show(key)} in ${path}`, hint));
      continue;
    }
    const text = textOfYaml(value, false);
    if (text === null) problems.push(wrong(`${where}.${key}`, 'one text', `another structure in ${path}`, HOW));
    else values.set(key, text.trim());
  }
  if (problems.length > before) return null;
  const [rule, reason] = ENTRY_KEYS.map((key) => values.get(key) ?? '');
  if (rule) checkRule(rule, where, path, problems);
  else problems.push(wrong(`${where}.rule`, 'the id of a rule', `nothing in ${path}`, HOW));
  if (!reason) problems.push(wrong(`${where}.reason`, 'why the rule is silenced', `nothing in ${path}`, HOW));
  return rule && reason && problems.length === before ? { rule, reason } : null;
}

/** Ids of findings about connectors that a worker gives cause for. */
const NOT_OF_THE_LINT: ReadonlySet<string> = new Set([
  'connect-cluster-unverified',
  'connect-validate',
  'connector-idle',
  'connector-not-applied',
  'connector-not-running',
  'connector-not-there',
  'connector-restored',
  'placeholder-not-asked',
  'placeholder-unresolved',
]);
const OF_THE_RUN =
  'This finding is what the worker of that run answered or did, and is gone once that has changed: it cannot be silenced. docs/connectors.md lists the rules that can.';

function checkRule(rule: string, where: string, path: string, problems: InputProblem[]): void {
  const ids = RULE_TABLE.map(({ id }) => id);
  if (ids.includes(rule)) return;
  if (NOT_OF_THE_LINT.has(rule)) {
    const expected = 'a rule of the lint, which reads configs';
    problems.push(wrong(`${where}.rule`, expected, `${show(rule)} in ${path}`, OF_THE_RUN));
    return;
  }
  const hint = `${didYouMean(rule, ids)}A finding names its rule, and docs/connectors.md lists all.`;
  problems.push(wrong(`${where}.rule`, 'the id of a rule', `${show(rule)} in ${path}`, hint));
}
