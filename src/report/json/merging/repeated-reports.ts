/** Several reports of one shard: a job that was run again, or an old report that still lies in the folder. */
import type { Finding } from '../../report-model.ts';
import { endOf, inOrderOfTime, listed, type NamedReport, nameWithFile } from './named-report.ts';

export interface Counted {
  readonly reports: readonly NamedReport[];
  readonly findings: readonly Finding[];
}

/**
 * A report counts no more where a later run of the same shard has finished and says all that it says. Otherwise both
 * count: the later one has not come as far, and what the earlier one saw or failed at stays true.
 */
export function withoutRepeated(all: readonly NamedReport[]): Counted {
  const reports: NamedReport[] = [];
  const findings: Finding[] = [];
  const ordered = inOrderOfTime(all);
  for (const [place, one] of ordered.entries()) {
    const later = ordered.slice(place + 1).find((other) => replaces(other, one));
    if (later === undefined) reports.push(one);
    else findings.push(replacedFinding(one, later));
  }
  return { reports, findings: [...findings, ...keptFindings(reports)] };
}

function replaces({ report: later }: NamedReport, { report: earlier }: NamedReport): boolean {
  if (earlier.shard === null || later.shard !== earlier.shard) return false;
  // What another run of the CI saw is none of this one's.
  if (earlier.runId !== null && later.runId !== null && earlier.runId !== later.runId) return true;
  // What ran at the same time is other work of the same shard, and no second try.
  if (later.finishedAt === null || later.startedAt < endOf(earlier)) return false;
  const seen = new Set(later.groups.map(({ groupId }) => groupId));
  return earlier.groups.every(({ groupId }) => seen.has(groupId));
}

function replacedFinding(one: NamedReport, later: NamedReport): Finding {
  const { result } = one.report;
  return {
    rule: 'older-report-left-out',
    severity: 'warning',
    where: listed([one.path]),
    message: `${nameWithFile(one)}, ${result} at ${endOf(one.report)}, is left out: ${listed([later.path])} is of the same shard and later.`,
    hint: 'Nothing to do if the job was run again. Otherwise empty the folder before the reports are downloaded.',
  };
}

function keptFindings(reports: readonly NamedReport[]): readonly Finding[] {
  const shards = new Map<string, string[]>();
  for (const { path, report } of reports) {
    if (report.shard !== null) shards.set(report.shard, [...(shards.get(report.shard) ?? []), path]);
  }
  return [...shards]
    .filter(([, paths]) => paths.length > 1)
    .map(([shard, paths]) => ({
      rule: 'shard-reported-twice',
      severity: 'warning',
      where: `shard ${listed([shard])}`,
      message: `It has ${paths.length} reports that all count, since the last of them does not say what the others say: ${listed(paths)}.`,
      hint: 'Take out the reports of earlier runs, and run the shard again if its last run failed.',
    }));
}
