/** A report with the file that it was read from. */
import { shardOfName } from '../../../domain/shard.ts';
import { clip } from '../../escape.ts';
import type { ReportModel } from '../../report-model.ts';

export interface NamedReport {
  /** As the glob found it. */
  readonly path: string;
  readonly report: ReportModel;
}

const MAX_NAMED = 5;
const MAX_TEXT_CHARS = 120;

/** `shard 2/4`, or the file where the report is of all groups. */
export function nameOf({ path, report }: NamedReport): string {
  return report.shard === null ? clip(path, MAX_TEXT_CHARS) : `shard ${clip(report.shard, MAX_TEXT_CHARS)}`;
}

/** `shard 2/4 (reports/2/report.json)`, for where the file matters. */
export function nameWithFile(one: NamedReport): string {
  return one.report.shard === null ? nameOf(one) : `${nameOf(one)} (${clip(one.path, MAX_TEXT_CHARS)})`;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map((name) => clip(name, MAX_TEXT_CHARS));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** Its inputs were read: what it says of command, clusters and phase is what it was asked for. */
export function hasBegun({ report }: NamedReport): boolean {
  return report.target.alias !== '';
}

/** When it was true last. A run that was killed never said when it ended. */
export function endOf({ finishedAt, startedAt }: ReportModel): string {
  return finishedAt ?? startedAt;
}

/** The earlier first; by file where the times are the same, so that the same files give the same report. */
export function inOrderOfTime(reports: readonly NamedReport[]): readonly NamedReport[] {
  return [...reports].sort((a, b) => compare(endOf(a.report), endOf(b.report)) || compare(a.path, b.path));
}

/** By shard, then by file: how they are told. */
export function inOrderOfNames(reports: readonly NamedReport[]): readonly NamedReport[] {
  const index = ({ report }: NamedReport) => shardOfName(report.shard)?.index ?? 0;
  return [...reports].sort((a, b) => index(a) - index(b) || compare(a.path, b.path));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
