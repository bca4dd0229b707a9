import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordImage } from '../../../../src/adapters/kafka/images/record-image.ts';
import type { BatchRecord } from '../../../../src/adapters/kafka/log/batch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const EMPTY = new Uint8Array();

function image(record: Partial<BatchRecord>) {
  const empty = { offset: 7n, timestamp: 1_700_000_000_000n, timestampKind: 'create' as const };
  return recordImage({ ...empty, key: null, value: null, headers: [], ...record });
}

const content = (key: Uint8Array | null, value: Uint8Array | null) => image({ key, value }).content;
const headersOf = (...pairs: readonly (readonly [string, Uint8Array | null])[]) =>
  image({ headers: pairs.map(([key, value]) => ({ key, value })) }).headers;

describe('the digest of key and value', () => {
  it('is that of SHA-256 over their lengths and bytes, so that others can make it too', () => {
    const framed = Buffer.concat([Buffer.from([0, 0, 0, 1]), bytes('k'), Buffer.from([0xff, 0xff, 0xff, 0xff])]);
    expect(content(bytes('k'), null)).toBe(createHash('sha256').update(framed).digest('binary'));
  });

  it('is the same for the same bytes, wherever they lie', () => {
    const inside = bytes('xxkeyxx').subarray(2, 5);
    expect(content(inside, bytes('value'))).toBe(content(bytes('key'), bytes('value')));
  });

  it('tells null from empty, and each of them from the other place', () => {
    const all = [
      content(null, null),
      content(null, EMPTY),
      content(EMPTY, null),
      content(EMPTY, EMPTY),
      content(bytes('a'), null),
      content(null, bytes('a')),
      content(bytes('a'), EMPTY),
      content(EMPTY, bytes('a')),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not take a byte of the key for one of the value, whatever the bytes', () => {
    const part = fc.option(fc.uint8Array({ maxLength: 12 }));
    fc.assert(
      fc.property(part, part, part, part, (key, value, otherKey, otherValue) => {
        const same = equal(key, otherKey) && equal(value, otherValue);
        expect(content(key, value) === content(otherKey, otherValue)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes large parts as it takes small ones: a last byte makes a difference', () => {
    for (const size of [16_375, 16_376, 16_377, 100_000]) {
      const value = new Uint8Array(size).fill(65);
      const other = value.slice();
      other[size - 1] = 66;
      expect(content(null, value)).toBe(content(null, value.slice()));
      expect(content(null, value)).not.toBe(content(null, other));
      expect(content(null, value)).not.toBe(content(null, value.subarray(1)));
      expect(content(null, value)).toBe(sha256OfLengthsAndBytes(null, value));
    }
  });
});

describe('the digest of headers', () => {
  it('is the empty text where there are none', () => {
    expect(headersOf()).toBe('');
    expect(headersOf(['', null])).not.toBe('');
  });

  it('keeps their order', () => {
    const [a, b] = [['a', bytes('1')] as const, ['b', bytes('2')] as const];
    expect(headersOf(a, b)).not.toBe(headersOf(b, a));
    expect(headersOf(a, b)).toBe(headersOf(a, b));
  });

  it('tells a null value from an empty one, one header from two, and a name from a value', () => {
    const all = [
      headersOf(['a', null]),
      headersOf(['a', EMPTY]),
      headersOf(['a', null], ['a', null]),
      headersOf(['', bytes('a')]),
      headersOf(['a', bytes('b')]),
      headersOf(['ab', EMPTY]),
      headersOf(['größe', EMPTY]),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('says nothing of the content, nor the other way round', () => {
    expect(image({ headers: [{ key: 'a', value: null }] }).content).toBe(image({}).content);
  });
});

it('an image has its offset, time and digests, and none of the bytes', () => {
  const seen = image({ key: bytes('secret-key'), value: bytes('secret-value'), timestampKind: 'append' });
  expect(seen).toEqual({
    offset: 7n,
    timestamp: 1_700_000_000_000n,
    timestampKind: 'append',
    content: content(bytes('secret-key'), bytes('secret-value')),
    headers: '',
  });
  expect(Object.values(seen).join(' ')).not.toContain('secret');
});

function equal(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.from(a).equals(b);
}

function sha256OfLengthsAndBytes(...parts: readonly (Uint8Array | null)[]): string {
  const sha = createHash('sha256');
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(part === null ? -1 : part.length);
    sha.update(length).update(part ?? EMPTY);
  }
  return sha.digest('binary');
}
