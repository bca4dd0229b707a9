/** One record for each way in which a record of the checkpoints topic is not a checkpoint. */
import { type Checkpoint, encodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import type { MalformedReason } from '../../../src/domain/checkpoints/malformed-record.ts';
import { seeded } from '../../support/random.ts';

export interface MalformedCase {
  readonly name: string;
  readonly why: MalformedReason;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** All of them speak of this group partition where they speak of any; the offsets would send it back to 1. */
export function malformedCases(victim: Pick<Checkpoint, 'groupId' | 'topic' | 'partition'>): readonly MalformedCase[] {
  const good = encodeCheckpoint({ ...victim, upstreamOffset: 1n, downstreamOffset: 1n, metadata: 'later' });
  const key = Buffer.from(good.key);
  const value = Buffer.from(good.value);
  const badKey = (name: string, why: MalformedReason, bytes: Buffer | null) => ({ name, why, key: bytes, value });
  const badValue = (name: string, why: MalformedReason, bytes: Buffer | null) => ({ name, why, key, value: bytes });
  return [
    badKey('no key', 'null-key', null),
    badKey('a key cut off', 'truncated', key.subarray(0, -1)),
    badKey('an empty key', 'truncated', Buffer.alloc(0)),
    badKey('a key with a byte more', 'trailing-bytes', Buffer.concat([key, Buffer.of(0)])),
    badKey(
      'a group id that is not UTF-8',
      'invalid-utf8',
      patched(key, (view) => view.setUint8(2, 0xff)),
    ),
    badKey(
      'a group id of negative length',
      'negative-length',
      patched(key, (view) => view.setInt16(0, -1)),
    ),
    badKey(
      'a negative partition',
      'negative-partition',
      patched(key, (view) => view.setInt32(key.length - 4, -1)),
    ),
    badKey('random bytes', 'truncated', randomBytes(48)),
    badValue('a tombstone', 'null-value', null),
    badValue(
      'version 1',
      'unsupported-version',
      patched(value, (view) => view.setInt16(0, 1)),
    ),
    badValue('a value cut off', 'truncated', value.subarray(0, -1)),
    badValue('a value with a byte more', 'trailing-bytes', Buffer.concat([value, Buffer.of(0)])),
    badValue(
      'a negative upstream offset',
      'negative-offset',
      patched(value, (view) => view.setBigInt64(2, -1n)),
    ),
    badValue(
      'a negative downstream offset',
      'negative-offset',
      patched(value, (view) => view.setBigInt64(10, -1n)),
    ),
    badValue(
      'metadata that is not UTF-8',
      'invalid-utf8',
      patched(value, (view) => view.setUint8(20, 0xc3)),
    ),
    { name: 'the JSON of a wrong converter', why: 'truncated', key: jsonEnvelope(key), value: jsonEnvelope(value) },
  ];
}

/** How often each reason is found in these cases, most lists of findings being made of this. */
export function countsOf(cases: readonly MalformedCase[]): ReadonlyMap<MalformedReason, number> {
  const counts = new Map<MalformedReason, number>();
  for (const { why } of cases) counts.set(why, (counts.get(why) ?? 0) + 1);
  return counts;
}

/** What JsonConverter with schemas makes of bytes. */
function jsonEnvelope(bytes: Buffer): Buffer {
  const schema = { type: 'bytes', optional: false };
  return Buffer.from(JSON.stringify({ schema, payload: bytes.toString('base64') }));
}

function patched(bytes: Buffer, patch: (view: DataView) => void): Buffer {
  const copy = Buffer.from(bytes);
  patch(new DataView(copy.buffer, copy.byteOffset, copy.byteLength));
  return copy;
}

/** The first length that they seem to hold is longer than they are. */
function randomBytes(length: number): Buffer {
  const random = seeded(4_711);
  const bytes = Buffer.from(Array.from({ length }, () => random(256)));
  bytes.writeInt16BE(0x7abc, 0);
  return bytes;
}
