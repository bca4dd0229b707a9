import { randomBytes } from 'node:crypto';
import kafkajs, { type CompressionTypes, type Message, type Producer } from 'kafkajs';
import { type ClusterAddress, kafkaClient, withAdmin } from './client.ts';
import { waitFor } from './wait.ts';

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
/** The broker aborts what is open for longer: 60 s by default. */
const TRANSACTION_TIMEOUT_MS = 600_000;
/** For the replicas to have a batch; sent again after it, a batch would be there twice. */
const ACKS_TIMEOUT_MS = 80_000;

/** Writes the records in batches, each acknowledged by all replicas; about 100,000 a second. */
export async function produceRecords(address: ClusterAddress, options: ProduceOptions): Promise<void> {
  const { transaction } = options;
  const transactional =
    transaction === undefined
      ? {}
      : {
          transactionalId: transaction.id,
          transactionTimeout: TRANSACTION_TIMEOUT_MS,
          idempotent: true,
          maxInFlightRequests: 1,
        };
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
  const batch = { topic, messages, acks: -1, timeout: ACKS_TIMEOUT_MS, ...compression };
  if (transaction === undefined) {
    await producer.send(batch);
    return;
  }
  const open = await producer.transaction();
  await open.send(batch);
  await (transaction.outcome === 'commit' ? open.commit() : open.abort());
}

/** One record as kafkajs read it; committed records only. */
export interface ReadRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampMs: number;
}

const READ_TIMEOUT_MS = 120_000;
/** kafkajs's own 30 s are over when the machine stands still for as long. */
const SESSION_TIMEOUT_MS = 90_000;

/**
 * Reads a small topic from its start to the end that it had at the call. Uses a group of its own, commits nothing and
 * deletes the group. Throws a bed error when the end is not reached in two minutes.
 */
export async function readRecords(address: ClusterAddress, topic: string): Promise<readonly ReadRecord[]> {
  const groupId = `bed-reader-${randomBytes(4).toString('hex')}`;
  const ends = await withAdmin(address, (admin) => admin.fetchTopicOffsets(topic));
  const left = new Map(ends.filter((one) => one.low !== one.high).map((one) => [one.partition, BigInt(one.high)]));
  if (left.size === 0) return [];
  const records: ReadRecord[] = [];
  // A reader that lost its place in the group begins at the start again.
  const next = new Map<number, bigint>();
  const consumer = kafkaClient(address).consumer({ groupId, sessionTimeout: SESSION_TIMEOUT_MS, maxWaitTimeInMs: 200 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        for (const { offset, key, value, timestamp } of batch.messages) {
          const at = { partition: batch.partition, offset: BigInt(offset), timestampMs: Number(timestamp) };
          if (at.offset < (next.get(at.partition) ?? 0n)) continue;
          next.set(at.partition, at.offset + 1n);
          records.push({ ...at, key, value });
        }
        // The batch's last offset, since a marker of a transaction ends a log without a record.
        const end = left.get(batch.partition);
        if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end) left.delete(batch.partition);
      },
    });
    const look = async () => (left.size === 0 ? { done: records } : { seen: `${records.length} records` });
    return await waitFor(`${topic} to be read`, look, { timeoutMs: READ_TIMEOUT_MS, intervalMs: 20 });
  } finally {
    await consumer.disconnect();
    await withAdmin(address, (admin) => admin.deleteGroups([groupId]).catch(() => undefined));
  }
}
