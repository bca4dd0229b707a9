/**
 * Splits a group's commit so that the broker can append each part: it writes one batch per request, and refuses with
 * UNKNOWN_SERVER_ERROR when that is larger than `offsets.topic`'s max.message.bytes (1 MiB by default).
 */
import { batchesOf } from './batches.ts';

const MAX_CHUNK_BYTES = 256 * 1024;
/** Record framing, versions, lengths, offset, epoch, timestamps; rounded up. */
const RECORD_OVERHEAD_BYTES = 80;

interface Chunk<Offset> {
  readonly groupId: string;
  readonly offsets: readonly Offset[];
}

/** Of commits, or of removals, whose tombstones hold no metadata. */
export function chunksOf<Offset extends { readonly topic: string; readonly metadata?: string }>({
  groupId,
  offsets,
}: Chunk<Offset>): readonly Chunk<Offset>[] {
  const groupBytes = Buffer.byteLength(groupId);
  const sizeOf = ({ topic, metadata = '' }: Offset): number =>
    RECORD_OVERHEAD_BYTES + groupBytes + Buffer.byteLength(topic) + Buffer.byteLength(metadata);
  return batchesOf(offsets, MAX_CHUNK_BYTES, sizeOf).map((part) => ({ groupId, offsets: part }));
}
