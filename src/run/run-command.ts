import { join } from 'node:path';
import type { ProxySettings } from '../adapters/connect/http.ts';
import { writeOffsetsCsv } from '../adapters/files/offsets-csv-file.ts';
import { OffsetsExportFile } from '../adapters/files/offsets-export-file.ts';
import { replaceFile } from '../adapters/files/replace-file.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import type { Finding } from '../domain/finding.ts';
import type { SavedOffsets } from '../domain/rollback/saved-offsets.ts';
import type { Command } from '../domain/verdicts.ts';
import { withConnectorNames } from '../inputs/connector-names.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import type { Clock, Log } from '../operations/ports.ts';
import { identifyClusters } from '../operations/preflight.ts';
import { untilAborted } from '../operations/until-aborted.ts';
import { stackOf } from '../report/error-reports.ts';
import { reportChunks } from '../report/json/report-json.ts';
import type { ReportModel } from '../report/report-model.ts';
import { connectorWork, readConnectors } from './connector-work.ts';
import { exportWork } from './export-work.ts';
import { gateWork } from './gate-work.ts';
import { lintUnreached } from './lint-work.ts';
import { makeReportFolder } from './make-report-folder.ts';
import { mergeCommand } from './merge-command.ts';
import { noteHiddenGroups, watchClusters } from './missing-rights.ts';
import { offsetWork } from './offset-work.ts';
import { closeClusters, openClusters, pinnedCluster, unpinnedCluster } from './open-clusters.ts';
import { readSaved, rollbackWork } from './rollback-work.ts';
import { RunRecord } from './run-record.ts';
import { writeMetrics } from './write-metrics.ts';

export interface RunHost {
  readonly log: Log;
  readonly clock: Clock;
  /** Aborts on SIGINT or SIGTERM; its reason's message is shown as the cause, e.g. `cancelled by SIGTERM`. */
  readonly signal: AbortSignal;
  readonly proxy: ProxySettings | null;
  /** Relative paths in the inputs start here. */
  readonly workingFolder: string;
  /** See `ReportModel.runId`; null when not given. */
  readonly runId?: string | null;
}

/** What the parts of a run share. */
export interface Run {
  readonly inputs: Inputs;
  readonly host: RunHost;
  /** The host's signal, or the run's own time-out. */
  readonly signal: AbortSignal;
  readonly record: RunRecord;
  /** Connectors of the files; null when none are named. */
  readonly desired: readonly ConnectorConfig[] | null;
  /** Properties files of Connect workers beside them, to be linted. */
  readonly workers: readonly ConnectorConfig[];
  /** Files that are no connector's, in a run that only lints: told, and left out. */
  readonly strangers: readonly Finding[];
  /** What a rollback restores; null for every other command. */
  readonly saved: SavedOffsets | null;
  readonly offsetsExport: OffsetsExportFile;
  /** Replaces report.json by what is known now. */
  readonly save: () => Promise<void>;
}

/**
 * Expected failures end in the report's `errors`, not in an exception.
 * @throws InputError for connector files, an export to restore and reports to merge, before anything is opened; MigrationError(FILE_UNWRITABLE) when report-dir cannot be written.
 */
export async function runCommand(given: Inputs, host: RunHost): Promise<ReportModel> {
  if (given.command === 'report') return mergeCommand(given, host);
  const connectors = await readConnectors(given, host.workingFolder);
  const inputs = withConnectorNames(given, connectors.desired ?? []);
  const saved = await readSaved(inputs, host.workingFolder);
  await makeReportFolder(inputs.report.reportDir);
  const timeout = new AbortController();
  const onTimeout = () => timeout.abort(new Error(`ended by timeout after ${inputs.timeoutMs} ms`));
  const timer = setTimeout(onTimeout, Math.min(inputs.timeoutMs, MAX_TIMER_MS));
  const run = startRun(inputs, host, { ...connectors, saved }, AbortSignal.any([host.signal, timeout.signal]));
  for (const notice of inputs.notices) host.log.warn(notice);
  await run.save();
  try {
    await work(run);
  } catch (error) {
    if (!run.signal.aborted) {
      run.record.addError(error);
      lintUnreached(run);
    }
    const stack = stackOf(error);
    if (stack !== null) host.log.debug(stack);
  } finally {
    clearTimeout(timer);
    await finishExport(run);
  }
  const reason: unknown = run.signal.aborted ? run.signal.reason : null;
  if (reason !== null) run.record.interrupt(reason instanceof Error ? reason.message : String(reason));
  run.record.finish(new Date(host.clock.now()).toISOString());
  await run.save();
  await writeMetrics(run);
  return run.record.model();
}

/** Longest delay that a timer of Node.js takes; about 24 days. */
const MAX_TIMER_MS = 2_147_483_647;

function startRun(
  inputs: Inputs,
  host: RunHost,
  files: Pick<Run, 'desired' | 'workers' | 'strangers' | 'saved'>,
  signal: AbortSignal,
): Run {
  const startedAt = new Date(host.clock.now()).toISOString();
  const record = new RunRecord(inputs, startedAt, host.runId ?? null);
  const { reportDir } = inputs.report;
  // Named by time, so that an earlier run's export in the same folder stays.
  const exportName = `offsets-export-${startedAt.replaceAll(/[:.]/g, '-')}.jsonl`;
  return {
    inputs,
    host,
    signal,
    record,
    ...files,
    offsetsExport: new OffsetsExportFile(join(reportDir, exportName), () => record.exportHeader()),
    save: () => replaceFile(join(reportDir, 'report.json'), reportChunks(record.model())),
  };
}

/** The CSV holds the values before the first commit, so that it is written when no more can come. */
async function finishExport({ offsetsExport, record }: Run): Promise<void> {
  await offsetsExport.close();
  if (offsetsExport.path !== null) record.addFindings(await writeOffsetsCsv(offsetsExport.path));
}

/** Not ready, because nobody has looked: the gate of a required check must not pass by itself. */
function nothingChecked(reason: string, command: Command): readonly Finding[] {
  if (!COMMAND_WORK[command].gate) return [];
  const message = `Nothing was checked: this is ${reason}, which gets no secrets.`;
  const hint = 'Check it from a branch of the repository itself, or in the merge queue.';
  return [{ rule: 'no-secrets', severity: 'warning', where: 'this run', message, hint }];
}

async function work(run: Run): Promise<void> {
  const { inputs, host, record } = run;
  if (inputs.withoutSecrets !== null) record.addFindings(nothingChecked(inputs.withoutSecrets, inputs.command));
  else if (inputs.source !== null || inputs.target !== null) host.log.stage('Connect to the clusters');
  const opened = await untilAborted(openClusters(inputs, host), { signal: run.signal, clock: host.clock });
  if (opened === null) return;
  const clusters = watchClusters(opened, record.rights);
  try {
    // A pin that differs is what the gate is to say, and `check` writes nothing.
    const pinned = inputs.command === 'check' ? unpinnedCluster : pinnedCluster;
    const source = pinned(clusters.source, inputs.source);
    const target = pinned(clusters.target, inputs.target);
    const ids = await identifyClusters(source, target);
    record.identify(ids);
    const parts = COMMAND_WORK[inputs.command];
    if (parts.connectors !== 'none') await connectorWork(run, clusters, ids.target);
    if (clusters.target === null) return;
    const open = { source: clusters.source, target: clusters.target, targetId: ids.target, ids };
    await noteHiddenGroups(clusters, inputs);
    const goesOn = () => !run.signal.aborted && !record.hasErrors;
    if (parts.offsets !== 'none' && goesOn()) await offsetWork(run, open);
    if (parts.gate && goesOn()) await gateWork(run, open);
    if (parts.saved === 'export' && goesOn()) await exportWork(run, open);
    if (parts.saved === 'rollback' && goesOn()) await rollbackWork(run, open);
  } finally {
    await closeClusters(clusters);
  }
}
