import { gunzipSync } from 'node:zlib';
import { MalformedDataError } from '../../protocol/decoder.ts';
import { decompressLz4 } from './lz4.ts';
import { decompressSnappy } from './snappy.ts';
import { decompressZstd } from './zstd.ts';

/** Bits 0–2 of a batch's attributes (org.apache.kafka.common.record.CompressionType). */
const CODECS: Readonly<
  Record<number, { name: string; decompress: (bytes: Uint8Array, maxBytes: number) => Uint8Array }>
> = {
  1: { name: 'gzip', decompress: (bytes, maxBytes) => gunzipSync(bytes, { maxOutputLength: maxBytes }) },
  2: { name: 'snappy', decompress: decompressSnappy },
  3: { name: 'lz4', decompress: decompressLz4 },
  4: { name: 'zstd', decompress: decompressZstd },
};

/** Far above any batch that brokers take (message.max.bytes, 1 MiB by default), far below what a bomb asks for. */
export const MAX_BATCH_BYTES = 256 * 1024 * 1024;

/**
 * What `bytes` hold; the same bytes when `codec` is 0.
 * Errors: MalformedDataError for an unknown codec, bytes that are not the codec's, or more than `maxBytes` of output.
 */
export function decompress(codec: number, bytes: Uint8Array, maxBytes = MAX_BATCH_BYTES): Uint8Array {
  if (codec === 0) return bytes;
  const known = CODECS[codec];
  if (known === undefined) throw new MalformedDataError(`compression codec ${codec} is not known`);
  try {
    return known.decompress(bytes, maxBytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MalformedDataError(`${known.name} data cannot be decompressed: ${why}`);
  }
}
