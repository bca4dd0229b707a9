import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatches } from '../../../../src/adapters/kafka/log/batches.ts';
import { MalformedDataError } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import {
  APPEND_TIME,
  BASE_OFFSET,
  BATCH_NAMES,
  concat,
  javaBatch,
  javaRecords,
  onlyBatch,
  readAll,
  recordsOf,
} from './java-batches.ts';

describe('batches written by Java', () => {
  const plain = BATCH_NAMES.filter((name) => /^v\d-(none|gzip|snappy|lz4|zstd)$/.test(name));

  it('are there in three formats and all codecs', () => {
    expect(plain).toHaveLength(13);
  });

  it.each(plain)('%s gives the records that were written', (name) => {
    expect(readAll(javaBatch(name))).toEqual(javaRecords(Number(name[1])));
  });

  it.each(['v2-gzip-large', 'v2-snappy-large', 'v2-lz4-large', 'v2-zstd-large'])(
    '%s, of half a megabyte in many blocks, gives the records that were written',
    (name) => {
      expect(readAll(javaBatch(name))).toEqual(javaRecords(2, { valueLength: 1200 }));
    },
  );

  it.each(['v1-gzip-append-time', 'v2-gzip-append-time'])('%s gives each record the time of the append', (name) => {
    const expected = javaRecords(Number(name[1]), { timestamp: () => APPEND_TIME });
    expect(readAll(javaBatch(name))).toEqual(expected);
  });

  it.each(plain)('%s covers its offsets to the last one', (name) => {
    const batches = [...readBatches(javaBatch(name))];
    expect(batches.at(-1)?.lastOffset).toBe(BASE_OFFSET + 29n);
  });

  it('names the producer of a transaction, and nobody for other batches', () => {
    expect(onlyBatch(javaBatch('v2-transactional')).transactionalProducerId).toBe(4711n);
    expect(onlyBatch(javaBatch('v2-none')).transactionalProducerId).toBeNull();
  });

  it.each(['commit', 'abort'])('tells a %s marker from data', (kind) => {
    const batch = onlyBatch(javaBatch(`v2-${kind}-marker`));
    expect({ control: batch.control, marker: batch.marker() }).toEqual({ control: true, marker: kind });
    expect(batch.lastOffset).toBe(BASE_OFFSET);
  });

  it('an empty batch, as compaction leaves it, covers its offsets without records', () => {
    const batch = onlyBatch(javaBatch('v2-empty'));
    expect(batch.lastOffset).toBe(BASE_OFFSET + 9n);
    expect(recordsOf([batch])).toEqual([]);
  });
});

describe('a fetched piece of log', () => {
  const [v0, v1, v2] = ['v0-gzip', 'v1-none', 'v2-zstd'].map(javaBatch) as [Uint8Array, Uint8Array, Uint8Array];

  it('may mix all formats', () => {
    expect(readAll(concat(v0, v1, v2))).toEqual([...javaRecords(0), ...javaRecords(1), ...javaRecords(2)]);
  });

  it('leaves out what the size limit cut, wherever it cut', () => {
    for (let cut = 0; cut < v2.length; cut += 1) {
      expect([...readBatches(concat(v0, v2.subarray(0, cut)))]).toHaveLength(1);
    }
  });

  it('may lie anywhere in a larger buffer', () => {
    const response = concat(new Uint8Array(7), v2, new Uint8Array(3));
    expect(readAll(response.subarray(7, 7 + v2.length))).toEqual(javaRecords(2));
  });
});

describe('damaged batches', () => {
  const read = (bytes: Uint8Array) => () => readAll(bytes);

  it('name the offset where the damage is', () => {
    const bytes = javaBatch('v2-none');
    bytes[200] = (bytes[200] as number) ^ 1;
    expect(read(bytes)).toThrow('the batch at offset 1000 is malformed: its CRC-32C differs');
  });

  it.each(['v0-gzip', 'v1-snappy', 'v2-zstd'])('no changed bit of %s is taken for data', (name) => {
    const good = javaBatch(name);
    // Offset and leader epoch are the broker's, outside the checksum.
    const checked = good.length - 16;
    for (let i = 0; i < checked; i += 1) {
      const bytes = good.slice();
      bytes[16 + i] = (bytes[16 + i] as number) ^ (1 << (i % 8));
      expect(read(bytes)).toThrow(MalformedDataError);
    }
  });

  it.each([
    ['a negative length', { at: 8, bytes: [0xff, 0xff, 0xff, 0xff] }, 'a length of -1 bytes'],
    ['a length that ends within the header', { at: 8, bytes: [0, 0, 0, 13] }, 'a length of 13 bytes'],
    ['a format of the future', { at: 16, bytes: [3] }, 'format 3, expected 0 to 2'],
  ])('%s is an error, not an end', (_, { at, bytes }, message) => {
    const damaged = javaBatch('v2-none');
    damaged.set(bytes, at);
    expect(read(damaged)).toThrow(message);
  });

  it('any bytes give batches, an end or a MalformedDataError', () => {
    const near = fc
      .tuple(fc.constantFrom(...BATCH_NAMES), fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 4 }))
      .map(([name, changes]) => {
        const bytes = javaBatch(name);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 100 })), (bytes) => {
        try {
          readAll(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedDataError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
