/** Puts what was read of a topic on both sides into the form that the gate judges. */
import type { Known, TopicConfigValue, TopicFacts, TopicPartitionFacts } from '../../domain/cutover/facts.ts';
import { partitionKey, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { LogRange } from '../ports.ts';
import { type CopiedOffsets, copiedOf } from './copied-offsets.ts';
import type { ConfigsReading } from './gate-ports.ts';
import { endKnown, known, startKnown, unknown } from './known.ts';
import type { LogReading } from './log-facts.ts';
import type { MigratedTopic } from './migrated-topics.ts';

export type Ranges = ReadonlyMap<TopicPartitionKey, LogRange>;

export interface TopicLooks {
  readonly source: { readonly first: Ranges; readonly second: Ranges };
  readonly target: { readonly first: Ranges; readonly second: Ranges };
  readonly logs: LogReading;
  /** Before the first look. */
  readonly copiedBefore: Known<CopiedOffsets>;
  /** By the names on each side. */
  readonly sourceConfigs: ReadonlyMap<string, ConfigsReading>;
  readonly targetConfigs: ReadonlyMap<string, ConfigsReading>;
}

export function topicFacts(topic: MigratedTopic, looks: TopicLooks): TopicFacts {
  const { sourcePartitions, targetPartitions } = topic;
  const numbers = sourcePartitions.kind === 'known' ? sourcePartitions.value : [];
  return {
    sourceTopic: topic.sourceTopic,
    topic: topic.topic,
    sourcePartitionCount: sourcePartitions.kind === 'known' ? known(numbers.length) : sourcePartitions,
    targetPartitionCount:
      targetPartitions.kind === 'known' ? known(targetPartitions.value?.length ?? null) : targetPartitions,
    partitions:
      sourcePartitions.kind === 'known'
        ? numbers.map((partition) => partitionFacts(topic, partition, looks))
        : [standIn(sourcePartitions)],
    sourceConfigs: configsOf(looks.sourceConfigs.get(topic.sourceTopic)),
    targetConfigs: configsOf(looks.targetConfigs.get(topic.topic)),
    transactional: transactionalOf(topic, numbers, looks),
  };
}

function partitionFacts(topic: MigratedTopic, partition: number, looks: TopicLooks): TopicPartitionFacts {
  const { source, target, logs, copiedBefore } = looks;
  const key = partitionKey(topic.sourceTopic, partition);
  const copy = partitionKey(topic.topic, partition);
  const log = logs.partitions.get(key);
  return {
    partition,
    sourceLogStart: startKnown(source.second.get(key)),
    sourceEnd: { first: endKnown(source.first.get(key)), second: endKnown(source.second.get(key)) },
    targetEnd: { first: endKnown(target.first.get(copy)), second: endKnown(target.second.get(copy)) },
    copiedUpTo: log?.copiedUpTo ?? UNREAD,
    copiedBefore: copiedOf(copiedBefore, key),
    lagRecords: log?.lagRecords ?? UNREAD,
    lostToRetention: log?.lostToRetention ?? UNREAD,
  };
}

/** For partitions that nobody may describe, so that no check passes over them. */
function standIn(why: Known<never>): TopicPartitionFacts {
  const twice = { first: why, second: why };
  const ends = { sourceLogStart: why, sourceEnd: twice, targetEnd: twice };
  return { partition: 0, ...ends, copiedUpTo: why, copiedBefore: why, lagRecords: why, lostToRetention: why };
}

const UNREAD = unknown('it was not read');

function transactionalOf(topic: MigratedTopic, numbers: readonly number[], { logs }: TopicLooks): Known<boolean> {
  const seen = numbers.map((number) => logs.partitions.get(partitionKey(topic.sourceTopic, number))?.transactional);
  if (seen.includes(true)) return known(true);
  if (seen.includes(false)) return known(false);
  return unknown('none of its records was read');
}

function configsOf(reading: ConfigsReading | undefined): Known<ReadonlyMap<string, TopicConfigValue>> {
  if (reading?.kind !== 'configs') return unknown(reading?.error ?? 'no answer');
  return known(new Map(reading.entries.map(({ name, value, isDefault }) => [name, { value, isDefault }])));
}
