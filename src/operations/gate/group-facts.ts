/** Puts the two looks at a group together. */
import type { GroupFacts, GroupPartitionFacts, Known, UncommittedPartition } from '../../domain/cutover/facts.ts';
import type { PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import { commitAmongAll, commitOf } from '../commit-of.ts';
import type { DiscoveredGroup } from '../discover-groups.ts';
import type { PassView } from '../observe-pass.ts';
import type { LogRange } from '../ports.ts';
import type { PassOutcome } from '../sync-pass.ts';
import type { CheckpointAges } from './checkpoint-ages.ts';
import type { HiddenFrom } from './hidden-groups.ts';
import { known, offsetKnown, unknown } from './known.ts';
import type { GroupsLook } from './look-at-groups.ts';
import type { MigratedTopic } from './migrated-topics.ts';

export interface GroupLooks {
  readonly pass: PassOutcome;
  readonly source: GroupsLook;
  readonly target: GroupsLook;
  readonly checkpoints: CheckpointAges;
  readonly topics: readonly MigratedTopic[];
  /** Source ranges of the second look. */
  readonly ranges: ReadonlyMap<TopicPartitionKey, LogRange>;
  readonly hidden: HiddenFrom;
}

/** Partitions of the source to ask a group's offsets of: those that the pass saw, and all others of their topics. */
export function wantedOnSource(
  group: DiscoveredGroup,
  topics: ReadonlyMap<string, MigratedTopic>,
): readonly TopicPartition[] {
  const wanted = new Map<TopicPartitionKey, TopicPartition>();
  const want = (topic: string, partition: number) => wanted.set(partitionKey(topic, partition), { topic, partition });
  for (const { sourceTopic, partition } of group.partitions.values()) {
    if (sourceTopic === null) continue;
    want(sourceTopic, partition);
    const numbers = topics.get(sourceTopic)?.sourcePartitions;
    if (numbers?.kind === 'known') for (const number of numbers.value) want(sourceTopic, number);
  }
  return [...wanted.values()];
}

export function groupFacts(looks: GroupLooks): readonly GroupFacts[] {
  const { pass, source, target, hidden } = looks;
  const topics = new Map(looks.topics.map((topic) => [topic.sourceTopic, topic]));
  const outcomes = new Map(pass.groups.map((group) => [group.groupId, group.partitions]));
  return pass.view.groups.map((group): GroupFacts => {
    const { groupId } = group;
    const onSource = group.sourceStatus ?? { kind: 'unknown' as const, why: 'no source' };
    return {
      groupId,
      source: { first: onSource, second: source.statusOf(groupId) },
      target: { first: group.targetStatus, second: target.statusOf(groupId) },
      hiddenFromMm2: hidden(groupId, onSource),
      partitions: (outcomes.get(groupId) ?? []).map((outcome) => partitionFacts(group, outcome, looks)),
      uncommitted: uncommitted(group, topics, looks),
    };
  });
}

function partitionFacts(group: DiscoveredGroup, outcome: PartitionOutcome, looks: GroupLooks): GroupPartitionFacts {
  const { groupId } = group;
  const key = partitionKey(outcome.topic, outcome.partition);
  const { sourceTopic } = outcome;
  return {
    outcome,
    sourceCommitted:
      sourceTopic === null
        ? { first: known(null), second: known(null) }
        : onSource(groupId, partitionKey(sourceTopic, outcome.partition), looks),
    targetCommitted: {
      first: offsetKnown(commitAmongAll(group.targetOffsets, key)),
      second: looks.target.committed(groupId, key),
    },
    checkpoint: checkpointOf(groupId, key, looks.checkpoints),
  };
}

function onSource(
  groupId: string,
  key: TopicPartitionKey,
  { pass, source }: GroupLooks,
): GroupPartitionFacts['sourceCommitted'] {
  return { first: firstOnSource(pass.view, groupId, key), second: source.committed(groupId, key) };
}

function firstOnSource(view: PassView, groupId: string, key: TopicPartitionKey): Known<bigint | null> {
  return offsetKnown(commitOf(view.sourceOffsets.get(groupId), key));
}

function checkpointOf(
  groupId: string,
  key: TopicPartitionKey,
  checkpoints: CheckpointAges,
): GroupPartitionFacts['checkpoint'] {
  if (checkpoints.kind === 'unknown') return checkpoints;
  return known(checkpoints.value.get(groupId)?.get(key) ?? null);
}

/** Of topics where the group has a commit elsewhere: a consumer starts such a partition by auto.offset.reset. */
function uncommitted(
  group: DiscoveredGroup,
  topics: ReadonlyMap<string, MigratedTopic>,
  { source, ranges }: GroupLooks,
): readonly UncommittedPartition[] {
  const names = new Set([...group.partitions.values()].map(({ sourceTopic }) => sourceTopic));
  return [...names].flatMap((name): UncommittedPartition[] => {
    const topic = name === null ? undefined : topics.get(name);
    if (topic?.sourcePartitions.kind !== 'known') return [];
    const { sourceTopic } = topic;
    const commits = topic.sourcePartitions.value.map((partition) => {
      return { partition, commit: source.committed(group.groupId, partitionKey(sourceTopic, partition)) };
    });
    if (!commits.some(({ commit }) => commit.kind === 'known' && commit.value !== null)) return [];
    return commits
      .filter(({ commit }) => commit.kind === 'known' && commit.value === null)
      .map(({ partition }) => {
        const range = ranges.get(partitionKey(sourceTopic, partition));
        return { sourceTopic, topic: topic.topic, partition, hasRecords: hasRecords(range) };
      });
  });
}

function hasRecords(range: LogRange | undefined): Known<boolean> {
  if (range?.kind !== 'range') return unknown(range?.error ?? 'no answer');
  return known(range.highWatermark > range.logStart);
}
