/**
 * Splits a group's commit so that the broker can append each part: it writes one batch per request, and refuses with
 * UNKNOWN_SERVER_ERROR when that is larger than `offsets.topic`'s max.message.bytes (1 MiB by default).
 */
import type { GroupCommit } from '../../operations/ports.ts';
import { batchesOf } from './batches.ts';

const MAX_CHUNK_BYTES = 256 * 1024;
/** Record framing, versions, lengths, offset, epoch, timestamps; rounded up. */
const RECORD_OVERHEAD_BYTES = 80;

export function chunksOf({ groupId, offsets }: GroupCommit): readonly GroupCommit[] {
  const groupBytes = Buffer.byteLength(groupId);
  const sizeOf = ({ topic, metadata }: { topic: string; metadata: string }): number =>
    RECORD_OVERHEAD_BYTES + groupBytes + Buffer.byteLength(topic) + Buffer.byteLength(metadata);
  return batchesOf(offsets, MAX_CHUNK_BYTES, sizeOf).map((part) => ({ groupId, offsets: part }));
}
