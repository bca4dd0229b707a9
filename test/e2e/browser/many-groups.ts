/** Reports of many groups, each a little different. */
import type { GroupOutcome } from '../../../src/domain/offsets/partition-outcome.ts';
import { group, partition, RECORDS_PROOF } from '../../report/build-report.ts';

/** One in ten is still active on the target, one in fifty failed; the lag of group i is that of i partitions. */
export function manyGroups(number: number, partitions = 4): readonly GroupOutcome[] {
  return Array.from({ length: number }, (_, i) => {
    const groupId = `service-${String(i).padStart(5, '0')}`;
    if (i % 50 === 7) return refused(groupId);
    if (i % 10 === 3) return active(groupId);
    const parts = Array.from({ length: partitions }, (_, p) =>
      partition({
        topic: `msksource.topic-${i % 97}`,
        sourceTopic: `topic-${i % 97}`,
        partition: p,
        sourceLogEnd: 1_200n + BigInt((i * 37) % 1_000),
        translation: 'exact',
        proof: RECORDS_PROOF,
        redelivered: 0n,
        redeliveredMax: 0n,
      }),
    );
    return group({ groupId, partitions: parts });
  });
}

function refused(groupId: string): GroupOutcome {
  const one = partition({ verdict: 'failed', reason: 'commit-rejected', targetAfter: 900n, delta: 280n });
  return group({ groupId, verdict: 'failed', partitions: [one] });
}

function active(groupId: string): GroupOutcome {
  const one = partition({ verdict: 'skipped', reason: 'group-active', targetAfter: 900n, delta: 280n });
  return group({ groupId, targetState: 'Stable', verdict: 'active', partitions: [one] });
}
