/**
 * The place of a group partition on the target: what comparing records says of it, and where they could not be
 * compared, MM2's checkpoint behind its guards.
 */
import type { Reason, Translation } from '../verdicts.ts';
import type { RecordTranslation } from './bracket/record-translation.ts';
import type { PartitionObservation } from './observation.ts';
import type { Proof } from './partition-outcome.ts';
import { translateByCheckpoint } from './translate-checkpoint.ts';

/** What is known of the translated offset, whether or not it may be committed. */
export interface Place {
  readonly offset: bigint;
  readonly translation: Exclude<Translation, 'none'>;
  readonly proof: Proof;
  /** Records that are read again from there at most; null when nobody can say. */
  readonly redeliveredMax: bigint | null;
  /** Rides along with whatever is decided. */
  readonly note: Remark | null;
}

export interface Remark {
  readonly reason: Reason | null;
  readonly detail: string | null;
}

export type PartitionTranslation =
  | { readonly kind: 'translated'; readonly place: Place }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly detail: string | null };

export function translatePartition(seen: PartitionObservation): PartitionTranslation {
  const { records } = seen;
  if (records === null) return byCheckpoint(seen, null);
  switch (records.kind) {
    case 'translated': {
      const shrunk = shorterThan(seen, records.proof.high);
      if (shrunk !== null) return shrunk;
      const { offset, precision, proof, redeliveredMax } = records;
      const note = lostBelowLogStart(seen, records);
      return insideLog(seen, { offset, translation: precision, proof, redeliveredMax, note });
    }
    case 'not-replicated':
      return refused('not-replicated', records.detail);
    case 'contradicted':
      return refused('anchors-contradict', records.detail);
    case 'unproven':
      return byCheckpoint(seen, records.detail);
  }
}

/**
 * Invariant C: the place is the start of a log that was trimmed, and the copies of the first records that the group has
 * not read yet lay below it.
 */
function lostBelowLogStart(
  { downstream }: PartitionObservation,
  { offset, uncopied }: Extract<RecordTranslation, { kind: 'translated' }>,
): Remark | null {
  const start = downstream.kind === 'range' ? downstream.range.logStart : 0n;
  if (uncopied === 0 || start === 0n || offset > start) return null;
  const detail = `the target's log starts at ${start}: ${uncopied} records that the group has not read yet are not there`;
  return { reason: 'clamped-to-log-start', detail };
}

/** The target's log is looked at again after its records: what was searched must still be there. */
function shorterThan(seen: PartitionObservation, searchedTo: bigint): PartitionTranslation | null {
  if (seen.downstream.kind !== 'range' || searchedTo <= seen.downstream.range.highWatermark) return null;
  const end = seen.downstream.range.highWatermark;
  return refused(
    'target-out-of-range',
    `records were compared up to ${searchedTo}, the target's log now ends at ${end}`,
  );
}

/** @param unproven why comparing the records proved nothing; null when they were not compared at all. */
function byCheckpoint(seen: PartitionObservation, unproven: string | null): PartitionTranslation {
  const checkpoint = translateByCheckpoint(seen);
  if (checkpoint.kind === 'refused') {
    if (unproven === null) return checkpoint;
    const { reason, detail } = checkpoint;
    return refused('translation-unproven', `${unproven}; nor does a checkpoint serve: ${detail ?? reason}`);
  }
  const { offset, proof, verified } = checkpoint;
  const detail = unproven === null ? null : `by the checkpoint, since records do not prove a place: ${unproven}`;
  const note =
    verified && detail === null ? null : { reason: verified ? null : ('checkpoint-unverified' as const), detail };
  return insideLog(seen, { offset, translation: 'checkpoint', proof, redeliveredMax: null, note });
}

/** Invariant C: below the log start a consumer would fall to `auto.offset.reset`, so the place is raised to it. */
function insideLog(seen: PartitionObservation, place: Place): PartitionTranslation {
  const { offset, note } = place;
  const start = seen.downstream.kind === 'range' ? seen.downstream.range.logStart : offset;
  if (offset >= start) return { kind: 'translated', place };
  const lost = `translated ${offset}, the target's log starts at ${start}: ${start - offset} offsets are gone`;
  const detail = note?.detail == null ? lost : `${lost}; ${note.detail}`;
  return {
    kind: 'translated',
    place: { ...place, offset: start, note: { reason: 'clamped-to-log-start', detail } },
  };
}

function refused(reason: Reason, detail: string | null): PartitionTranslation {
  return { kind: 'refused', reason, detail };
}
