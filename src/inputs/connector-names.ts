/** Aliases, policy and the rest that names MM2's topics, taken from connector files where no input says it. */
import { COMMAND_WORK } from '../domain/command-work.ts';
import { applyRank, type ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { isPlaceholder } from '../domain/connectors/redact.ts';
import { InputError, type InputProblem } from '../errors.ts';
import { policyOfClass } from './replication-policy.ts';
import type { InputName } from './schema/schema.ts';
import type { Inputs, ReplicationInputs } from './typed-inputs.ts';
import { oneOf, show } from './values/show.ts';

const DEFAULT_POLICY = 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy';

/** What one connector says, MM2's own defaults where it is silent (MirrorConnectorConfig). */
interface Named {
  readonly file: string;
  readonly names: ReplicationInputs;
}

/**
 * An input that was given must not contradict, whatever the command; what was not given is as the files say, where the
 * command needs the names. `topics` and `groups` are not taken over: a narrower filter here would hide partitions that
 * nobody replicates.
 * @throws InputError when an input contradicts the files, or names are needed of several flows and nothing says which.
 */
export function withConnectorNames(inputs: Inputs, connectors: readonly ConnectorConfig[]): Inputs {
  const flows = flowsOf(connectors);
  if (flows.length === 0) return inputs;
  const { sourceAlias, targetAlias } = inputs.replication;
  const meant = flows.filter(
    ({ names }) =>
      (!inputs.given.has('source-alias') || names.sourceAlias === sourceAlias) &&
      (!inputs.given.has('target-alias') || names.targetAlias === targetAlias),
  );
  const [flow, ...others] = flows.length === 1 ? flows : meant;
  if (flow === undefined) throw new InputError([noSuchFlow(inputs, flows)]);
  if (!needsNames(inputs)) {
    const perFlow = [flow, ...others].map((one) => contradictions(inputs, one));
    const [problems = []] = perFlow;
    // With one of several flows the inputs may well be about another.
    if (perFlow.every((some) => some.length > 0)) throw new InputError(problems);
    return inputs;
  }
  if (others.length > 0) throw new InputError([severalFlows(meant)]);
  const problems = [...contradictions(inputs, flow), ...unknownPolicy(inputs, flow)];
  if (problems.length > 0) throw new InputError(problems);
  return { ...inputs, replication: flow.names };
}

function needsNames({ command, target }: Inputs): boolean {
  const { offsets, gate, saved } = COMMAND_WORK[command];
  return target !== null && (offsets !== 'none' || gate || saved !== 'none');
}

/** One for each pair of aliases; the checkpoint connector speaks first, whose topics are the ones that are read. */
function flowsOf(connectors: readonly ConnectorConfig[]): readonly Named[] {
  const flows = new Map<string, Named>();
  const mirrors = connectors.filter((connector) => applyRank(connector.class) <= 1);
  for (const connector of mirrors.sort((a, b) => applyRank(b.class) - applyRank(a.class))) {
    const named = namesOf(connector);
    if (named === null) continue;
    const key = JSON.stringify([named.names.sourceAlias, named.names.targetAlias]);
    if (!flows.has(key)) flows.set(key, named);
  }
  return [...flows.values()];
}

/** null: something that only the worker can resolve stands in a name. */
function namesOf({ config, file }: ConnectorConfig): Named | null {
  const value = (key: string, byDefault: string) => (config[key] ?? '').trim() || byDefault;
  const policyClass = value('replication.policy.class', DEFAULT_POLICY);
  const names = {
    sourceAlias: value('source.cluster.alias', ''),
    targetAlias: value('target.cluster.alias', 'target'),
    policy: policyOfClass(policyClass) ?? 'custom',
    policyClass,
    separator: value('replication.policy.separator', '.'),
    internalTopicSeparatorEnabled: value('replication.policy.internal.topic.separator.enabled', 'true') !== 'false',
    offsetSyncsTopicLocation: value('offset-syncs.topic.location', 'source') === 'target' ? 'target' : 'source',
  } as const;
  const unresolved = [names.sourceAlias, names.targetAlias, policyClass, names.separator].some(isPlaceholder);
  return unresolved || names.sourceAlias === '' ? null : { file, names };
}

const SAME: readonly (readonly [InputName, string, (names: ReplicationInputs) => string])[] = [
  ['source-alias', 'source.cluster.alias', (names) => names.sourceAlias],
  ['target-alias', 'target.cluster.alias', (names) => names.targetAlias],
  ['replication-policy-separator', 'replication.policy.separator', (names) => names.separator],
  [
    'replication-policy-internal-topic-separator-enabled',
    'replication.policy.internal.topic.separator.enabled',
    (names) => String(names.internalTopicSeparatorEnabled),
  ],
  ['offset-syncs-topic-location', 'offset-syncs.topic.location', (names) => names.offsetSyncsTopicLocation],
];

function contradictions({ replication, given }: Inputs, { file, names }: Named): readonly InputProblem[] {
  const problems = SAME.flatMap(([input, key, read]): InputProblem[] => {
    const [said, written] = [read(replication), read(names)];
    if (!given.has(input) || said === written) return [];
    return [differs(input, `${show(written)}, as ${key} in ${file}`, show(said))];
  });
  if (given.has('replication-policy') && !samePolicy(replication, names)) {
    const said = show(replication.policyClass ?? replication.policy);
    const written = `${show(names.policyClass ?? '')}, as replication.policy.class in ${file}`;
    return [...problems, differs('replication-policy', written, said)];
  }
  return problems;
}

function unknownPolicy({ replication, given, source }: Inputs, { file, names }: Named): readonly InputProblem[] {
  const policyClass = names.policyClass ?? '';
  const isContradicted = given.has('replication-policy') && !samePolicy(replication, names);
  if (isContradicted || source === null || policyOfClass(policyClass) !== null) return [];
  const seen = `${show(policyClass)} in ${file}`;
  const hint = 'How an unknown class names topics cannot be known here: leave out the source, or use a known class.';
  return [{ input: 'replication-policy', expected: 'the class name of a known policy', seen, hint }];
}

function samePolicy(said: ReplicationInputs, written: ReplicationInputs): boolean {
  if (said.policy !== written.policy) return false;
  return said.policy !== 'custom' || said.policyClass === written.policyClass;
}

function differs(input: string, expected: string, seen: string): InputProblem {
  const hint = 'Leave the input out, and the connector files are followed; or correct the files.';
  return { input, expected, seen, hint };
}

function noSuchFlow({ replication }: Inputs, flows: readonly Named[]): InputProblem {
  const seen = `${show(replication.sourceAlias)} to ${show(replication.targetAlias)}`;
  const hint = 'Correct source-alias and target-alias, or the connector files.';
  return { input: 'source-alias', expected: `a flow of the connector files: ${described(flows)}`, seen, hint };
}

function severalFlows(flows: readonly Named[]): InputProblem {
  const hint = 'Give source-alias and target-alias of the one whose offsets are meant.';
  return { input: 'source-alias', expected: 'one flow', seen: `several: ${described(flows)}`, hint };
}

function described(flows: readonly Named[]): string {
  const words = flows.map(({ file, names }) => `${show(names.sourceAlias)} to ${show(names.targetAlias)} in ${file}`);
  return oneOf(words, 'and');
}
