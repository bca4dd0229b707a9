/**
 * One batch of groups: read states and offsets again, decide again, export what is there now, commit or remove, read
 * back (invariants B and E).
 */
import type { CommitObservation } from '../../domain/offsets/observation.ts';
import type { CommitAnswer, VerifiedCommit } from '../../domain/offsets/verify-commit.ts';
import type { RollbackDecision } from '../../domain/rollback/plan-rollback.ts';
import type { SavedGroup, SavedPartition } from '../../domain/rollback/saved-offsets.ts';
import { verifyRestoration } from '../../domain/rollback/verify-restoration.ts';
import type { TopicPartition, TopicPartitionKey } from '../../domain/topic-partition.ts';
import { inRounds, MAX_READ_AGE_MS, onYoungRead, TOO_SLOW } from '../batch-rounds.ts';
import { commitOf } from '../commit-of.ts';
import type { Clock, ExportEntry, GroupCommit, GroupOffsets, OffsetsExport, OffsetsQuery } from '../ports.ts';
import {
  type Decided,
  decideGroup,
  groupStatus,
  listGroups,
  type RollbackRules,
  type RollbackView,
} from './observe-restorations.ts';
import type { OffsetRemoval, RestoringCluster } from './rollback-ports.ts';

export interface RestoreDeps {
  readonly target: RestoringCluster;
  readonly offsetsExport: OffsetsExport;
  readonly clock: Clock;
  readonly rules: RollbackRules;
  /** Once it aborts nothing new is taken. */
  readonly signal: AbortSignal;
}

export interface PlannedGroup {
  readonly group: SavedGroup;
  /** The partitions that the first look would restore. */
  readonly keys: readonly TopicPartitionKey[];
}

export interface Restored {
  readonly decision: RollbackDecision;
  readonly target: CommitObservation;
  /** null when the second look found nothing to do. */
  readonly verified: VerifiedCommit | null;
}

export type BatchResult = ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, Restored>>;

interface Sent {
  readonly group: SavedGroup;
  readonly key: TopicPartitionKey;
  readonly decided: Decided;
  readonly existed: boolean;
}

type Answers = ReadonlyMap<string, { readonly partitions: ReadonlyMap<TopicPartitionKey, CommitAnswer> }>;

export async function restoreBatch(
  deps: RestoreDeps,
  view: RollbackView,
  batch: readonly PlannedGroup[],
): Promise<BatchResult> {
  const result = new Map<string, Map<TopicPartitionKey, Restored>>();
  const once = async (todo: readonly PlannedGroup[]) => {
    const { decided, answers, readBack } = await restoreOnce(deps, view, todo);
    for (const one of decided) {
      const partitions = result.get(one.group.groupId) ?? new Map<TopicPartitionKey, Restored>();
      partitions.set(one.key, restored(one, answers, readBack));
      result.set(one.group.groupId, partitions);
    }
    return todo.flatMap(({ group, keys }) => {
      const left = keys.filter((key) => answers.get(group.groupId)?.get(key)?.kind === 'not-sent');
      return left.length === 0 ? [] : [{ group, keys: left }];
    });
  };
  await inRounds(batch, once, deps);
  return result;
}

async function restoreOnce(deps: RestoreDeps, view: RollbackView, batch: readonly PlannedGroup[]) {
  const { decided, readAtMs } = await decideAndExport(deps, view, batch);
  const commits = commitsOf(decided);
  const removals = removalsOf(decided);
  const notAfter = readAtMs + MAX_READ_AGE_MS;
  const [committed, removed] = await Promise.all([
    commits.length === 0 ? NO_ANSWERS : deps.target.commitOffsets(commits, notAfter),
    removals.length === 0 ? NO_ANSWERS : deps.target.deleteOffsets(removals, notAfter),
  ]);
  const queries = queriesOf(decided);
  const readBack = queries.length === 0 ? NOTHING_READ : await deps.target.committedOffsets(queries);
  return { decided, answers: merged(committed, removed), readBack };
}

/**
 * States are listed anew: the broker refuses a commit to a group that has members, but removes the offset of a topic
 * that none of them is subscribed to.
 */
async function decideAndExport(
  { target, offsetsExport, clock, rules }: RestoreDeps,
  view: RollbackView,
  batch: readonly PlannedGroup[],
): Promise<{ readonly decided: readonly Sent[]; readonly readAtMs: number }> {
  const listed = await listGroups(target);
  const prepared = await onYoungRead(clock, async () => {
    const offsets = await target.committedOffsets(batch.map(queryOf));
    const now = { ...view, listed, offsets };
    const decided = batch.flatMap(({ group, keys }) => {
      const existed = groupStatus(now, group.groupId).kind === 'listed';
      return [...decideGroup(rules, now, group, keys)].map(([key, one]) => ({ group, key, decided: one, existed }));
    });
    await offsetsExport.append(decided.flatMap(exportEntry));
    return decided;
  });
  const { value, readAtMs, inTime } = prepared;
  return { decided: inTime ? value : value.map(tooSlow), readAtMs };
}

function queryOf({ group, keys }: PlannedGroup): OffsetsQuery {
  const partitions = keys.flatMap((key): readonly TopicPartition[] => {
    const saved = group.partitions.get(key);
    return saved === undefined ? [] : [saved];
  });
  return { groupId: group.groupId, partitions };
}

function tooSlow(sent: Sent): Sent {
  if (sent.decided.decision.restoration === null) return sent;
  const decision: RollbackDecision = {
    verdict: 'pending',
    reason: 'group-state-unknown',
    detail: TOO_SLOW,
    restoration: null,
  };
  return { ...sent, decided: { ...sent.decided, decision } };
}

/** The rollback's own export, by which it can be undone. */
function exportEntry({ group, decided: { saved, target, decision }, existed }: Sent): readonly ExportEntry[] {
  const { restoration } = decision;
  if (restoration === null) return [];
  const previous = target.kind === 'committed' ? target : null;
  return [
    {
      groupId: group.groupId,
      topic: saved.topic,
      partition: saved.partition,
      groupExisted: existed,
      previousOffset: previous?.offset ?? null,
      previousMetadata: previous?.metadata ?? '',
      previousLeaderEpoch: previous?.leaderEpoch ?? -1,
      intendedOffset: restoration.kind === 'commit' ? restoration.commit.offset : 'removed',
    },
  ];
}

function commitsOf(decided: readonly Sent[]): readonly GroupCommit[] {
  return byGroup(decided, ({ decided: { saved, decision } }) =>
    decision.restoration?.kind === 'commit' ? { ...place(saved), ...decision.restoration.commit } : null,
  );
}

function removalsOf(decided: readonly Sent[]): readonly OffsetRemoval[] {
  return byGroup(decided, ({ decided: { saved, decision } }) =>
    decision.restoration?.kind === 'remove' ? place(saved) : null,
  );
}

function queriesOf(decided: readonly Sent[]): readonly OffsetsQuery[] {
  const named = byGroup(decided, ({ decided: { saved, decision } }) =>
    decision.restoration === null ? null : place(saved),
  );
  return named.map(({ groupId, offsets }) => ({ groupId, partitions: offsets }));
}

function place({ topic, partition }: SavedPartition): TopicPartition {
  return { topic, partition };
}

function byGroup<Offset>(
  decided: readonly Sent[],
  offsetOf: (sent: Sent) => Offset | null,
): readonly { readonly groupId: string; readonly offsets: readonly Offset[] }[] {
  const groups = new Map<string, Offset[]>();
  for (const sent of decided) {
    const offset = offsetOf(sent);
    if (offset === null) continue;
    const offsets = groups.get(sent.group.groupId) ?? [];
    offsets.push(offset);
    groups.set(sent.group.groupId, offsets);
  }
  return [...groups].map(([groupId, offsets]) => ({ groupId, offsets }));
}

const NO_ANSWERS: Answers = new Map();
const NOTHING_READ: ReadonlyMap<string, GroupOffsets> = new Map();

function merged(...all: readonly Answers[]): ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, CommitAnswer>> {
  const answers = new Map<string, Map<TopicPartitionKey, CommitAnswer>>();
  for (const [groupId, { partitions }] of all.flatMap((one) => [...one])) {
    answers.set(groupId, new Map([...(answers.get(groupId) ?? []), ...partitions]));
  }
  return answers;
}

function restored(
  { group, key, decided: { decision, target } }: Sent,
  answers: ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, CommitAnswer>>,
  readBack: ReadonlyMap<string, GroupOffsets>,
): Restored {
  if (decision.restoration === null) return { decision, target, verified: null };
  const answer = answers.get(group.groupId)?.get(key) ?? NOT_MENTIONED;
  const seen = commitOf(readBack.get(group.groupId), key);
  return { decision, target, verified: verifyRestoration(decision.restoration, target, answer, seen) };
}

const NOT_MENTIONED: CommitAnswer = { kind: 'unknown', reason: 'the broker did not mention the partition' };
