import type { TopicPartition } from '../../../domain/topic-partition.ts';
import type { Clock, KafkaErrorName, LogRange } from '../../../operations/ports.ts';
import type { KafkaRequest } from '../protocol/request.ts';

/** What a read needs of a cluster: the connections give it, and tests one that fails on demand. */
export interface LogSource {
  readonly side: 'source' | 'target';
  readonly clock: Clock;
  /** Broker id of the partition's leader, or why there is none. `fresh` asks the cluster, else a known one will do. */
  findLeader(partition: TopicPartition, fresh: boolean): Promise<number | KafkaErrorName>;
  /** Throws MigrationError, `retriable` when another try may succeed. */
  send<T>(broker: number, request: KafkaRequest<T>): Promise<T>;
  logRange(partition: TopicPartition): Promise<LogRange>;
}
