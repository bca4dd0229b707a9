/** Reports of the shards of one run, as a merge finds them. */
import type { LostFiles, NamedReport } from '../../../src/report/json/merge-reports.ts';
import { mergeReports } from '../../../src/report/json/merge-reports.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { group, report } from '../build-report.ts';

export const NOTHING_LOST: LostFiles = { unusable: [], empty: [] };

/** `2/4` → reports/2/report.json, with a group of its own. */
export function shard(
  name: string,
  overrides: Partial<ReportModel> = {},
  folder = name.replace('/', '-'),
): NamedReport {
  const groups = [group({ groupId: `group-of-${name}` })];
  return {
    path: `reports/${folder}/report.json`,
    report: report({ shard: name, runId: '42', groups, offsetsExport: null, ...overrides }),
  };
}

export function shards(count: number): readonly NamedReport[] {
  return Array.from({ length: count }, (_, place) => shard(`${place + 1}/${count}`));
}

export function merged(
  reports: readonly NamedReport[],
  { lost = NOTHING_LOST, ownRunId = null as string | null } = {},
): ReportModel {
  const outcome = mergeReports(reports, lost, ownRunId);
  if (outcome.kind === 'refused') throw new Error(outcome.problems.map(({ seen }) => seen).join('\n'));
  return outcome.report;
}

/** What is expected instead, and what was seen. */
export function refusals(reports: readonly NamedReport[]): readonly string[] {
  const outcome = mergeReports(reports, NOTHING_LOST);
  return outcome.kind === 'refused' ? outcome.problems.map(({ expected, seen }) => `${expected}: ${seen}`) : [];
}

export function errorsOf({ errors }: ReportModel): readonly string[] {
  return errors.map(({ code, message }) => `${code}: ${message}`);
}

export function findingsOf({ findings }: ReportModel): readonly string[] {
  return findings.map(({ rule, message }) => `${rule}: ${message}`);
}
