/**
 * The decision for one group partition of an offsets export. Going back is the point, so that never-rewind does not
 * apply; all other guards of a sync do. First matching line wins:
 *
 *   1 filtered                             group or topic left out by the selection
 *   2 group-type-unsupported, group-state-unknown, group-active                                (A, D)
 *   3 target's own commit unreadable or in an open transaction                                 (B, D)
 *   4 unchanged                            offset and metadata are those of the export
 *   5 moved-on, taken-over                 neither what was before the run nor what the run left  (L)
 *   6 no-downstream-topic, partition-missing, log unreadable                                   (C)
 *   7 target-out-of-range                  the saved offset lies outside the log               (C)
 *   8 planned                              commit the saved offset, or remove what was not there
 *
 * Outside the log is refused, not clamped: what the export says cannot be restored any more, and where to go instead is
 * a person's decision.
 */
import { committability, type GroupStatus } from '../groups.ts';
import { COMMIT_MARKER } from '../offsets/commit-marker.ts';
import type { CommitObservation, DownstreamObservation } from '../offsets/observation.ts';
import type { PlannedCommit } from '../offsets/plan-offset-sync.ts';
import { PENDING_REASONS, type Reason } from '../verdicts.ts';
import type { SavedGroup, SavedPartition } from './saved-offsets.ts';

export interface RestoredGroup {
  /** False when `groups`, `groups-exclude` or `shard` leaves the group out. */
  readonly selected: boolean;
  readonly status: GroupStatus;
  /** Named in `overwrite-groups`: restored whoever wrote there last. */
  readonly overwrite: boolean;
}

export interface RestoredPartition {
  readonly saved: SavedPartition;
  readonly topicFiltered: boolean;
  readonly target: CommitObservation;
  readonly downstream: DownstreamObservation;
}

export type Restoration = { readonly kind: 'commit'; readonly commit: PlannedCommit } | { readonly kind: 'remove' };

export interface RollbackDecision {
  readonly verdict: 'planned' | 'unchanged' | 'pending' | 'skipped';
  readonly reason: Reason | null;
  readonly detail: string | null;
  /** Set exactly when the verdict is `planned`. */
  readonly restoration: Restoration | null;
}

interface Obstacle {
  readonly reason: Reason;
  readonly detail: string | null;
}

export function planRestoration(group: RestoredGroup, seen: RestoredPartition): RollbackDecision {
  const first = groupObstacle(group, seen) ?? targetReadObstacle(seen.target);
  if (first !== null) return refused(first);
  if (isInPlace(seen)) return { verdict: 'unchanged', reason: null, detail: null, restoration: null };
  const obstacle = otherWriter(group, seen) ?? logObstacle(seen);
  if (obstacle !== null) return refused(obstacle);
  const { previous } = seen.saved;
  if (previous === null) {
    return { ...PLANNED, detail: 'no offset was there, so it is removed', restoration: { kind: 'remove' } };
  }
  const { offset, metadata } = previous;
  // Without its leader epoch: the log may have been truncated or re-created since, and a consumer would take an epoch
  // that its leader does not know for a truncated log.
  return { ...PLANNED, restoration: { kind: 'commit', commit: { offset, metadata } } };
}

/**
 * The group was not there before, and nothing of it that the export names stays. Whether it has offsets elsewhere is
 * read after the removal.
 */
export function mayDeleteGroup(saved: SavedGroup, decisions: Iterable<RollbackDecision>): boolean {
  if (saved.existed) return false;
  const stays = ({ verdict, restoration }: RollbackDecision) =>
    verdict !== 'unchanged' && restoration?.kind !== 'remove';
  return [...saved.partitions.values()].every(({ previous }) => previous === null) && ![...decisions].some(stays);
}

const PLANNED = { verdict: 'planned', reason: null, detail: null } as const;

function groupObstacle(group: RestoredGroup, seen: RestoredPartition): Obstacle | null {
  if (!group.selected || seen.topicFiltered) return { reason: 'filtered', detail: null };
  const { status } = group;
  switch (committability(status)) {
    case 'committable':
      return null;
    case 'unsupported': {
      const detail =
        status.kind === 'listed' ? `type ${status.type}, protocol type ${status.protocolType || 'none'}` : null;
      return { reason: 'group-type-unsupported', detail };
    }
    case 'unknown':
      return { reason: 'group-state-unknown', detail: status.kind === 'unknown' ? status.why : null };
    case 'active': {
      const state = status.kind === 'listed' ? status.state : 'unknown';
      const detail = `state ${state}; static members keep a stopped group there until their session times out`;
      return { reason: 'group-active', detail };
    }
  }
}

function targetReadObstacle(target: CommitObservation): Obstacle | null {
  if (target.kind === 'unreadable') return { reason: 'group-state-unknown', detail: target.error };
  if (target.kind === 'unstable') return { reason: 'offset-unstable', detail: 'open transaction on the target' };
  return null;
}

function isInPlace({ saved: { previous }, target }: RestoredPartition): boolean {
  if (target.kind !== 'committed') return previous === null && target.kind === 'none';
  return previous !== null && target.offset === previous.offset && target.metadata === previous.metadata;
}

function otherWriter(group: RestoredGroup, { saved, target }: RestoredPartition): Obstacle | null {
  const current = target.kind === 'committed' ? target.offset : null;
  const known = [saved.previous?.offset ?? null, ...saved.leftByRun];
  if (group.overwrite || known.includes(current)) return null;
  const expected = [...new Set(known)].map((offset) => offset ?? 'no offset').join(' or ');
  const seen = `expected ${expected}, seen ${current ?? 'no offset'}`;
  const advice = 'name the group in overwrite-groups to restore it all the same';
  if (target.kind === 'committed' && target.metadata === COMMIT_MARKER) {
    return {
      reason: 'moved-on',
      detail: `${seen}, committed by another run of this action; roll that one back first, or ${advice}`,
    };
  }
  const who = current === null ? 'it expired, or somebody removed it' : 'a consumer or somebody else committed it';
  return { reason: 'taken-over', detail: `${seen}: ${who}; ${advice}` };
}

function logObstacle({ saved: { previous }, downstream }: RestoredPartition): Obstacle | null {
  switch (downstream.kind) {
    case 'no-topic':
      return { reason: 'no-downstream-topic', detail: null };
    case 'no-partition':
      return { reason: 'partition-missing', detail: null };
    case 'unreadable':
      return { reason: 'group-state-unknown', detail: `the target's log could not be read: ${downstream.error}` };
    case 'range': {
      const { logStart, highWatermark } = downstream.range;
      if (previous === null || (previous.offset >= logStart && previous.offset <= highWatermark)) return null;
      const detail = `${previous.offset} was committed before, the target's log goes from ${logStart} to ${highWatermark}`;
      return { reason: 'target-out-of-range', detail };
    }
  }
}

function refused({ reason, detail }: Obstacle): RollbackDecision {
  return { verdict: PENDING_REASONS.has(reason) ? 'pending' : 'skipped', reason, detail, restoration: null };
}
