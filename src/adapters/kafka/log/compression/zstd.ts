/** Zstandard (RFC 8878) by fzstd, bounded: a frame of a few bytes may ask for a window of 2 GiB or unpack to more. */
import { Decompress } from 'fzstd';
import { MalformedDataError } from '../../protocol/decoder.ts';

/** What zstd itself accepts by default (ZSTD_WINDOWLOG_LIMIT_DEFAULT). */
const MAX_WINDOW_LOG = 27;
const SINGLE_SEGMENT = 0x20;
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

export function decompressZstd(bytes: Uint8Array, maxBytes: number): Uint8Array {
  checkWindow(bytes, maxBytes);
  const blocks: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((block) => {
    size += block.length;
    if (size > maxBytes) throw new MalformedDataError(`more than ${maxBytes} bytes of output`);
    blocks.push(block);
  });
  stream.push(bytes, true);
  return Buffer.concat(blocks, size);
}

/** Looks at the header of the first frame; producers write one frame a batch. */
function checkWindow(bytes: Uint8Array, maxBytes: number): void {
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) throw new MalformedDataError('not a zstd frame');
  const descriptor = bytes[4] ?? 0;
  if ((descriptor & SINGLE_SEGMENT) === 0) {
    const windowLog = 10 + ((bytes[5] ?? 0) >> 3);
    if (windowLog > MAX_WINDOW_LOG) throw new MalformedDataError(`a window of 2^${windowLog} bytes`);
    return;
  }
  if (contentSize(bytes, descriptor) > maxBytes) throw new MalformedDataError(`more than ${maxBytes} bytes of output`);
}

/** Of a single-segment frame, whose window is its content. */
function contentSize(bytes: Uint8Array, descriptor: number): number {
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = 1 << (descriptor >> 6);
  let size = 0;
  for (let i = sizeBytes - 1; i >= 0; i -= 1) size = size * 256 + (bytes[5 + dictionaryIdBytes + i] ?? 0);
  return size;
}
