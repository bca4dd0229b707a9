/** Whether reports may be merged at all: only what looks at the same thing in the same way adds up. */
import { shardOfName } from '../../../domain/shard.ts';
import type { InputProblem } from '../../../errors.ts';
import type { ClusterReport, ReportModel } from '../../report-model.ts';
import { hasBegun, listed, type NamedReport } from './named-report.ts';

/** null: not known to this report, which then speaks against no other. */
type Fact = (report: ReportModel) => string | null;

interface Rule {
  /** What all reports have in common. */
  readonly expected: string;
  readonly fact: Fact;
  readonly hint: string;
}

const NARROW = 'Narrow the glob to the reports that belong together, or merge each kind by itself.';

const RULES: readonly Rule[] = [
  { expected: 'reports of one command', fact: ({ command }) => command, hint: NARROW },
  {
    expected: 'reports of either runs or dry runs',
    fact: ({ dryRun }) => (dryRun ? 'a dry run' : 'a run'),
    hint: NARROW,
  },
  { expected: 'reports of one phase of the gate', fact: ({ phase }) => phase, hint: NARROW },
  {
    expected: 'reports all with a source, or all without',
    fact: ({ source }) => (source === null ? 'no source' : 'a source'),
    hint: NARROW,
  },
  { expected: 'reports of one source', fact: ({ source }) => source?.alias ?? null, hint: NARROW },
  { expected: 'reports of one source cluster', fact: ({ source }) => idOf(source), hint: NARROW },
  { expected: 'reports of one target', fact: ({ target }) => target.alias, hint: NARROW },
  { expected: 'reports of one target cluster', fact: ({ target }) => idOf(target), hint: NARROW },
  {
    expected: 'reports of shards alone, or of whole runs alone',
    fact: ({ shard }) => (shard === null ? 'a whole run' : 'a shard'),
    hint: 'One of them takes groups that another takes too. Merge the shards, or what is none.',
  },
  {
    expected: 'shards of one count',
    fact: ({ shard }) => countOf(shard),
    hint: 'A group falls into different shards when their count changes: leave out the reports of the other count.',
  },
];

/** Empty: they belong together. What failed before its inputs were read says nothing of what it was asked. */
export function mixedReports(reports: readonly NamedReport[]): readonly InputProblem[] {
  const begun = reports.filter(hasBegun);
  return RULES.flatMap(({ expected, fact, hint }): InputProblem[] => {
    const files = new Map<string, string[]>();
    for (const { path, report } of begun) {
      const value = fact(report);
      if (value !== null) files.set(value, [...(files.get(value) ?? []), path]);
    }
    if (files.size < 2) return [];
    const seen = [...files].map(([value, paths]) => `${listed([value])} in ${listed(paths)}`).join('; ');
    return [{ input: 'reports', expected, seen, hint }];
  });
}

function idOf(cluster: ClusterReport | null): string | null {
  return cluster?.clusterId ?? null;
}

function countOf(shard: string | null): string | null {
  const parsed = shardOfName(shard);
  return parsed === null ? shard : `${parsed.count} shards`;
}
