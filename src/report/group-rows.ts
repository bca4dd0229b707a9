/** Every group that was observed or judged, worst first: the rows of a table of groups. */
import type { GroupReadiness } from '../domain/cutover/group-readiness.ts';
import { type RankedGroup, worstFirst } from './order.ts';
import { worstReadinessFirst } from './readiness.ts';
import type { ReportModel } from './report-model.ts';

export interface GroupRow {
  readonly groupId: string;
  /** null: judged by the gate, without offsets in this report. */
  readonly ranked: RankedGroup | null;
  /** null: the gate was not asked. */
  readonly readiness: GroupReadiness | null;
  /** Somebody should look at it, or wait. */
  readonly troubled: boolean;
}

/** By the gate's word where there is one, else by the offsets. */
export function groupRows({ groups, readiness }: Pick<ReportModel, 'groups' | 'readiness'>): readonly GroupRow[] {
  const ranked = worstFirst(groups);
  const byId = new Map(ranked.map((one) => [one.group.groupId, one]));
  const judged = worstReadinessFirst(readiness).map((one) => rowOf(one.groupId, byId.get(one.groupId) ?? null, one));
  const known = new Set(judged.map(({ groupId }) => groupId));
  const others = ranked.filter(({ group }) => !known.has(group.groupId));
  return [...judged, ...others.map((one) => rowOf(one.group.groupId, one, null))];
}

function rowOf(groupId: string, ranked: RankedGroup | null, readiness: GroupReadiness | null): GroupRow {
  const isNotReady = readiness?.verdict === 'not-ready' || readiness?.verdict === 'unknown';
  return { groupId, ranked, readiness, troubled: isNotReady || (ranked?.troubled ?? false) };
}
