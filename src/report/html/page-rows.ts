/** What the rows of the page's table show. */
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import type { GroupRow } from '../group-rows.ts';
import { OFFSET_STATUSES } from '../offset-status.ts';

/** What the table shows as the verdict on a group's offsets. */
export const ROW_VERDICTS = [...OFFSET_STATUSES, 'not-seen'] as const;
export type RowVerdict = GroupRow['offsets'];

export function partitionsOf({ ranked }: GroupRow): GroupOutcome['partitions'] {
  return ranked?.group.partitions ?? [];
}
