import { Decoder } from '../protocol/decoder.ts';
import { type LogBatch, malformedBatch } from './batch.ts';
import { readMessage } from './message-set.ts';
import { readRecordBatch } from './record-batch.ts';

/** Offset and length, which all formats begin with. */
const LENGTH_END = 12;
/** In all formats the magic is byte 16, whatever lies between. */
const MAGIC_POSITION = 16;
/** Behind the length field: the header of the smallest format up to its end. */
const SMALLEST_LENGTH = 14;

/**
 * The whole batches in what a fetch returned, in log order; one partition may mix formats. The broker cuts the last one
 * where its size limit falls: it is left out, to be fetched again from its start.
 * Errors: MalformedDataError for a checksum that does not match, an unknown format, or a length that cannot be.
 */
export function* readBatches(bytes: Uint8Array): Generator<LogBatch> {
  let position = 0;
  while (bytes.length - position > MAGIC_POSITION) {
    const decoder = new Decoder(bytes.subarray(position));
    const offset = decoder.int64();
    const length = decoder.int32();
    if (length < SMALLEST_LENGTH) throw malformedBatch(offset, `a length of ${length} bytes`);
    const end = position + LENGTH_END + length;
    if (end > bytes.length) return;
    yield readBatch(offset, bytes.subarray(position, end));
    position = end;
  }
}

function readBatch(offset: bigint, bytes: Uint8Array): LogBatch {
  const magic = bytes[MAGIC_POSITION];
  if (magic === 2) return readRecordBatch(bytes);
  if (magic === 0 || magic === 1) return readMessage(bytes);
  throw malformedBatch(offset, `format ${magic}, expected 0 to 2`);
}
