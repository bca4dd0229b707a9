/** Sums over the groups of a run: the figures of the summary, the outputs and the log. */
import { offsetDelta } from '../domain/offsets/offset-delta.ts';
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import type { PartitionVerdict } from '../domain/verdicts.ts';
import { sourceLag } from './source-lag.ts';

/**
 * Where a group stands: its worst partition decides. `synced`: every selected partition is in place; `unselected`:
 * nothing of it was asked for.
 */
export type GroupStanding = 'failed' | 'skipped' | 'pending' | 'planned' | 'synced' | 'unselected';

export interface Totals {
  /** Selected groups. */
  readonly groupsTotal: number;
  /** Each group counts once; all but `unselected` add up to `groupsTotal`. */
  readonly groups: Readonly<Record<GroupStanding, number>>;
  /** Selected partitions. */
  readonly partitionsTotal: number;
  readonly partitions: Readonly<Record<PartitionVerdict, number>>;
  /** Σ|delta| over the partitions where it is known. */
  readonly offsetDelta: bigint;
  readonly offsetDeltaUnknown: number;
  /** See source-lag.ts. */
  readonly sourceLag: bigint;
  readonly sourceLagUnknown: number;
  /** Σ redeliveredMax over partitions with a source commit; null while it is unknown for one of them. */
  readonly recordsRedelivered: bigint | null;
}

export function computeTotals(groups: readonly GroupOutcome[]): Totals {
  const standings = { failed: 0, skipped: 0, pending: 0, planned: 0, synced: 0, unselected: 0 };
  const verdicts = { committed: 0, planned: 0, unchanged: 0, pending: 0, skipped: 0, failed: 0 };
  let partitionsTotal = 0;
  for (const group of groups) {
    standings[standingOf(group)] += 1;
    for (const partition of group.partitions.filter(isSelected)) {
      partitionsTotal += 1;
      verdicts[partition.verdict] += 1;
    }
  }
  const delta = offsetDelta(groups);
  const lag = sourceLag(groups);
  return {
    groupsTotal: groups.length - standings.unselected,
    groups: standings,
    partitionsTotal,
    partitions: verdicts,
    offsetDelta: delta.known,
    offsetDeltaUnknown: delta.unknownPartitions,
    sourceLag: lag.known,
    sourceLagUnknown: lag.unknownPartitions,
    recordsRedelivered: recordsRedelivered(groups),
  };
}

export function standingOf(group: GroupOutcome): GroupStanding {
  if (group.verdict === 'failed') return 'failed';
  const selected = group.partitions.filter(isSelected);
  if (selected.length === 0) return 'unselected';
  const has = (verdict: PartitionVerdict) => selected.some((partition) => partition.verdict === verdict);
  if (has('failed')) return 'failed';
  if (has('skipped')) return 'skipped';
  if (has('pending')) return 'pending';
  if (has('planned')) return 'planned';
  return 'synced';
}

/** See `Totals`. */
export function recordsRedelivered(groups: readonly GroupOutcome[]): bigint | null {
  const counted = groups.flatMap((group) => group.partitions.filter(hasSourceCommit));
  if (counted.length === 0) return null;
  let sum = 0n;
  for (const { redeliveredMax } of counted) {
    if (redeliveredMax === null) return null;
    sum += redeliveredMax;
  }
  return sum;
}

function hasSourceCommit(partition: PartitionOutcome): boolean {
  return partition.sourceCommitted !== null && isSelected(partition);
}

export function isSelected({ reason }: PartitionOutcome): boolean {
  return reason !== 'filtered';
}
