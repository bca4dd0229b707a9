/** The report.json files that `reports` names, and what is missing beside them. */
import { readFile, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findFiles } from '../adapters/files/glob.ts';
import { missedByGlob } from '../adapters/files/missed-by-glob.ts';
import { reasonOf } from '../adapters/files/replace-file.ts';
import { InputError, type InputProblem } from '../errors.ts';
import type { LostFiles, NamedReport } from '../report/json/merge-reports.ts';
import { parseReport } from '../report/json/parse-report.ts';

export interface CollectedReports {
  readonly reports: readonly NamedReport[];
  readonly lost: LostFiles;
}

export interface ReportPlaces {
  /** Relative to `workingFolder`. */
  readonly glob: string;
  /** Where the merged report goes; its own report.json is none to merge. */
  readonly reportDir: string;
  readonly workingFolder: string;
}

const MAX_FILES = 1_000;

/** @throws InputError where nothing matches, too much, or what the merge would overwrite. */
export async function collectReports({ glob, reportDir, workingFolder }: ReportPlaces): Promise<CollectedReports> {
  const paths = await findFiles(glob, workingFolder);
  const refused = refuseGlob(glob, paths) ?? (await refuseFolder(paths, { reportDir, workingFolder }));
  if (refused !== null) throw new InputError([refused]);
  const reports: NamedReport[] = [];
  const unusable: LostFiles['unusable'][number][] = [];
  for (const path of paths) {
    const read = await readReport(resolve(workingFolder, path));
    if (read.kind === 'report') reports.push({ path, report: read.report });
    else unusable.push({ path, problem: read.problems.join(', ') });
  }
  const missed = await missedByGlob(glob, paths, workingFolder);
  const absent = missed.files.map((path) => ({ path, problem: 'it is not there' }));
  return { reports, lost: { unusable: [...unusable, ...absent], empty: missed.folders } };
}

function refuseGlob(glob: string, paths: readonly string[]): InputProblem | null {
  const input = 'reports';
  if (paths.length === 0) {
    const hint =
      'The path is relative to the working folder. Look whether the runs left reports, and whether they were downloaded here.';
    return {
      input,
      expected: 'a glob of report.json files',
      seen: `${JSON.stringify(glob)}, which matches no file`,
      hint,
    };
  }
  if (paths.length > MAX_FILES) {
    const seen = `${JSON.stringify(glob)}, which matches ${paths.length}`;
    return { input, expected: `at most ${MAX_FILES} files`, seen, hint: 'Narrow the glob to report.json files.' };
  }
  return null;
}

async function refuseFolder(
  paths: readonly string[],
  { reportDir, workingFolder }: Omit<ReportPlaces, 'glob'>,
): Promise<InputProblem | null> {
  const own = await realPath(resolve(workingFolder, reportDir, 'report.json'));
  const real = await Promise.all(paths.map((path) => realPath(resolve(workingFolder, path))));
  const overwritten = paths[real.indexOf(own)];
  if (overwritten === undefined) return null;
  const seen = `${JSON.stringify(reportDir)}, where ${JSON.stringify(overwritten)} would be overwritten`;
  const hint = 'Give report-dir another folder: what is merged stays as it is.';
  return { input: 'report-dir', expected: 'a folder without a report that is merged', seen, hint };
}

/** Whatever links lead there; as it is where nothing is. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

async function readReport(path: string): Promise<ReturnType<typeof parseReport>> {
  try {
    return parseReport(await readFile(path, 'utf8'));
  } catch (error) {
    return { kind: 'unusable', problems: [`it cannot be read: ${reasonOf(error)}`] };
  }
}
