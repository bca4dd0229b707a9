/** What is not among the reports and should be: a lost shard must not look like a success. */
import { shardName, shardOfName } from '../../../domain/shard.ts';
import type { ErrorReport, Finding } from '../../report-model.ts';
import { endOf, listed, type NamedReport, nameOf, nameWithFile } from './named-report.ts';

export interface Missing {
  readonly errors: readonly ErrorReport[];
  readonly findings: readonly Finding[];
}

/** Folders and files that should hold a report and hold none, or one that cannot be used. */
export interface LostFiles {
  /** Each with what is wrong, a clause. */
  readonly unusable: readonly { readonly path: string; readonly problem: string }[];
  /** Folders in which no report was found, among others in which one was. */
  readonly empty: readonly string[];
}

export function missingReports(reports: readonly NamedReport[], lost: LostFiles, ownRunId: string | null): Missing {
  const shards = missingShards(reports, lost);
  return {
    errors: [
      ...shards,
      ...strangeShards(reports),
      ...ofOtherRuns(reports, ownRunId),
      ...unusable(lost),
      ...killed(reports),
      ...lostWholeRuns(reports, lost),
    ],
    findings: [...emptyFolders(reports, lost), ...farApart(reports)],
  };
}

function missingShards(reports: readonly NamedReport[], { empty }: LostFiles): ErrorReport[] {
  const present = new Set(reports.flatMap(({ report }) => report.shard ?? []));
  const count = reports.flatMap(({ report }) => shardOfName(report.shard)?.count ?? []).at(0) ?? 0;
  const names = Array.from({ length: count }, (_, place) => shardName({ index: place + 1, count }));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return [];
  const folders = empty.length === 0 ? '' : ` No report is in ${listed(empty)}.`;
  return [
    {
      code: 'REPORT_MISSING',
      message: `No report of ${missing.length === 1 ? 'shard' : 'shards'} ${listed(missing)}: nothing is known of the groups there.${folders}`,
      hint: 'Look at the job of that shard, and run it again. Its report is to be uploaded with if: always().',
    },
  ];
}

/** Without a count nobody knows what is missing. */
function strangeShards(reports: readonly NamedReport[]): ErrorReport[] {
  const strange = reports.filter(({ report }) => report.shard !== null && shardOfName(report.shard) === null);
  if (strange.length === 0) return [];
  return [
    {
      code: 'REPORT_MISSING',
      message: `Of a shard that is none, so that nobody knows how many there are: ${listed(strange.map(({ path }) => path))}.`,
      hint: 'A shard is written as 2/4. Run again what wrote the report.',
    },
  ];
}

/** An older report in the folder would stand in for the one that was lost. */
function ofOtherRuns(reports: readonly NamedReport[], ownRunId: string | null): ErrorReport[] {
  const current = currentRun(reports, ownRunId);
  if (current === null) return [];
  const foreign = reports.filter(({ report }) => report.runId !== null && report.runId !== current);
  return [...new Set(foreign.map(({ report }) => report.runId ?? ''))].map((runId) => {
    const names = foreign.filter(({ report }) => report.runId === runId).map(nameWithFile);
    return {
      code: 'REPORT_MISSING',
      message: `Of another run (${listed([runId])}), and not of this one (${listed([current])}), which has none for it: ${listed(names)}.`,
      hint: 'Empty the folder before the reports are downloaded, and run again what left none.',
    };
  });
}

/** Reports of other runs may be merged on purpose, by a workflow that follows another: then the newest says which. */
function currentRun(reports: readonly NamedReport[], ownRunId: string | null): string | null {
  if (reports.some(({ report }) => report.runId !== null && report.runId === ownRunId)) return ownRunId;
  const newest = reports.reduce((a, b) => (b.report.startedAt > a.report.startedAt ? b : a));
  return newest.report.runId;
}

function unusable({ unusable: files }: LostFiles): ErrorReport[] {
  return files.map(({ path, problem }) => ({
    code: 'FILE_UNREADABLE',
    message: `${listed([path])} is no report that can be used: ${problem}.`,
    hint: 'Nothing in it was counted. Run again what wrote it, or leave it out of the glob.',
  }));
}

function killed(reports: readonly NamedReport[]): ErrorReport[] {
  return reports
    .filter(({ report }) => report.finishedAt === null)
    .map((one) => ({
      code: 'RUN_KILLED',
      message: `The run of ${nameWithFile(one)} ended without a finished report; last pass known: ${one.report.passes.at(-1)?.number ?? 'none'}.`,
      hint: 'Its process was killed, or its job cancelled or timed out. What it committed stays committed; run it again.',
    }));
}

/** Nobody knows how many whole runs there should be; a folder without a report is the only trace of a lost one. */
function lostWholeRuns(reports: readonly NamedReport[], { empty }: LostFiles): ErrorReport[] {
  if (empty.length === 0 || areShards(reports)) return [];
  return [
    {
      code: 'REPORT_MISSING',
      message: `No report is in ${listed(empty)}, and there is one in each folder beside it.`,
      hint: 'Run again what should have left it, or leave the folder out of the glob.',
    },
  ];
}

/** All shards are there, or are missed by name: the folder may be of something else. */
function emptyFolders(reports: readonly NamedReport[], { empty }: LostFiles): Finding[] {
  if (empty.length === 0 || !areShards(reports)) return [];
  return [
    {
      rule: 'folder-without-report',
      severity: 'warning',
      where: 'reports',
      message: `No report is in ${listed(empty)}.`,
      hint: 'If a run should have left one there, look at its job.',
    },
  ];
}

const FAR_APART_MS = 6 * 3_600_000;

/** Offsets and verdicts age: what was true hours before the rest may not be any more. */
function farApart(reports: readonly NamedReport[]): Finding[] {
  const newest = Math.max(...reports.map(({ report }) => Date.parse(report.startedAt)));
  const old = reports.filter(({ report }) => newest - Date.parse(endOf(report)) > FAR_APART_MS);
  if (old.length === 0) return [];
  return [
    {
      rule: 'reports-far-apart',
      severity: 'warning',
      where: 'reports',
      message: `More than 6 hours older than the newest: ${listed(old.map(nameOf))}.`,
      hint: 'What they say may not hold any more. Run them again before a cutover.',
    },
  ];
}

function areShards(reports: readonly NamedReport[]): boolean {
  return reports.some(({ report }) => report.shard !== null);
}
