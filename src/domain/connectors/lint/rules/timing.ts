/** Intervals and lags that fit a running system, and not a migration; all in the units of their keys. */
import type { Mm2Connector } from '../../keys/key-fate.ts';
import type { LintView } from '../lint-view.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';
import { isWorkerBefore } from '../worker-version.ts';

interface Interval {
  readonly key: string;
  readonly role: Mm2Connector;
  readonly longest: number;
  readonly waits: string;
}

const INTERVALS: readonly Interval[] = [
  { key: 'refresh.topics.interval.seconds', role: 'source', longest: 300, waits: 'A new topic or partition' },
  { key: 'refresh.groups.interval.seconds', role: 'checkpoint', longest: 300, waits: 'A new group' },
  { key: 'emit.checkpoints.interval.seconds', role: 'checkpoint', longest: 60, waits: 'A checkpoint' },
  { key: 'sync.group.offsets.interval.seconds', role: 'checkpoint', longest: 60, waits: 'An offset of a group' },
  { key: 'emit.heartbeats.interval.seconds', role: 'heartbeat', longest: 60, waits: 'A heartbeat' },
];
const HEAVY: readonly string[] = [
  'refresh.topics.interval.seconds',
  'sync.topic.acls.interval.seconds',
  'sync.topic.configs.interval.seconds',
];
const LAG = 'offset.lag.max';

export const TIMING_RULES: readonly Rule[] = [
  rule({
    id: 'interval-long',
    severity: 'warning',
    title: 'An interval that is too long for a migration',
    effect: 'A cutover has to wait for it.',
    hint: 'Set it to 60 or less, at least until the cutover.',
    test: (view) =>
      INTERVALS.flatMap(({ key, role, longest, waits }) =>
        each(view, role, key, (seconds) =>
          seconds > longest ? `${key} is ${seconds}. ${waits} may take ${seconds} s to arrive.` : null,
        ),
      ),
  }),
  rule({
    id: 'interval-short',
    severity: 'notice',
    title: 'An interval that is hard on big clusters',
    effect: 'Each time MM2 lists all topics, or all their ACLs or settings: a source with thousands of topics suffers.',
    hint: 'Set it to 30 or more, and to 600 where nothing changes.',
    test: (view) =>
      HEAVY.flatMap((key) =>
        each(view, 'source', key, (seconds) => (seconds > 0 && seconds < 30 ? `${key} is ${seconds}.` : null)),
      ),
  }),
  rule({
    id: 'refresh-disabled',
    severity: 'notice',
    title: 'New topics or groups are not looked for',
    effect: 'What is made after the connector has started is not taken along.',
    hint: 'Remove the key, or restart the connector after each new topic or group.',
    test: (view) =>
      (['source', 'checkpoint'] as const).flatMap((role) => {
        const key = role === 'source' ? 'refresh.topics.enabled' : 'refresh.groups.enabled';
        return view
          .of(role)
          .filter((connector) => connector.given(key)?.trim().toLowerCase() === 'false')
          .map((connector) => hit(connector, key, `${key} is false.`));
      }),
  }),
  rule({
    id: 'offset-lag-max-old-worker',
    severity: 'warning',
    needs: ['version'],
    title: '`offset.lag.max` above 0 on MM2 before 3.7',
    effect: 'On quiet topics no offset sync comes for the last records, so that groups keep a lag that never closes.',
    hint: 'Set offset.lag.max to 0, or run the connectors on Kafka Connect 3.7.1 or later.',
    test: (view) =>
      isWorkerBefore(view, [3, 7, 0])
        ? each(view, 'source', LAG, (lag) =>
            lag > 0 ? `${LAG} is ${lag}, and the worker runs ${view.subject.workerVersion}.` : null,
          )
        : [],
  }),
  rule({
    id: 'offset-lag-max-large',
    severity: 'notice',
    title: '`offset.lag.max` above its default',
    effect:
      'Offset syncs lie further apart: groups read more records again, and exact translation compares more of them.',
    hint: 'Leave offset.lag.max at 100 or lower it.',
    test: (view) => each(view, 'source', LAG, (lag) => (lag > 100 ? `${LAG} is ${lag}.` : null)),
  }),
];

function each(view: LintView, role: Mm2Connector, key: string, tell: (n: number) => string | null): readonly Hit[] {
  return view.of(role).flatMap((connector) => {
    const value = connector.number(key);
    const found = value === null ? null : tell(value);
    if (found === null) return [];
    return [hit(connector, key, connector.has(key) ? found : found.replace(' is ', ' is not set, which means '))];
  });
}
