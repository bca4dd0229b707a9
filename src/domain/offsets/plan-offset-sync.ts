/**
 * The decision for one group partition. First matching line wins:
 *
 *   1 filtered                         group or topic left out by the selection
 *   2 group-type-unsupported           share, connect, schema registry …                         (A)
 *   3 group-state-unknown              broker not reached, no permission                         (D)
 *   4 group-active                     members on the target                                     (A)
 *   5 no-downstream-topic, partition-missing                                                     (C)
 *   6 not-on-source, source-unreadable, offset-unstable, no-source-commit, source-truncated      (D, F)
 *   7 what the records say: anchors-contradict, not-replicated, target-out-of-range               (F, C)
 *     not compared: checkpoint-unreadable, -ahead-of-source, -unverified, -refuted, no-checkpoint, target-out-of-range
 *     compared without a proof, and one of these stands against the checkpoint: translation-unproven
 *   8 target's own commit unreadable or in an open transaction                                   (B, D)
 *   9 unchanged                        already there
 *  10 group-active-standalone          moved since the last look, without members               (A)
 *  11 taken-over                       somebody else wrote it                                    (L)
 *  12 target-out-of-range, would-rewind, target-ahead   the target is further                    (B)
 *  13 planned                          clamped-to-log-start and checkpoint-unverified ride along (C, F)
 */
import { committability } from '../groups.ts';
import { PENDING_REASONS, type Reason, type Translation } from '../verdicts.ts';
import { metadataToCommit, type Writer, writerOf } from './commit-marker.ts';
import type { GroupObservation, OffsetRange, PartitionObservation } from './observation.ts';
import type { Proof } from './partition-outcome.ts';
import { type Place, type Remark, translatePartition } from './translate-partition.ts';

export interface PlannedCommit {
  readonly offset: bigint;
  readonly metadata: string;
}

export interface PartitionDecision {
  readonly verdict: 'planned' | 'unchanged' | 'pending' | 'skipped';
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly translated: bigint | null;
  readonly translation: Translation;
  readonly proof: Proof | null;
  /** Records that are read again from `translated` at most; null when nobody can say. */
  readonly redeliveredMax: bigint | null;
  /** Set exactly when the verdict is `planned`. */
  readonly commit: PlannedCommit | null;
}

interface Obstacle extends Remark {
  readonly reason: Reason;
}

export function planPartition(group: GroupObservation, seen: PartitionObservation): PartitionDecision {
  const translation = translatePartition(seen);
  const before = groupObstacle(group, seen) ?? downstreamObstacle(seen) ?? sourceObstacle(seen);
  if (translation.kind === 'refused') return decision(null, before ?? translation, null);
  const { place } = translation;
  const obstacle = before ?? targetReadObstacle(seen);
  return obstacle === null ? decideOnTarget(group, seen, place) : decision(place, obstacle, null);
}

function groupObstacle(group: GroupObservation, seen: PartitionObservation): Obstacle | null {
  if (!group.selected || seen.topicFiltered) return obstacle('filtered');
  const status = group.targetStatus;
  const can = committability(status);
  if (can === 'unsupported' && status.kind === 'listed') {
    return obstacle('group-type-unsupported', `type ${status.type}, protocol type ${status.protocolType || 'none'}`);
  }
  if (can === 'unknown') return obstacle('group-state-unknown', status.kind === 'unknown' ? status.why : null);
  if (can === 'active') return obstacle('group-active', activeDetail(group));
  return unsupportedOnSource(group);
}

/** A sink connector's or share group's progress has no meaning for a consumer group of the same name. */
function unsupportedOnSource(group: GroupObservation): Obstacle | null {
  const status = group.sourceStatus;
  if (status === null || status.kind !== 'listed' || committability(status) !== 'unsupported') return null;
  return obstacle(
    'group-type-unsupported',
    `on the source: type ${status.type}, protocol type ${status.protocolType || 'none'}`,
  );
}

function activeDetail(group: GroupObservation): string | null {
  if (group.targetStatus.kind !== 'listed') return null;
  return `state ${group.targetStatus.state}; static members keep a stopped group there until their session times out`;
}

function downstreamObstacle(seen: PartitionObservation): Obstacle | null {
  switch (seen.downstream.kind) {
    case 'no-topic':
      return obstacle('no-downstream-topic');
    case 'no-partition':
      return obstacle('partition-missing');
    case 'unreadable':
      return obstacle('group-state-unknown', `the target's log could not be read: ${seen.downstream.error}`);
    case 'range':
      return null;
  }
}

function sourceObstacle(seen: PartitionObservation): Obstacle | null {
  if (seen.source === null) return null;
  const { commit, range } = seen.source;
  if (range === null) return obstacle('not-on-source');
  if ('error' in range) return obstacle('source-unreadable', range.error);
  if (commit.kind === 'unreadable') return obstacle('source-unreadable', commit.error);
  if (commit.kind === 'unstable') return obstacle('offset-unstable', 'open transaction on the source');
  if (commit.kind === 'none') return obstacle('no-source-commit');
  if (commit.offset <= range.highWatermark) return null;
  return obstacle('source-truncated', `committed ${commit.offset}, the source's log ends at ${range.highWatermark}`);
}

function targetReadObstacle(seen: PartitionObservation): Obstacle | null {
  if (seen.target.kind === 'unreadable') return obstacle('group-state-unknown', seen.target.error);
  if (seen.target.kind === 'unstable') return obstacle('offset-unstable', 'open transaction on the target');
  return null;
}

function decideOnTarget(group: GroupObservation, seen: PartitionObservation, place: Place): PartitionDecision {
  const sourceMetadata = metadataOnSource(seen);
  const commit = { offset: place.offset, metadata: metadataToCommit(sourceMetadata) };
  if (seen.target.kind !== 'committed') return decision(place, place.note, commit);
  const current = seen.target.offset;
  if (current === place.offset) return group.refresh ? decision(place, place.note, commit) : unchanged(place);
  const writer = writerOf(seen.target.metadata, sourceMetadata);
  const blocked =
    movedAlone(seen, current, writer) ??
    takenOver(group, current, writer) ??
    (current > place.offset && !group.allowRewind ? further(seen, current, place.offset, writer) : null);
  return blocked === null ? decision(place, place.note, commit) : decision(place, withNote(blocked, place.note), null);
}

/** Why a group is left alone and how its place was found are two things to know. */
function withNote(blocked: Obstacle, note: Remark | null): Obstacle {
  const details = [blocked.detail, note?.detail ?? null].filter((detail) => detail !== null);
  return obstacle(blocked.reason, details.length === 0 ? null : details.join('; '));
}

function metadataOnSource(seen: PartitionObservation): string {
  if (seen.source?.commit.kind === 'committed') return seen.source.commit.metadata;
  return seen.checkpoint?.metadata ?? '';
}

function movedAlone(seen: PartitionObservation, current: bigint, writer: Writer): Obstacle | null {
  const last = seen.targetLastSeen;
  if (last === undefined || last === current || writer === 'ours') return null;
  return obstacle('group-active-standalone', `moved from ${last ?? 'nothing'} to ${current} since the last pass`);
}

function takenOver(group: GroupObservation, current: bigint, writer: Writer): Obstacle | null {
  if (writer !== 'others' || group.overwrite) return null;
  return obstacle(
    'taken-over',
    `${current} was not committed by this action: a consumer, an operator or MM2's own group sync wrote it; ` +
      'name the group in overwrite-groups to take it back',
  );
}

function further(seen: PartitionObservation, current: bigint, translated: bigint, writer: Writer): Obstacle {
  const range: OffsetRange | null = seen.downstream.kind === 'range' ? seen.downstream.range : null;
  const seenText = `committed ${current}, translated ${translated}`;
  if (range !== null && current > range.highWatermark) {
    return obstacle('target-out-of-range', `${seenText}, the target's log ends at ${range.highWatermark}`);
  }
  return obstacle(writer === 'others' ? 'target-ahead' : 'would-rewind', seenText);
}

function unchanged(place: Place): PartitionDecision {
  return { ...decision(place, place.note, null), verdict: 'unchanged' };
}

function decision(place: Place | null, why: Remark | null, commit: PlannedCommit | null): PartitionDecision {
  const known = {
    translated: place?.offset ?? null,
    translation: place?.translation ?? ('none' as const),
    proof: place?.proof ?? null,
    redeliveredMax: place?.redeliveredMax ?? null,
    reason: why?.reason ?? null,
    detail: why?.detail ?? null,
  };
  if (commit !== null) return { ...known, verdict: 'planned', commit };
  const pending = why?.reason != null && PENDING_REASONS.has(why.reason);
  return { ...known, verdict: pending ? 'pending' : 'skipped', commit: null };
}

function obstacle(reason: Reason, detail: string | null = null): Obstacle {
  return { reason, detail };
}
