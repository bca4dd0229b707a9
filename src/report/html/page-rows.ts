/** The rows of the page's table: every group that was observed or judged, worst first. */
import type { GroupReadiness } from '../../domain/cutover/group-readiness.ts';
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import { type RankedGroup, worstFirst } from '../order.ts';
import { worstReadinessFirst } from '../readiness.ts';
import type { ReportModel } from '../report-model.ts';

export interface PageRow {
  readonly groupId: string;
  /** null: judged by the gate, without offsets in this report. */
  readonly ranked: RankedGroup | null;
  /** null: the gate was not asked. */
  readonly readiness: GroupReadiness | null;
}

/** What the table shows as the verdict on a group's offsets. */
export const ROW_VERDICTS = [
  'failed',
  'blocked',
  'unknown',
  'active',
  'planned',
  'ready',
  'not-selected',
  'not-seen',
] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

export function pageRows(model: ReportModel): readonly PageRow[] {
  const ranked = worstFirst(model.groups);
  if (model.readiness.length === 0) {
    return ranked.map((one) => ({ groupId: one.group.groupId, ranked: one, readiness: null }));
  }
  const byId = new Map(ranked.map((one) => [one.group.groupId, one]));
  const judged = worstReadinessFirst(model.readiness).map((readiness): PageRow => {
    const { groupId } = readiness;
    return { groupId, ranked: byId.get(groupId) ?? null, readiness };
  });
  const known = new Set(judged.map(({ groupId }) => groupId));
  const others = ranked.filter(({ group }) => !known.has(group.groupId));
  return [...judged, ...others.map((one) => ({ groupId: one.group.groupId, ranked: one, readiness: null }))];
}

export function rowVerdict({ ranked }: PageRow): RowVerdict {
  if (ranked === null) return 'not-seen';
  if (ranked.standing === 'unselected') return 'not-selected';
  return ranked.standing === 'planned' ? 'planned' : ranked.group.verdict;
}

/** Somebody should look at it, or wait. */
export function isTroubled({ ranked, readiness }: PageRow): boolean {
  return (ranked?.troubled ?? false) || readiness?.verdict === 'not-ready' || readiness?.verdict === 'unknown';
}

export function partitionsOf({ ranked }: PageRow): GroupOutcome['partitions'] {
  return ranked?.group.partitions ?? [];
}
