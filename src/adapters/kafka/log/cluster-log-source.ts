import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { Clock, KafkaErrorName, Log, LogRange } from '../../../operations/ports.ts';
import type { ImageSource } from '../images/image-source.ts';
import { type LogRangeContext, logRanges } from '../log-ranges.ts';
import { type PartitionLeaders, partitionLeaders } from '../partition-leaders.ts';
import type { KafkaRequest } from '../protocol/request.ts';
import type { LogSource } from './log-source.ts';

/** Over these the reads of one broker's partitions are spread, so that one does not wait for the bytes of another. */
const CONNECTIONS_PER_BROKER = 4;

const NO_LEADER = -1;

/** The logs of one cluster, over its connections. Keeps leaders, so that one serves all reads. */
export class ClusterLogSource implements LogSource, ImageSource {
  readonly #context: LogRangeContext;
  readonly #leaders = new Map<TopicPartitionKey, number>();

  constructor(context: LogRangeContext) {
    this.#context = context;
  }

  get side(): 'source' | 'target' {
    return this.#context.connections.side;
  }

  get clock(): Clock {
    return this.#context.connections.options.clock;
  }

  get log(): Log {
    return this.#context.connections.options.log;
  }

  leaders(partitions: readonly TopicPartition[]): Promise<PartitionLeaders> {
    return partitionLeaders(this.#context.metadata, partitions);
  }

  async findLeader({ topic, partition }: TopicPartition, fresh: boolean): Promise<number | KafkaErrorName> {
    const key = partitionKey(topic, partition);
    const known = fresh ? undefined : this.#leaders.get(key);
    if (known !== undefined) return known;
    const metadata = (await this.#context.metadata.topicMetadata([topic])).get(topic);
    if (metadata === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
    if (metadata.error !== null) return metadata.error;
    for (const { partition: number, leaderId } of metadata.partitions) {
      if (leaderId !== NO_LEADER) this.#leaders.set(partitionKey(topic, number), leaderId);
    }
    const leader = metadata.partitions.find((entry) => entry.partition === partition)?.leaderId;
    if (leader === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
    return leader === NO_LEADER ? 'LEADER_NOT_AVAILABLE' : leader;
  }

  send<T>(broker: number, request: KafkaRequest<T>): Promise<T> {
    return this.#context.connections.send(broker, request, { connections: CONNECTIONS_PER_BROKER });
  }

  logRanges(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<TopicPartitionKey, LogRange>> {
    return logRanges(this.#context, partitions);
  }

  async logRange(partition: TopicPartition): Promise<LogRange> {
    const ranges = await this.logRanges([partition]);
    return (
      ranges.get(partitionKey(partition.topic, partition.partition)) ?? { kind: 'error', error: 'UNKNOWN_SERVER_ERROR' }
    );
  }
}
