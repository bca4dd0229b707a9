/** The metrics of a run that is over, for those who asked for them. */
import { resolve } from 'node:path';
import { replaceFile } from '../adapters/files/replace-file.ts';
import { MigrationError } from '../errors.ts';
import { metricsChunks } from '../report/metrics/render-metrics.ts';
import type { Run } from './run-command.ts';

/** A file that cannot be written is a finding: what the run did stays as it is. */
export async function writeMetrics({ inputs, record, host }: Run): Promise<void> {
  const { metricsFile, label } = inputs.report;
  if (metricsFile === null) return;
  const path = resolve(host.workingFolder, metricsFile);
  try {
    await replaceFile(path, metricsChunks(record.model(), { label }));
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const hint = 'Name a file in a folder that is there and that this job may write to.';
    record.addFindings([
      { rule: 'metrics-unwritable', severity: 'warning', where: 'metrics-file', message: error.message, hint },
    ]);
  }
}
