/** The command `report`: merges what other runs reported. Opens no cluster, and needs no secret. */
import { resolve } from 'node:path';
import { replaceFile } from '../adapters/files/replace-file.ts';
import { InputError } from '../errors.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import type { Log } from '../operations/ports.ts';
import { checkLines } from '../report/check-lines.ts';
import { mergeReports } from '../report/json/merge-reports.ts';
import { reportChunks } from '../report/json/report-json.ts';
import type { ReportModel } from '../report/report-model.ts';
import { collectReports } from './collect-reports.ts';
import { makeReportFolder } from './make-report-folder.ts';

export interface MergeHost {
  readonly log: Log;
  /** Relative paths in the inputs start here. */
  readonly workingFolder: string;
  /** Of the CI's run that merges; null when not known. */
  readonly runId?: string | null;
}

/**
 * Leaves the merged report.json in report-dir.
 * @throws InputError for reports that do not belong together, before anything is written; MigrationError(FILE_UNWRITABLE).
 */
export async function mergeCommand(inputs: Inputs, { log, workingFolder, runId }: MergeHost): Promise<ReportModel> {
  for (const notice of inputs.notices) log.warn(notice);
  log.stage('Merge the reports');
  const { reports: glob, reportDir } = inputs.report;
  const { reports, lost } = await collectReports({ glob: glob ?? '', reportDir, workingFolder });
  const merged = mergeReports(reports, lost, runId ?? null);
  if (merged.kind === 'refused') throw new InputError(merged.problems);
  for (const { path, report } of reports) log.info(`${path}: ${report.command} ${report.shard ?? ''} ${report.result}`);
  for (const line of checkLines(merged.report)) log.info(line);
  const folder = resolve(workingFolder, reportDir);
  await makeReportFolder(folder, reportDir);
  await replaceFile(resolve(folder, 'report.json'), reportChunks(merged.report));
  return merged.report;
}
