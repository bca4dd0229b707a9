/** Intervals, replication factors and sizes: values that fit a migration, each with its reason. */
import type { Mm2Connector } from '../keys/key-fate.ts';
import type { Settings } from './client-settings.ts';
import type { GenerationFacts } from './generation.ts';

interface Choice {
  readonly key: string;
  readonly value: string;
  /** Kafka's own default is better known than this. */
  readonly why: string;
}

const SOURCE: readonly Choice[] = [
  { key: 'refresh.topics.interval.seconds', value: '60', why: 'New topics and partitions: not only after 10 minutes.' },
  { key: 'sync.topic.configs.enabled', value: 'true', why: 'Retention and clean-up belong to the topic.' },
  {
    key: 'sync.topic.configs.interval.seconds',
    value: '300',
    why: 'Configs change seldom, and each look asks all topics.',
  },
  {
    key: 'sync.topic.acls.enabled',
    value: 'false',
    why: 'MM2 leaves WRITE, prefixed and group rules out and turns ALL into READ; IAM knows no ACLs. The gate compares them instead.',
  },
  {
    key: 'offset.lag.max',
    value: '10',
    why: 'Every how many records the places of both sides are noted: with 100 the lag of quiet topics never closes before 3.7.',
  },
  {
    key: 'source.consumer.isolation.level',
    value: 'read_committed',
    why: 'Else records of aborted transactions become valid ones on the target.',
  },
  { key: 'source.consumer.max.poll.records', value: '2000', why: 'One poll fills a batch; the default is 500.' },
  {
    key: 'source.consumer.fetch.max.bytes',
    value: '16777216',
    why: '16 MiB: 64 MiB with 4 tasks. The default is 50 MiB.',
  },
  {
    key: 'producer.override.batch.size',
    value: '262144',
    why: '256 KiB: Connect keeps one request in flight, so it must carry much.',
  },
  { key: 'producer.override.linger.ms', value: '20', why: 'Lets batches fill; adds at most that to the lag.' },
  {
    key: 'producer.override.buffer.memory',
    value: '67108864',
    why: '64 MiB a task: 256 MiB with 4 tasks in a heap of 2 GiB.',
  },
  {
    key: 'producer.override.compression.type',
    value: 'lz4',
    why: 'Records arrive uncompressed; every broker reads lz4.',
  },
  {
    key: 'producer.override.max.request.size',
    value: '10485760',
    why: '10 MiB before compression; the limit of the topic still holds.',
  },
];

const CHECKPOINT: readonly Choice[] = [
  { key: 'refresh.groups.interval.seconds', value: '60', why: 'New groups: not only after 10 minutes.' },
  {
    key: 'emit.checkpoints.interval.seconds',
    value: '10',
    why: 'Six times as fresh as the default, at one request a group and look.',
  },
  {
    key: 'sync.group.offsets.enabled',
    value: 'false',
    why: 'This action commits the offsets; two writers would overwrite each other.',
  },
];

const HEARTBEAT: readonly Choice[] = [
  {
    key: 'emit.heartbeats.interval.seconds',
    value: '5',
    why: 'Far below the age that the gate accepts, and a fifth of the records.',
  },
];

const CHOICES: Readonly<Record<Mm2Connector, readonly Choice[]>> = {
  source: SOURCE,
  checkpoint: CHECKPOINT,
  heartbeat: HEARTBEAT,
};

/** Topics that each connector creates. Brokers older than 2.4 know no default of their own and need a number. */
const REPLICATED: Readonly<Record<Mm2Connector, readonly string[]>> = {
  source: ['replication.factor', 'offset-syncs.topic.replication.factor'],
  checkpoint: ['checkpoints.topic.replication.factor'],
  heartbeat: ['heartbeats.topic.replication.factor'],
};

export function tuningSettings(facts: GenerationFacts, connector: Mm2Connector): Settings {
  // -1 is the brokers' default (KIP-464), which fits any number of brokers; MM2's own 2 and 3 do not.
  const factor = String(facts.replicationFactor ?? -1);
  return new Map([
    ...REPLICATED[connector].map((key) => [key, factor] as const),
    ...CHOICES[connector].map(({ key, value }) => [key, value] as const),
  ]);
}
