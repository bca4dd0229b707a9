/** What a reader should see first. */
import { offsetDelta } from '../domain/offsets/offset-delta.ts';
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import type { PartitionVerdict, Reason } from '../domain/verdicts.ts';
import { offsetDelta as deltaText } from './format.ts';
import { sourceLag } from './source-lag.ts';
import { type GroupStanding, standingOf } from './totals.ts';

const WORST_FIRST: readonly GroupStanding[] = ['failed', 'skipped', 'pending', 'planned', 'synced', 'unselected'];

const TROUBLED: ReadonlySet<GroupStanding> = new Set<GroupStanding>(['failed', 'skipped', 'pending']);

const WORST_VERDICTS: readonly PartitionVerdict[] = [
  'failed',
  'skipped',
  'pending',
  'planned',
  'committed',
  'unchanged',
];

/** A group with what the renderers ask of it, computed once. */
export interface RankedGroup {
  readonly group: GroupOutcome;
  readonly standing: GroupStanding;
  readonly delta: bigint;
  readonly deltaUnknown: number;
  /** See source-lag.ts. */
  readonly lag: bigint;
  readonly lagUnknown: number;
  /** Somebody should look at it, or wait. */
  readonly troubled: boolean;
}

/** What is not selected has no delta of anybody's. */
export function deltaWords({ standing, delta, deltaUnknown }: RankedGroup): string {
  return standing === 'unselected' ? '–' : deltaText(delta, deltaUnknown);
}

/** As `deltaWords`. */
export function lagWords({ standing, lag, lagUnknown }: RankedGroup): string {
  return standing === 'unselected' ? '–' : deltaText(lag, lagUnknown);
}

/** Worst standing first, then the larger offset delta, then by name. */
export function worstFirst(groups: readonly GroupOutcome[]): RankedGroup[] {
  return groups.map(rank).sort(compare);
}

/** How often each reason occurs in a group, most frequent first; `filtered` last. */
export function reasonCounts(groups: Iterable<Pick<GroupOutcome, 'partitions'>>): [Reason, number][] {
  const counts = new Map<Reason, number>();
  for (const group of groups) {
    for (const { reason } of group.partitions) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort(
    ([a, countA], [b, countB]) =>
      Number(a === 'filtered') - Number(b === 'filtered') || countB - countA || (a < b ? -1 : 1),
  );
}

/** Somebody should look at it, or wait. */
export function isTroubled(group: GroupOutcome): boolean {
  return TROUBLED.has(standingOf(group));
}

/** What says most about a group: the most frequent reason of its worst partitions. null: nothing to say. */
export function worstReason({ partitions }: GroupOutcome): Reason | null {
  for (const verdict of WORST_VERDICTS) {
    const worst = partitions.filter((one) => one.verdict === verdict && one.reason !== 'filtered');
    const [first] = reasonCounts([{ partitions: worst }]);
    if (first !== undefined) return first[0];
  }
  return null;
}

function rank(group: GroupOutcome): RankedGroup {
  const standing = standingOf(group);
  const { known, unknownPartitions } = offsetDelta([group]);
  const lag = sourceLag([group]);
  return {
    group,
    standing,
    delta: known,
    deltaUnknown: unknownPartitions,
    lag: lag.known,
    lagUnknown: lag.unknownPartitions,
    troubled: TROUBLED.has(standing),
  };
}

function compare(a: RankedGroup, b: RankedGroup): number {
  const byStanding = weight(a) - weight(b);
  if (byStanding !== 0) return byStanding;
  if (a.delta !== b.delta) return a.delta > b.delta ? -1 : 1;
  if (a.group.groupId === b.group.groupId) return 0;
  return a.group.groupId < b.group.groupId ? -1 : 1;
}

function weight({ standing }: RankedGroup): number {
  return WORST_FIRST.indexOf(standing);
}
