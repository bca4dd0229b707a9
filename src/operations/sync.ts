/** Bounded passes until nothing is left to do, the time is over, or somebody cancels. */
import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { Finding } from '../domain/finding.ts';
import { offsetDelta } from '../domain/offsets/offset-delta.ts';
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import { MigrationError } from '../errors.ts';
import type { PassReport } from '../report/report-model.ts';
import type { SyncRules } from './observe-partition.ts';
import type { SyncClusters } from './observe-pass.ts';
import type { Clock, OffsetsExport } from './ports.ts';
import { RunMemory } from './run-memory.ts';
import { type PassDeps, type PassOutcome, runPass } from './sync-pass.ts';

export interface SyncRequest {
  readonly clusters: SyncClusters;
  readonly policy: ReplicationPolicy;
  readonly rules: SyncRules;
  /** 0 = one pass. */
  readonly runForMs: number;
  readonly intervalMs: number;
  readonly dryRun: boolean;
  readonly distrust: PassDeps['distrust'];
  readonly comparison: PassDeps['comparison'];
}

export interface SyncPorts {
  readonly clock: Clock;
  readonly offsetsExport: OffsetsExport;
  readonly signal: AbortSignal;
  readonly onBatch: PassDeps['onBatch'];
  /** After each pass, e.g. to replace report.json. */
  readonly onPass: (progress: SyncResult) => Promise<void>;
  /** A pass could not observe, and the next one will try again. */
  readonly onPassFailed: (error: MigrationError) => void;
}

export interface SyncResult {
  readonly groups: readonly GroupOutcome[];
  readonly passes: readonly PassReport[];
  readonly findings: readonly Finding[];
  /** Set when checkpoints or offset syncs could still not be read in the last pass. */
  readonly internalTopicProblem: MigrationError | null;
  /** True when the signal ended the run before a pass was complete. */
  readonly cancelled: boolean;
}

const NOTHING_YET: SyncResult = { groups: [], passes: [], findings: [], internalTopicProblem: null, cancelled: false };

/**
 * A pass that could not observe (a broker on its way, a time-out) is left to the next one while there is time for it:
 * a partial read decides nothing, and a run of hours must not end by a rolling restart.
 * Errors: a MigrationError that no later pass can cure, or that of the last pass.
 */
export async function sync(request: SyncRequest, ports: SyncPorts): Promise<SyncResult> {
  const { clock, signal } = ports;
  const endsAtMs = clock.now() + request.runForMs;
  const memory = new RunMemory();
  const maxPasses = 1 + Math.floor(request.runForMs / request.intervalMs);
  let result = NOTHING_YET;
  for (let number = 1; number <= maxPasses; number++) {
    const startedAtMs = clock.now();
    const pass = await runPass(passDeps(request, ports, memory, number)).catch(retriableOnly);
    if (pass === null) return { ...result, cancelled: true };
    const nextAtMs = Math.max(startedAtMs + request.intervalMs, clock.now());
    const isLast = number === maxPasses || nextAtMs > endsAtMs;
    if (pass instanceof MigrationError) {
      if (isLast && !signal.aborted) throw pass;
      ports.onPassFailed(pass);
    } else {
      const report = passReport(number, clock.now() - startedAtMs, pass.groups);
      result = resultAfter(result, pass, report, signal.aborted);
      await ports.onPass(result);
      if (pass.failure !== null) throw pass.failure.error;
      if (signal.aborted || isLast || settled(report, pass)) return result;
    }
    await clock.sleep(Math.max(0, nextAtMs - clock.now()), signal);
    if (signal.aborted) return { ...result, cancelled: true };
  }
  return result;
}

function retriableOnly(error: unknown): MigrationError {
  if (error instanceof MigrationError && error.retriable) return error;
  throw error;
}

function passDeps(request: SyncRequest, ports: SyncPorts, memory: RunMemory, number: number): PassDeps {
  return {
    target: request.clusters.target,
    clusters: request.clusters,
    policy: request.policy,
    dryRun: request.dryRun,
    distrust: request.distrust,
    comparison: request.comparison,
    // Once a run is enough to keep offsets from expiring; more would never settle.
    rules: number === 1 ? request.rules : { ...request.rules, refresh: false },
    memory,
    clock: ports.clock,
    offsetsExport: ports.offsetsExport,
    signal: ports.signal,
    onBatch: ports.onBatch,
  };
}

function resultAfter(before: SyncResult, pass: PassOutcome, report: PassReport, cancelled: boolean): SyncResult {
  return {
    groups: pass.groups,
    passes: [...before.passes, report],
    findings: pass.view.findings,
    internalTopicProblem: pass.view.internalTopicProblem,
    cancelled,
  };
}

/** Counts what the totals of a report count: a partition outside the selection is nobody's skip. */
export function passReport(number: number, durationMs: number, groups: readonly GroupOutcome[]): PassReport {
  const counts = { committed: 0, unchanged: 0, pending: 0, skipped: 0, failed: 0, planned: 0 };
  for (const group of groups) {
    for (const { verdict, reason } of group.partitions) if (reason !== 'filtered') counts[verdict]++;
  }
  const delta = offsetDelta(groups);
  return { number, durationMs, ...counts, offsetDelta: delta.known, offsetDeltaUnknown: delta.unknownPartitions };
}

/** Nothing changed and nothing is pending: another pass would see the same. */
function settled(report: PassReport, pass: PassOutcome): boolean {
  if (pass.view.internalTopicProblem !== null || pass.view.awaitsGroups) return false;
  return report.committed === 0 && report.pending === 0 && report.failed === 0;
}
