import kafkajs, { type CompressionTypes, type Message, type Producer } from 'kafkajs';
import { type ClusterAddress, kafkaClient } from './client.ts';

export interface ProduceOptions {
  readonly topic: string;
  /** Partitions to write to. */
  readonly partitions: readonly number[];
  readonly recordsPerPartition: number;
  /** Index of the first record in each partition, 0 by default: go on counting in a second call. */
  readonly firstIndex?: number;
  /** Replaces the record; its value is `recordId(partition, index)` and its key the same by default. */
  readonly record?: (partition: number, index: number) => Omit<Message, 'partition'>;
  readonly batchSize?: number;
  /** None by default. Codecs other than gzip must be registered with kafkajs first. */
  readonly compression?: CompressionTypes;
  /** One transaction a batch; `abort` leaves its records in the log, aborted. */
  readonly transaction?: { readonly id: string; readonly outcome: 'commit' | 'abort' };
}

/** The id that every record of the bed carries as its value: unique within a topic. */
export function recordId(partition: number, index: number): string {
  return `${partition}-${index}`;
}

const BATCH_SIZE = 5_000;

/** Writes the records in batches, each acknowledged by all replicas; about 100,000 a second. */
export async function produceRecords(address: ClusterAddress, options: ProduceOptions): Promise<void> {
  const { transaction } = options;
  const transactional =
    transaction === undefined ? {} : { transactionalId: transaction.id, idempotent: true, maxInFlightRequests: 1 };
  const producer = kafkaClient(address).producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    ...transactional,
  });
  await producer.connect();
  try {
    for (const partition of options.partitions) {
      for (const messages of batches(partition, options)) await send(producer, options, messages);
    }
  } finally {
    await producer.disconnect();
  }
}

function* batches(partition: number, options: ProduceOptions): Generator<Message[]> {
  const record = options.record ?? plainRecord;
  const size = options.batchSize ?? BATCH_SIZE;
  const first = options.firstIndex ?? 0;
  const end = first + options.recordsPerPartition;
  for (let from = first; from < end; from += size) {
    const length = Math.min(size, end - from);
    yield Array.from({ length }, (_, n) => ({ ...record(partition, from + n), partition }));
  }
}

function plainRecord(partition: number, index: number): Omit<Message, 'partition'> {
  const id = recordId(partition, index);
  return { key: id, value: id };
}

async function send(producer: Producer, options: ProduceOptions, messages: Message[]): Promise<void> {
  const { topic, transaction } = options;
  const compression = options.compression === undefined ? {} : { compression: options.compression };
  const batch = { topic, messages, acks: -1, ...compression };
  if (transaction === undefined) {
    await producer.send(batch);
    return;
  }
  const open = await producer.transaction();
  await open.send(batch);
  await (transaction.outcome === 'commit' ? open.commit() : open.abort());
}
