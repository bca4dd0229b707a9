/** Every group that was observed or judged, worst first: the rows of a table of groups. */
import type { GroupReadiness, Readiness } from '../domain/cutover/group-readiness.ts';
import type { Command } from '../domain/verdicts.ts';
import { type OffsetStatus, offsetStatus } from './offset-status.ts';
import { type RankedGroup, worstFirst } from './order.ts';
import { worstReadinessFirst } from './readiness.ts';
import type { ReportModel } from './report-model.ts';
import { OFFSET_STATUS_WORDS, READINESS_WORDS, type Term } from './words.ts';

export interface SaidOfGroup {
  readonly by: 'gate' | 'offsets';
  readonly word: OffsetStatus | Readiness | 'not-seen';
  readonly term: Term;
}

export interface GroupRow {
  readonly groupId: string;
  /** null: judged by the gate, without offsets in this report. */
  readonly ranked: RankedGroup | null;
  /** Of its offsets; `not-seen`: this report holds none. */
  readonly offsets: OffsetStatus | 'not-seen';
  /** null: the gate was not asked. */
  readonly readiness: GroupReadiness | null;
  /** Where a group has one word: the gate's, unless the offsets say that it claims too much. */
  readonly said: SaidOfGroup;
  /** Somebody should look at it, or wait. */
  readonly troubled: boolean;
}

/** By the gate's word where there is one, else by the offsets. */
export function groupRows({
  groups,
  readiness,
  command,
}: Pick<ReportModel, 'groups' | 'readiness' | 'command'>): readonly GroupRow[] {
  const rowOf = (groupId: string, seen: RankedGroup | null, own: GroupReadiness | null) =>
    rowFor(command, groupId, seen, own);
  const ranked = worstFirst(groups);
  const byId = new Map(ranked.map((one) => [one.group.groupId, one]));
  const judged = worstReadinessFirst(readiness).map((one) => rowOf(one.groupId, byId.get(one.groupId) ?? null, one));
  const known = new Set(judged.map(({ groupId }) => groupId));
  const others = ranked.filter(({ group }) => !known.has(group.groupId));
  return [...judged, ...others.map((one) => rowOf(one.group.groupId, one, null))];
}

function rowFor(
  command: Command,
  groupId: string,
  ranked: RankedGroup | null,
  readiness: GroupReadiness | null,
): GroupRow {
  const isNotReady = readiness?.verdict === 'not-ready' || readiness?.verdict === 'unknown';
  const offsets = ranked === null ? 'not-seen' : offsetStatus(ranked.group, command);
  const said = saidOf(command, offsets, readiness?.verdict ?? null);
  return { groupId, ranked, offsets, readiness, said, troubled: isNotReady || (ranked?.troubled ?? false) };
}

/** A commit that failed is said whatever the gate says. Only `check` may call ready what is not in place: it judges alone. */
function saidOf(command: Command, offsets: OffsetStatus | 'not-seen', readiness: Readiness | null): SaidOfGroup {
  const isTooMuch = readiness === 'ready' && command !== 'check' && offsets !== 'ready';
  if (readiness === null || offsets === 'failed' || isTooMuch) {
    return { by: 'offsets', word: offsets, term: OFFSET_STATUS_WORDS[offsets] };
  }
  return { by: 'gate', word: readiness, term: READINESS_WORDS[readiness] };
}
