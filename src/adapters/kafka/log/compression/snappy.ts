/**
 * Snappy as Kafka's clients write it: raw (librdkafka and others), or in the framing of snappy-java (Java, KafkaJS):
 *
 *   framed => magic version compatible [block]
 *     magic      => 82 53 4e 41 50 50 59 00
 *     version    => INT32
 *     compatible => INT32
 *     block      => INT32 length in bytes, then raw snappy
 */
import { uncompress } from 'snappyjs';
import { Decoder, MalformedDataError } from '../../protocol/decoder.ts';

const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER_BYTES = MAGIC.length + 8;

export function decompressSnappy(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) return uncompress(bytes, maxBytes);
  const decoder = new Decoder(bytes);
  decoder.raw(HEADER_BYTES);
  const blocks: Uint8Array[] = [];
  let size = 0;
  while (decoder.remaining > 0) {
    const length = decoder.int32();
    if (length < 0) throw new MalformedDataError(`a block has ${length} bytes`);
    const block = uncompress(decoder.raw(length), maxBytes - size);
    size += block.length;
    blocks.push(block);
  }
  return blocks.length === 1 && blocks[0] !== undefined ? blocks[0] : Buffer.concat(blocks, size);
}
