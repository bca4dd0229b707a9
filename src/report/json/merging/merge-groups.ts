/** Groups of several reports: each once, from the report that finished last. */
import type { GroupReadiness } from '../../../domain/cutover/group-readiness.ts';
import type { GroupOutcome } from '../../../domain/offsets/partition-outcome.ts';
import { plural } from '../../format.ts';
import type { Finding } from '../../report-model.ts';
import { listed, type NamedReport, nameOf } from './named-report.ts';

export interface MergedGroups {
  readonly groups: readonly GroupOutcome[];
  readonly readiness: readonly GroupReadiness[];
  readonly findings: readonly Finding[];
}

/** @param reports in order of time. */
export function mergeGroups(reports: readonly NamedReport[]): MergedGroups {
  const groups = new Map<string, { readonly group: GroupOutcome; readonly from: NamedReport }>();
  const readiness = new Map<string, GroupReadiness>();
  const twice = new Map<string, string[]>();
  for (const from of reports) {
    for (const group of from.report.groups) {
      const earlier = groups.get(group.groupId);
      if (earlier !== undefined && earlier.from !== from) {
        const key = `${nameOf(earlier.from)} and in ${nameOf(from)}, which is later and counts`;
        const alike = twice.get(key) ?? [];
        alike.push(group.groupId);
        twice.set(key, alike);
      }
      groups.set(group.groupId, { group, from });
    }
    for (const one of from.report.readiness) readiness.set(one.groupId, one);
  }
  return {
    groups: [...groups.values()].map(({ group }) => group).sort(byId),
    readiness: [...readiness.values()].sort(byId),
    findings: [...twice].map(([where, groupIds]) => ({
      rule: 'group-in-several-reports',
      severity: 'warning',
      where: 'reports',
      message: `${plural(groupIds.length, 'group')} in ${where}: ${listed(groupIds)}.`,
      hint: 'Two runs looked at the same groups. Give each run a shard or groups of its own.',
    })),
  };
}

function byId(a: { readonly groupId: string }, b: { readonly groupId: string }): number {
  return a.groupId === b.groupId ? 0 : a.groupId < b.groupId ? -1 : 1;
}
