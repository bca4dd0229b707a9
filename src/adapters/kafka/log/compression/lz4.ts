/**
 * LZ4 frames (lz4_Frame_format.md 1.6). Own code: the pure-JS packages write past a short buffer, or read a cut input
 * as zeros, in silence. Header and content checksums are not looked at: the batch's CRC covers them, and Kafka's
 * clients before 0.10 wrote the header's wrongly (KAFKA-3160).
 *
 *   frame => magic FLG BD [content size: 8] [dictionary id: 4] HC [block] end mark [content checksum: 4]
 *     magic    => 0x184D2204, little-endian as all sizes here
 *     block    => size:UINT32 data [checksum: 4]; the highest bit of size says that data is not compressed
 *     end mark => 0:UINT32
 */
import { MalformedDataError } from '../../protocol/decoder.ts';
import { unpackLz4Block } from './lz4-block.ts';

const MAGIC = 0x184d2204;
const SKIPPABLE_MAGIC = 0x184d2a50;
const VERSION_1 = 0x40;
const FLAG = { dictionaryId: 0x01, contentChecksum: 0x04, contentSize: 0x08, blockChecksum: 0x10, version: 0xc0 };
const MAX_BLOCK_BYTES: Readonly<Record<number, number>> = { 4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22 };
const UNCOMPRESSED = 0x80000000;

export function decompressLz4(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const source = new Lz4Source(bytes);
  let output: Uint8Array = new Uint8Array(Math.min(maxBytes, Math.max(bytes.length * 3, 1 << 16)));
  let size = 0;
  while (source.remaining > 0) {
    const magic = source.uint32();
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      source.take(source.uint32());
      continue;
    }
    if (magic !== MAGIC) throw new MalformedDataError('not an LZ4 frame');
    const frame = readHeader(source);
    for (let header = source.uint32(); header !== 0; header = source.uint32()) {
      const data = source.take(header & ~UNCOMPRESSED);
      output = withRoom(output, size, frame.maxBlockBytes, maxBytes);
      const end = Math.min(size + frame.maxBlockBytes, output.length);
      size = (header & UNCOMPRESSED) === 0 ? unpackLz4Block(data, output, size, end) : copy(data, output, size, end);
      if (frame.blockChecksum) source.take(4);
    }
    if (frame.contentChecksum) source.take(4);
  }
  return output.subarray(0, size);
}

function readHeader(source: Lz4Source) {
  const flags = source.uint8();
  if ((flags & FLAG.version) !== VERSION_1) throw new MalformedDataError('an LZ4 frame of an unknown version');
  const maxBlockBytes = MAX_BLOCK_BYTES[(source.uint8() >> 4) & 7];
  if (maxBlockBytes === undefined) throw new MalformedDataError('an LZ4 block size that is not defined');
  if ((flags & FLAG.contentSize) !== 0) source.take(8);
  if ((flags & FLAG.dictionaryId) !== 0) throw new MalformedDataError('an LZ4 frame that needs a dictionary');
  source.uint8();
  return {
    maxBlockBytes,
    blockChecksum: (flags & FLAG.blockChecksum) !== 0,
    contentChecksum: (flags & FLAG.contentChecksum) !== 0,
  };
}

/** Grows to hold one more block, by doubling; matches reach back into earlier blocks, so it stays one piece. */
function withRoom(output: Uint8Array, size: number, blockBytes: number, maxBytes: number): Uint8Array {
  if (size + blockBytes <= output.length || output.length >= maxBytes) return output;
  const grown = new Uint8Array(Math.min(maxBytes, Math.max(output.length * 2, size + blockBytes)));
  grown.set(output.subarray(0, size));
  return grown;
}

function copy(data: Uint8Array, output: Uint8Array, size: number, end: number): number {
  if (size + data.length > end) throw new MalformedDataError('an LZ4 block is larger than its frame or limit allows');
  output.set(data, size);
  return size + data.length;
}

class Lz4Source {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  uint8(): number {
    return this.take(1)[0] ?? 0;
  }

  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.take(4);
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  take(length: number): Uint8Array {
    if (length > this.remaining) throw new MalformedDataError('an LZ4 frame is cut off');
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }
}
