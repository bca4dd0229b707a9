/** The groups that share a reason, for what is said once for all of them. */
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import type { Reason } from '../domain/verdicts.ts';
import { clip } from './escape.ts';
import { plural } from './format.ts';

export interface SharedReason {
  /** null: the partitions say none. */
  readonly reason: Reason | null;
  readonly partitions: number;
  /** By name. */
  readonly groupIds: readonly string[];
}

/** Reasons of the partitions that `concerns` picks, the most frequent first. */
export function byReason(
  groups: readonly GroupOutcome[],
  concerns: (partition: PartitionOutcome) => boolean,
): SharedReason[] {
  const found = new Map<Reason | null, { partitions: number; groupIds: Set<string> }>();
  for (const group of groups) {
    for (const partition of group.partitions) {
      if (!concerns(partition)) continue;
      const shared = found.get(partition.reason) ?? { partitions: 0, groupIds: new Set<string>() };
      shared.partitions += 1;
      shared.groupIds.add(group.groupId);
      found.set(partition.reason, shared);
    }
  }
  return [...found]
    .map(([reason, { partitions, groupIds }]) => ({ reason, partitions, groupIds: [...groupIds].sort() }))
    .sort((a, b) => b.partitions - a.partitions || ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1));
}

/** `a, b and 3 more groups`. */
export function namesOf(groupIds: readonly string[], max: number, maxChars: number): string {
  const named = groupIds.slice(0, max).map((groupId) => clip(groupId, maxChars));
  const rest = groupIds.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${plural(rest, 'more group')}` : named.join(', ');
}
