/** Which groups and partitions the gate is about, and where a consumer would start. */
import { committability, type GroupStatus } from '../groups.ts';
import type { Gate } from './check.ts';
import type { GroupFacts, GroupPartitionFacts, Known, Phase } from './facts.ts';

/** Left out by `groups`, `topics` or their excludes: shown, but asked for only when required. */
export function isExcluded(group: GroupFacts): boolean {
  return group.partitions.length > 0 && group.partitions.every(({ outcome }) => outcome.reason === 'filtered');
}

/** Somebody wants it moved, and it has something to move. */
export function isJudged(group: GroupFacts, gate: Gate): boolean {
  if (isExcluded(group)) return gate.rulesOf(group.groupId).required;
  return movedPartitions(group).length > 0;
}

export function judgedGroups(gate: Gate): readonly GroupFacts[] {
  return gate.facts.groups.filter((group) => isJudged(group, gate));
}

/** Those selected partitions where the group has a commit on the source, or may have one. */
export function movedPartitions(group: GroupFacts): readonly GroupPartitionFacts[] {
  return selectedPartitions(group).filter((partition) => {
    const commit = sourceCommit(partition);
    return commit.kind === 'unknown' || commit.value !== null;
  });
}

export function selectedPartitions(group: GroupFacts): readonly GroupPartitionFacts[] {
  return group.partitions.filter(({ outcome }) => outcome.reason !== 'filtered');
}

/** The newest reading; the pass's own where the last look failed. */
export function sourceCommit({ sourceCommitted, outcome }: GroupPartitionFacts): Known<bigint | null> {
  const { second } = sourceCommitted;
  if (second.kind === 'known' || outcome.sourceCommitted === null) return second;
  return { kind: 'known', value: outcome.sourceCommitted };
}

/**
 * Where a consumer would start on the target: in a rehearsal where a sync would put it (or has), else where the
 * committed offset is. null: nowhere, so its auto.offset.reset decides.
 */
export function startingPoint(partition: GroupPartitionFacts, phase: Phase): Known<bigint | null> {
  const { verdict, translated } = partition.outcome;
  const wouldBeThere = verdict === 'planned' || verdict === 'unchanged' || verdict === 'committed';
  if (phase === 'rehearse' && wouldBeThere && translated !== null) return { kind: 'known', value: translated };
  return partition.targetCommitted.second;
}

/** `topic/partition`, with the name on the target. */
export function nameOf({ outcome }: GroupPartitionFacts): string {
  return `${outcome.topic}/${outcome.partition}`;
}

export type Liveliness = 'quiet' | 'active' | 'unknown';

/** Members of any kind count, also those of types whose offsets are not ours to commit. */
export function liveliness(status: GroupStatus): Liveliness {
  const can = committability(status);
  if (can === 'unsupported') return status.kind === 'listed' && status.state === 'Empty' ? 'quiet' : 'active';
  return can === 'committable' ? 'quiet' : can;
}
