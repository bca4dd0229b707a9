import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../../src/domain/checkpoints/checkpoint-format.ts';
import { MALFORMED_REASONS } from '../../../src/domain/checkpoints/malformed-record.ts';
import { bytesOf, damaged, wellFormedText } from './wire-bytes.ts';

const KEY = { groupId: 'orders-app', topic: 'msksource.orders', partition: 3 };
const GOOD: Checkpoint = { ...KEY, upstreamOffset: 38786n, downstreamOffset: 38785n, metadata: '' };
const GOOD_KEY = '000a6f72646572732d61707000106d736b736f757263652e6f726465727300000003';
const GOOD_VALUE = '0000000000000000978200000000000097810000';

/** Written by org.apache.kafka.connect.mirror.Checkpoint of connect-mirror-client 4.3.1. */
const WRITTEN_BY_JAVA: readonly { key: string; value: string; checkpoint: Checkpoint }[] = [
  { key: GOOD_KEY, value: GOOD_VALUE, checkpoint: GOOD },
  {
    key: '00196772c3b6c39f652de382b0e383abe383bce383972df09f9a9a000c4578616d706c65546f70696300000000',
    value: '000000200000000000010000000000000000000c415a3478546d396b5a513d3d',
    checkpoint: {
      groupId: 'größe-グループ-🚚',
      topic: 'ExampleTopic',
      partition: 0,
      upstreamOffset: 9007199254740993n,
      downstreamOffset: 0n,
      metadata: 'AZ4xTm9kZQ==',
    },
  },
];

const anyCheckpoint: fc.Arbitrary<Checkpoint> = fc.record({
  groupId: wellFormedText(),
  topic: wellFormedText(),
  partition: fc.nat(0x7fffffff),
  upstreamOffset: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  downstreamOffset: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  metadata: wellFormedText(),
});

describe('checkpoint format', () => {
  it.each(WRITTEN_BY_JAVA)('reads and writes the bytes that Java writes for $checkpoint.groupId', (golden) => {
    const record = { key: bytesOf(golden.key), value: bytesOf(golden.value) };
    expect(decodeCheckpoint(record)).toEqual({ kind: 'checkpoint', checkpoint: golden.checkpoint });
    expect(encodeCheckpoint(golden.checkpoint)).toEqual(record);
  });

  it('decodes whatever it encoded', () => {
    fc.assert(
      fc.property(anyCheckpoint, (checkpoint) => {
        expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual({ kind: 'checkpoint', checkpoint });
      }),
    );
  });

  it('reads a record that lies inside a larger buffer', () => {
    const padded = (text: string) => bytesOf(`ffff${text}ffff`).subarray(2, 2 + text.length / 2);
    expect(decodeCheckpoint({ key: padded(GOOD_KEY), value: padded(GOOD_VALUE) })).toEqual({
      kind: 'checkpoint',
      checkpoint: GOOD,
    });
  });
});

describe('malformed checkpoints', () => {
  it.each([
    ['a tombstone', null, 'null-value'],
    ['version 1', `0001${GOOD_VALUE.slice(4)}`, 'unsupported-version'],
    ['version −1 with nothing behind it', 'ffff', 'unsupported-version'],
    ['an empty value', '', 'truncated'],
    ['a value cut within the downstream offset', GOOD_VALUE.slice(0, 34), 'truncated'],
    ['a value without metadata', GOOD_VALUE.slice(0, 36), 'truncated'],
    ['metadata longer than the value', `${GOOD_VALUE.slice(0, 36)}7fff41`, 'truncated'],
    ['null metadata', `${GOOD_VALUE.slice(0, 36)}ffff`, 'negative-length'],
    ['metadata that is not UTF-8', `${GOOD_VALUE.slice(0, 36)}0001ff`, 'invalid-utf8'],
    ['a byte after the metadata', `${GOOD_VALUE}00`, 'trailing-bytes'],
    ['upstream −1', `0000ffffffffffffffff${GOOD_VALUE.slice(20)}`, 'negative-offset'],
    ['downstream −1', `${GOOD_VALUE.slice(0, 20)}ffffffffffffffff0000`, 'negative-offset'],
  ])('%s is told with the partition that it hides', (_, value, why) => {
    const record = { key: bytesOf(GOOD_KEY), value: value === null ? null : bytesOf(value) };
    expect(decodeCheckpoint(record)).toEqual({ kind: 'malformed', why, key: KEY });
  });

  it.each([
    ['no key', null, 'null-key'],
    ['an empty key', '', 'truncated'],
    ['a key without partition', GOOD_KEY.slice(0, -8), 'truncated'],
    ['a key with a byte too many', `${GOOD_KEY}00`, 'trailing-bytes'],
    ['a group of negative length', `ffff${GOOD_KEY.slice(4)}`, 'negative-length'],
    ['a group that is not UTF-8', `0002c328${GOOD_KEY.slice(24)}`, 'invalid-utf8'],
    ['partition −1', `${GOOD_KEY.slice(0, -8)}ffffffff`, 'negative-partition'],
  ])('%s names no partition', (_, key, why) => {
    const record = { key: key === null ? null : bytesOf(key), value: bytesOf(GOOD_VALUE) };
    expect(decodeCheckpoint(record)).toEqual({ kind: 'malformed', why, key: null });
  });

  it('a checkpoint written through JsonConverter is malformed', () => {
    const json = new TextEncoder().encode('{"schema":{"type":"bytes","optional":true},"payload":"AAA="}');
    expect(decodeCheckpoint({ key: json, value: json })).toMatchObject({ kind: 'malformed', key: null });
  });

  it('any bytes give a result, never an exception', () => {
    const bytes = fc.option(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged(GOOD_KEY), damaged(GOOD_VALUE)));
    fc.assert(
      fc.property(bytes, bytes, (key, value) => {
        const decoded = decodeCheckpoint({ key, value });
        if (decoded.kind === 'malformed') expect(MALFORMED_REASONS).toContain(decoded.why);
        else expect(encodeCheckpoint(decoded.checkpoint)).toEqual({ key, value });
      }),
      { numRuns: 2000 },
    );
  });
});
