/**
 * Everything one pass knows before it decides. Order of reads (DESIGN §9): checkpoints, then S, then the source's
 * log, offset syncs, the target's log, records. S after the checkpoints, so that a consumer that moves on never makes a
 * checkpoint look ahead of it; the target after the syncs, so that what is bounded by its end is there.
 */
import { CheckpointIndexBuilder } from '../domain/checkpoints/checkpoint-index.ts';
import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { Finding } from '../domain/finding.ts';
import { migratedTopics } from '../domain/offsets/migrated-partitions.ts';
import { inShard } from '../domain/shard.ts';
import { type TopicPartition, topicsOf } from '../domain/topic-partition.ts';
import { MigrationError } from '../errors.ts';
import { type Comparison, compareRecords, type RecordsView } from './compare-records.ts';
import {
  type DiscoveredGroup,
  type Discovery,
  discoverGroups,
  missingBrokerFindings,
  shortList,
  type UnreadGroup,
} from './discover-groups.ts';
import { expectedTopics, refusedTopics, unlisted } from './hidden-topics.ts';
import { type FactsRequest, type PartitionFacts, partitionFacts } from './partition-facts.ts';
import type { ClusterReader, GroupListing, GroupOffsets, OffsetsQuery, TargetCluster } from './ports.ts';
import { type CheckpointsView, readCheckpoints } from './read-internal-topics.ts';
import { type Selection, selectsGroup, selectsTopic } from './selection.ts';
import { SyncsReading } from './syncs-reading.ts';

export { type Selection, selectsGroup, selectsTopic } from './selection.ts';

export interface SyncClusters {
  /** null = target-only mode. */
  readonly source: ClusterReader | null;
  readonly target: TargetCluster;
}

export interface PassView {
  /** Sorted by group id. */
  readonly groups: readonly DiscoveredGroup[];
  /** Groups whose offsets one side did not give. */
  readonly unread: readonly UnreadGroup[];
  /** What the groups were found by, before the shard was taken of them. */
  readonly discovery: Omit<Discovery, 'wanted'>;
  /** S of every group partition, by group and source partition; empty in target-only mode. */
  readonly sourceOffsets: ReadonlyMap<string, GroupOffsets>;
  readonly sourceGroups: GroupListing | null;
  readonly targetGroups: GroupListing;
  readonly facts: PartitionFacts;
  /** null when no records were compared: target-only mode, translation by checkpoint, nothing to compare. */
  readonly records: RecordsView | null;
  readonly findings: readonly Finding[];
  /** What keeps every group from being synced as long as it lasts: checkpoints or offset syncs that are not there. */
  readonly internalTopicProblem: MigrationError | null;
  /** Without a source nobody can say that a group named in `groups` will not get its first checkpoint yet. */
  readonly awaitsGroups: boolean;
}

export interface PassRequest {
  readonly clusters: SyncClusters;
  readonly policy: ReplicationPolicy;
  readonly selection: Selection;
  /** Why no checkpoint of this MM2 runtime may serve; null when it may, or when its version is not known. */
  readonly distrust: string | null;
  /** null: translation by MM2's checkpoints alone. */
  readonly comparison: Comparison | null;
}

export async function observePass(request: PassRequest): Promise<PassView> {
  const { clusters, policy, selection, distrust, comparison } = request;
  const { source } = clusters;
  const compares = source !== null && comparison !== null;
  const { targetTopics, sourceTopics, checkpoints, discovery, discovered } = await discover(request);
  const { targetGroups, sourceGroups } = discovery;
  const { groups, unread } = discovered;
  const sourceOffsets = source === null ? new Map<string, GroupOffsets>() : await readSourceOffsets(source, groups);
  const syncs = new SyncsReading(request);
  const asked: FactsRequest = {
    clusters,
    partitions: groups.flatMap((group) => [...group.partitions.values()]),
    targetTopics,
    sourceTopics,
    checkpoints: checkpoints.index,
    distrust,
    readSyncs: () => syncs.read(),
  };
  const facts = await partitionFacts(asked);
  if (source !== null && sourceTopics !== null) {
    const names = unlisted(syncs.topics(), { policy, selection, sourceTopics });
    await refusedTopics(source, [...expectedTopics({ policy, selection, sourceTopics, targetTopics }), ...names]);
  }
  const records = !compares
    ? null
    : await compareRecords({
        comparison,
        groups: groups.filter(({ groupId }) => selectsGroup(selection, groupId)),
        selectsTopic: (topic) => selectsTopic(selection, topic),
        sourceOffsets,
        asked,
        facts,
      });
  const notFound = literalFindings(selection, groups);
  const problem = checkpoints.missing ?? syncs.refusal ?? syncsProblem(policy, facts.syncsUnreadable);
  const isNeeded = records?.decidesAll !== true;
  return {
    groups,
    unread,
    discovery,
    sourceOffsets,
    sourceGroups,
    targetGroups,
    facts: records?.facts ?? facts,
    records,
    findings: [
      ...checkpoints.findings,
      ...missingBrokerFindings('target', targetGroups),
      ...(sourceGroups === null ? [] : missingBrokerFindings('source', sourceGroups)),
      ...discovered.findings,
      ...keptMetadataFindings(selection, sourceOffsets),
      ...notFound,
      ...(records?.findings ?? []),
      ...(isNeeded ? [] : notNeededFinding(problem)),
    ],
    internalTopicProblem: isNeeded ? problem : null,
    awaitsGroups: source === null && (notFound.length > 0 || groups.length === 0),
  };
}

/** Checkpoints before the groups and their offsets, so that none of them looks ahead. */
async function discover({ clusters, policy, selection, comparison }: PassRequest) {
  const { source, target } = clusters;
  const [targetTopics, sourceTopics] = await Promise.all([target.listTopics(), source?.listTopics() ?? null]);
  const reading = readCheckpoints(target, policy, targetTopics);
  const compares = source !== null && comparison !== null;
  const checkpoints = await (compares ? reading.catch(withoutCheckpoints) : reading);
  const [targetGroups, sourceGroups] = await Promise.all([target.listGroups(), source?.listGroups() ?? null]);
  const discovery: Omit<Discovery, 'wanted'> = {
    clusters,
    topics: migratedTopics(
      policy,
      sourceTopics === null ? null : new Set(sourceTopics.keys()),
      topicsOf(checkpoints.index.byPartition.keys()),
      (topic) => selectsTopic(selection, topic),
    ),
    targetTopics,
    checkpoints: checkpoints.index,
    targetGroups,
    sourceGroups,
    literals: selection.groups.literals,
  };
  const wanted = (groupId: string) => inShard(groupId, selection.shard);
  const discovered = await discoverGroups({ ...discovery, wanted });
  return { targetTopics, sourceTopics, checkpoints, discovery, discovered };
}

/** Comparing records does without checkpoints, so a right that is missing for them is nothing that ends the run. */
function withoutCheckpoints(error: unknown): CheckpointsView {
  if (!isRefusal(error)) throw error;
  return { index: new CheckpointIndexBuilder().build(), missing: error, findings: [] };
}

function isRefusal(error: unknown): error is MigrationError {
  return error instanceof MigrationError && error.code === 'KAFKA_AUTHORIZATION';
}

function notNeededFinding(problem: MigrationError | null): readonly Finding[] {
  // What is refused, the run tells as a right that is missing.
  if (problem === null || problem.code === 'KAFKA_AUTHORIZATION') return [];
  const rule = problem.code.toLowerCase().replaceAll('_', '-');
  const message = `${problem.message} Every offset was translated by its records all the same.`;
  return [{ rule, severity: 'warning', where: 'target', message, hint: problem.hint ?? '' }];
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

/** Invariant L: no marker of ours fits where the source's metadata is kept, so nobody can say who wrote there last. */
function keptMetadataFindings(
  selection: Selection,
  sourceOffsets: ReadonlyMap<string, GroupOffsets>,
): readonly Finding[] {
  const kept: string[] = [];
  for (const { groupId, partitions } of sourceOffsets.values()) {
    const selected = selectsGroup(selection, groupId);
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
      message: `The group ${literal}, named in groups, has no offset on a migrated topic that can be seen on either cluster.`,
      hint: 'Check its spelling; a group that never committed has nothing to move.',
    }));
}
