/**
 * Heartbeat, a record of `heartbeats` and its replicated copies (org.apache.kafka.connect.mirror.Heartbeat).
 *
 *   key   => sourceClusterAlias targetClusterAlias
 *     sourceClusterAlias => STRING
 *     targetClusterAlias => STRING
 *   value => version timestamp
 *     version   => INT16   0
 *     timestamp => INT64   milliseconds since the epoch
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

export interface HeartbeatKey {
  readonly sourceAlias: string;
  readonly targetAlias: string;
}

export interface Heartbeat extends HeartbeatKey {
  /** Clock of the worker that emitted it. */
  readonly timestampMs: bigint;
}

export type DecodedHeartbeat =
  | { readonly kind: 'heartbeat'; readonly heartbeat: Heartbeat }
  | MalformedRecord<HeartbeatKey>;

const VERSION = 0;

export function decodeHeartbeat(record: RawRecord): DecodedHeartbeat {
  if (record.key === null) return malformed('null-key');
  const key = decodeKey(record.key);
  if (typeof key === 'string') return malformed(key);
  if (record.value === null) return malformed('null-value', key);

  const reader = new BigEndianReader(record.value);
  const version = reader.int16();
  if (reader.failure === null && version !== VERSION) return malformed('unsupported-version', key);
  const timestampMs = reader.int64();
  reader.end();
  if (reader.failure !== null) return malformed(reader.failure, key);
  return { kind: 'heartbeat', heartbeat: { ...key, timestampMs } };
}

function decodeKey(bytes: Uint8Array): HeartbeatKey | MalformedReason {
  const reader = new BigEndianReader(bytes);
  const sourceAlias = reader.string();
  const targetAlias = reader.string();
  reader.end();
  if (reader.failure !== null) return reader.failure;
  return { sourceAlias, targetAlias };
}

export function encodeHeartbeat(heartbeat: Heartbeat): EncodedRecord {
  return {
    key: new BigEndianWriter().string(heartbeat.sourceAlias).string(heartbeat.targetAlias).bytes(),
    value: new BigEndianWriter().int16(VERSION).int64(heartbeat.timestampMs).bytes(),
  };
}
