/** One pass: observe, plan, and — unless it is a dry run — commit batch by batch; one outcome for every partition. */

import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import { planPartition } from '../domain/offsets/plan-offset-sync.ts';
import type { TopicPartitionKey } from '../domain/topic-partition.ts';
import { batches } from './batch-rounds.ts';
import { type BatchDeps, commitBatch, type DecidedPartition, type PlannedGroup } from './commit-batch.ts';
import { commitAmongAll } from './commit-of.ts';
import type { Comparison } from './compare-records.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import { type GroupLook, type GroupProgress, groupOutcome, type Looked } from './group-outcome.ts';
import { observeGroup, observePartition } from './observe-partition.ts';
import { observePass, type PassView, type SyncClusters } from './observe-pass.ts';
import { untilAborted } from './until-aborted.ts';

export interface PassDeps extends BatchDeps {
  readonly clusters: SyncClusters;
  readonly policy: ReplicationPolicy;
  readonly dryRun: boolean;
  /** Why no checkpoint of this MM2 runtime may serve; null when it may, or when its version is not known. */
  readonly distrust: string | null;
  /** How records are compared; null: translation by MM2's checkpoints alone. */
  readonly comparison: Omit<Comparison, 'signal'> | null;
  readonly onBatch: (done: { readonly groups: number; readonly of: number }) => void;
}

export interface PassOutcome {
  readonly view: PassView;
  readonly groups: readonly GroupOutcome[];
  /** What ended the pass in the middle of its commits; `groups` says what was done before, and what is not known. */
  readonly failure: { readonly error: unknown } | null;
}

/** How far the commits have come; it can be read at any moment. */
interface CommitProgress {
  readonly committed: Map<string, ReadonlyMap<TopicPartitionKey, DecidedPartition>>;
  /** Groups of the batch that is being committed. */
  underWay: ReadonlySet<string>;
}

/** null when it was cancelled before anything was decided. Errors: those of the observation only. */
export async function runPass(deps: PassDeps): Promise<PassOutcome | null> {
  const { clusters, policy, distrust, signal } = deps;
  const comparison = deps.comparison === null ? null : { ...deps.comparison, signal };
  const observing = observePass({ clusters, policy, distrust, comparison, selection: deps.rules.selection });
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

function progressOf({ committed, underWay }: CommitProgress, groupId: string): GroupProgress {
  return { committed: committed.get(groupId), underWay: underWay.has(groupId) };
}
