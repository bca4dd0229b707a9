/** What comparing records says of one source position S (DESIGN §9). */
import type { OffsetPair } from '../../checkpoints/lower-bounds.ts';

/** Why the place is held to be right: offsets and counts only (invariant G). */
export interface BracketProof {
  readonly kind: 'records';
  /** Verified offset syncs around S: both records were read and are equal. null: the end of the logs bounds there. */
  readonly lowAnchor: OffsetPair | null;
  readonly highAnchor: OffsetPair | null;
  /** The target offsets within which the place was searched: [low, high). */
  readonly low: bigint;
  readonly high: bigint;
  /** The source record before S and its copy, where the place follows from it. */
  readonly lastBefore: OffsetPair | null;
  /** The first target record that equals a source record at or after S, and that record; null when there is none. */
  readonly firstAfter: OffsetPair | null;
  readonly sourceRecords: number;
  readonly targetRecords: number;
  /** What the comparison had to leave out: timestamps (a format or a topic without them), headers (altered on the way). */
  readonly without: readonly ('timestamps' | 'headers')[];
}

export type RecordTranslation =
  | {
      readonly kind: 'translated';
      /** exact: nothing before S is read again; bounded: safe, reads at most `redeliveredMax` records again. */
      readonly precision: 'exact' | 'bounded';
      readonly offset: bigint;
      readonly redeliveredMax: bigint;
      /** Source records from S on, ahead of the one that `proof.firstAfter` joins: they have no copy on the target. */
      readonly uncopied: number;
      readonly proof: BracketProof;
    }
  /** The records before S are not all copied yet: time cures it. */
  | { readonly kind: 'not-replicated'; readonly detail: string }
  /** Verified anchors contradict each other: no commit, whatever a checkpoint says. */
  | { readonly kind: 'contradicted'; readonly detail: string }
  /** The records could not be compared (over max-scan, unreadable, moving under the read): a checkpoint may still serve. */
  | { readonly kind: 'unproven'; readonly detail: string };
