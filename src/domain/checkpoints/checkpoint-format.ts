/**
 * Checkpoint, a record of `<source alias>.checkpoints.internal` on the target
 * (org.apache.kafka.connect.mirror.Checkpoint; the version field is of the value only).
 *
 *   key   => group topic partition
 *     group     => STRING
 *     topic     => STRING   name on the target, already renamed by the replication policy
 *     partition => INT32
 *   value => version upstreamOffset offset metadata
 *     version        => INT16   0; Java guards it with an assert that is off, so another one is refused here
 *     upstreamOffset => INT64
 *     offset         => INT64   downstream
 *     metadata       => STRING
 *   STRING => INT16 length in bytes, UTF-8; INT* are big-endian
 */
import { BigEndianReader } from './big-endian-reader.ts';
import { BigEndianWriter } from './big-endian-writer.ts';
import {
  type EncodedRecord,
  type MalformedReason,
  type MalformedRecord,
  malformed,
  type RawRecord,
} from './malformed-record.ts';

export interface CheckpointKey {
  readonly groupId: string;
  /** Name on the target. */
  readonly topic: string;
  readonly partition: number;
}

export interface Checkpoint extends CheckpointKey {
  /** The group's committed offset on the source, as MM2 last saw it. */
  readonly upstreamOffset: bigint;
  /** MM2's translation of it. */
  readonly downstreamOffset: bigint;
  /** Commit metadata of the source. */
  readonly metadata: string;
}

export type DecodedCheckpoint =
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | MalformedRecord<CheckpointKey>;

const VERSION = 0;

export function decodeCheckpoint(record: RawRecord): DecodedCheckpoint {
  if (record.key === null) return malformed('null-key');
  const key = decodeKey(record.key);
  if (typeof key === 'string') return malformed(key);
  if (record.value === null) return malformed('null-value', key);

  const reader = new BigEndianReader(record.value);
  const version = reader.int16();
  if (reader.failure === null && version !== VERSION) return malformed('unsupported-version', key);
  const upstreamOffset = reader.int64();
  const downstreamOffset = reader.int64();
  const metadata = reader.string();
  reader.end();
  if (reader.failure !== null) return malformed(reader.failure, key);
  if (upstreamOffset < 0n || downstreamOffset < 0n) return malformed('negative-offset', key);
  return { kind: 'checkpoint', checkpoint: { ...key, upstreamOffset, downstreamOffset, metadata } };
}

function decodeKey(bytes: Uint8Array): CheckpointKey | MalformedReason {
  const reader = new BigEndianReader(bytes);
  const groupId = reader.string();
  const topic = reader.string();
  const partition = reader.int32();
  reader.end();
  if (reader.failure !== null) return reader.failure;
  if (partition < 0) return 'negative-partition';
  return { groupId, topic, partition };
}

export function encodeCheckpoint(checkpoint: Checkpoint): EncodedRecord {
  const key = new BigEndianWriter()
    .string(checkpoint.groupId)
    .string(checkpoint.topic)
    .int32(checkpoint.partition)
    .bytes();
  const value = new BigEndianWriter()
    .int16(VERSION)
    .int64(checkpoint.upstreamOffset)
    .int64(checkpoint.downstreamOffset)
    .string(checkpoint.metadata)
    .bytes();
  return { key, value };
}
