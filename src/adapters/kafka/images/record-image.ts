import { createHash, hash } from 'node:crypto';
import type { RecordImage } from '../../../domain/offsets/bracket/record-image.ts';
import type { BatchRecord } from '../log/batch.ts';

/** Parts up to this size are hashed in one call, which is three times as fast as several. */
const scratch = Buffer.allocUnsafe(16 * 1024);
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

/** Nothing of the record's bytes stays reachable from its image. */
export function recordImage({ offset, timestamp, timestampKind, key, value, headers }: BatchRecord): RecordImage {
  return { offset, timestamp, timestampKind, content: digest([key, value]), headers: headersDigest(headers) };
}

function headersDigest(headers: BatchRecord['headers']): string {
  if (headers.length === 0) return '';
  return digest(headers.flatMap((header) => [Buffer.from(header.key, 'utf8'), header.value]));
}

type Parts = readonly (Uint8Array | null)[];

/** SHA-256 over each part's length (INT32, −1 for null) and bytes, so that no two lists of parts look the same. */
function digest(parts: Parts): string {
  let size = 0;
  for (const part of parts) size += LENGTH_BYTES + (part?.length ?? 0);
  return size <= scratch.length ? digestAtOnce(parts) : digestInPieces(parts);
}

function digestAtOnce(parts: Parts): string {
  let end = 0;
  for (const part of parts) {
    end = scratch.writeInt32BE(part?.length ?? NULL_LENGTH, end);
    if (part === null) continue;
    scratch.set(part, end);
    end += part.length;
  }
  return hash('sha256', scratch.subarray(0, end), 'binary');
}

function digestInPieces(parts: Parts): string {
  const sha = createHash('sha256');
  for (const part of parts) {
    const length = Buffer.allocUnsafe(LENGTH_BYTES);
    length.writeInt32BE(part?.length ?? NULL_LENGTH);
    sha.update(length);
    if (part !== null) sha.update(part);
  }
  return sha.digest('binary');
}
