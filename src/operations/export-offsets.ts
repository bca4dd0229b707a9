/**
 * Saves the target's committed offsets of the selected groups on migrated topics, and says of what has none that it
 * has none, so that a rollback can take away what came later. What could not be read is not saved, and is a failure.
 */
import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { Finding } from '../domain/finding.ts';
import { committability } from '../domain/groups.ts';
import { judgeGroup } from '../domain/offsets/group-verdict.ts';
import { type MigratedPartition, migratedTopics } from '../domain/offsets/migrated-partitions.ts';
import type { CommitObservation } from '../domain/offsets/observation.ts';
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import { inShard } from '../domain/shard.ts';
import { comparePartitions, parsePartitionKey } from '../domain/topic-partition.ts';
import { MigrationError } from '../errors.ts';
import { commitAmongAll } from './commit-of.ts';
import { type DiscoveredGroup, discoverGroups, missingBrokerFindings } from './discover-groups.ts';
import { expectedTopics, refusedTopics } from './hidden-topics.ts';
import { type Selection, type SyncClusters, selectsGroup, selectsTopic } from './observe-pass.ts';
import { type Judged, offsetOf, outcomeWithoutTranslation } from './outcome-without-translation.ts';
import type { ExportEntry, OffsetsExport } from './ports.ts';
import { readCheckpoints } from './read-internal-topics.ts';

export interface ExportRequest {
  readonly clusters: SyncClusters;
  readonly policy: ReplicationPolicy;
  readonly selection: Selection;
  readonly offsetsExport: OffsetsExport;
  /** Once it aborts nothing more is written. */
  readonly signal: AbortSignal;
}

export interface ExportResult {
  readonly groups: readonly GroupOutcome[];
  readonly findings: readonly Finding[];
  /** Set when there may be groups on the target that nobody has seen; what was seen is saved all the same. */
  readonly incomplete: MigrationError | null;
}

const ENTRIES_AT_ONCE = 10_000;

export async function exportOffsets(request: ExportRequest): Promise<ExportResult> {
  const { groups, findings, unseen } = await observe(request);
  const saved = groups.map(saveGroup);
  const entries = saved.flatMap((group) => group.entries);
  for (let start = 0; start < entries.length && !request.signal.aborted; start += ENTRIES_AT_ONCE) {
    await request.offsetsExport.append(entries.slice(start, start + ENTRIES_AT_ONCE));
  }
  return { groups: saved.map(({ outcome }) => outcome), findings, incomplete: incompleteness(unseen) };
}

/** Migrated topics are those of the source; without one, those that checkpoints name. */
async function observe({ clusters, policy, selection }: ExportRequest) {
  const { source, target } = clusters;
  const [targetTopics, sourceTopics] = await Promise.all([target.listTopics(), source?.listTopics() ?? null]);
  const checkpoints = await readCheckpoints(target, policy, targetTopics);
  if (source !== null && sourceTopics !== null) {
    await refusedTopics(source, expectedTopics({ policy, selection, sourceTopics, targetTopics }));
  }
  const [targetGroups, sourceGroups] = await Promise.all([target.listGroups(), source?.listGroups() ?? null]);
  const checkpointed = new Set([...checkpoints.index.byPartition.keys()].map((key) => parsePartitionKey(key).topic));
  const topics = migratedTopics(
    policy,
    sourceTopics === null ? null : new Set(sourceTopics.keys()),
    checkpointed,
    (topic) => selectsTopic(selection, topic),
  );
  const discovered = await discoverGroups({
    clusters,
    topics,
    targetTopics,
    checkpoints: checkpoints.index,
    targetGroups,
    sourceGroups,
    literals: selection.groups.literals,
    wanted: (groupId) => inShard(groupId, selection.shard) && selectsGroup(selection, groupId),
  });
  const findings: readonly Finding[] = [
    ...checkpoints.findings,
    ...missingBrokerFindings('target', targetGroups),
    ...(sourceGroups === null ? [] : missingBrokerFindings('source', sourceGroups)),
    ...discovered.findings,
    ...(checkpoints.missing === null ? [] : [withoutCheckpoints(checkpoints.missing)]),
  ];
  const selected = ({ sourceTopic, topic }: MigratedPartition) => selectsTopic(selection, sourceTopic ?? topic);
  const groups = discovered.groups.map((group) => ({
    ...group,
    partitions: new Map([...group.partitions].filter(([, partition]) => selected(partition))),
  }));
  return {
    groups: groups.filter(({ partitions }) => partitions.size > 0),
    findings,
    unseen: targetGroups.missingBrokers.map(({ nodeId }) => nodeId),
  };
}

interface SavedGroup {
  readonly outcome: GroupOutcome;
  readonly entries: readonly ExportEntry[];
}

function saveGroup(group: DiscoveredGroup): SavedGroup {
  const entries: ExportEntry[] = [];
  const outcomes: PartitionOutcome[] = [];
  for (const [key, partition] of group.partitions) {
    const commit = commitAmongAll(group.targetOffsets, key);
    const judged = judge(group, commit);
    if (judged.verdict === 'unchanged') entries.push(entryOf(group, partition, commit));
    const offsets = { before: commit, after: offsetOf(commit), wanted: null };
    outcomes.push(outcomeWithoutTranslation(partition, partition.sourceTopic, offsets, judged));
  }
  const { targetStatus: status, sourceStatus } = group;
  const partitions = outcomes.sort(comparePartitions);
  return {
    entries,
    outcome: {
      groupId: group.groupId,
      sourceState: sourceStatus?.kind === 'listed' ? sourceStatus.state : null,
      targetState: status.kind === 'listed' ? status.state : status.kind === 'absent' ? 'absent' : null,
      type: status.kind === 'listed' ? status.type : null,
      verdict: judgeGroup(partitions),
      partitions,
    },
  };
}

/** `unchanged` is what was saved as it stands. */
function judge({ targetStatus: status }: DiscoveredGroup, commit: CommitObservation): Judged {
  if (committability(status) === 'unsupported') {
    const type = status.kind === 'listed' ? status.type : 'unknown';
    return { verdict: 'skipped', reason: 'group-type-unsupported', detail: `type ${type}` };
  }
  if (commit.kind === 'unreadable') {
    return { verdict: 'failed', reason: 'group-state-unknown', detail: `not saved: ${commit.error}` };
  }
  if (commit.kind === 'unstable') {
    return { verdict: 'failed', reason: 'offset-unstable', detail: 'not saved: open transaction on the target' };
  }
  if (commit.kind === 'committed') return { verdict: 'unchanged', reason: null, detail: null };
  // Nothing is committed: whether the group is there at all decides what a rollback has to take away.
  if (status.kind === 'unknown') {
    return { verdict: 'failed', reason: 'group-state-unknown', detail: `not saved: ${status.why}` };
  }
  const detail = status.kind === 'absent' ? 'no offset, and no such group' : 'no offset';
  return { verdict: 'unchanged', reason: null, detail };
}

function entryOf(
  { groupId, targetStatus }: DiscoveredGroup,
  { topic, partition }: MigratedPartition,
  commit: CommitObservation,
): ExportEntry {
  const previous = commit.kind === 'committed' ? commit : null;
  return {
    groupId,
    topic,
    partition,
    // What has an offset exists, whatever the listing of a moment before says.
    groupExisted: targetStatus.kind === 'listed' || previous !== null,
    previousOffset: previous?.offset ?? null,
    previousMetadata: previous?.metadata ?? '',
    previousLeaderEpoch: previous?.leaderEpoch ?? -1,
    intendedOffset: null,
  };
}

/** Groups that have nothing on the target yet are found all the same where there is a source. */
function withoutCheckpoints(missing: MigrationError): Finding {
  return {
    rule: 'checkpoints-topic-missing',
    severity: 'warning',
    where: 'target',
    message: missing.message,
    hint: missing.hint ?? 'Compare source-alias with the connectors.',
  };
}

function incompleteness(unseen: readonly number[]): MigrationError | null {
  if (unseen.length === 0) return null;
  return new MigrationError(
    'KAFKA_REQUEST',
    `The export may lack groups: target brokers ${unseen.join(', ')} did not list theirs.`,
    { hint: 'Check that every broker can be reached from here, then export again.', retriable: true },
  );
}
