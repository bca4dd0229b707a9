/** Keys without effect, by what becomes of them: Connect accepts every key and says nothing. */
import type { KeyFate } from '../../keys/key-fate.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const BLACKLIST = /(?:^|\.)(?:topics|groups|config\.properties)\.blacklist$/;
const TASKS_MAX_TYPOS = new Set([
  'task.max',
  'max.tasks',
  'max.task',
  'tasks',
  'tasks_max',
  'tasksMax',
  'task.maximum',
]);
const OVERRIDE = /^(?:producer|consumer|admin)\.override\./;

export const KEY_RULES: readonly Rule[] = [
  rule({
    id: 'tasks-max-misspelt',
    severity: 'warning',
    title: '`tasks.max` is misspelt',
    effect: 'Connect ignores it and starts a single task.',
    hint: 'Write tasks.max.',
    test: (view) =>
      view.connectors.flatMap((connector) =>
        connector.entries
          .filter(([key]) => TASKS_MAX_TYPOS.has(key.trim()))
          .map(([key]) => hit(connector, key, `${view.quoteKey(key)} is no key of Connect.`)),
      ),
  }),
  rule({
    id: 'key-unknown',
    severity: 'warning',
    title: 'A key that neither MM2 nor Connect knows',
    effect: 'It is ignored without a word.',
    hint: 'Correct or remove it; docs/connectors.md says which rule to silence for a key of a class of your own.',
    test: fated('unknown', (fate, key, view) => (OVERRIDE.test(key) ? null : unknown(fate, key, view))),
  }),
  rule({
    id: 'override-unknown',
    severity: 'warning',
    title: 'A setting behind `producer.override.` that no producer has',
    effect: 'The producer ignores it; consumers and brokers never see it.',
    hint: 'Remove it, or write it for the client that has it, e.g. source.consumer.… for what is read.',
    test: fated('unknown', (fate, key, view) => (OVERRIDE.test(key) ? unknown(fate, key, view) : null)),
  }),
  rule({
    id: 'key-dropped',
    severity: 'warning',
    title: 'A client setting behind a prefix that drops it',
    effect: 'The setting has no effect.',
    hint: 'Remove it.',
    test: fated('dropped', (fate, key, view) => ({
      found: `${view.quoteKey(key)} is thrown away: ${fate.why}.`,
      hint: fate.instead === null ? undefined : `Write ${fate.instead}.`,
    })),
  }),
  rule({
    id: 'key-elsewhere',
    severity: 'warning',
    title: 'A key of another MM2 connector',
    effect: 'It has no effect here, and the connector that reads it works with its default.',
    hint: 'Move it.',
    test: fated('elsewhere', (fate, key, view) => {
      const readers = fate.readBy.join(' and ');
      return {
        found: `${view.quoteKey(key)} is read by the ${readers} connector only.`,
        hint: `Move it to the ${readers} connector.`,
      };
    }),
  }),
  rule({
    id: 'key-dedicated-mode',
    severity: 'warning',
    title: "A key of MM2's dedicated mode (mm2.properties)",
    effect: 'A connector on a Connect worker ignores it.',
    hint: 'Remove it; source.cluster.* and target.cluster.* say the same for a connector.',
    test: fated('dedicated-mode', (_fate, key, view) => ({
      found: `${view.quoteKey(key)} belongs into mm2.properties.`,
    })),
  }),
  rule({
    id: 'exclusion-removed',
    severity: 'error',
    title: 'An exclusion under its old name (`topics.blacklist` and its like)',
    effect: 'Kafka 4.0 and later ignore it: what it was to keep out is copied.',
    hint: 'Write topics.exclude, groups.exclude or config.properties.exclude.',
    test: fated('removed', (fate, key, view) =>
      BLACKLIST.test(key)
        ? {
            found: `${view.quoteKey(key)} was removed in ${fate.since}.`,
            hint: fate.instead === null ? undefined : `Write ${fate.instead}.`,
          }
        : null,
    ),
  }),
  rule({
    id: 'key-removed',
    severity: 'warning',
    needs: ['version'],
    title: 'A key that newer versions of MM2 no longer know',
    effect: 'A worker of that version or a later one ignores it without a word.',
    hint: 'Remove it.',
    test: fated('removed', (fate, key, view) =>
      BLACKLIST.test(key)
        ? null
        : {
            found: `${view.quoteKey(key)} was removed in ${fate.since}.`,
            hint: fate.instead === null ? undefined : `Write ${fate.instead}.`,
          },
    ),
  }),
  rule({
    id: 'key-newer',
    severity: 'warning',
    needs: ['version'],
    title: 'A key that the worker is too old for',
    effect: 'This worker ignores it without a word.',
    hint: 'Remove it, or run the connectors on a newer Kafka Connect.',
    test: fated('newer', (fate, key, view) => ({
      found: `${view.quoteKey(key)} is known since ${fate.since}, and the worker is ${view.subject.workerVersion ?? 'older'}.`,
    })),
  }),
];

type Fated<K> = Extract<KeyFate, { readonly kind: K }>;
type Told = { readonly found: string; readonly hint?: string | undefined } | null;

function fated<K extends KeyFate['kind']>(
  kind: K,
  tell: (fate: Fated<K>, key: string, view: LintView) => Told,
): (view: LintView) => readonly Hit[] {
  return (view) =>
    view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) =>
      connector.fates.flatMap(([key, fate]) => {
        if (!isKind(fate, kind) || TASKS_MAX_TYPOS.has(key.trim()) || isToldElsewhere(connector, key)) return [];
        const told = tell(fate, key, view);
        return told === null ? [] : [hit(connector, key, told.found, told.hint)];
      }),
    );
}

function unknown({ suggestion }: Fated<'unknown'>, key: string, view: LintView): Told {
  return {
    found: `${view.quoteKey(key)} is no key of this connector.`,
    hint: suggestion === null ? undefined : `Did you mean ${suggestion}?`,
  };
}

/** Keys that a rule of their own tells of. */
function isToldElsewhere({ role }: LintedConnector, key: string): boolean {
  if (/^(?:source\.)?consumer\.group\.id$|^producer\.enable\.idempotence$/.test(key)) return true;
  return role === 'source' && /^producer\.(?!override\.)/.test(key);
}

function isKind<K extends KeyFate['kind']>(fate: KeyFate, kind: K): fate is Fated<K> {
  return fate.kind === kind;
}
