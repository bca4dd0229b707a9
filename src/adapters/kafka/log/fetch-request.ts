/**
 * Fetch (key 1) of one partition, without a session. v2 is 0.10.0's; 4.x begins at v4. v11 is left out: it may answer
 * with another replica to read from and no records (KIP-392). v10 is what zstd needs (KIP-110).
 *
 *   Request  => replica_id:INT32 max_wait_ms:INT32 min_bytes:INT32 max_bytes:INT32(3+) isolation_level:INT8(4+)
 *               session_id:INT32(7+) session_epoch:INT32(7+) [topic [partition]] [forgotten topic](7+)
 *     partition => partition:INT32 current_leader_epoch:INT32(9+) fetch_offset:INT64 log_start_offset:INT64(5+)
 *                  partition_max_bytes:INT32
 *   Response => throttle_time_ms:INT32 error_code:INT16(7+) session_id:INT32(7+) [topic [partition]]
 *     partition => partition:INT32 error_code:INT16 high_watermark:INT64 last_stable_offset:INT64(4+)
 *                  log_start_offset:INT64(5+) [producer_id:INT64 first_offset:INT64](4+) records:BYTES
 */
import type { KafkaErrorName, LogReadRequest } from '../../../operations/ports.ts';
import { type Decoder, MalformedDataError } from '../protocol/decoder.ts';
import type { Encoder } from '../protocol/encoder.ts';
import { kafkaErrorName } from '../protocol/error-names.ts';
import type { KafkaRequest } from '../protocol/request.ts';
import type { AbortedTransaction } from './aborted-transactions.ts';

export interface FetchOptions {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly isolation: LogReadRequest['isolation'];
  /** From v3 on a first batch that is larger is returned whole all the same; v2 cuts it. */
  readonly maxBytes: number;
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

const CONSUMER = -1;
const NO_SESSION_ID = 0;
const NO_SESSION_EPOCH = -1;
const UNKNOWN_EPOCH = -1;
const NOT_A_FOLLOWER = -1n;

export function fetchRequest(options: FetchOptions): KafkaRequest<FetchedPartition> {
  return {
    apiKey: 1,
    apiName: 'Fetch',
    versions: { min: 2, max: 10 },
    flexibleFrom: null,
    encode: (version, writer) => encode(options, version, writer),
    decode: (version, reader) => decode(options, version, reader),
  };
}

function encode(options: FetchOptions, version: number, writer: Encoder): void {
  writer.int32(CONSUMER).int32(options.maxWaitMs).int32(1);
  if (version >= 3) writer.int32(options.maxBytes);
  if (version >= 4) writer.int8(options.isolation === 'read_committed' ? 1 : 0);
  if (version >= 7) writer.int32(NO_SESSION_ID).int32(NO_SESSION_EPOCH);
  writer.array([options.topic], (topic) => {
    writer.string(topic).array([options.partition], (partition) => {
      writer.int32(partition);
      if (version >= 9) writer.int32(UNKNOWN_EPOCH);
      writer.int64(options.offset);
      if (version >= 5) writer.int64(NOT_A_FOLLOWER);
      writer.int32(options.maxBytes);
    });
  });
  if (version >= 7) writer.array([], () => {});
}

function decode(options: FetchOptions, version: number, reader: Decoder): FetchedPartition {
  const throttleTimeMs = reader.int32();
  const requestError = version >= 7 ? kafkaErrorName(reader.int16()) : null;
  if (version >= 7) reader.int32();
  const partitions = reader.array(() => {
    const topic = reader.string();
    return reader.array(() => ({ topic, ...decodePartition(version, reader) }));
  });
  const wanted = partitions.flat().find((p) => p.topic === options.topic && p.partition === options.partition);
  if (wanted !== undefined) return { ...wanted, error: requestError ?? wanted.error, throttleTimeMs };
  if (requestError === null) throw new MalformedDataError('a Fetch response leaves out the partition asked for');
  return {
    error: requestError,
    throttleTimeMs,
    highWatermark: -1n,
    lastStableOffset: -1n,
    abortedTransactions: [],
    records: new Uint8Array(),
  };
}

function decodePartition(version: number, reader: Decoder) {
  const partition = reader.int32();
  const error = kafkaErrorName(reader.int16());
  const highWatermark = reader.int64();
  const lastStableOffset = version >= 4 ? reader.int64() : -1n;
  if (version >= 5) reader.int64();
  const abortedTransactions =
    version >= 4 ? reader.array(() => ({ producerId: reader.int64(), firstOffset: reader.int64() })) : [];
  const records = reader.nullableBytes() ?? new Uint8Array();
  return { partition, error, highWatermark, lastStableOffset, abortedTransactions, records };
}
