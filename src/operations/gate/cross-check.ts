/** Holds what Connect says MM2 has copied against the logs: after a topic is re-created, Connect still has the old place. */
import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import { partitionKey, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { LogRange } from '../ports.ts';
import type { CopiedOffsets } from './copied-offsets.ts';
import type { ConfigsReading } from './gate-ports.ts';
import { unknown } from './known.ts';
import type { LogReading, PartitionLog } from './log-facts.ts';
import type { MigratedTopic } from './migrated-topics.ts';
import { consumerSetting } from './worker-facts.ts';

export interface CrossCheck {
  readonly topics: readonly MigratedTopic[];
  readonly copied: CopiedOffsets;
  /** Read after `copied`, so that what was copied since contradicts nothing. */
  readonly source: ReadonlyMap<TopicPartitionKey, LogRange>;
  readonly target: ReadonlyMap<TopicPartitionKey, LogRange>;
  readonly sourceConfigs: ReadonlyMap<string, ConfigsReading>;
  readonly connectors: readonly ConfigMap[];
}

/** The reading, with an unknown lag where the logs contradict Connect. */
export function crossCheckLags(reading: LogReading, check: CrossCheck): LogReading {
  const partitions = new Map(reading.partitions);
  for (const topic of check.topics) {
    const numbers = topic.sourcePartitions.kind === 'known' ? topic.sourcePartitions.value : [];
    for (const partition of numbers) {
      const key = partitionKey(topic.sourceTopic, partition);
      const log = partitions.get(key);
      if (log === undefined || log.lagRecords.kind === 'unknown') continue;
      const why = contradiction(topic, partition, log, check);
      if (why !== null) partitions.set(key, { ...log, lagRecords: unknown(why) });
    }
  }
  return { ...reading, partitions };
}

function contradiction(topic: MigratedTopic, partition: number, log: PartitionLog, check: CrossCheck): string | null {
  const key = partitionKey(topic.sourceTopic, partition);
  const next = check.copied.get(key);
  const source = check.source.get(key);
  const target = check.target.get(partitionKey(topic.topic, partition));
  if (next === undefined || source?.kind !== 'range') return null;
  if (next > source.highWatermark) {
    const seen = `Connect has offset ${next - 1n} as copied, and the source's log ends at ${source.highWatermark}`;
    return `${seen}: the topic was re-created or truncated since`;
  }
  if (target?.kind !== 'range' || log.transactional !== false || !copiesEvery(topic, check)) return null;
  const copies = next - source.logStart;
  if (target.highWatermark >= copies) return null;
  const seen = `Connect has offset ${next - 1n} as copied, which makes ${copies} copies of what the source holds`;
  return `${seen}, and the target's log has only held ${target.highWatermark}: it was re-created since`;
}

/** Whether each offset below the copied one has had a copy: no holes, nothing filtered, nothing begun late. */
function copiesEvery({ sourceTopic }: MigratedTopic, { sourceConfigs, connectors }: CrossCheck): boolean {
  const configs = sourceConfigs.get(sourceTopic);
  if (configs?.kind !== 'configs') return false;
  const cleanup = configs.entries.find(({ name }) => name === 'cleanup.policy')?.value;
  return cleanup === 'delete' && connectors.every(takesAll);
}

function takesAll(connector: ConfigMap): boolean {
  const reset = consumerSetting(connector, 'auto.offset.reset') ?? 'earliest';
  return (connector['transforms'] ?? '').trim() === '' && reset === 'earliest';
}
