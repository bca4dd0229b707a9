/**
 * Fetch (key 1), without a session. v2 is 0.10.0's; 4.x begins at v4. v11 is left out: it may answer with another
 * replica to read from and no records (KIP-392). v10 is what zstd needs (KIP-110).
 *
 *   Request  => replica_id:INT32 max_wait_ms:INT32 min_bytes:INT32 max_bytes:INT32(3+) isolation_level:INT8(4+)
 *               session_id:INT32(7+) session_epoch:INT32(7+) [topic [partition]] [forgotten topic](7+)
 *     partition => partition:INT32 current_leader_epoch:INT32(9+) fetch_offset:INT64 log_start_offset:INT64(5+)
 *                  partition_max_bytes:INT32
 *   Response => throttle_time_ms:INT32 error_code:INT16(7+) session_id:INT32(7+) [topic [partition]]
 *     partition => partition:INT32 error_code:INT16 high_watermark:INT64 last_stable_offset:INT64(4+)
 *                  log_start_offset:INT64(5+) [producer_id:INT64 first_offset:INT64](4+) records:BYTES
 */
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { KafkaErrorName, LogReadRequest } from '../../../operations/ports.ts';
import { byTopic } from '../protocol/by-topic.ts';
import { type Decoder, MalformedDataError } from '../protocol/decoder.ts';
import type { Encoder } from '../protocol/encoder.ts';
import { kafkaErrorName } from '../protocol/error-names.ts';
import type { KafkaRequest } from '../protocol/request.ts';
import type { AbortedTransaction } from './aborted-transactions.ts';

export interface FetchPosition extends TopicPartition {
  readonly offset: bigint;
  /**
   * From v3 on a larger first batch is returned whole all the same to the first partition that has records, and the
   * others get nothing of theirs; v2 cuts it.
   */
  readonly maxBytes: number;
}

export interface FetchOptions {
  readonly isolation: LogReadRequest['isolation'];
  /** How long a broker may wait for data to come. */
  readonly maxWaitMs: number;
}

export interface FetchedPartition {
  /** Of the partition, or of the whole request. */
  readonly error: KafkaErrorName | null;
  readonly throttleTimeMs: number;
  readonly highWatermark: bigint;
  /** −1 where the broker knows no transactions. */
  readonly lastStableOffset: bigint;
  readonly abortedTransactions: readonly AbortedTransaction[];
  /** Batches; shares memory with the response. */
  readonly records: Uint8Array;
}

/** One entry for every partition asked for; all of them empty when the broker throttles (KIP-219). */
export type FetchAnswer = ReadonlyMap<TopicPartitionKey, FetchedPartition>;

const CONSUMER = -1;
const NO_SESSION_ID = 0;
const NO_SESSION_EPOCH = -1;
const UNKNOWN_EPOCH = -1;
const NOT_A_FOLLOWER = -1n;

/** Of several partitions, each named once; the answer holds at most their bytes together, but for one large batch. */
export function fetchRequest(positions: readonly FetchPosition[], options: FetchOptions): KafkaRequest<FetchAnswer> {
  return {
    apiKey: 1,
    apiName: 'Fetch',
    versions: { min: 2, max: 10 },
    flexibleFrom: null,
    encode: (version, writer) => encode(positions, options, version, writer),
    decode: (version, reader) => decode(positions, version, reader),
  };
}

function encode(
  positions: readonly FetchPosition[],
  { isolation, maxWaitMs }: FetchOptions,
  version: number,
  writer: Encoder,
): void {
  writer.int32(CONSUMER).int32(maxWaitMs).int32(1);
  if (version >= 3) writer.int32(positions.reduce((sum, { maxBytes }) => sum + maxBytes, 0));
  if (version >= 4) writer.int8(isolation === 'read_committed' ? 1 : 0);
  if (version >= 7) writer.int32(NO_SESSION_ID).int32(NO_SESSION_EPOCH);
  writer.array(byTopic(positions), ([topic, named]) => {
    writer.string(topic).array(named, ({ partition, offset, maxBytes }) => {
      writer.int32(partition);
      if (version >= 9) writer.int32(UNKNOWN_EPOCH);
      writer.int64(offset);
      if (version >= 5) writer.int64(NOT_A_FOLLOWER);
      writer.int32(maxBytes);
    });
  });
  if (version >= 7) writer.array([], () => {});
}

function decode(positions: readonly FetchPosition[], version: number, reader: Decoder): FetchAnswer {
  const throttleTimeMs = reader.int32();
  const requestError = version >= 7 ? kafkaErrorName(reader.int16()) : null;
  if (version >= 7) reader.int32();
  const fetched = new Map<TopicPartitionKey, FetchedPartition>();
  reader.array(() => {
    const topic = reader.string();
    reader.array(() => {
      const key = partitionKey(topic, reader.int32());
      const answered = decodePartition(version, reader);
      fetched.set(key, { ...answered, error: requestError ?? answered.error, throttleTimeMs });
    });
  });
  const nothing = { error: requestError, throttleTimeMs, ...NOTHING };
  return new Map(
    positions.map(({ topic, partition }) => {
      const key = partitionKey(topic, partition);
      const answered = fetched.get(key);
      if (answered === undefined && requestError === null && throttleTimeMs === 0) {
        throw new MalformedDataError('a Fetch response leaves out a partition asked for');
      }
      return [key, answered ?? nothing];
    }),
  );
}

const NOTHING = {
  highWatermark: -1n,
  lastStableOffset: -1n,
  abortedTransactions: [],
  records: new Uint8Array(),
} as const;

function decodePartition(version: number, reader: Decoder) {
  const error = kafkaErrorName(reader.int16());
  const highWatermark = reader.int64();
  const lastStableOffset = version >= 4 ? reader.int64() : -1n;
  if (version >= 5) reader.int64();
  const abortedTransactions =
    version >= 4 ? reader.array(() => ({ producerId: reader.int64(), firstOffset: reader.int64() })) : [];
  const records = reader.nullableBytes() ?? new Uint8Array();
  return { error, highWatermark, lastStableOffset, abortedTransactions, records };
}
