import { type Check, fail, ofGroup, pass, type Seen, unknown, worst } from '../check.ts';
import type { GroupPartitionFacts, Phase } from '../facts.ts';
import { judgedGroups, movedPartitions, nameOf, startingPoint } from '../judged-groups.ts';

/** Invariant F. Where nothing is committed nothing is skipped: that is coverage's case. */
export const noSkip: Check = {
  id: 'no-skip',
  title: 'no group skips a record',
  next: 'Set the group back on the target (allow-rewind, and sync) before its consumers start, or find out who wrote the offset.',
  threshold: () => '0 records',
  judge: (gate) =>
    judgedGroups(gate).map((group) => {
      const seen = movedPartitions(group).map((partition) => judgePartition(partition, gate.phase));
      return ofGroup(group, worst(seen, pass('has nothing that could be skipped')));
    }),
};

function judgePartition(partition: GroupPartitionFacts, phase: Phase): Seen {
  const start = startingPoint(partition, phase);
  if (start.kind === 'unknown') return unknown(`may skip records on ${nameOf(partition)}: ${start.why}`);
  if (start.value === null) return pass('starts nowhere yet');
  const { translation, translated, proof, reason } = partition.outcome;
  const where = `at ${start.value} on ${nameOf(partition)}`;
  if (translation === 'none' || translated === null) {
    return unknown(`stands ${where} without proof${reason === null ? '' : ` (${reason})`}`, PROVE);
  }
  if (translation === 'checkpoint' || proof?.kind !== 'records') {
    return unknown(`stands ${where} by MM2's checkpoint alone, which proves nothing`, PROVE);
  }
  // Up to the first copy of a record that is still to be processed nothing can be skipped.
  const safeUpTo = max(translated, proof.firstAfter?.downstream ?? proof.high);
  if (start.value <= safeUpTo) return pass('skips nothing');
  const ahead = `is ahead on ${nameOf(partition)}: committed ${start.value}, right is ${translated}`;
  const mayBeRight = translation === 'bounded' && start.value <= proof.high;
  return mayBeRight
    ? unknown(`may be ahead on ${nameOf(partition)}: committed ${start.value}, proven is ${translated}`)
    : fail(ahead);
}

const PROVE =
  'Let the records be compared: translation exact with a source, and max-scan high enough; see the reason of the partition.';

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
