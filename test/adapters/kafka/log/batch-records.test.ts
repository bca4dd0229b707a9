/** What a batch tells beside its records' bytes, on batches written by Java. */
import { describe, expect, it } from 'vitest';
import type { OffsetRange } from '../../../../src/adapters/kafka/log/batch.ts';
import { readBatches } from '../../../../src/adapters/kafka/log/batches.ts';
import { BASE_OFFSET, javaBatch } from './java-batches.ts';

function kindsOf(bytes: Uint8Array): readonly string[] {
  const kinds = new Set<string>();
  for (const batch of readBatches(bytes)) batch.readRecords(({ timestampKind }) => kinds.add(timestampKind));
  return [...kinds];
}

function offsetsOf(name: string, range?: OffsetRange): readonly bigint[] {
  const offsets: bigint[] = [];
  for (const batch of readBatches(javaBatch(name))) batch.readRecords(({ offset }) => offsets.push(offset), range);
  return offsets;
}

describe('who set a timestamp', () => {
  it.each(['v1-none', 'v1-gzip', 'v2-none', 'v2-zstd'])('%s: its producer', (name) => {
    expect(kindsOf(javaBatch(name))).toEqual(['create']);
  });

  it.each(['v1-gzip-append-time', 'v2-gzip-append-time'])('%s: its broker', (name) => {
    expect(kindsOf(javaBatch(name))).toEqual(['append']);
  });

  it.each(['v0-none', 'v0-gzip'])('%s: nobody, the format has none', (name) => {
    expect(kindsOf(javaBatch(name))).toEqual(['none']);
  });
});

describe('records of a range of offsets', () => {
  it.each([
    [BASE_OFFSET, BASE_OFFSET + 30n],
    [BASE_OFFSET + 3n, BASE_OFFSET + 7n],
    [BASE_OFFSET + 29n, BASE_OFFSET + 30n],
    [BASE_OFFSET - 100n, BASE_OFFSET + 1n],
    [BASE_OFFSET + 5n, BASE_OFFSET + 5_000n],
    [BASE_OFFSET + 30n, BASE_OFFSET + 40n],
  ])('of [%i, %i) are those and no others', (from, to) => {
    const inRange = offsetsOf('v2-gzip').filter((offset) => offset >= from && offset < to);
    expect(offsetsOf('v2-gzip', { from, to })).toEqual(inRange);
  });
});
