/** What one pass saw of one group partition, before any decision. Unreadable is a value here, never an absence. */
import type { Checkpoint } from '../checkpoints/checkpoint-format.ts';
import type { LowerBounds } from '../checkpoints/lower-bounds.ts';
import type { GroupStatus } from '../groups.ts';
import type { TopicPartition } from '../topic-partition.ts';
import type { RecordTranslation } from './bracket/record-translation.ts';

export interface OffsetRange {
  readonly logStart: bigint;
  readonly highWatermark: bigint;
}

/** A committed offset of either side. */
export type CommitObservation =
  | { readonly kind: 'committed'; readonly offset: bigint; readonly metadata: string; readonly leaderEpoch: number }
  | { readonly kind: 'none' }
  /** An open transaction holds an offset commit for this partition (UNSTABLE_OFFSET_COMMIT). */
  | { readonly kind: 'unstable' }
  | { readonly kind: 'unreadable'; readonly error: string };

/** null = target-only mode. */
export interface SourceObservation {
  readonly commit: CommitObservation;
  /** null when the partition is not on the source. */
  readonly range: OffsetRange | { readonly error: string } | null;
}

export type DownstreamObservation =
  | { readonly kind: 'range'; readonly range: OffsetRange }
  | { readonly kind: 'no-topic' }
  | { readonly kind: 'no-partition' }
  | { readonly kind: 'unreadable'; readonly error: string };

/** What guards the checkpoints of this partition. */
export type BoundsObservation =
  | { readonly kind: 'bounds'; readonly bounds: LowerBounds }
  /** Target-only mode: nothing to hold MM2's word against. */
  | { readonly kind: 'unverified' }
  /** The offset syncs could not be read to their end, or this MM2 runtime's checkpoints may skip. */
  | { readonly kind: 'unreadable'; readonly why: string };

export interface PartitionObservation extends TopicPartition {
  readonly sourceTopic: string | null;
  /** The topic is left out by `topics` or `topics-exclude`. */
  readonly topicFiltered: boolean;
  readonly source: SourceObservation | null;
  readonly checkpoint: Checkpoint | null;
  readonly checkpointUnreadable: boolean;
  readonly bounds: BoundsObservation;
  /** What comparing the records says; null when they were not compared (target-only mode, translation: checkpoint). */
  readonly records: RecordTranslation | null;
  readonly downstream: DownstreamObservation;
  readonly target: CommitObservation;
  /** Committed on the target when this run last looked; undefined on the first look. */
  readonly targetLastSeen: bigint | null | undefined;
}

export interface GroupObservation {
  readonly groupId: string;
  /** False when `groups` or `groups-exclude` leaves the group out. */
  readonly selected: boolean;
  readonly targetStatus: GroupStatus;
  /** null = target-only mode. */
  readonly sourceStatus: GroupStatus | null;
  readonly allowRewind: boolean;
  readonly overwrite: boolean;
  readonly refresh: boolean;
}
