/** Runs the rollback operation on a target in memory, for faults that a real cluster can't make on demand. */
import type { SavedOffsets } from '../../src/domain/rollback/saved-offsets.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../src/domain/topic-partition.ts';
import type { Clock, CommitOutcome, ExportEntry, GroupCommitResult } from '../../src/operations/ports.ts';
import { type RollbackPlan, type RollbackResult, rollback } from '../../src/operations/rollback/rollback.ts';
import type { OffsetRemoval, RestoringCluster } from '../../src/operations/rollback/rollback-ports.ts';
import { COPY, FakeCluster } from './fake-clusters.ts';
import { SkippingClock } from './fake-sync.ts';
import { patterns } from './run-inputs.ts';

/** Before the run; what the run left and what is there. */
export const SAVED = 12n;
export const LEFT = 40n;
const KEY = partitionKey(COPY, 0);

export class FakeTarget extends FakeCluster implements RestoringCluster {
  /** Every call of deleteOffsets and deleteGroups, in order. */
  readonly removals: (readonly OffsetRemoval[])[] = [];
  readonly deletions: (readonly string[])[] = [];

  constructor() {
    super('target');
    this.addTopic(COPY, 500n);
  }

  /** A group without members that holds what the run left. */
  addGroup(groupId: string): void {
    this.groups.push({ groupId, state: 'Empty', type: 'classic', protocolType: '' });
    this.setOffset(groupId, KEY, LEFT);
  }

  offsetOf(groupId: string): bigint | null {
    return this.offsets.get(groupId)?.get(KEY)?.offset ?? null;
  }

  async deleteOffsets(removals: readonly OffsetRemoval[]): Promise<ReadonlyMap<string, GroupCommitResult>> {
    this.removals.push(removals);
    for (const { groupId, offsets } of removals) this.#remove(groupId, offsets);
    return removalsAnswered(removals, { kind: 'committed' });
  }

  async deleteGroups(groupIds: readonly string[]): Promise<ReadonlyMap<string, CommitOutcome>> {
    this.deletions.push(groupIds);
    const left = this.groups.filter(({ groupId }) => !groupIds.includes(groupId));
    this.groups.splice(0, this.groups.length, ...left);
    for (const groupId of groupIds) this.offsets.delete(groupId);
    return new Map(groupIds.map((groupId) => [groupId, { kind: 'committed' }]));
  }

  #remove(groupId: string, offsets: readonly TopicPartition[]): void {
    for (const { topic, partition } of offsets) this.offsets.get(groupId)?.delete(partitionKey(topic, partition));
  }
}

export function removalsAnswered(
  removals: readonly OffsetRemoval[],
  outcome: CommitOutcome,
): ReadonlyMap<string, GroupCommitResult> {
  return new Map(
    removals.map(({ groupId, offsets }) => {
      const keys = offsets.map(({ topic, partition }): TopicPartitionKey => partitionKey(topic, partition));
      return [groupId, { groupId, partitions: new Map(keys.map((key) => [key, outcome])) }];
    }),
  );
}

/** An export with one partition for each group: SAVED, or nothing and no group, was there. */
export function exportOf(had: readonly string[], hadNot: readonly string[] = []): SavedOffsets {
  const group = (groupId: string, existed: boolean) => {
    const previous = existed ? { offset: SAVED, metadata: 'note', leaderEpoch: 3 } : null;
    const partition = { topic: COPY, partition: 0, previous, leftByRun: [LEFT] };
    return [groupId, { groupId, existed, partitions: new Map([[KEY, partition]]) }] as const;
  };
  return {
    clusterId: 'target',
    targetAlias: 'dst',
    startedAt: '2026-03-01T10:00:00.000Z',
    groups: new Map([...had.map((groupId) => group(groupId, true)), ...hadNot.map((groupId) => group(groupId, false))]),
    cutOff: false,
  };
}

export interface FakeRollbackOptions {
  readonly target: FakeTarget;
  readonly saved: SavedOffsets;
  readonly dryRun?: boolean;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly onBatch?: () => void;
  readonly onExport?: (entries: readonly ExportEntry[]) => Promise<void>;
}

export interface FakeRollback {
  readonly result: RollbackResult;
  readonly plan: RollbackPlan;
  readonly exported: readonly ExportEntry[];
}

export async function fakeRollback(options: FakeRollbackOptions): Promise<FakeRollback> {
  const exported: ExportEntry[] = [];
  let plan: RollbackPlan = [];
  const selection = {
    topics: patterns('.*'),
    topicsExclude: patterns(''),
    groups: patterns('.*'),
    groupsExclude: patterns(''),
    shard: null,
  };
  const result = await rollback({
    target: options.target,
    saved: options.saved,
    dryRun: options.dryRun ?? false,
    rules: { selection, overwriteGroups: patterns(''), sourceTopic: (topic) => topic },
    clock: options.clock ?? new SkippingClock(),
    signal: options.signal ?? new AbortController().signal,
    onPlan: (planned) => {
      plan = planned;
    },
    onBatch: options.onBatch ?? (() => {}),
    offsetsExport: {
      append: async (entries) => {
        await options.onExport?.(entries);
        exported.push(...entries);
      },
    },
  });
  if (result === null) throw new Error('cancelled before anything was decided');
  return { result, plan, exported };
}
