import { span } from '../../figures.ts';
import { type Check, fail, type Gate, ofGroup, pass, type Seen, unknown, worst } from '../check.ts';
import type { GroupPartitionFacts } from '../facts.ts';
import { judgedGroups, movedPartitions, nameOf, sourceCommit } from '../judged-groups.ts';

/**
 * MM2 does not write an unchanged checkpoint again, so age counts only while the checkpoint's upstream differs from
 * the live commit. And it only matters where somebody goes by checkpoints: a translation that rests on one, or MM2's
 * own group sync. Where records prove the place, an old checkpoint is no obstacle.
 */
export const checkpointAge: Check = {
  id: 'checkpoint-age',
  title: 'checkpoints follow the groups, where they are relied upon',
  next: 'Check that the checkpoint connector runs, emits (emit.checkpoints.enabled) and sees the group; translation exact does without checkpoints.',
  threshold: ({ rules }) => `at most ${span(rules.maxCheckpointAgeMs)} old`,
  judge: (gate) =>
    judgedGroups(gate).map((group) => {
      const { maxCheckpointAgeMs } = gate.rulesOf(group.groupId);
      const relied = movedPartitions(group).filter((partition) => isReliedUpon(partition, gate));
      const seen = relied.map((partition) => judgePartition(partition, gate.facts.nowMs, maxCheckpointAgeMs));
      return ofGroup(group, worst(seen, pass('does not rely on checkpoints')));
    }),
};

function isReliedUpon({ outcome }: GroupPartitionFacts, { facts }: Gate): boolean {
  const mm2Syncs = facts.connect.kind === 'known' && facts.connect.value.syncsGroupOffsets;
  return outcome.translation === 'checkpoint' || mm2Syncs;
}

function judgePartition(partition: GroupPartitionFacts, nowMs: number, maxAgeMs: number): Seen {
  const { checkpoint } = partition;
  if (checkpoint.kind === 'unknown')
    return unknown(`may have an old checkpoint on ${nameOf(partition)}: ${checkpoint.why}`);
  const live = sourceCommit(partition);
  if (live.kind === 'unknown')
    return unknown(`may have moved on from its checkpoint on ${nameOf(partition)}: ${live.why}`);
  // Whether it should have one at all is coverage's case.
  if (checkpoint.value === null || checkpoint.value.upstream === live.value) return pass('has its newest checkpoint');
  const ageMs = nowMs - checkpoint.value.emittedAtMs;
  const words = `has a checkpoint at ${checkpoint.value.upstream} on ${nameOf(partition)}, ${span(ageMs)} old, while its commit is ${live.value}`;
  return ageMs > maxAgeMs ? fail(words) : pass(words);
}
