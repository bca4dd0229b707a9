import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compress as rawSnappy } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { decompress } from '../../../../../src/adapters/kafka/log/compression/decompress.ts';
import { MalformedDataError } from '../../../../../src/adapters/kafka/protocol/decoder.ts';

const GZIP = 1;
const SNAPPY = 2;
const LZ4 = 3;
const ZSTD = 4;

const LINES = Array.from(
  { length: 5000 },
  (_, i) => `${i % 1000} ${'abcdefghij'.slice(0, (i * i) % 11).repeat(i % 9)}\n`,
);
const TEXT = new TextEncoder().encode(LINES.join(''));

/** TEXT, compressed by the `lz4` and `zstd` programs: their files' names tell the options, see the tests. */
const FILES = JSON.parse(
  readFileSync(new URL('../fixtures/compressed-lines.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;
const file = (name: string) => new Uint8Array(Buffer.from(FILES[name] ?? '', 'base64'));

const plain = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const int32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
};

function xerial(...blocks: readonly Uint8Array[]): Uint8Array {
  const framed = blocks.flatMap((block) => [int32(block.length), block]);
  return new Uint8Array(Buffer.concat([bytes('82 53 4e 41 50 50 59 00'), int32(1), int32(1), ...framed]));
}

describe('codecs as other clients use them', () => {
  it.each([
    [
      'lz4 with linked blocks, block checksums and content size (lz4 -9 -BD -BX --content-size)',
      LZ4,
      file('linked.lz4'),
    ],
    ['zstd from a stream, without content size', ZSTD, file('stream.zst')],
    ['zstd of one segment with content size (zstd -19)', ZSTD, file('sized.zst')],
    ['snappy without framing, as librdkafka writes it', SNAPPY, rawSnappy(TEXT)],
    [
      'snappy in the framing of snappy-java',
      SNAPPY,
      xerial(rawSnappy(TEXT.subarray(0, 9)), rawSnappy(TEXT.subarray(9))),
    ],
    ['gzip in several members', GZIP, Buffer.concat([gzipSync(TEXT.subarray(0, 99)), gzipSync(TEXT.subarray(99))])],
    ['nothing', 0, TEXT],
  ])('%s', (_, codec, compressed) => {
    expect(plain(decompress(codec, compressed))).toBe(plain(TEXT));
  });

  const [magic, end] = ['04 22 4d 18', '00 00 00 00'];
  const stored = '60 40 82 02 00 00 80 61 62'; // FLG BD HC, a block of 2 bytes that is not compressed
  it.each([
    ['a block that is not compressed', `${magic} ${stored} ${end}`, 'ab'],
    ['two frames', `${magic} ${stored} ${end} ${magic} ${stored} ${end}`, 'abab'],
    ['a skippable frame', `5a 2a 4d 18 03 00 00 00 01 02 03 ${magic} ${stored} ${end}`, 'ab'],
    ['an empty frame', `${magic} 60 40 82 ${end}`, ''],
    ['a content checksum', `${magic} 64 40 a7 02 00 00 80 61 62 ${end} ff ff ff ff`, 'ab'],
    [
      'a match that overlaps itself',
      `${magic} 60 40 82 06 00 00 00 25 61 62 02 00 00 ${end}`,
      'ababababababa'.slice(0, 11),
    ],
    [
      'a header checksum that is wrong, as clients before 0.10 wrote it',
      `${magic} 60 40 00 02 00 00 80 61 62 ${end}`,
      'ab',
    ],
  ])('lz4 with %s', (_, hex, text) => {
    expect(plain(decompress(LZ4, bytes(hex)))).toBe(text);
  });

  it.each([
    ['gzip', GZIP, gzipSync('')],
    ['raw snappy', SNAPPY, rawSnappy(new Uint8Array())],
    ['framed snappy', SNAPPY, xerial()],
    ['zstd', ZSTD, bytes('28 b5 2f fd 20 00 01 00 00')],
  ])('%s of nothing is nothing', (_, codec, compressed) => {
    expect(decompress(codec, compressed)).toHaveLength(0);
  });
});

describe('data that is not what its codec says', () => {
  it.each([
    ['lz4 of another magic', LZ4, '00 01 02 03 04', 'not an LZ4 frame'],
    ['lz4 of version 2', LZ4, '04 22 4d 18 a0 40 82', 'unknown version'],
    ['lz4 with a dictionary', LZ4, '04 22 4d 18 61 40 82', 'needs a dictionary'],
    ['lz4 of an undefined block size', LZ4, '04 22 4d 18 60 30 82', 'block size that is not defined'],
    ['lz4 without an end', LZ4, '04 22 4d 18 60 40 82 02 00 00 80 61 62', 'cut off'],
    ['lz4 with a cut block', LZ4, '04 22 4d 18 60 40 82 09 00 00 00 61', 'cut off'],
    ['lz4 with literals beyond the block', LZ4, '04 22 4d 18 60 40 82 02 00 00 00 50 61 00 00 00 00', 'cut off'],
    [
      'lz4 with a match before the data',
      LZ4,
      '04 22 4d 18 60 40 82 05 00 00 00 10 61 02 00 00 00 00 00 00',
      'before the data',
    ],
    [
      'lz4 with a match of distance 0',
      LZ4,
      '04 22 4d 18 60 40 82 05 00 00 00 10 61 00 00 00 00 00 00 00',
      'before the data',
    ],
    [
      'lz4 with a match beyond the block',
      LZ4,
      `04 22 4d 18 60 40 82 07 01 00 00 1f 61 01 00 ${'ff '.repeat(258)} 00 00 00 00 00`,
      'larger than its frame',
    ],
    ['snappy that is too short', SNAPPY, '05 10 61', 'Invalid Snappy bitstream'],
    ['snappy with a negative block', SNAPPY, '82534e41505059000000000100000001 ffffffff', 'a block has -1 bytes'],
    ['snappy with a block beyond the end', SNAPPY, '82534e41505059000000000100000001 00000009 00', 'bytes left'],
    ['zstd of another magic', ZSTD, '00 01 02 03 04', 'not a zstd frame'],
    ['zstd that is cut', ZSTD, '28 b5 2f fd 20 05', 'cannot be decompressed'],
    ['gzip of another magic', GZIP, '00 01 02 03', 'incorrect header check'],
  ])('%s is a MalformedDataError', (_, codec, hex, message) => {
    const read = () => decompress(codec, bytes(hex));
    expect(read).toThrow(message);
    expect(read).toThrow(MalformedDataError);
  });

  it('any damage gives data or a MalformedDataError', () => {
    const samples = [
      [LZ4, file('linked.lz4')],
      [ZSTD, file('sized.zst')],
      [SNAPPY, xerial(rawSnappy(TEXT))],
    ] as const;
    const changes = fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...samples), changes, fc.nat(), ([codec, good], where, cut) => {
        const damaged = good.slice(0, cut % good.length);
        for (const [at, byte] of where) if (at < damaged.length) damaged[at] = byte;
        try {
          decompress(codec, damaged, 1 << 20);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedDataError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('bombs', () => {
  const limit = 100_000;
  // Blocks of one repeated byte: 4 bytes for 128 KiB.
  const zstdRle = `28 b5 2f fd 00 38 ${'02 00 10 61 '.repeat(50)} 03 00 10 61`;

  it.each([
    ['gzip', GZIP, gzipSync(new Uint8Array(limit + 1))],
    ['raw snappy', SNAPPY, rawSnappy(new Uint8Array(limit + 1))],
    ['framed snappy', SNAPPY, xerial(rawSnappy(new Uint8Array(limit)), rawSnappy(new Uint8Array(1)))],
    ['lz4', LZ4, file('linked.lz4')],
    ['zstd blocks', ZSTD, bytes(zstdRle)],
    ['a zstd frame of 2 GiB in its header', ZSTD, bytes('28 b5 2f fd a0 00 00 00 80 01 00 00')],
  ])('%s over the limit is refused', (_, codec, compressed) => {
    expect(() => decompress(codec, compressed, limit)).toThrow(MalformedDataError);
  });

  it('a zstd window of 2 GiB is refused before anything is allocated for it', () => {
    expect(() => decompress(ZSTD, bytes('28 b5 2f fd 00 a8 03 00 00'))).toThrow('a window of 2^31 bytes');
  });
});
