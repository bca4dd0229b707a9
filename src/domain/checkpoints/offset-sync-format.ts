/**
 * Offset sync, a record of `mm2-offset-syncs.<alias>.internal` (org.apache.kafka.connect.mirror.OffsetSync).
 * No version anywhere, so the value is exactly 16 bytes.
 *
 *   key   => topic partition
 *     topic     => STRING   name on the source
 *     partition => INT32
 *   value => upstreamOffset offset
 *     upstreamOffset => INT64
 *     offset         => INT64   downstream
 *   STRING => INT16 length in bytes, UTF-8; INT* are big-endian
 */
import type { TopicPartition } from '../topic-partition.ts';
import { BigEndianReader } from './big-endian-reader.ts';
import { BigEndianWriter } from './big-endian-writer.ts';
import {
  type EncodedRecord,
  type MalformedReason,
  type MalformedRecord,
  malformed,
  type RawRecord,
} from './malformed-record.ts';

/** The record at `upstreamOffset` of the source partition was copied to `downstreamOffset` of its target one. */
export interface OffsetSync extends TopicPartition {
  readonly upstreamOffset: bigint;
  readonly downstreamOffset: bigint;
}

export type DecodedOffsetSync =
  | { readonly kind: 'offset-sync'; readonly offsetSync: OffsetSync }
  | MalformedRecord<TopicPartition>;

export function decodeOffsetSync(record: RawRecord): DecodedOffsetSync {
  if (record.key === null) return malformed('null-key');
  const key = decodeKey(record.key);
  if (typeof key === 'string') return malformed(key);
  if (record.value === null) return malformed('null-value', key);

  const reader = new BigEndianReader(record.value);
  const upstreamOffset = reader.int64();
  const downstreamOffset = reader.int64();
  reader.end();
  if (reader.failure !== null) return malformed(reader.failure, key);
  if (upstreamOffset < 0n || downstreamOffset < 0n) return malformed('negative-offset', key);
  return { kind: 'offset-sync', offsetSync: { ...key, upstreamOffset, downstreamOffset } };
}

function decodeKey(bytes: Uint8Array): TopicPartition | MalformedReason {
  const reader = new BigEndianReader(bytes);
  const topic = reader.string();
  const partition = reader.int32();
  reader.end();
  if (reader.failure !== null) return reader.failure;
  if (partition < 0) return 'negative-partition';
  return { topic, partition };
}

export function encodeOffsetSync(sync: OffsetSync): EncodedRecord {
  return {
    key: new BigEndianWriter().string(sync.topic).int32(sync.partition).bytes(),
    value: new BigEndianWriter().int64(sync.upstreamOffset).int64(sync.downstreamOffset).bytes(),
  };
}
