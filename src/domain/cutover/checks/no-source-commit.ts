import { type Check, fail, noThreshold, ofGroup, pass, type Seen, unknown, worst } from '../check.ts';
import type { GroupFacts } from '../facts.ts';
import { isExcluded, judgedGroups } from '../judged-groups.ts';

/** Their consumers start at auto.offset.reset, which reads all or nothing. Empty partitions lose nothing by it. */
export const noSourceCommit: Check = {
  id: 'no-source-commit',
  title: 'no partition with records is left to auto.offset.reset',
  next: 'Let the group commit there on the source, or decide that its auto.offset.reset is right and leave the check out for it.',
  threshold: noThreshold,
  judge: (gate) =>
    judgedGroups(gate)
      .filter((group) => !isExcluded(group))
      .map((group) => ofGroup(group, judgeGroup(group))),
};

function judgeGroup({ uncommitted }: GroupFacts): Seen {
  const seen = uncommitted.map(({ topic, partition, hasRecords }): Seen => {
    const where = `${topic}/${partition}`;
    if (hasRecords.kind === 'unknown')
      return unknown(`has no commit on the source for ${where}, and its log: ${hasRecords.why}`);
    return hasRecords.value
      ? fail(`has no commit on the source for ${where}`)
      : pass(`has no commit for the empty ${where}`);
  });
  const bad = worst(seen, pass('has a commit on every partition of its topics'));
  const alike = seen.filter(({ verdict }) => verdict === bad.verdict).length;
  return alike < 2 ? bad : { ...bad, seen: `${bad.seen} and ${alike - 1} more` };
}
