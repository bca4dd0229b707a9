/** Puts what one pass saw of a group partition into the form that the pure planner takes. */

import type { MigratedPartition } from '../domain/offsets/migrated-partitions.ts';
import type { CommitObservation, GroupObservation, PartitionObservation } from '../domain/offsets/observation.ts';
import type { PatternList } from '../domain/patterns.ts';
import { partitionKey, type TopicPartitionKey } from '../domain/topic-partition.ts';
import { commitOf } from './commit-of.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import { type PassView, type Selection, selectsGroup, selectsTopic } from './observe-pass.ts';

export interface SyncRules {
  readonly selection: Selection;
  readonly allowRewind: ReadonlySet<string>;
  readonly overwriteGroups: PatternList;
  readonly refresh: boolean;
}

export function observeGroup(group: DiscoveredGroup, rules: SyncRules): GroupObservation {
  return {
    groupId: group.groupId,
    selected: selectsGroup(rules.selection, group.groupId),
    targetStatus: group.targetStatus,
    sourceStatus: group.sourceStatus,
    allowRewind: rules.allowRewind.has(group.groupId),
    overwrite: rules.overwriteGroups.matches(group.groupId),
    refresh: rules.refresh,
  };
}

export interface PartitionLook {
  readonly view: PassView;
  readonly group: DiscoveredGroup;
  readonly partition: MigratedPartition;
  /** Of the discovery, or read again right before a commit. */
  readonly target: CommitObservation;
  readonly targetLastSeen: bigint | null | undefined;
  readonly selection: Selection;
}

export function observePartition(look: PartitionLook): PartitionObservation {
  const { view, group, partition } = look;
  const key = partitionKey(partition.topic, partition.partition);
  return {
    topic: partition.topic,
    partition: partition.partition,
    sourceTopic: partition.sourceTopic,
    topicFiltered: !selectsTopic(look.selection, partition.sourceTopic ?? partition.topic),
    source: view.sourceGroups === null ? null : sourceOf(view, group.groupId, partition, key),
    checkpoint: group.checkpoints.get(key) ?? null,
    checkpointUnreadable: group.unreadableCheckpoints.has(key),
    bounds: view.facts.bounds.get(key) ?? { kind: 'unverified' },
    records: recordsOf(view, group.groupId, partition, key),
    downstream: view.facts.downstream.get(key) ?? { kind: 'unreadable', error: 'NO_ANSWER' },
    target: look.target,
    targetLastSeen: look.targetLastSeen,
  };
}

function recordsOf(
  { records, sourceOffsets }: PassView,
  groupId: string,
  { sourceTopic, partition }: MigratedPartition,
  key: TopicPartitionKey,
): PartitionObservation['records'] {
  if (records === null || sourceTopic === null) return null;
  const commit = commitOf(sourceOffsets.get(groupId), partitionKey(sourceTopic, partition));
  return commit.kind === 'committed' ? records.translationOf(key, commit.offset) : null;
}

function sourceOf(
  view: PassView,
  groupId: string,
  { sourceTopic, partition }: MigratedPartition,
  key: TopicPartitionKey,
): PartitionObservation['source'] {
  const range = view.facts.source.get(key) ?? null;
  if (sourceTopic === null) return { commit: { kind: 'none' }, range: null };
  return { commit: commitOf(view.sourceOffsets.get(groupId), partitionKey(sourceTopic, partition)), range };
}
