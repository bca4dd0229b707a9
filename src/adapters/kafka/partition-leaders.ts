import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';

export const NO_LEADER: KafkaErrorName = 'LEADER_NOT_AVAILABLE';

/** Broker id of each partition's leader now, or why there is none. */
export type PartitionLeaders = ReadonlyMap<TopicPartitionKey, number | KafkaErrorName>;

/** One entry for every partition. Throws MigrationError when no broker at all can be asked. */
export async function partitionLeaders(
  metadata: ClusterMetadata,
  partitions: readonly TopicPartition[],
): Promise<PartitionLeaders> {
  const topics = await metadata.topicMetadata(partitions.map(({ topic }) => topic));
  const leaders = new Map<TopicPartitionKey, number | KafkaErrorName>();
  const numbersOf = new Map([...topics].map(([topic, { partitions: led }]) => [topic, byNumber(led)]));
  for (const { topic, partition } of partitions) {
    const found = topics.get(topic)?.error ?? numbersOf.get(topic)?.get(partition) ?? 'UNKNOWN_TOPIC_OR_PARTITION';
    leaders.set(partitionKey(topic, partition), found === -1 ? NO_LEADER : found);
  }
  return leaders;
}

function byNumber(
  partitions: readonly { readonly partition: number; readonly leaderId: number }[],
): ReadonlyMap<number, number> {
  return new Map(partitions.map(({ partition, leaderId }) => [partition, leaderId]));
}
