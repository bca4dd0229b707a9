import { ConnectClient } from '../adapters/connect/client.ts';
import type { ConnectedCluster } from '../adapters/kafka/cluster.ts';
import { replicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { LintIgnore } from '../domain/connectors/lint/lint.ts';
import { judgeRuntime, type RuntimeJudgement } from '../domain/connectors/mm2-runtime.ts';
import type { Finding } from '../domain/finding.ts';
import { MigrationError } from '../errors.ts';
import { type SyncResult, sync } from '../operations/sync.ts';
import { passLine } from '../report/terminal/progress.ts';
import { isLinted } from './lint-work.ts';
import type { Run } from './run-command.ts';
import { PassProgress, sayBatch } from './say-progress.ts';

export interface OffsetClusters {
  readonly source: ConnectedCluster | null;
  readonly target: ConnectedCluster;
  readonly targetId: string | null;
}

/** `sync` commits unless dry-run is set; `plan` is one pass of the same without the commits. */
export async function offsetWork(run: Run, clusters: OffsetClusters): Promise<void> {
  const { source, target, targetId } = clusters;
  const { inputs, host, record, signal } = run;
  const commits = COMMAND_WORK[inputs.command].offsets === 'commit';
  const dryRun = !commits || inputs.sync.dryRun;
  const runForMs = commits ? inputs.sync.runForMs : 0;
  host.log.stage(dryRun ? 'Sync offsets (dry run)' : 'Sync offsets');
  const runtime = await mm2Runtime(run, targetId);
  const runtimeFindings = isLinted(run) ? [] : silenced(runtime.findings, inputs.lintIgnore);
  record.addFindings(runtimeFindings);
  const startedAtMs = host.clock.now();
  const endsAtMs = startedAtMs + runForMs;
  const passes = new PassProgress(run, runForMs === 0 ? null : endsAtMs);
  const take = (result: SyncResult) => {
    record.takeSync(result, run.offsetsExport.path);
    return run.save();
  };
  const result = await sync(
    {
      clusters: { source, target },
      policy: replicationPolicy(inputs.replication),
      rules: { ...inputs.sync, selection: { ...inputs.selection, shard: inputs.sync.shard } },
      runForMs,
      intervalMs: inputs.sync.intervalMs,
      dryRun,
      distrust: runtime.distrust,
      comparison: passes.comparison,
    },
    {
      clock: host.clock,
      offsetsExport: run.offsetsExport,
      signal,
      onBatch: (done) => sayBatch(host.log, done),
      onPassFailed: (error) => {
        host.log.warn(`${error.message} Nothing was decided; the next pass tries again.`);
        passes.passEnded();
      },
      onPass: async (progress) => {
        // Before it is said, so that a run that is killed right after has in its report what its log says.
        await take(progress);
        const pass = progress.passes.at(-1);
        if (pass !== undefined) host.log.info(passLine(pass, Math.max(0, endsAtMs - host.clock.now())));
        passes.passEnded();
      },
    },
  );
  await take(result);
  // Said at the end: what records prove is committed all the same.
  if (commits && !inputs.sync.dryRun) for (const error of runtimeErrors(runtimeFindings)) record.addError(error);
  if (result.internalTopicProblem !== null && !signal.aborted) {
    record.takeInternalTopicProblem(result.internalTopicProblem, inputs.command);
  }
}

function silenced(findings: readonly Finding[], ignore: readonly LintIgnore[]): readonly Finding[] {
  return findings.map((finding) => {
    const reason = ignore.find(({ rule }) => rule === finding.rule)?.reason;
    return reason === undefined ? finding : { ...finding, silenced: reason };
  });
}

/** A runtime that may skip records leaves no run ok, whatever could be proven without it. */
function runtimeErrors(findings: readonly Finding[]): readonly MigrationError[] {
  return findings
    .filter(({ severity, silenced: reason }) => severity === 'error' && reason === undefined)
    .map(({ message, hint }) => new MigrationError('CONNECT_LINT', message, { hint }));
}

/** Connect is not needed to sync; where it is given, it tells the version whose translation we rely on. */
async function mm2Runtime({ inputs, host, signal }: Run, targetId: string | null): Promise<RuntimeJudgement> {
  if (inputs.connect === null) return { distrust: null, findings: [] };
  const connect = new ConnectClient({ connect: inputs.connect, clock: host.clock, proxy: host.proxy });
  try {
    const worker = await connect.worker({ deadlineAt: host.clock.now() + WORKER_ANSWER_MS, signal });
    requireSameCluster(worker.kafkaClusterId, targetId, inputs.connect.url);
    return judgeRuntime(worker.version, inputs.connect.url);
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code === 'CLUSTER_MISMATCH') throw error;
    const finding = {
      rule: 'mm2-runtime-unknown',
      severity: 'warning' as const,
      where: inputs.connect.url,
      message: `The MM2 version could not be read, so its translation is not judged: ${error.message}`,
      hint: error.hint ?? 'Check connect-url.',
    };
    return { distrust: null, findings: [finding] };
  } finally {
    await connect.close();
  }
}

/** Invariant K: MM2 runs where its worker keeps its topics, and that is the target. */
function requireSameCluster(workerId: string | null, targetId: string | null, url: string): void {
  if (workerId === null || targetId === null || workerId === targetId) return;
  throw new MigrationError(
    'CLUSTER_MISMATCH',
    `connect-url: the worker at ${url} keeps its topics on the cluster ${workerId}, the target is ${targetId}.`,
    { hint: 'Give the Connect worker of the target, or correct target-bootstrap-servers. Nothing was written.' },
  );
}

const WORKER_ANSWER_MS = 15_000;
