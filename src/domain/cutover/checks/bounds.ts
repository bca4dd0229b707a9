import { type Check, fail, noThreshold, ofGroup, pass, type Seen, unknown, worst } from '../check.ts';
import type { GroupPartitionFacts, Phase } from '../facts.ts';
import { judgedGroups, movedPartitions, nameOf, startingPoint } from '../judged-groups.ts';

/** Outside the log a consumer falls to auto.offset.reset. */
export const bounds: Check = {
  id: 'bounds',
  title: 'every offset lies within the log of the target',
  next: 'Check retention on the target and whether the topic was re-created; then run sync again.',
  threshold: noThreshold,
  judge: (gate) =>
    judgedGroups(gate).map((group) => {
      const seen = movedPartitions(group).map((partition) => judgePartition(partition, gate.phase));
      return ofGroup(group, worst(seen, pass('has nothing to be out of bounds')));
    }),
};

function judgePartition(partition: GroupPartitionFacts, phase: Phase): Seen {
  const start = startingPoint(partition, phase);
  const { targetLogStart, targetHighWatermark, reason, detail } = partition.outcome;
  if (start.kind === 'unknown') return unknown(`may be outside the log of ${nameOf(partition)}: ${start.why}`);
  if (start.value === null) return pass('starts nowhere yet');
  if (targetLogStart === null || targetHighWatermark === null) {
    return unknown(`may be outside the log of ${nameOf(partition)}, which could not be read`);
  }
  const log = `the log of ${nameOf(partition)} is ${targetLogStart} to ${targetHighWatermark}`;
  if (start.value < targetLogStart || start.value > targetHighWatermark)
    return fail(`stands at ${start.value}, ${log}`);
  if (reason === 'clamped-to-log-start') {
    return fail(
      `lost records on ${nameOf(partition)} to the target's retention${detail === null ? '' : ` (${detail})`}`,
    );
  }
  return pass('is within the log');
}
