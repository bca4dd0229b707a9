/** What the groups read again on the target: from the offsets that were committed, and from MM2's own checkpoints. */
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import { count, offset } from '../report/format.ts';
import type { ReportModel } from '../report/report-model.ts';
import { textTable } from './text-table.ts';

export interface Reread {
  readonly groupId: string;
  /** Records read again at most; null where nobody can say. */
  readonly byCheckpoints: bigint | null;
  readonly committed: bigint | null;
}

/**
 * Of the groups that were synced. The demo's target holds each record once and without gaps, so that the distance
 * between two of its offsets is a number of records.
 */
export function rereadOf({ groups }: ReportModel): readonly Reread[] {
  return groups.filter(isSynced).map(({ groupId, partitions }) => ({
    groupId,
    byCheckpoints: sum(partitions, ({ translated, checkpointDownstream }) => {
      if (translated === null || checkpointDownstream === null) return null;
      return translated > checkpointDownstream ? translated - checkpointDownstream : 0n;
    }),
    committed: sum(partitions, ({ redeliveredMax }) => redeliveredMax),
  }));
}

function isSynced({ partitions }: GroupOutcome): boolean {
  return partitions.every(({ verdict }) => verdict === 'committed' || verdict === 'unchanged');
}

function sum<T>(items: readonly T[], numberOf: (item: T) => bigint | null): bigint | null {
  return items.reduce<bigint | null>((total, item) => {
    const value = numberOf(item);
    return total === null || value === null ? null : total + value;
  }, 0n);
}

export function rereadTable(rows: readonly Reread[]): string[] {
  const head = ['GROUP', "FROM MM2'S CHECKPOINTS", 'FROM WHAT WAS COMMITTED'];
  const cells = rows.map(({ groupId, byCheckpoints, committed }) => [
    groupId,
    offset(byCheckpoints),
    offset(committed),
  ]);
  return textTable([head, ...cells], new Set([1, 2]));
}

/** One line: the sums, where they are known. */
export function rereadVerdict(rows: readonly Reread[]): string {
  const ours = sum(rows, ({ committed }) => committed);
  const theirs = sum(rows, ({ byCheckpoints }) => byCheckpoints);
  const words = (total: bigint | null) => (total === null ? 'an unknown number of records' : `${count(total)} records`);
  return `Read again after the move: ${words(ours)}. From MirrorMaker 2's own checkpoints it would have been ${words(theirs)}.`;
}
