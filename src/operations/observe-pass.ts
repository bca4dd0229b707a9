/**
 * Everything one pass knows before it decides. Order of reads (DESIGN §9): checkpoints, then S, then the source's
 * log, offset syncs, the target's log. S after the checkpoints, so that a consumer that moves on never makes a
 * checkpoint look ahead of it; the target last, so that what is bounded by its end is there.
 */
import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { Finding } from '../domain/finding.ts';
import { migratedTopics } from '../domain/offsets/migrated-partitions.ts';
import type { PatternList } from '../domain/patterns.ts';
import { inShard, type Shard } from '../domain/shard.ts';
import type { TopicPartition, TopicPartitionKey } from '../domain/topic-partition.ts';
import { MigrationError } from '../errors.ts';
import { type DiscoveredGroup, discoverGroups, missingBrokerFindings, shortList } from './discover-groups.ts';
import { type PartitionFacts, partitionFacts } from './partition-facts.ts';
import type { ClusterReader, GroupListing, GroupOffsets, OffsetsQuery, TargetCluster } from './ports.ts';
import { type OffsetSyncsView, readCheckpoints, readOffsetSyncs } from './read-internal-topics.ts';

export interface Selection {
  readonly topics: PatternList;
  readonly topicsExclude: PatternList;
  readonly groups: PatternList;
  readonly groupsExclude: PatternList;
  readonly shard: Shard | null;
}

export interface SyncClusters {
  /** null = target-only mode. */
  readonly source: ClusterReader | null;
  readonly target: TargetCluster;
}

export interface PassView {
  /** Sorted by group id. */
  readonly groups: readonly DiscoveredGroup[];
  /** S of every group partition, by group and source partition; empty in target-only mode. */
  readonly sourceOffsets: ReadonlyMap<string, GroupOffsets>;
  readonly sourceGroups: GroupListing | null;
  readonly targetGroups: GroupListing;
  readonly facts: PartitionFacts;
  readonly findings: readonly Finding[];
  /** What keeps every group from being synced as long as it lasts: checkpoints or offset syncs that are not there. */
  readonly internalTopicProblem: MigrationError | null;
  /** Without a source nobody can say that a group named in `groups` will not get its first checkpoint yet. */
  readonly awaitsGroups: boolean;
}

export async function observePass(
  clusters: SyncClusters,
  policy: ReplicationPolicy,
  selection: Selection,
  distrust: string | null,
): Promise<PassView> {
  const { source, target } = clusters;
  const [targetTopics, sourceTopics] = await Promise.all([target.listTopics(), source?.listTopics() ?? null]);
  const checkpoints = await readCheckpoints(target, policy, targetTopics);
  const [targetGroups, sourceGroups] = await Promise.all([target.listGroups(), source?.listGroups() ?? null]);
  const topics = migratedTopics(
    policy,
    sourceTopics === null ? null : new Set(sourceTopics.keys()),
    topicsOf(checkpoints.index.byPartition.keys()),
    (topic) => selectsTopic(selection, topic),
  );
  const { groups, findings: groupFindings } = await discoverGroups({
    clusters,
    topics,
    checkpoints: checkpoints.index,
    targetGroups,
    sourceGroups,
    literals: selection.groups.literals,
    wanted: (groupId) => inShard(groupId, selection.shard),
  });
  const sourceOffsets = source === null ? new Map<string, GroupOffsets>() : await readSourceOffsets(source, groups);
  const facts = await partitionFacts({
    clusters,
    partitions: groups.flatMap((group) => [...group.partitions.values()]),
    targetTopics,
    sourceTopics,
    checkpoints: checkpoints.index,
    distrust,
    readSyncs: () => syncsOf(clusters, policy),
  });
  const notFound = literalFindings(selection, groups);
  return {
    groups,
    sourceOffsets,
    sourceGroups,
    targetGroups,
    facts,
    findings: [
      ...checkpoints.findings,
      ...missingBrokerFindings('target', targetGroups),
      ...(sourceGroups === null ? [] : missingBrokerFindings('source', sourceGroups)),
      ...groupFindings,
      ...keptMetadataFindings(selection, sourceOffsets),
      ...notFound,
    ],
    internalTopicProblem: checkpoints.missing ?? syncsProblem(policy, facts.syncsUnreadable),
    awaitsGroups: source === null && (notFound.length > 0 || groups.length === 0),
  };
}

export function selectsTopic({ topics, topicsExclude }: Selection, sourceTopic: string): boolean {
  return topics.matches(sourceTopic) && !topicsExclude.matches(sourceTopic);
}

function topicsOf(keys: Iterable<TopicPartitionKey>): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const key of keys) topics.add(key.slice(0, key.lastIndexOf('/')));
  return topics;
}

function syncsProblem(policy: ReplicationPolicy, why: string | null): MigrationError | null {
  if (why === null) return null;
  const hint =
    policy.offsetSyncsTopicSide === 'source'
      ? 'Compare target-alias and replication-policy-separator with the connectors, grant READ on the topic, and see that the MirrorSourceConnector runs; with offset-syncs.topic.location=target give offset-syncs-topic-location too.'
      : 'Compare source-alias and replication-policy-separator with the connectors, grant READ on the topic, and see that the MirrorSourceConnector runs with offset-syncs.topic.location=target.';
  const message = `MM2's offset syncs could not be read, and without them no checkpoint can be verified: ${why}.`;
  return new MigrationError('OFFSET_SYNCS_UNREADABLE', message, { hint, retriable: true });
}

/** Names its topics, so that a topic that may not be described says so (invariant D). */
async function readSourceOffsets(
  source: ClusterReader,
  groups: readonly DiscoveredGroup[],
): Promise<ReadonlyMap<string, GroupOffsets>> {
  const queries: OffsetsQuery[] = [];
  for (const group of groups) {
    const partitions: TopicPartition[] = [];
    for (const { sourceTopic, partition } of group.partitions.values()) {
      if (sourceTopic !== null) partitions.push({ topic: sourceTopic, partition });
    }
    if (partitions.length > 0) queries.push({ groupId: group.groupId, partitions });
  }
  return queries.length === 0 ? new Map<string, GroupOffsets>() : source.committedOffsets(queries);
}

async function syncsOf(clusters: SyncClusters, policy: ReplicationPolicy): Promise<OffsetSyncsView | null> {
  if (clusters.source === null) return null;
  return readOffsetSyncs(policy.offsetSyncsTopicSide === 'source' ? clusters.source : clusters.target, policy);
}

/** Invariant L: no marker of ours fits where the source's metadata is kept, so nobody can say who wrote there last. */
function keptMetadataFindings(
  { groups, groupsExclude }: Selection,
  sourceOffsets: ReadonlyMap<string, GroupOffsets>,
): readonly Finding[] {
  const kept: string[] = [];
  for (const { groupId, partitions } of sourceOffsets.values()) {
    const selected = groups.matches(groupId) && !groupsExclude.matches(groupId);
    if (selected && [...partitions.values()].some(({ metadata }) => metadata !== '')) kept.push(groupId);
  }
  if (kept.length === 0) return [];
  return [
    {
      rule: 'commit-metadata-kept',
      severity: 'notice',
      where: 'source',
      message: `${kept.length} groups commit metadata on the source, which is kept: ${shortList(kept)}. No marker of ours fits there, so a later run cannot see that a consumer or an operator has written since.`,
      hint: 'Such a group is only protected from moving back. Once its consumers have moved, leave it out by groups-exclude.',
    },
  ];
}

function literalFindings(selection: Selection, groups: readonly DiscoveredGroup[]): readonly Finding[] {
  const seen = new Set(groups.map((group) => group.groupId));
  return selection.groups.literals
    .filter((literal) => !seen.has(literal) && inShard(literal, selection.shard))
    .map((literal) => ({
      rule: 'group-not-found',
      severity: 'warning' as const,
      where: literal,
      message: `The group ${literal}, named in groups, has no offset on a migrated topic on either cluster.`,
      hint: 'Check its spelling; a group that never committed has nothing to move.',
    }));
}
