/**
 * Several reports of one piece of work as if it had been one run, such as the shards of a matrix. What cannot be added
 * up is refused; what is missing, unusable or unfinished is an error of the merged report, which then has failed.
 */
import type { InputProblem } from '../../errors.ts';
import type { ErrorReport, Finding, ReportModel } from '../report-model.ts';
import { mergeChecks } from './merging/merge-checks.ts';
import { mergeConnectors } from './merging/merge-connectors.ts';
import { mergeGroups } from './merging/merge-groups.ts';
import { mergePasses } from './merging/merge-passes.ts';
import { mergedResult } from './merging/merged-result.ts';
import { type LostFiles, type Missing, missingReports } from './merging/missing-reports.ts';
import {
  endOf,
  hasBegun,
  inOrderOfNames,
  inOrderOfTime,
  listed,
  type NamedReport,
  nameOf,
} from './merging/named-report.ts';
import { mixedReports } from './merging/one-run.ts';
import { withoutRepeated } from './merging/repeated-reports.ts';

export type { LostFiles, NamedReport };

export type MergedReports =
  | { readonly kind: 'merged'; readonly report: ReportModel }
  | { readonly kind: 'refused'; readonly problems: readonly InputProblem[] };

/**
 * Order of the files makes no difference.
 * @param ownRunId of the CI's run that merges; null when not known.
 */
export function mergeReports(
  all: readonly NamedReport[],
  lost: LostFiles,
  ownRunId: string | null = null,
): MergedReports {
  const [any] = all;
  if (any === undefined) return { kind: 'refused', problems: [nothingUsable(lost)] };
  const problems = mixedReports(all);
  if (problems.length > 0) return { kind: 'refused', problems };
  const { reports: counted, findings } = withoutRepeated(all);
  const reports = inOrderOfNames(counted);
  const missing = missingReports(reports, lost, ownRunId);
  const found = { errors: missing.errors, findings: [...findings, ...missing.findings] };
  return { kind: 'merged', report: merge(reports, reports.find(hasBegun) ?? any, found) };
}

function nothingUsable({ unusable }: LostFiles): InputProblem {
  const seen = unusable.map(({ path, problem }) => `${path} (${problem})`);
  const hint = 'Look at the jobs that should have left them.';
  return { input: 'reports', expected: 'at least one report that can be used', seen: listed(seen), hint };
}

/** @param reports in order of names. @param like says what all have in common. */
function merge(reports: readonly NamedReport[], { report: like }: NamedReport, missing: Missing): ReportModel {
  const models = reports.map(({ report }) => report);
  const groups = mergeGroups(inOrderOfTime(reports));
  const connectors = mergeConnectors(inOrderOfTime(reports));
  const exports = offsetsExports(reports);
  const findings = [missing, groups, connectors, exports].flatMap((part) => part.findings);
  return {
    ...like,
    result: mergedResult(models, missing.errors.length === 0),
    startedAt: models.map(({ startedAt }) => startedAt).reduce((a, b) => (a < b ? a : b)),
    finishedAt: models.map(endOf).reduce((a, b) => (a > b ? a : b)),
    interrupted: interruptions(reports),
    shard: null,
    runId: onlyOne(models.map(({ runId }) => runId)),
    source: like.source === null ? null : { ...like.source, clusterId: idOf(models.map(({ source }) => source)) },
    target: { ...like.target, clusterId: idOf(models.map(({ target }) => target)) },
    connectors: connectors.connectors,
    planHash: connectors.planHash,
    passes: mergePasses(models.map(({ passes }) => passes)),
    groups: groups.groups,
    checks: mergeChecks(reports),
    readiness: groups.readiness,
    findings: eachOnce([...findings, ...models.flatMap((model) => model.findings)]),
    errors: [...missing.errors, ...errorsOf(reports)],
    offsetsExport: exports.path,
  };
}

/** null: none was. */
function interruptions(reports: readonly NamedReport[]): string | null {
  const said = reports.flatMap((one) => {
    const { interrupted, finishedAt } = one.report;
    if (interrupted !== null) return [`${nameOf(one)} ${interrupted}`];
    return finishedAt === null ? [`${nameOf(one)} ended before it was done`] : [];
  });
  return said.length === 0 ? null : listed(said);
}

/** With whose they are; the same of several once. */
function errorsOf(reports: readonly NamedReport[]): readonly ErrorReport[] {
  const said = new Map<string, { readonly error: ErrorReport; readonly by: string[] }>();
  for (const one of reports) {
    for (const error of one.report.errors) {
      const key = JSON.stringify(error);
      const alike = said.get(key) ?? { error, by: [] };
      if (!alike.by.includes(nameOf(one))) alike.by.push(nameOf(one));
      said.set(key, alike);
    }
  }
  return [...said.values()].map(({ error, by }) => ({ ...error, message: `${listed(by)}: ${error.message}` }));
}

function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** The known id; a run that failed early knows none. */
function idOf(clusters: readonly ReportModel['source'][]): string | null {
  return clusters.find((cluster) => cluster?.clusterId != null)?.clusterId ?? null;
}

function onlyOne(values: readonly (string | null)[]): string | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}

interface OffsetsExports {
  readonly path: string | null;
  readonly findings: readonly Finding[];
}

/** A rollback takes one file at a time: where there are several, none stands for all. */
function offsetsExports(reports: readonly NamedReport[]): OffsetsExports {
  const left = reports.filter(({ report }) => report.offsetsExport !== null);
  const paths = left.map((one) => `${nameOf(one)}: ${fileName(one.report.offsetsExport ?? '')}`);
  if (left.length < 2) return { path: left[0]?.report.offsetsExport ?? null, findings: [] };
  return {
    path: null,
    findings: [
      {
        rule: 'several-offsets-exports',
        severity: 'notice',
        where: 'offsets exports',
        message: `The offsets from before are in ${paths.length} files: ${paths.join('; ')}.`,
        hint: 'Each was left beside the report.json of its run. To go back, run rollback with each of them.',
      },
    ],
  };
}

function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}
