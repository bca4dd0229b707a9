/** One pass: observe, plan, and — unless it is a dry run — commit batch by batch; one outcome for every partition. */

import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { judgeGroup } from '../domain/offsets/group-verdict.ts';
import type { CommitObservation, PartitionObservation } from '../domain/offsets/observation.ts';
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import { type PartitionDecision, planPartition } from '../domain/offsets/plan-offset-sync.ts';
import { comparePartitions, type TopicPartitionKey } from '../domain/topic-partition.ts';
import { type BatchDeps, commitBatch, type DecidedPartition, type PlannedGroup } from './commit-batch.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import { commitAmongAll, observeGroup, observePartition } from './observe-partition.ts';
import { observePass, type PassView, type SyncClusters } from './observe-pass.ts';
import { untilAborted } from './until-aborted.ts';

/** Bounds of a batch: small enough to read, export and start committing well within 2 s (invariant B). */
export const MAX_BATCH_GROUPS = 500;
const MAX_BATCH_PARTITIONS = 10_000;

export interface PassDeps extends BatchDeps {
  readonly clusters: SyncClusters;
  readonly policy: ReplicationPolicy;
  readonly dryRun: boolean;
  /** Why no checkpoint of this MM2 runtime may serve; null when it may, or when its version is not known. */
  readonly distrust: string | null;
  readonly onBatch: (done: { readonly groups: number; readonly of: number }) => void;
}

export interface PassOutcome {
  readonly view: PassView;
  readonly groups: readonly GroupOutcome[];
  /** What ended the pass in the middle of its commits; `groups` says what was done before, and what is not known. */
  readonly failure: { readonly error: unknown } | null;
}

interface Looked {
  readonly seen: PartitionObservation;
  readonly decision: PartitionDecision;
}

type GroupLook = ReadonlyMap<TopicPartitionKey, Looked>;

/** How far the commits have come; it can be read at any moment. */
interface CommitProgress {
  readonly committed: Map<string, ReadonlyMap<TopicPartitionKey, DecidedPartition>>;
  /** Groups of the batch that is being committed. */
  underWay: ReadonlySet<string>;
}

/** null when it was cancelled before anything was decided. Errors: those of the observation only. */
export async function runPass(deps: PassDeps): Promise<PassOutcome | null> {
  const observing = observePass(deps.clusters, deps.policy, deps.rules.selection, deps.distrust);
  const view = await untilAborted(observing, deps);
  if (view === null || deps.signal.aborted) return null;
  const looks = new Map(view.groups.map((group) => [group.groupId, lookAt(deps, view, group)]));
  const progress: CommitProgress = { committed: new Map(), underWay: NO_GROUPS };
  const failure = deps.dryRun ? null : await commitUntilEnd(deps, view, looks, progress);
  const groups = view.groups.map((group) =>
    groupOutcome(deps, group, looks.get(group.groupId) ?? new Map(), progressOf(progress, group.groupId)),
  );
  return { view, groups, failure };
}

const NO_GROUPS: ReadonlySet<string> = new Set();

async function commitUntilEnd(
  deps: PassDeps,
  view: PassView,
  looks: ReadonlyMap<string, GroupLook>,
  progress: CommitProgress,
): Promise<PassOutcome['failure']> {
  try {
    await untilAborted(commitPlanned(deps, view, looks, progress), deps);
    return null;
  } catch (error) {
    return { error };
  }
}

function lookAt(deps: PassDeps, view: PassView, group: DiscoveredGroup): GroupLook {
  const observed = observeGroup(group, deps.rules);
  const looks = new Map<TopicPartitionKey, Looked>();
  for (const [key, partition] of group.partitions) {
    const seen = observePartition({
      view,
      group,
      partition,
      target: commitAmongAll(group.targetOffsets, key),
      targetLastSeen: deps.memory.lastSeen(group.groupId, key),
      selection: deps.rules.selection,
    });
    looks.set(key, { seen, decision: planPartition(observed, seen) });
  }
  return looks;
}

async function commitPlanned(
  deps: PassDeps,
  view: PassView,
  looks: ReadonlyMap<string, GroupLook>,
  progress: CommitProgress,
): Promise<void> {
  const planned = view.groups.flatMap((group) => plannedKeys(group, looks.get(group.groupId)));
  let done = 0;
  for (const batch of batches(planned)) {
    if (deps.signal.aborted) return;
    progress.underWay = new Set(batch.map(({ group }) => group.groupId));
    for (const [groupId, partitions] of await commitBatch(deps, view, batch)) {
      progress.committed.set(groupId, partitions);
    }
    progress.underWay = NO_GROUPS;
    done += batch.length;
    deps.onBatch({ groups: done, of: planned.length });
  }
}

function plannedKeys(group: DiscoveredGroup, look: GroupLook | undefined): readonly PlannedGroup[] {
  const keys = [...(look ?? [])].filter(([, { decision }]) => decision.commit !== null).map(([key]) => key);
  return keys.length === 0 ? [] : [{ group, keys }];
}

export function* batches(planned: readonly PlannedGroup[]): Iterable<readonly PlannedGroup[]> {
  let batch: PlannedGroup[] = [];
  let partitions = 0;
  for (const group of planned) {
    const full = batch.length >= MAX_BATCH_GROUPS || partitions + group.keys.length > MAX_BATCH_PARTITIONS;
    if (full && batch.length > 0) {
      yield batch;
      batch = [];
      partitions = 0;
    }
    batch.push(group);
    partitions += group.keys.length;
  }
  if (batch.length > 0) yield batch;
}

interface GroupProgress {
  readonly committed: ReadonlyMap<TopicPartitionKey, DecidedPartition> | undefined;
  readonly underWay: boolean;
}

function progressOf({ committed, underWay }: CommitProgress, groupId: string): GroupProgress {
  return { committed: committed.get(groupId), underWay: underWay.has(groupId) };
}

function groupOutcome(
  deps: PassDeps,
  group: DiscoveredGroup,
  look: GroupLook,
  { committed, underWay }: GroupProgress,
): GroupOutcome {
  const partitions = [...look]
    .map(([key, looked]) => {
      if (underWay && looked.decision.commit !== null) return unknownOutcome(deps, group, key, looked);
      return partitionOutcome(deps, group, key, looked, committed?.get(key));
    })
    .sort(comparePartitions);
  const status = group.targetStatus;
  const listed = status.kind === 'listed' ? status : null;
  const source = group.sourceStatus;
  return {
    groupId: group.groupId,
    sourceState: source === null ? null : stateOf(source),
    targetState: stateOf(status),
    type: listed?.type ?? (source?.kind === 'listed' ? source.type : null),
    verdict: judgeGroup(partitions),
    partitions,
  };
}

function stateOf(status: DiscoveredGroup['targetStatus']): string | null {
  if (status.kind === 'listed') return status.state;
  return status.kind === 'absent' ? 'absent' : null;
}

function partitionOutcome(
  deps: PassDeps,
  group: DiscoveredGroup,
  key: TopicPartitionKey,
  { seen, decision: firstDecision }: Looked,
  committed: DecidedPartition | undefined,
): PartitionOutcome {
  const decision = committed?.decision ?? firstDecision;
  const now = offsetOf(committed?.target ?? seen.target);
  const readable = (committed?.target ?? seen.target).kind !== 'unreadable';
  const targetBefore = deps.memory.before(group.groupId, key, now);
  const verified = committed?.verified ?? null;
  const targetAfter = verified === null ? now : verified.targetAfter;
  if (readable) deps.memory.see(group.groupId, key, now);
  if (verified !== null && verified.targetAfter !== null) deps.memory.see(group.groupId, key, verified.targetAfter);
  const delta = decision.translated === null || targetAfter === null ? null : decision.translated - targetAfter;
  const source = seen.source;
  return {
    topic: seen.topic,
    partition: seen.partition,
    sourceTopic: seen.sourceTopic,
    sourceCommitted: source === null ? null : offsetOf(source.commit),
    sourceLogEnd: source?.range != null && 'highWatermark' in source.range ? source.range.highWatermark : null,
    checkpointUpstream: seen.checkpoint?.upstreamOffset ?? null,
    checkpointDownstream: seen.checkpoint?.downstreamOffset ?? null,
    translated: decision.translated,
    translation: decision.translation,
    proof: decision.proof,
    targetBefore,
    targetAfter,
    targetLogStart: seen.downstream.kind === 'range' ? seen.downstream.range.logStart : null,
    targetHighWatermark: seen.downstream.kind === 'range' ? seen.downstream.range.highWatermark : null,
    delta,
    redelivered: null,
    redeliveredMax: null,
    ...verdictOf(deps, decision, verified),
  };
}

/** The run ended while the commit was under way: neither the answer nor the read-back has come. */
function unknownOutcome(
  deps: PassDeps,
  group: DiscoveredGroup,
  key: TopicPartitionKey,
  looked: Looked,
): PartitionOutcome {
  return {
    ...partitionOutcome(deps, group, key, looked, undefined),
    targetAfter: null,
    delta: null,
    verdict: 'pending',
    reason: 'group-state-unknown',
    detail: 'the run ended while this commit was under way: whether it took effect is not known',
  };
}

function verdictOf(
  deps: PassDeps,
  decision: PartitionDecision,
  verified: DecidedPartition['verified'],
): Pick<PartitionOutcome, 'verdict' | 'reason' | 'detail'> {
  if (verified !== null) {
    const { verdict, reason, detail } = verified;
    return { verdict, reason: reason ?? decision.reason, detail: detail ?? decision.detail };
  }
  const notTaken = decision.verdict === 'planned' && !deps.dryRun;
  const detail = notTaken ? 'the run ended before this commit' : decision.detail;
  return { verdict: decision.verdict, reason: decision.reason, detail };
}

function offsetOf(commit: CommitObservation): bigint | null {
  return commit.kind === 'committed' ? commit.offset : null;
}
