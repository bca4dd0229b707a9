/** Reports of many groups, as a large migration has them: most in place, some of every kind of trouble. */
import type { GroupReadiness } from '../../src/domain/cutover/group-readiness.ts';
import type { GroupOutcome, PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { fullReport, group, partition, pass, RECORDS_PROOF } from './build-report.ts';

const IN_PLACE: readonly PartitionOutcome[] = [
  partition({ translation: 'exact', proof: RECORDS_PROOF, redelivered: 0n, redeliveredMax: 0n }),
  partition({ partition: 1, verdict: 'unchanged', redelivered: 3n, redeliveredMax: 9n }),
];
const TROUBLES: readonly (readonly [Partial<GroupOutcome>, Partial<PartitionOutcome>])[] = [
  [
    { verdict: 'active', targetState: 'Stable' },
    { verdict: 'skipped', reason: 'group-active', delta: 280n },
  ],
  [{ verdict: 'unknown' }, { verdict: 'pending', reason: 'not-replicated', translated: null, delta: null }],
  [{ verdict: 'blocked' }, { verdict: 'skipped', reason: 'taken-over', delta: -1_204n }],
  [{ verdict: 'failed' }, { verdict: 'failed', reason: 'commit-rejected', detail: 'GROUP_AUTHORIZATION_FAILED' }],
  [{ verdict: 'blocked' }, { verdict: 'skipped', reason: 'filtered', delta: null }],
];

/** Every tenth group is in trouble; partitions are shared, so that 100,000 groups fit into memory. */
export function manyGroups(count: number): GroupOutcome[] {
  const troubled = TROUBLES.map(([of, wrong]) => group({ ...of, partitions: [partition(wrong), partition(wrong)] }));
  return Array.from({ length: count }, (_, i) => {
    const trouble = i % 10 === 0 ? troubled[(i / 10) % troubled.length] : undefined;
    return { ...(trouble ?? group({ partitions: IN_PLACE })), groupId: `team-${i % 97}.orders-consumer-${i}` };
  });
}

/** As `fullReport`, with so many groups and 200 passes. */
export function largeReport(count: number): ReportModel {
  const passes = Array.from({ length: 200 }, (_, i) => pass({ number: i + 1, offsetDelta: BigInt(200 - i) * 1_000n }));
  return { ...fullReport(), groups: manyGroups(count), passes };
}

/** What the gate says of them: every tenth is not ready. */
export function readinessOf(groups: readonly GroupOutcome[]): GroupReadiness[] {
  return groups.map(({ groupId }, i) =>
    i % 10 === 0
      ? { groupId, verdict: 'not-ready', failed: ['activity'], unknown: [], notAsked: [], why: 'is still consuming' }
      : { groupId, verdict: 'ready', failed: [], unknown: [], notAsked: [], why: null },
  );
}
