/** The metrics of a run that is over, for those who asked for them. */
import { resolve } from 'node:path';
import { replaceFile } from '../adapters/files/replace-file.ts';
import { pushMetrics } from '../adapters/metrics/pushgateway.ts';
import type { Finding } from '../domain/finding.ts';
import { MigrationError } from '../errors.ts';
import { metricsChunks } from '../report/metrics/render-metrics.ts';
import type { Run } from './run-command.ts';

/** A gateway on a busy machine answers late. */
const PUSH_TIMEOUT_MS = 30_000;
/** A run that was cancelled has few seconds left. */
const LAST_PUSH_TIMEOUT_MS = 3_000;

/**
 * Called when the report is saved: metrics that cannot be written are a finding, which saves it again. What the run did
 * stays as it is.
 */
export async function writeMetrics(run: Run): Promise<void> {
  const problems = [...(await writeFile(run)), ...(await push(run))];
  if (problems.length === 0) return;
  run.record.addFindings(problems);
  await run.save();
}

async function writeFile({ inputs, record, host }: Run): Promise<readonly Finding[]> {
  const { metricsFile, label } = inputs.report;
  if (metricsFile === null) return [];
  try {
    await replaceFile(resolve(host.workingFolder, metricsFile), metricsChunks(record.model(), { label }));
    return [];
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const hint = 'Name a file in a folder that is there and that this job may write to.';
    return [problem('metrics-file', error.message, hint)];
  }
}

async function push({ inputs, record, signal }: Run): Promise<readonly Finding[]> {
  const { metricsPushgateway: url, label } = inputs.report;
  if (url === null) return [];
  const model = record.model();
  const { command, shard } = model;
  const seen = await pushMetrics({
    url,
    grouping: { label, command, ...(shard === null ? {} : { shard }) },
    metrics: [...metricsChunks(model, { label })].join(''),
    timeoutMs: signal.aborted ? LAST_PUSH_TIMEOUT_MS : PUSH_TIMEOUT_MS,
  });
  if (seen === null) return [];
  const message = `The Pushgateway ${url} did not take the metrics: ${seen}.`;
  return [problem('metrics-pushgateway', message, 'Look whether it runs, and whether this runner reaches it.')];
}

function problem(where: string, message: string, hint: string): Finding {
  return { rule: 'metrics-unwritable', severity: 'warning', where, message, hint };
}
