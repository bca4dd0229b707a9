/** Copies of the topics that MM2 creates, against the brokers that there are. */
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

interface Factor {
  readonly key: string;
  readonly role: 'source' | 'checkpoint' | 'heartbeat' | 'worker';
  readonly topics: string;
}

const FACTORS: readonly Factor[] = [
  { key: 'replication.factor', role: 'source', topics: 'the topics that it creates' },
  { key: 'offset-syncs.topic.replication.factor', role: 'source', topics: 'the offset-syncs topic' },
  { key: 'checkpoints.topic.replication.factor', role: 'checkpoint', topics: 'the checkpoints topic' },
  { key: 'heartbeats.topic.replication.factor', role: 'heartbeat', topics: 'the heartbeats topic' },
  { key: 'config.storage.replication.factor', role: 'worker', topics: 'the topic of connector configs' },
  { key: 'offset.storage.replication.factor', role: 'worker', topics: 'the topic of connector offsets' },
  { key: 'status.storage.replication.factor', role: 'worker', topics: 'the topic of connector states' },
];

export const REPLICATION_FACTOR_RULES: readonly Rule[] = [
  rule({
    id: 'replication-factor-too-high',
    severity: 'error',
    needs: ['brokers'],
    title: 'More copies than the cluster has brokers',
    effect: 'The topic cannot be created: the connector fails, or runs and copies nothing.',
    hint: 'Set it to -1, which takes the default of the brokers.',
    test: (view) =>
      each(view, (factor, { key, topics }, brokers) =>
        brokers !== null && factor > brokers
          ? `${key} is ${factor} for ${topics}, and the cluster has ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}.`
          : null,
      ),
  }),
  rule({
    id: 'replication-factor-low',
    severity: 'warning',
    title: 'Fewer than three copies',
    effect:
      'With min.insync.replicas 2, as on Amazon MSK, one copy can never be written and two stop at the restart of one broker; with 1 a broker that fails takes data with it.',
    hint: 'Set it to 3, or to -1, which takes the default of the brokers.',
    test: (view) =>
      each(view, (factor, { key, topics }, brokers) =>
        factor >= 1 && factor < Math.min(3, brokers ?? 3) ? `${key} is ${factor} for ${topics}.` : null,
      ),
  }),
];

type Judge = (factor: number, of: Factor, brokers: number | null) => string | null;

function each(view: LintView, judge: Judge): readonly Hit[] {
  return FACTORS.flatMap((of) =>
    (of.role === 'worker' ? view.workers : view.of(of.role)).flatMap((connector) => {
      const factor = connector.number(of.key);
      const found = factor === null ? null : judge(factor, of, brokersFor(view, of, connector));
      if (found === null) return [];
      return [
        hit(connector, of.key, connector.has(of.key) ? found : found.replace(' is ', ' is not set, which means ')),
      ];
    }),
  );
}

function brokersFor({ subject }: LintView, { key }: Factor, connector: LintedConnector): number | null {
  const onSource =
    (key.startsWith('offset-syncs') && connector.value('offset-syncs.topic.location') !== 'target') ||
    (key.startsWith('heartbeats') && connector.has('producer.override.bootstrap.servers'));
  return onSource ? subject.brokers.source : subject.brokers.target;
}
