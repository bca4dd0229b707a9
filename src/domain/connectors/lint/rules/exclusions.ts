/** Exclusions that replace MM2's own instead of adding to them. */
import { parsePatternList } from '../../../patterns.ts';
import type { Mm2Connector } from '../../keys/key-fate.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { namesOnly } from '../pattern-lists.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

/** What the default list excludes, by a name for each of its patterns. */
interface Exclusion {
  readonly key: string;
  readonly roles: readonly Mm2Connector[];
  /** Where the selection spells every name out, nothing else can come in. */
  readonly selection: string | null;
  readonly samples: Readonly<Record<string, string>>;
}

const TOPICS: Exclusion = {
  key: 'topics.exclude',
  roles: ['source', 'checkpoint'],
  selection: 'topics',
  samples: { 'mm2-offset-syncs.b.internal': 'mm2.*\\.internal', __consumer_offsets: '__.*' },
};
const GROUPS: Exclusion = {
  key: 'groups.exclude',
  roles: ['checkpoint'],
  selection: 'groups',
  samples: { 'console-consumer-1': 'console-consumer-.*', 'connect-sink': 'connect-.*', __group: '__.*' },
};
const TIMESTAMP_LIMIT = 'message.timestamp.difference.max.ms';
const CONFIGS: Exclusion = {
  key: 'config.properties.exclude',
  roles: ['source'],
  selection: null,
  samples: sameNames(
    'follower.replication.throttled.replicas',
    'leader.replication.throttled.replicas',
    'message.timestamp.type',
    'unclean.leader.election.enable',
    'min.insync.replicas',
  ),
};

export const EXCLUSION_RULES: readonly Rule[] = [
  rule({
    id: 'topics-exclude-replaced',
    severity: 'warning',
    title: "`topics.exclude` without MM2's own exclusions",
    effect: 'A list of your own replaces the default: topics of Kafka and of other tools are selected.',
    hint: 'Add mm2.*\\.internal, .*\\.replica, __.* to the list.',
    test: (view) => lost(view, TOPICS),
  }),
  rule({
    id: 'groups-exclude-replaced',
    severity: 'warning',
    title: "`groups.exclude` without MM2's own exclusions",
    effect:
      'A list of your own replaces the default: groups of consoles and of Connect workers get offsets on the target.',
    hint: 'Add console-consumer-.*, connect-.*, __.* to the list.',
    test: (view) => lost(view, GROUPS),
  }),
  rule({
    id: 'config-exclude-replaced',
    severity: 'warning',
    title: "`config.properties.exclude` without MM2's own exclusions",
    effect:
      "A list of your own replaces the default: settings that belong to the target are overwritten by the source's.",
    hint: `Add ${Object.keys(CONFIGS.samples).join(', ')}, ${TIMESTAMP_LIMIT} to the list.`,
    test: (view) => lost(view, CONFIGS),
  }),
  rule({
    id: 'timestamp-limit-copied',
    severity: 'warning',
    title: `\`${TIMESTAMP_LIMIT}\` is copied`,
    effect: 'Where the source allows little, the target refuses records that are older, and the task fails.',
    hint: `Add ${TIMESTAMP_LIMIT} to config.properties.exclude.`,
    test: (view) => lost(view, { ...CONFIGS, samples: sameNames(TIMESTAMP_LIMIT) }),
  }),
];

function lost(view: LintView, exclusion: Exclusion): readonly Hit[] {
  return view.of(...exclusion.roles).flatMap((connector) => {
    const missing = missingIn(view, connector, exclusion);
    if (missing.length === 0) return [];
    return [hit(connector, exclusion.key, `${exclusion.key} leaves out ${missing.join(', ')}.`)];
  });
}

function missingIn(
  { subject }: LintView,
  connector: LintedConnector,
  { key, selection, samples }: Exclusion,
): readonly string[] {
  const text = connector.given(key);
  if (text === null || (selection !== null && namesOnly(connector.value(selection)))) return [];
  const parsed = parsePatternList(text, subject.slowRegex);
  if ('problem' in parsed) return [];
  return Object.entries(samples)
    .filter(([name]) => !parsed.list.matches(name))
    .map(([, pattern]) => pattern);
}

function sameNames(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
