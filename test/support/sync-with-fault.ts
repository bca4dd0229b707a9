/** Runs the sync operation on real clusters with a fault put between it and the target. */
import { systemClock } from '../../src/adapters/clock.ts';
import { replicationPolicy } from '../../src/domain/checkpoints/replication-policy.ts';
import type { Clock, ExportEntry, Log, TargetCluster } from '../../src/operations/ports.ts';
import { type SyncResult, sync } from '../../src/operations/sync.ts';
import { closeClusters, openClusters } from '../../src/run/open-clusters.ts';
import { type InputOverrides, runInputs } from './run-inputs.ts';

export interface Fault {
  /** What stands in for the real target; see `withFault`. */
  readonly target?: (real: TargetCluster) => TargetCluster;
  /** The world moves on between two passes. */
  readonly onPass?: (soFar: SyncResult) => Promise<void>;
  /** Of the whole sync. */
  readonly clock?: Clock;
}

export interface FaultySync {
  readonly result: SyncResult;
  readonly exported: readonly ExportEntry[];
}

export async function syncWithFault(overrides: InputOverrides, fault: Fault): Promise<FaultySync> {
  const inputs = runInputs('unused', overrides);
  const log: Log = { stage() {}, info() {}, warn() {}, debug() {} };
  const clock = fault.clock ?? systemClock;
  const clusters = await openClusters(inputs, { log, clock });
  const { source, target } = clusters;
  if (target === null) throw new Error('a sync needs a target');
  const exported: ExportEntry[] = [];
  try {
    const { runForMs, intervalMs, dryRun } = inputs.sync;
    const result = await sync(
      {
        clusters: { source, target: fault.target?.(target) ?? target },
        policy: replicationPolicy(inputs.replication),
        rules: { ...inputs.sync, selection: { ...inputs.selection, shard: inputs.sync.shard } },
        runForMs,
        intervalMs,
        dryRun,
        distrust: null,
        comparison: inputs.translation.mode === 'exact' ? inputs.translation : null,
      },
      {
        clock,
        offsetsExport: { append: async (entries) => void exported.push(...entries) },
        signal: new AbortController().signal,
        onBatch: () => {},
        onPassFailed: () => {},
        onPass: async (soFar) => fault.onPass?.(soFar),
      },
    );
    return { result, exported };
  } finally {
    await closeClusters(clusters);
  }
}

/** The real cluster with some of its methods replaced. */
export function withFault(real: TargetCluster, fault: Partial<TargetCluster>): TargetCluster {
  return {
    side: real.side,
    describeCluster: () => real.describeCluster(),
    listTopics: () => real.listTopics(),
    describeTopics: (topics) => real.describeTopics(topics),
    topicConfigs: (topic) => real.topicConfigs(topic),
    listGroups: () => real.listGroups(),
    committedOffsets: (queries) => real.committedOffsets(queries),
    logRanges: (partitions) => real.logRanges(partitions),
    readLog: (request, visit) => real.readLog(request, visit),
    readImages: (requests, limits) => real.readImages(requests, limits),
    commitOffsets: (commits) => real.commitOffsets(commits),
    close: () => real.close(),
    ...fault,
  };
}
