/** What a report says of the offsets of a group, in one word: the one place that decides it, for every form of the report. */
import { judgeGroup } from '../domain/offsets/group-verdict.ts';
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import type { Command } from '../domain/verdicts.ts';
import { isSelected, standingOf } from './totals.ts';

/**
 * Worst first. `planned`: not in place, and it would be. What is in place has the word of the command: `ready` after a
 * sync, `saved` by an export, `restored` by a rollback, after which no group is ready for anything.
 */
export const OFFSET_STATUSES = [
  'failed',
  'blocked',
  'unknown',
  'active',
  'planned',
  'ready',
  'saved',
  'restored',
  'not-selected',
] as const;
export type OffsetStatus = (typeof OFFSET_STATUSES)[number];

/** Of what was selected alone: `verdict` of the group also counts partitions that nobody asked for. */
export function offsetStatus(group: GroupOutcome, command: Command): OffsetStatus {
  const standing = standingOf(group);
  if (standing === 'failed' || standing === 'planned') return standing;
  if (standing === 'unselected') return 'not-selected';
  const judged = judgeGroup(group.partitions.filter(isSelected));
  return judged === 'ready' ? wordInPlace(command) : judged;
}

function wordInPlace(command: Command): OffsetStatus {
  if (command === 'export') return 'saved';
  return command === 'rollback' ? 'restored' : 'ready';
}
