import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../../src/adapters/kafka/log/crc32c.ts';
import { MalformedDataError } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import { javaBatch, onlyBatch, readAll, recordsOf } from './java-batches.ts';

const COUNT_POSITION = 57;

/** The good batch with other bytes at `at` and a checksum that fits: what a faulty producer writes. */
function faulty(name: string, at: number, ...bytes: number[]): Uint8Array {
  const batch = javaBatch(name);
  batch.set(bytes, at);
  new DataView(batch.buffer).setUint32(17, crc32c(batch.subarray(21)));
  return batch;
}

describe('CRC-32C', () => {
  it('has the check value of its specification (RFC 3720)', () => {
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  });
});

describe('a batch that contradicts itself under a good checksum', () => {
  it.each([
    ['more records than it holds', faulty('v2-none', COUNT_POSITION, 0, 0, 0, 31), /expected .* bytes left/],
    ['2 billion records', faulty('v2-none', COUNT_POSITION, 0x7f, 0xff, 0xff, 0xff), /expected .* bytes left/],
    ['fewer records than it holds', faulty('v2-none', COUNT_POSITION, 0, 0, 0, 29), /bytes behind the last record/],
    ['a record of another length', faulty('v2-none', 61, 0x02), /a record of 1 bytes ends elsewhere/],
    ['a negative lastOffsetDelta', faulty('v2-none', 23, 0xff, 0xff, 0xff, 0xff), /lastOffsetDelta -1/],
    ['a codec of the future', faulty('v2-none', 22, 0x05), /compression codec 5 is not known/],
    ['another codec than it says', faulty('v2-zstd', 22, 0x03), /lz4 data cannot be decompressed: not an LZ4 frame/],
    ['compressed data that is cut', faulty('v2-gzip', 70, 0xff, 0xff), /gzip data cannot be decompressed/],
  ])('%s is malformed', (_, bytes, message) => {
    expect(() => readAll(bytes)).toThrow(message);
    expect(() => readAll(bytes)).toThrow('the batch at offset 1000 is malformed');
  });

  it('any content under a good checksum gives records or a MalformedDataError', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 21, max: 400 }), fc.nat(255)), { minLength: 1, maxLength: 3 });
    const names = fc.constantFrom('v2-none', 'v2-gzip', 'v2-snappy', 'v2-lz4', 'v2-zstd');
    fc.assert(
      fc.property(names, changes, (name, where) => {
        const bytes = where.reduce((batch, [at, byte]) => {
          batch[at] = byte;
          return batch;
        }, javaBatch(name));
        new DataView(bytes.buffer).setUint32(17, crc32c(bytes.subarray(21)));
        try {
          readAll(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedDataError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a control batch', () => {
  it('has no marker when compaction took it out', () => {
    const bytes = faulty('v2-empty', 22, 0x30);
    expect({ control: onlyBatch(bytes).control, marker: onlyBatch(bytes).marker() }).toEqual({
      control: true,
      marker: null,
    });
  });

  it('of a kind that ends no transaction (a leader change) has no marker', () => {
    // Last two bytes of the key of the only record: INT16 type.
    const good = javaBatch('v2-commit-marker');
    const typePosition = 61 + 5 + 3;
    expect(good[typePosition]).toBe(1);
    expect(onlyBatch(faulty('v2-commit-marker', typePosition, 2)).marker()).toBeNull();
  });
});

it('what a visitor throws passes as it is', () => {
  const boom = new Error('visitor');
  const batch = onlyBatch(javaBatch('v2-none'));
  expect(() =>
    batch.readRecords(() => {
      throw boom;
    }),
  ).toThrow(boom);
  expect(recordsOf([batch])).toHaveLength(30);
});
