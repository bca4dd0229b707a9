import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MALFORMED_REASONS } from '../../../src/domain/checkpoints/malformed-record.ts';
import {
  decodeOffsetSync,
  encodeOffsetSync,
  type OffsetSync,
} from '../../../src/domain/checkpoints/offset-sync-format.ts';
import { bytesOf, damaged, wellFormedText } from './wire-bytes.ts';

// Written by org.apache.kafka.connect.mirror.OffsetSync of connect-mirror 4.3.1.
const KEY = '00066f72646572730000000b';
const VALUE = '000000000000c350000000000000c34c';
const SYNC: OffsetSync = { topic: 'orders', partition: 11, upstreamOffset: 50000n, downstreamOffset: 49996n };

describe('offset-sync format', () => {
  it('reads and writes the bytes that Java writes', () => {
    const record = { key: bytesOf(KEY), value: bytesOf(VALUE) };
    expect(decodeOffsetSync(record)).toEqual({ kind: 'offset-sync', offsetSync: SYNC });
    expect(encodeOffsetSync(SYNC)).toEqual(record);
  });

  it('decodes whatever it encoded', () => {
    const offset = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
    const anySync = fc.record({
      topic: wellFormedText(),
      partition: fc.nat(0x7fffffff),
      upstreamOffset: offset,
      downstreamOffset: offset,
    });
    fc.assert(
      fc.property(anySync, (offsetSync) => {
        expect(decodeOffsetSync(encodeOffsetSync(offsetSync))).toEqual({ kind: 'offset-sync', offsetSync });
      }),
    );
  });

  it.each([
    ['a tombstone', null, 'null-value'],
    ['15 bytes', VALUE.slice(2), 'truncated'],
    ['17 bytes', `${VALUE}00`, 'trailing-bytes'],
    ['a version in front', `0000${VALUE}`, 'trailing-bytes'],
    ['upstream −1', `ffffffffffffffff${VALUE.slice(16)}`, 'negative-offset'],
    ['downstream −1', `${VALUE.slice(0, 16)}ffffffffffffffff`, 'negative-offset'],
  ])('a value of %s is malformed, and its partition is named', (_, value, why) => {
    const record = { key: bytesOf(KEY), value: value === null ? null : bytesOf(value) };
    expect(decodeOffsetSync(record)).toEqual({ kind: 'malformed', why, key: { topic: 'orders', partition: 11 } });
  });

  it.each([
    ['no key', null, 'null-key'],
    ['a cut key', KEY.slice(0, -2), 'truncated'],
    ['a longer key', `${KEY}00`, 'trailing-bytes'],
    ['a topic of negative length', `8000${KEY.slice(4)}`, 'negative-length'],
    ['a topic that is not UTF-8', '0001ff00000000', 'invalid-utf8'],
    ['partition −1', `${KEY.slice(0, -8)}ffffffff`, 'negative-partition'],
  ])('%s names no partition', (_, key, why) => {
    const record = { key: key === null ? null : bytesOf(key), value: bytesOf(VALUE) };
    expect(decodeOffsetSync(record)).toEqual({ kind: 'malformed', why, key: null });
  });

  it('any bytes give a result, never an exception', () => {
    const bytes = fc.option(fc.oneof(fc.uint8Array({ maxLength: 32 }), damaged(KEY), damaged(VALUE)));
    fc.assert(
      fc.property(bytes, bytes, (key, value) => {
        const decoded = decodeOffsetSync({ key, value });
        if (decoded.kind === 'malformed') expect(MALFORMED_REASONS).toContain(decoded.why);
        else expect(encodeOffsetSync(decoded.offsetSync)).toEqual({ key, value });
      }),
      { numRuns: 2000 },
    );
  });
});
