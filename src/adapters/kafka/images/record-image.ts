import { createHash } from 'node:crypto';
import type { RecordImage } from '../../../domain/offsets/bracket/record-image.ts';
import type { BatchRecord } from '../log/batch.ts';

/** 128 bits: among a billion records, two different ones share a digest with a chance of 1 in 10^20. */
const DIGEST_BYTES = 16;
const NULL_LENGTH = -1;

/** Nothing of the record's bytes stays reachable from its image. */
export function recordImage({ offset, timestamp, timestampKind, key, value, headers }: BatchRecord): RecordImage {
  return { offset, timestamp, timestampKind, content: digest([key, value]), headers: headersDigest(headers) };
}

function headersDigest(headers: BatchRecord['headers']): string {
  if (headers.length === 0) return '';
  return digest(headers.flatMap((header) => [Buffer.from(header.key, 'utf8'), header.value]));
}

/** SHA-256 over each part's length (INT32, −1 for null) and bytes, so that no two lists of parts look the same. */
function digest(parts: readonly (Uint8Array | null)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(part?.length ?? NULL_LENGTH);
    hash.update(length);
    if (part !== null) hash.update(part);
  }
  return hash.digest().toString('latin1', 0, DIGEST_BYTES);
}
