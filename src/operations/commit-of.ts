/** What an answer to OffsetFetch says of one partition. */
import type { CommitObservation } from '../domain/offsets/observation.ts';
import type { TopicPartitionKey } from '../domain/topic-partition.ts';
import type { GroupOffsets } from './ports.ts';

/** Of an answer to a query that named the partition: a missing answer is unreadable, never "no offset" (invariant D). */
export function commitOf(offsets: GroupOffsets | undefined, key: TopicPartitionKey): CommitObservation {
  if (offsets === undefined) return { kind: 'unreadable', error: 'NO_ANSWER' };
  if (offsets.error !== null) return { kind: 'unreadable', error: offsets.error };
  const committed = offsets.partitions.get(key);
  // Without __consumer_offsets nobody was asked, and nothing is committed.
  if (committed === undefined && offsets.coordinatorId === null) return NONE;
  if (committed === undefined) return { kind: 'unreadable', error: 'NO_ANSWER' };
  if (committed.error === 'UNSTABLE_OFFSET_COMMIT') return { kind: 'unstable' };
  if (committed.error !== null) return { kind: 'unreadable', error: committed.error };
  if (committed.offset === null) return NONE;
  const { offset, metadata, leaderEpoch } = committed;
  return { kind: 'committed', offset, metadata, leaderEpoch };
}

/** Of an answer to a query for all that the group has: what it does not mention has no offset. */
export function commitAmongAll(offsets: GroupOffsets, key: TopicPartitionKey): CommitObservation {
  return offsets.error === null && !offsets.partitions.has(key) ? NONE : commitOf(offsets, key);
}

const NONE: CommitObservation = { kind: 'none' };
