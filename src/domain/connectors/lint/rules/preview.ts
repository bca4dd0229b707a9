/** Patterns tried on the topics and groups that the source has now. */
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';
import type { Selection } from '../selection.ts';

const POLICY = 'replication.policy.class';
const MOST_NAMES = 3;

export const PREVIEW_RULES: readonly Rule[] = [
  rule({
    id: 'nothing-selected',
    severity: 'warning',
    needs: ['names'],
    title: 'No topic or group of the source is selected',
    effect: 'There is nothing to do for the connector until one comes that matches.',
    hint: 'Correct the patterns: they must match whole names.',
    test: (view) =>
      selections(view, ({ key, selected }) =>
        selected.length === 0
          ? [`${key} selects none of the ${namesOf(view, key)?.length ?? 0} ${key} of the source.`]
          : [],
      ),
  }),
  rule({
    id: 'pattern-matches-nothing',
    severity: 'warning',
    needs: ['names'],
    title: 'A pattern that matches no topic or group of the source',
    effect: 'Most likely it is misspelt: one wrong character, and what is meant is not copied.',
    hint: 'Correct or remove the pattern.',
    test: (view) =>
      selections(view, ({ key, selected, items }) =>
        selected.length === 0
          ? []
          : items
              .filter(({ literal, matched }) => literal === null && matched.length === 0)
              .map(({ text }) => `${key}: ${view.quote(key, text)} matches none of the source's.`),
      ),
  }),
  rule({
    id: 'name-not-there',
    severity: 'warning',
    needs: ['names'],
    title: 'A topic or group that is spelled out and not on the source',
    effect: 'Nothing is copied for it.',
    hint: 'Correct or remove the name.',
    test: (view) =>
      selections(view, ({ key, items }) =>
        items
          .filter(({ literal, matched }) => literal !== null && matched.length === 0)
          .map(({ literal }) => `${key}: ${view.quote(key, literal ?? '')} is not on the source.`),
      ),
  }),
  rule({
    id: 'name-excluded',
    severity: 'warning',
    needs: ['names'],
    title: 'A topic or group that is spelled out and excluded',
    effect: 'The exclusion wins: nothing is copied for it.',
    hint: 'Remove it from one of the two lists.',
    test: (view) =>
      selections(view, ({ key, items, selected }) =>
        items
          .filter(({ literal, matched }) => literal !== null && matched.length > 0 && !selected.includes(literal))
          .map(({ literal }) => `${key}: ${view.quote(key, literal ?? '')} is in ${key}.exclude as well.`),
      ),
  }),
  rule({
    id: 'internal-topic-selected',
    severity: 'warning',
    needs: ['names'],
    title: 'A selected topic that MM2 takes for an internal one',
    effect:
      'MM2 copies no topic that begins with `__` or a dot, or ends with `-internal` or `.internal`, whatever the patterns say.',
    hint: 'Exclude it, or move its records by other means.',
    test: (view) =>
      selections(view, ({ key, selected }) => {
        if (key !== 'topics') return [];
        const internal = selected.filter(isInternal);
        return internal.length === 0 ? [] : [`topics selects ${list(view, internal)}.`];
      }),
  }),
  rule({
    id: 'topic-of-the-target',
    severity: 'warning',
    needs: ['names'],
    title: 'A selected topic whose prefix is the alias of the target',
    effect: 'The default policy takes it for one that came from the target, and MM2 does not copy it.',
    hint: 'Take another alias, another separator, or IdentityReplicationPolicy.',
    test: (view) => prefixed(view, (prefix, connector) => prefix === connector.value('target.cluster.alias')),
  }),
  rule({
    id: 'topic-looks-copied',
    severity: 'notice',
    needs: ['names'],
    title: 'A selected topic whose name has the separator',
    effect: 'The default policy takes what stands before the separator for the alias of a cluster that it came from.',
    hint: 'Set replication.policy.separator to a text that no topic has, or take IdentityReplicationPolicy.',
    test: (view) => prefixed(view, (prefix, connector) => prefix !== connector.value('target.cluster.alias')),
  }),
];

type Tell = (selection: Selection, connector: LintedConnector) => readonly string[];

function selections(view: LintView, tell: Tell): readonly Hit[] {
  const kinds = [
    ['topics', view.of('source')],
    ['groups', view.of('checkpoint')],
  ] as const;
  return kinds.flatMap(([key, connectors]) => {
    const names = namesOf(view, key);
    if (names === null || names.length === 0) return [];
    return connectors.flatMap((connector) => {
      const selection = view.selection(connector, key);
      return selection === null ? [] : tell(selection, connector).map((found) => hit(connector, key, found));
    });
  });
}

function namesOf({ subject }: LintView, key: 'topics' | 'groups'): readonly string[] | null {
  return key === 'topics' ? subject.topics : subject.groups;
}

/** ReplicationPolicy.isInternalTopic, by the parts that hold for every policy. */
function isInternal(topic: string): boolean {
  return /^(?:__|\.)|[.-]internal$/.test(topic);
}

function prefixed(view: LintView, isMeant: (prefix: string, connector: LintedConnector) => boolean): readonly Hit[] {
  return selections(view, ({ key, selected }, connector) => {
    const separator = connector.given('replication.policy.separator') ?? '.';
    const isDefault = /(?:^|\.)DefaultReplicationPolicy$/.test(connector.value(POLICY) ?? 'DefaultReplicationPolicy');
    if (key !== 'topics' || !isDefault || separator === '') return [];
    const found = selected.filter((topic) => {
      const end = isInternal(topic) ? -1 : topic.indexOf(separator);
      return end > 0 && isMeant(topic.slice(0, end), connector);
    });
    return found.length === 0 ? [] : [`topics selects ${list(view, found)}.`];
  });
}

function list(view: LintView, names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => view.quote('topics', name));
  return names.length > MOST_NAMES ? `${shown.join(', ')} and ${names.length - MOST_NAMES} more` : shown.join(', ');
}
