import type { Reason } from '../../verdicts.ts';
import { type Check, fail, noThreshold, ofGroup, pass, type Seen, unknown } from '../check.ts';
import type { GroupFacts, GroupPartitionFacts } from '../facts.ts';
import { isExcluded, judgedGroups, liveliness, movedPartitions, selectedPartitions } from '../judged-groups.ts';

/** An offset that is in place shows that the group may move, not that it has. */
export const moved: Check = {
  id: 'moved',
  title: 'the groups run on the target',
  next: 'Start its consumers on the target; leave the check out for a group that is given up.',
  threshold: noThreshold,
  judge: (gate) =>
    judgedGroups(gate)
      .filter((group) => !isExcluded(group))
      .map((group) => ofGroup(group, judgeGroup(group))),
};

function judgeGroup(group: GroupFacts): Seen {
  const looks = [liveliness(group.target.second), liveliness(group.target.first)];
  if (looks.includes('active')) return pass('consumes on the target');
  if (selectedPartitions(group).some(commitsNow)) return pass('commits on the target');
  if (movedPartitions(group).some(isBeyond)) return pass('has moved on from where it was placed');
  if (looks.includes('unknown')) return unknown('may not run on the target: its state is not told');
  return fail('was never seen at work on the target');
}

function commitsNow({ targetCommitted: { first, second } }: GroupPartitionFacts): boolean {
  return first.kind === 'known' && second.kind === 'known' && first.value !== second.value;
}

/** Written by somebody else, and further than the source ever got: MM2's own sync never is. */
const BY_OTHERS: ReadonlySet<Reason> = new Set<Reason>(['taken-over', 'target-ahead', 'moved-on']);

function isBeyond({ outcome, targetCommitted }: GroupPartitionFacts): boolean {
  const { second } = targetCommitted;
  if (second.kind === 'unknown' || second.value === null || outcome.translated === null) return false;
  return outcome.reason !== null && BY_OTHERS.has(outcome.reason) && second.value > outcome.translated;
}
