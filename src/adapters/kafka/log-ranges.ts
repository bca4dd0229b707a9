/** Log start offset and high watermark of partitions, from the leader of each. */
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { LogRange } from '../../operations/ports.ts';
import { batchesOf, groupBy } from './batches.ts';
import type { BrokerConnections } from './broker-connections.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';
import { errorNameOf } from './kafka-error.ts';
import { NO_LEADER, partitionLeaders } from './partition-leaders.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import { EARLIEST, LATEST, type ListedOffset, listOffsetsRequest } from './protocol/list-offsets.ts';
import { type Leftover, retryRounds } from './retry.ts';

const PARTITIONS_AT_ONCE = 2_000;
const RETRIABLE: ReadonlySet<KafkaErrorName> = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'OFFSET_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'NETWORK_EXCEPTION',
]);

export interface LogRangeContext {
  readonly connections: BrokerConnections;
  readonly metadata: ClusterMetadata;
  /** After this the last error of a partition is its result. */
  readonly timeoutMs: number;
}

/** One result for every partition. Throws MigrationError when no broker at all can be asked. */
export async function logRanges(
  context: LogRangeContext,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<TopicPartitionKey, LogRange>> {
  const { connections, timeoutMs } = context;
  const results = new Map<TopicPartitionKey, LogRange>();
  const round = async (items: readonly TopicPartition[]): Promise<readonly Leftover<TopicPartition>[]> => {
    for (const [key, range] of await askLeaders(context, items)) results.set(key, range);
    return items.flatMap((item) => {
      const range = results.get(partitionKey(item.topic, item.partition));
      return range?.kind === 'error' && RETRIABLE.has(range.error) ? [{ item, error: range.error }] : [];
    });
  };
  await retryRounds(distinct(partitions), round, { clock: connections.options.clock, timeoutMs });
  return results;
}

type Ranges = readonly (readonly [TopicPartitionKey, LogRange])[];

async function askLeaders(
  { connections, metadata }: LogRangeContext,
  items: readonly TopicPartition[],
): Promise<Ranges> {
  const leaders = await partitionLeaders(metadata, items);
  const perLeader = groupBy(items, ({ topic, partition }) => leaders.get(partitionKey(topic, partition)) ?? NO_LEADER);
  const asked = [...perLeader].map(async ([leader, led]): Promise<Ranges> => {
    if (typeof leader === 'string') return led.map((partition) => failed(partition, leader));
    const batches = batchesOf(led, PARTITIONS_AT_ONCE, () => 1);
    return (await Promise.all(batches.map((batch) => askLeader(connections, leader, batch)))).flat();
  });
  return (await Promise.all(asked)).flat();
}

async function askLeader(
  connections: BrokerConnections,
  leader: number,
  batch: readonly TopicPartition[],
): Promise<Ranges> {
  try {
    // The start first: it may only grow, and never above the high watermark read after it.
    const starts = keyed(await connections.send(leader, listOffsetsRequest(batch, EARLIEST)));
    const ends = keyed(await connections.send(leader, listOffsetsRequest(batch, LATEST)));
    return batch.map(({ topic, partition }) => {
      const key = partitionKey(topic, partition);
      return [key, rangeOf(starts.get(key), ends.get(key))];
    });
  } catch (error) {
    const name = errorNameOf(error);
    connections.options.log.debug(`log ranges of ${batch.length} partitions: ${String(error)}`);
    return batch.map((partition) => failed(partition, name));
  }
}

function rangeOf(start: ListedOffset | undefined, end: ListedOffset | undefined): LogRange {
  const error = start?.error ?? end?.error ?? null;
  if (error !== null) return { kind: 'error', error };
  if (start === undefined || end === undefined || start.offset < 0n || end.offset < start.offset) {
    return { kind: 'error', error: 'UNKNOWN_SERVER_ERROR' };
  }
  return { kind: 'range', logStart: start.offset, highWatermark: end.offset };
}

function keyed(listed: readonly ListedOffset[]): ReadonlyMap<TopicPartitionKey, ListedOffset> {
  return new Map(listed.map((entry) => [partitionKey(entry.topic, entry.partition), entry]));
}

function failed({ topic, partition }: TopicPartition, error: KafkaErrorName): readonly [TopicPartitionKey, LogRange] {
  return [partitionKey(topic, partition), { kind: 'error', error }];
}

function distinct(partitions: readonly TopicPartition[]): readonly TopicPartition[] {
  return [...new Map(partitions.map((entry) => [partitionKey(entry.topic, entry.partition), entry])).values()];
}
