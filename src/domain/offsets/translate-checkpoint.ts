/**
 * Translation by MM2's checkpoints, behind the guards of lower-bounds.ts. The result is safe, not exact: it may
 * re-read, it does not skip. Guards: U ≤ S, D ≤ the target's high watermark, no pair contradicts (U, D), offset syncs
 * read to their end; without a source MM2's word stands alone (`checkpoint-unverified`). Only the group's own checkpoint
 * serves: another group's would do as well, but it goes when that group moves on, and what was committed by it would
 * then look ahead of the translation.
 */
import type { Reason } from '../verdicts.ts';
import type { PartitionObservation } from './observation.ts';
import type { CheckpointProof } from './partition-outcome.ts';

export type CheckpointTranslation =
  | {
      readonly kind: 'translated';
      readonly offset: bigint;
      readonly proof: CheckpointProof;
      readonly verified: boolean;
    }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly detail: string | null };

export function translateByCheckpoint(seen: PartitionObservation): CheckpointTranslation {
  const own = seen.checkpoint;
  const beyondLog = own === null ? null : beyondHighWatermark(seen, own.downstreamOffset);
  if (seen.source === null) return beyondLog ?? targetOnly(seen);
  const committed = seen.source.commit.kind === 'committed' ? seen.source.commit.offset : null;
  if (committed === null) return refused('no-source-commit');
  if (own === null && seen.checkpointUnreadable) return refused('checkpoint-unreadable');
  if (own !== null && own.upstreamOffset > committed) {
    return refused(
      'checkpoint-ahead-of-source',
      `the group was moved back on the source: checkpoint at ${own.upstreamOffset}, committed ${committed}`,
    );
  }
  if (seen.bounds.kind === 'unreadable') return refused('checkpoint-unverified', seen.bounds.why);
  if (seen.bounds.kind === 'unverified') return refused('checkpoint-unverified');
  if (own !== null) {
    const against = seen.bounds.bounds.refutes({ upstream: own.upstreamOffset, downstream: own.downstreamOffset });
    if (against !== null) {
      return refused(
        'checkpoint-refuted',
        `checkpoint ${own.upstreamOffset}→${own.downstreamOffset} lies ahead of ${against.upstream}→${against.downstream}`,
      );
    }
  }
  if (beyondLog !== null) return beyondLog;
  if (own === null) return refused('no-checkpoint');
  return { kind: 'translated', offset: own.downstreamOffset, proof: ownProof(own), verified: true };
}

function beyondHighWatermark(seen: PartitionObservation, downstream: bigint): CheckpointTranslation | null {
  if (seen.downstream.kind !== 'range' || downstream <= seen.downstream.range.highWatermark) return null;
  return refused(
    'target-out-of-range',
    `checkpoint says ${downstream}, the target's log ends at ${seen.downstream.range.highWatermark}`,
  );
}

function targetOnly(seen: PartitionObservation): CheckpointTranslation {
  const own = seen.checkpoint;
  if (seen.bounds.kind === 'unreadable') return refused('checkpoint-unverified', seen.bounds.why);
  if (own === null) return refused(seen.checkpointUnreadable ? 'checkpoint-unreadable' : 'no-checkpoint');
  return { kind: 'translated', offset: own.downstreamOffset, proof: ownProof(own), verified: false };
}

function ownProof(own: {
  readonly groupId: string;
  readonly upstreamOffset: bigint;
  readonly downstreamOffset: bigint;
}): CheckpointProof {
  return { kind: 'checkpoint', groupId: own.groupId, upstream: own.upstreamOffset, downstream: own.downstreamOffset };
}

function refused(reason: Reason, detail: string | null = null): CheckpointTranslation {
  return { kind: 'refused', reason, detail };
}
