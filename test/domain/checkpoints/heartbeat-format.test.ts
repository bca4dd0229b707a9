import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHeartbeat, encodeHeartbeat, type Heartbeat } from '../../../src/domain/checkpoints/heartbeat-format.ts';
import { MALFORMED_REASONS } from '../../../src/domain/checkpoints/malformed-record.ts';
import { bytesOf, damaged, wellFormedText } from './wire-bytes.ts';

// Written by org.apache.kafka.connect.mirror.Heartbeat of connect-mirror-client 4.3.1.
const KEY = '00096d736b736f7572636500076d736b64657374';
const VALUE = '00000000018bcfe5687b';
const HEARTBEAT: Heartbeat = { sourceAlias: 'msksource', targetAlias: 'mskdest', timestampMs: 1700000000123n };

describe('heartbeat format', () => {
  it('reads and writes the bytes that Java writes', () => {
    const record = { key: bytesOf(KEY), value: bytesOf(VALUE) };
    expect(decodeHeartbeat(record)).toEqual({ kind: 'heartbeat', heartbeat: HEARTBEAT });
    expect(encodeHeartbeat(HEARTBEAT)).toEqual(record);
  });

  it('decodes whatever it encoded', () => {
    const anyHeartbeat = fc.record({
      sourceAlias: wellFormedText(),
      targetAlias: wellFormedText(),
      timestampMs: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    });
    fc.assert(
      fc.property(anyHeartbeat, (heartbeat) => {
        expect(decodeHeartbeat(encodeHeartbeat(heartbeat))).toEqual({ kind: 'heartbeat', heartbeat });
      }),
    );
  });

  it.each([
    ['a tombstone', null, 'null-value'],
    ['version 1', `0001${VALUE.slice(4)}`, 'unsupported-version'],
    ['one byte', '00', 'truncated'],
    ['a cut timestamp', VALUE.slice(0, -2), 'truncated'],
    ['a byte too many', `${VALUE}00`, 'trailing-bytes'],
  ])('a value of %s is malformed, and its flow is named', (_, value, why) => {
    const record = { key: bytesOf(KEY), value: value === null ? null : bytesOf(value) };
    const key = { sourceAlias: 'msksource', targetAlias: 'mskdest' };
    expect(decodeHeartbeat(record)).toEqual({ kind: 'malformed', why, key });
  });

  it.each([
    ['no key', null, 'null-key'],
    ['one alias', KEY.slice(0, 22), 'truncated'],
    ['a third field', `${KEY}0000`, 'trailing-bytes'],
    ['an alias of negative length', 'ffff0000', 'negative-length'],
    ['an alias that is not UTF-8', '0001ff0000', 'invalid-utf8'],
  ])('%s names no flow', (_, key, why) => {
    const record = { key: key === null ? null : bytesOf(key), value: bytesOf(VALUE) };
    expect(decodeHeartbeat(record)).toEqual({ kind: 'malformed', why, key: null });
  });

  it('any bytes give a result, never an exception', () => {
    const bytes = fc.option(fc.oneof(fc.uint8Array({ maxLength: 32 }), damaged(KEY), damaged(VALUE)));
    fc.assert(
      fc.property(bytes, bytes, (key, value) => {
        const decoded = decodeHeartbeat({ key, value });
        if (decoded.kind === 'malformed') expect(MALFORMED_REASONS).toContain(decoded.why);
        else expect(encodeHeartbeat(decoded.heartbeat)).toEqual({ key, value });
      }),
      { numRuns: 2000 },
    );
  });
});
