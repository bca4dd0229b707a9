import type { TopicPartition, TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { Clock, Log, LogRange } from '../../../operations/ports.ts';
import type { PartitionLeaders } from '../partition-leaders.ts';
import type { KafkaRequest } from '../protocol/request.ts';

/** What the reading of images needs of a cluster: the connections give it, and tests one that fails on demand. */
export interface ImageSource {
  readonly side: 'source' | 'target';
  readonly clock: Clock;
  readonly log: Log;
  /** As the cluster tells them now. */
  leaders(partitions: readonly TopicPartition[]): Promise<PartitionLeaders>;
  logRanges(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<TopicPartitionKey, LogRange>>;
  /** Throws MigrationError, `retriable` when another try may succeed. */
  send<T>(broker: number, request: KafkaRequest<T>): Promise<T>;
}
