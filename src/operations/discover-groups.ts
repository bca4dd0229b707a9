/** Finds every group that has anything on a migrated topic, on either cluster or in a checkpoint. */
import type { Checkpoint } from '../domain/checkpoints/checkpoint-format.ts';
import type { CheckpointIndex } from '../domain/checkpoints/checkpoint-index.ts';
import type { Finding } from '../domain/finding.ts';
import type { GroupStatus, ListedGroup } from '../domain/groups.ts';
import {
  type MigratedPartition,
  type MigratedTopics,
  unionOfSightings,
} from '../domain/offsets/migrated-partitions.ts';
import { parsePartitionKey, type TopicPartitionKey } from '../domain/topic-partition.ts';
import type { SyncClusters } from './observe-pass.ts';
import type { ClusterReader, GroupListing, GroupOffsets, TopicInfo } from './ports.ts';

export interface DiscoveredGroup {
  readonly groupId: string;
  readonly targetStatus: GroupStatus;
  /** null in target-only mode. */
  readonly sourceStatus: GroupStatus | null;
  readonly partitions: ReadonlyMap<TopicPartitionKey, MigratedPartition>;
  readonly checkpoints: ReadonlyMap<TopicPartitionKey, Checkpoint>;
  readonly unreadableCheckpoints: ReadonlySet<TopicPartitionKey>;
  /** Offsets on the target as seen while discovering; read again right before a commit. */
  readonly targetOffsets: GroupOffsets;
  /** A commit on a selected topic of the source was seen while discovering. */
  readonly hasSourceCommit: boolean;
}

export interface Discovery {
  readonly clusters: SyncClusters;
  readonly topics: MigratedTopics;
  /** As listed; brokers leave out what may not be described. */
  readonly targetTopics: ReadonlyMap<string, TopicInfo>;
  readonly checkpoints: CheckpointIndex;
  readonly targetGroups: GroupListing;
  readonly sourceGroups: GroupListing | null;
  readonly literals: readonly string[];
  readonly wanted: (groupId: string) => boolean;
}

/** A group whose offsets one side did not give: it may have some on migrated topics, seen or not. */
export interface UnreadGroup {
  readonly side: 'source' | 'target';
  readonly groupId: string;
  /** A clause for people. */
  readonly why: string;
  /** A right is missing, which the run tells by itself. */
  readonly refused: boolean;
}

export interface DiscoveredGroups {
  /** Those with at least one migrated partition, sorted by group id. */
  readonly groups: readonly DiscoveredGroup[];
  readonly unread: readonly UnreadGroup[];
  readonly findings: readonly Finding[];
}

export async function discoverGroups(discovery: Discovery): Promise<DiscoveredGroups> {
  const groupIds = candidates(discovery);
  const { source, target } = discovery.clusters;
  const [sourceOffsets, targetOffsets] = await Promise.all([
    source === null ? null : everything(source, groupIds),
    everything(target, groupIds),
  ]);
  const sourceListed = byId(discovery.sourceGroups);
  const targetListed = byId(discovery.targetGroups);
  const discovered: DiscoveredGroup[] = [];
  for (const groupId of groupIds) {
    const onTarget = targetOffsets.get(groupId) ?? unanswered(groupId);
    const onSource = sourceOffsets === null ? null : (sourceOffsets.get(groupId) ?? unanswered(groupId));
    const checkpoints = discovery.checkpoints.groups.get(groupId) ?? NO_CHECKPOINTS;
    const unreadable = discovery.checkpoints.unreadable.get(groupId) ?? NO_KEYS;
    const partitions = unionOfSightings(discovery.topics, {
      sourceCommits: committedKeys(onSource),
      targetCommits: committedKeys(onTarget),
      checkpoints: checkpoints.values(),
      unreadableCheckpoints: unreadable,
    });
    if (partitions.size === 0) continue;
    discovered.push({
      groupId,
      targetStatus: statusOf(targetListed.get(groupId), onTarget, discovery.targetGroups),
      sourceStatus:
        onSource === null || discovery.sourceGroups === null
          ? null
          : statusOf(sourceListed.get(groupId), onSource, discovery.sourceGroups),
      partitions,
      checkpoints,
      unreadableCheckpoints: unreadable,
      targetOffsets: onTarget,
      hasSourceCommit: hasSourceCommit(onSource, discovery.topics),
    });
  }
  const groups = await withHiddenOffsets(discovery, discovered);
  const unreadOnTarget = unread('target', groupIds, targetOffsets);
  const unreadOnSource = unread('source', groupIds, sourceOffsets);
  return {
    groups,
    unread: [...unreadOnTarget, ...unreadOnSource],
    findings: [...unansweredFindings('target', unreadOnTarget), ...unansweredFindings('source', unreadOnSource)],
  };
}

/**
 * An answer for all topics leaves out those that may not be described, as if nothing were committed there. Asked for by
 * name, they are refused (invariant D).
 */
async function withHiddenOffsets(
  { clusters, targetTopics }: Discovery,
  groups: readonly DiscoveredGroup[],
): Promise<readonly DiscoveredGroup[]> {
  const queries = groups.flatMap(({ groupId, partitions, targetOffsets }) => {
    const unlisted = [...partitions.values()].filter(({ topic }) => !targetTopics.has(topic));
    return unlisted.length === 0 || targetOffsets.error !== null ? [] : [{ groupId, partitions: unlisted }];
  });
  if (queries.length === 0) return groups;
  const named = await clusters.target.committedOffsets(queries);
  return groups.map((group) => {
    const answer = named.get(group.groupId);
    if (answer === undefined) return group;
    if (answer.error !== null) return { ...group, targetOffsets: answer };
    const partitions = new Map([...group.targetOffsets.partitions, ...answer.partitions]);
    return { ...group, targetOffsets: { ...group.targetOffsets, partitions } };
  });
}

function unread(
  side: UnreadGroup['side'],
  asked: readonly string[],
  offsets: ReadonlyMap<string, GroupOffsets> | null,
): readonly UnreadGroup[] {
  if (offsets === null) return [];
  return asked.flatMap((groupId) => {
    const { error } = offsets.get(groupId) ?? unanswered(groupId);
    return error === null ? [] : [{ side, groupId, why: whyUnknown(error), refused: isRefusal(error) }];
  });
}

function unansweredFindings(side: UnreadGroup['side'], groups: readonly UnreadGroup[]): readonly Finding[] {
  return unreadFindings(
    side,
    groups.filter(({ refused }) => !refused),
  );
}

/** A group whose offsets could not be read may have any: said even where nothing else shows the group. */
export function unreadFindings(side: UnreadGroup['side'], groups: readonly UnreadGroup[]): readonly Finding[] {
  const byReason = new Map<string, string[]>();
  for (const { groupId, why } of groups) {
    const alike = byReason.get(why) ?? [];
    alike.push(groupId);
    byReason.set(why, alike);
  }
  return [...byReason].map(([why, groupIds]) => ({
    rule: 'group-offsets-unreadable',
    severity: 'warning' as const,
    where: side,
    message: `The ${side} did not give the offsets of ${groupIds.length} groups (${why}): ${shortList(groupIds)}.`,
    hint: `Grant DESCRIBE on these groups to the principal used for the ${side}; what they have is unknown until then.`,
  }));
}

export function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

const NO_CHECKPOINTS: ReadonlyMap<TopicPartitionKey, Checkpoint> = new Map();
const NO_KEYS: ReadonlySet<TopicPartitionKey> = new Set();

function candidates(discovery: Discovery): readonly string[] {
  const ids = new Set<string>(discovery.literals);
  for (const group of discovery.targetGroups.groups) ids.add(group.groupId);
  for (const group of discovery.sourceGroups?.groups ?? []) ids.add(group.groupId);
  for (const groupId of discovery.checkpoints.groups.keys()) ids.add(groupId);
  for (const groupId of discovery.checkpoints.unreadable.keys()) ids.add(groupId);
  return [...ids].filter(discovery.wanted).sort();
}

function everything(cluster: ClusterReader, groupIds: readonly string[]): Promise<ReadonlyMap<string, GroupOffsets>> {
  return cluster.committedOffsets(groupIds.map((groupId) => ({ groupId, partitions: 'all' as const })));
}

function byId(listing: GroupListing | null): ReadonlyMap<string, ListedGroup> {
  return new Map((listing?.groups ?? []).map((group) => [group.groupId, group]));
}

function unanswered(groupId: string): GroupOffsets {
  return { groupId, coordinatorId: null, error: 'NO_ANSWER', partitions: new Map() };
}

function* committedKeys(offsets: GroupOffsets | null): Iterable<TopicPartitionKey> {
  if (offsets === null) return;
  for (const [key, committed] of offsets.partitions) {
    if (committed.offset !== null || committed.error !== null) yield key;
  }
}

function hasSourceCommit(offsets: GroupOffsets | null, topics: MigratedTopics): boolean {
  return [...(offsets?.partitions ?? [])].some(
    ([key, { offset }]) => offset !== null && topics.fromSource(parsePartitionKey(key).topic) !== null,
  );
}

/** Invariant A: absence is proven only by the group's own coordinator, and without an authorization error. */
export function statusOf(listed: ListedGroup | undefined, offsets: GroupOffsets, listing: GroupListing): GroupStatus {
  if (listed !== undefined) {
    return { kind: 'listed', state: listed.state, type: listed.type, protocolType: listed.protocolType };
  }
  if (offsets.error !== null) return { kind: 'unknown', why: whyUnknown(offsets.error) };
  if (offsets.coordinatorId === null || listing.answeredBrokers.has(offsets.coordinatorId)) return { kind: 'absent' };
  return { kind: 'unknown', why: `its coordinator, broker ${offsets.coordinatorId}, did not answer ListGroups` };
}

function whyUnknown(error: string): string {
  return isRefusal(error) ? `the principal may not DESCRIBE the group (${error})` : error;
}

function isRefusal(error: string): boolean {
  return error.endsWith('AUTHORIZATION_FAILED');
}

export function missingBrokerFindings(side: 'source' | 'target', listing: GroupListing): readonly Finding[] {
  const unreached = listing.missingBrokers.filter(({ reason }) => !isRefusal(reason));
  return unreached.map(({ nodeId, reason }) => ({
    rule: 'broker-not-reached',
    severity: 'warning' as const,
    where: `${side} broker ${nodeId}`,
    message: `Broker ${nodeId} of the ${side} did not list its groups: ${reason}. Its groups count as unknown.`,
    hint: 'Check that every broker, not only the bootstrap ones, can be reached from here.',
  }));
}
