/** What the rows of the page's table show. */
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import type { GroupRow } from '../group-rows.ts';

/** What the table shows as the verdict on a group's offsets. */
export const ROW_VERDICTS = [
  'failed',
  'blocked',
  'unknown',
  'active',
  'planned',
  'ready',
  'not-selected',
  'not-seen',
] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

export function rowVerdict({ ranked }: GroupRow): RowVerdict {
  if (ranked === null) return 'not-seen';
  if (ranked.standing === 'unselected') return 'not-selected';
  return ranked.standing === 'planned' ? 'planned' : ranked.group.verdict;
}

export function partitionsOf({ ranked }: GroupRow): GroupOutcome['partitions'] {
  return ranked?.group.partitions ?? [];
}
