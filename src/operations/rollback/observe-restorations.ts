/** What the target says of the groups in an export, and what is decided on it. */
import type { GroupStatus, ListedGroup } from '../../domain/groups.ts';
import type { CommitObservation, DownstreamObservation } from '../../domain/offsets/observation.ts';
import type { PatternList } from '../../domain/patterns.ts';
import { planRestoration, type RollbackDecision } from '../../domain/rollback/plan-rollback.ts';
import type { SavedGroup, SavedOffsets, SavedPartition } from '../../domain/rollback/saved-offsets.ts';
import { inShard } from '../../domain/shard.ts';
import type { TopicPartitionKey } from '../../domain/topic-partition.ts';
import { commitOf } from '../commit-of.ts';
import { statusOf } from '../discover-groups.ts';
import { type Selection, selectsGroup, selectsTopic } from '../observe-pass.ts';
import { targetRanges } from '../partition-facts.ts';
import type { ClusterReader, GroupListing, GroupOffsets } from '../ports.ts';

export interface RollbackRules {
  readonly selection: Selection;
  readonly overwriteGroups: PatternList;
  /** Name on the source, which the selection is about; null when the policy cannot tell it. */
  readonly sourceTopic: (topic: string) => string | null;
}

/** Who is there, by one ListGroups. */
export interface Listed {
  readonly listing: GroupListing;
  readonly byId: ReadonlyMap<string, ListedGroup>;
}

export interface RollbackView {
  readonly listed: Listed;
  /** Of every partition in the export, by name, so that one that may not be read says so (invariant D). */
  readonly offsets: ReadonlyMap<string, GroupOffsets>;
  readonly downstream: ReadonlyMap<TopicPartitionKey, DownstreamObservation>;
}

export interface Decided {
  readonly saved: SavedPartition;
  readonly target: CommitObservation;
  readonly decision: RollbackDecision;
}

export type GroupDecisions = ReadonlyMap<TopicPartitionKey, Decided>;

/** The log last, so that what is bounded by its end was there when its offset was read. */
export async function observeRestorations(target: ClusterReader, saved: SavedOffsets): Promise<RollbackView> {
  const groups = [...saved.groups.values()];
  const listed = await listGroups(target);
  const offsets = await target.committedOffsets(
    groups.map(({ groupId, partitions }) => ({ groupId, partitions: [...partitions.values()] })),
  );
  const partitions = new Map<TopicPartitionKey, SavedPartition>();
  for (const group of groups) for (const [key, partition] of group.partitions) partitions.set(key, partition);
  const downstream = await targetRanges(target, await target.listTopics(), [...partitions.values()]);
  return { listed, offsets, downstream };
}

/** `keys`: the partitions to decide on; all of the group by default. */
export function decideGroup(
  rules: RollbackRules,
  view: RollbackView,
  group: SavedGroup,
  keys: Iterable<TopicPartitionKey> = group.partitions.keys(),
): GroupDecisions {
  const { groupId, partitions } = group;
  const offsets = view.offsets.get(groupId);
  const restored = {
    selected: selectsGroup(rules.selection, groupId) && inShard(groupId, rules.selection.shard),
    status: groupStatus(view, groupId),
    overwrite: rules.overwriteGroups.matches(groupId),
  };
  const decisions = new Map<TopicPartitionKey, Decided>();
  for (const key of keys) {
    const saved = partitions.get(key);
    if (saved === undefined) continue;
    const target = commitOf(offsets, key);
    const topicFiltered = !selectsTopic(rules.selection, rules.sourceTopic(saved.topic) ?? saved.topic);
    const downstream = view.downstream.get(key) ?? { kind: 'unreadable' as const, error: 'NO_ANSWER' };
    const decision = planRestoration(restored, { saved, topicFiltered, target, downstream });
    decisions.set(key, { saved, target, decision });
  }
  return decisions;
}

export async function listGroups(target: ClusterReader): Promise<Listed> {
  const listing = await target.listGroups();
  return { listing, byId: new Map(listing.groups.map((group) => [group.groupId, group])) };
}

export function groupStatus(
  { listed, offsets }: Pick<RollbackView, 'listed' | 'offsets'>,
  groupId: string,
): GroupStatus {
  return statusOf(listed.byId.get(groupId), offsets.get(groupId) ?? unanswered(groupId), listed.listing);
}

function unanswered(groupId: string): GroupOffsets {
  return { groupId, coordinatorId: null, error: 'NO_ANSWER', partitions: new Map() };
}
