/** The scenes that the demo is about: plan, sync, and Java's word on it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvPathOf } from '../adapters/files/offsets-csv-file.ts';
import { renderSummary } from '../report/markdown/render-summary.ts';
import type { ReportModel } from '../report/report-model.ts';
import { renderTerminal } from '../report/terminal/render-terminal.ts';
import { writeReportFiles } from '../run/report-files.ts';
import { describeGroupOffsets } from '../testbed/consumer-group-command.ts';
import { unlessCancelled } from './cancel.ts';
import { compareWithJava, comparisonTable, comparisonVerdict } from './compare-with-java.ts';
import { planWords, syncWords } from './migration-files.ts';
import { plannedLines } from './planned-lines.ts';
import { rereadOf, rereadTable } from './reread.ts';
import { begin, ourCommand, type Stage } from './stage.ts';

export async function plan(stage: Stage): Promise<void> {
  const { bed, folder, log } = stage;
  begin(log, '5/7 Plan: what would a sync do? (writes nothing)');
  const report = await ourCommand(stage, planWords(bed, folder));
  for (const line of plannedLines(report)) log.info(line);
}

export async function sync(stage: Stage): Promise<ReportModel> {
  const { bed, folder, log } = stage;
  begin(log, '6/7 Sync the consumer-group offsets');
  log.info('Passes go on until nothing changes and nothing is pending, for one minute at most.');
  const report = await ourCommand(stage, syncWords(bed, folder));
  const summaryFile = join(folder, 'sync', 'summary.md');
  await writeFile(summaryFile, renderSummary(report).markdown);
  const files = await writeReportFiles(report, { folder: join(folder, 'sync'), label: 'default', runUrl: null });
  log.info('The report, as the terminal shows it:');
  for (const line of renderTerminal(report)) log.info(`  | ${line}`);
  log.info('Records that the synced groups read again on the target:');
  for (const line of rereadTable(rereadOf(report))) log.info(line);
  log.info(`Page:    ${files.html ?? '(could not be written)'} (open it in a browser: everything, to search and sort)`);
  log.info(
    `Report:  ${join(folder, 'sync', 'report.json')} (the same for machines; report.csv and junit.xml beside it)`,
  );
  log.info(`Summary: ${summaryFile} (what a workflow run on GitHub shows)`);
  if (report.offsetsExport !== null) {
    log.info(`Export:  ${report.offsetsExport} (target offsets before the sync)`);
    log.info(`CSV:     ${csvPathOf(report.offsetsExport)} (the same for kafka-consumer-groups --from-file)`);
  }
  return report;
}

/** @returns whether Java's tool shows the offsets that the report claims. */
export async function askJava({ bed, log, signal }: Stage, report: ReportModel): Promise<boolean> {
  begin(log, "7/7 Ask Java's own tool for the same offsets");
  log.info('Beside what the report claims stands what kafka-consumer-groups --describe shows on the target.');
  log.info(
    'TARGET equal to SOURCE: the group goes on with its very next record. (These topics started empty on both sides,',
  );
  log.info('so that a record has the same offset there; after years of retention it has not.)');
  const rows = await unlessCancelled(describeGroupOffsets(bed.addresses.target.bootstrapServers), signal);
  const comparison = compareWithJava(report, rows);
  for (const line of comparisonTable(comparison)) log.info(line);
  log.info(comparisonVerdict(comparison));
  return comparison.pairs.length > 0 && comparison.different.length === 0;
}
