/**
 * One batch of groups: read their target offsets again, decide again, export, commit, read back (invariants B and E).
 */
import type { CommitObservation } from '../domain/offsets/observation.ts';
import { type PartitionDecision, type PlannedCommit, planPartition } from '../domain/offsets/plan-offset-sync.ts';
import { type VerifiedCommit, verifyCommit } from '../domain/offsets/verify-commit.ts';
import { parsePartitionKey, type TopicPartitionKey } from '../domain/topic-partition.ts';
import { inRounds, MAX_READ_AGE_MS, onYoungRead, TOO_SLOW } from './batch-rounds.ts';
import { commitAmongAll, commitOf } from './commit-of.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import { observeGroup, observePartition, type SyncRules } from './observe-partition.ts';
import type { PassView } from './observe-pass.ts';
import type {
  Clock,
  CommitOutcome,
  ExportEntry,
  GroupCommit,
  GroupOffsets,
  OffsetsExport,
  OffsetsQuery,
  TargetCluster,
} from './ports.ts';
import type { RunMemory } from './run-memory.ts';

export interface BatchDeps {
  readonly target: TargetCluster;
  readonly offsetsExport: OffsetsExport;
  readonly clock: Clock;
  readonly rules: SyncRules;
  readonly memory: RunMemory;
  /** Once it aborts nothing new is taken. */
  readonly signal: AbortSignal;
}

export interface PlannedGroup {
  readonly group: DiscoveredGroup;
  /** The partitions that the first look would commit. */
  readonly keys: readonly TopicPartitionKey[];
}

export interface DecidedPartition {
  readonly decision: PartitionDecision;
  readonly target: CommitObservation;
  /** null when the second look found nothing to commit. */
  readonly verified: VerifiedCommit | null;
}

export type BatchResult = ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, DecidedPartition>>;

interface Decided {
  readonly group: DiscoveredGroup;
  readonly key: TopicPartitionKey;
  readonly decision: PartitionDecision;
  readonly target: CommitObservation;
}

export async function commitBatch(
  deps: BatchDeps,
  view: PassView,
  batch: readonly PlannedGroup[],
): Promise<BatchResult> {
  const result = new Map<string, Map<TopicPartitionKey, DecidedPartition>>();
  const once = async (todo: readonly PlannedGroup[]) => {
    const { done, notSent } = await commitOnce(deps, view, todo);
    merge(result, done);
    return notSent;
  };
  await inRounds(batch, once, deps);
  return result;
}

function merge(into: Map<string, Map<TopicPartitionKey, DecidedPartition>>, done: BatchResult): void {
  for (const [groupId, partitions] of done) {
    const merged = into.get(groupId) ?? new Map<TopicPartitionKey, DecidedPartition>();
    for (const [key, decided] of partitions) merged.set(key, decided);
    into.set(groupId, merged);
  }
}

interface Round {
  readonly done: BatchResult;
  readonly notSent: readonly PlannedGroup[];
}

async function commitOnce(deps: BatchDeps, view: PassView, batch: readonly PlannedGroup[]): Promise<Round> {
  const { decided, readAtMs } = await decideAndExport(deps, view, batch);
  const commits = commitsOf(decided);
  if (commits.length === 0) return { done: resultOf(decided, new Map(), new Map()), notSent: [] };
  const answers = await deps.target.commitOffsets(commits, readAtMs + MAX_READ_AGE_MS);
  const readBack = await deps.target.committedOffsets(
    commits.map(({ groupId, offsets }) => ({ groupId, partitions: offsets })),
  );
  const outcomes = new Map([...answers].map(([groupId, result]) => [groupId, result.partitions]));
  return { done: resultOf(decided, outcomes, readBack), notSent: notSentOf(batch, outcomes) };
}

function notSentOf(
  batch: readonly PlannedGroup[],
  outcomes: ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, CommitOutcome>>,
): readonly PlannedGroup[] {
  return batch.flatMap(({ group, keys }) => {
    const left = keys.filter((key) => outcomes.get(group.groupId)?.get(key)?.kind === 'not-sent');
    return left.length === 0 ? [] : [{ group, keys: left }];
  });
}

async function decideAndExport(
  deps: BatchDeps,
  view: PassView,
  batch: readonly PlannedGroup[],
): Promise<{ readonly decided: readonly Decided[]; readonly readAtMs: number }> {
  const { value, readAtMs, inTime } = await onYoungRead(deps.clock, async () => {
    const decided = decide(deps, view, batch, await deps.target.committedOffsets(batch.map(queryOf)));
    await deps.offsetsExport.append(decided.flatMap(exportEntry));
    return decided;
  });
  return { decided: inTime ? value : value.map(tooSlow), readAtMs };
}

function queryOf({ group, keys }: PlannedGroup): OffsetsQuery {
  return { groupId: group.groupId, partitions: keys.map(parsePartitionKey) };
}

function decide(
  deps: BatchDeps,
  view: PassView,
  batch: readonly PlannedGroup[],
  offsets: ReadonlyMap<string, GroupOffsets>,
): readonly Decided[] {
  return batch.flatMap(({ group, keys }) => {
    const observed = observeGroup(group, deps.rules);
    const targetOffsets = offsets.get(group.groupId) ?? missing(group.groupId);
    return keys.flatMap((key) => {
      const partition = group.partitions.get(key);
      if (partition === undefined) return [];
      const first = commitAmongAll(group.targetOffsets, key);
      const seen = observePartition({
        view,
        group,
        partition,
        target: commitOf(targetOffsets, key),
        targetLastSeen: first.kind === 'committed' ? first.offset : null,
        selection: deps.rules.selection,
      });
      return [{ group, key, decision: planPartition(observed, seen), target: seen.target }];
    });
  });
}

function missing(groupId: string): GroupOffsets {
  return { groupId, coordinatorId: null, error: 'NO_ANSWER', partitions: new Map() };
}

function tooSlow(decided: Decided): Decided {
  if (decided.decision.commit === null) return decided;
  const decision = {
    ...decided.decision,
    verdict: 'pending' as const,
    reason: 'group-state-unknown' as const,
    detail: TOO_SLOW,
    commit: null,
  };
  return { ...decided, decision };
}

function exportEntry({ group, key, decision, target }: Decided): readonly ExportEntry[] {
  if (decision.commit === null) return [];
  const previous = target.kind === 'committed' ? target : null;
  return [
    {
      ...parsePartitionKey(key),
      groupId: group.groupId,
      groupExisted: group.targetStatus.kind === 'listed',
      previousOffset: previous?.offset ?? null,
      previousMetadata: previous?.metadata ?? '',
      previousLeaderEpoch: previous?.leaderEpoch ?? -1,
      intendedOffset: decision.commit.offset,
    },
  ];
}

function commitsOf(decided: readonly Decided[]): readonly GroupCommit[] {
  const byGroup = new Map<string, GroupCommit['offsets'][number][]>();
  for (const { group, key, decision } of decided) {
    if (decision.commit === null) continue;
    const offsets = byGroup.get(group.groupId) ?? [];
    offsets.push({ ...parsePartitionKey(key), ...decision.commit });
    byGroup.set(group.groupId, offsets);
  }
  return [...byGroup].map(([groupId, offsets]) => ({ groupId, offsets }));
}

function resultOf(
  decided: readonly Decided[],
  answers: ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, CommitOutcome>>,
  readBack: ReadonlyMap<string, GroupOffsets>,
): BatchResult {
  const result = new Map<string, Map<TopicPartitionKey, DecidedPartition>>();
  for (const { group, key, decision, target } of decided) {
    const verified =
      decision.commit === null
        ? null
        : verify(decision.commit, answers.get(group.groupId)?.get(key), readBack.get(group.groupId), key);
    const partitions = result.get(group.groupId) ?? new Map<TopicPartitionKey, DecidedPartition>();
    partitions.set(key, { decision, target, verified });
    result.set(group.groupId, partitions);
  }
  return result;
}

function verify(
  commit: PlannedCommit,
  answer: CommitOutcome | undefined,
  readBack: GroupOffsets | undefined,
  key: TopicPartitionKey,
): VerifiedCommit {
  const known = answer ?? { kind: 'unknown' as const, reason: 'the broker did not mention the partition' };
  return verifyCommit(commit, known, commitOf(readBack, key));
}
