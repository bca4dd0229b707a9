/** Puts what one pass saw of a group partition into the form that the pure planner takes. */

import type { MigratedPartition } from '../domain/offsets/migrated-partitions.ts';
import type { CommitObservation, GroupObservation, PartitionObservation } from '../domain/offsets/observation.ts';
import type { PatternList } from '../domain/patterns.ts';
import { partitionKey, type TopicPartitionKey } from '../domain/topic-partition.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import { type PassView, type Selection, selectsTopic } from './observe-pass.ts';
import type { GroupOffsets } from './ports.ts';

export interface SyncRules {
  readonly selection: Selection;
  readonly allowRewind: ReadonlySet<string>;
  readonly overwriteGroups: PatternList;
  readonly refresh: boolean;
}

export function observeGroup(group: DiscoveredGroup, rules: SyncRules): GroupObservation {
  const { groups, groupsExclude } = rules.selection;
  return {
    groupId: group.groupId,
    selected: groups.matches(group.groupId) && !groupsExclude.matches(group.groupId),
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
    records: null,
    downstream: view.facts.downstream.get(key) ?? { kind: 'unreadable', error: 'NO_ANSWER' },
    target: look.target,
    targetLastSeen: look.targetLastSeen,
  };
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

/** Of an answer to a query that named the partition: a missing answer is unreadable, never "no offset" (invariant D). */
export function commitOf(offsets: GroupOffsets | undefined, key: TopicPartitionKey): CommitObservation {
  if (offsets === undefined) return { kind: 'unreadable', error: 'NO_ANSWER' };
  if (offsets.error !== null) return { kind: 'unreadable', error: offsets.error };
  const committed = offsets.partitions.get(key);
  // Without __consumer_offsets nobody was asked, and nothing is committed.
  if (committed === undefined && offsets.coordinatorId === null) return NONE;
  if (committed === undefined) return { kind: 'unreadable', error: 'NO_ANSWER' };
  if (committed.error === 'UNSTABLE_OFFSET_COMMIT') return { kind: 'unstable' };
  if (committed.error !== null) return { kind: 'unreadable', error: committed.error };
  if (committed.offset === null) return NONE;
  const { offset, metadata, leaderEpoch } = committed;
  return { kind: 'committed', offset, metadata, leaderEpoch };
}

/** Of an answer to a query for all that the group has: what it does not mention has no offset. */
export function commitAmongAll(offsets: GroupOffsets, key: TopicPartitionKey): CommitObservation {
  return offsets.error === null && !offsets.partitions.has(key) ? NONE : commitOf(offsets, key);
}

const NONE: CommitObservation = { kind: 'none' };
