/** What the cutover gate says, in one line and in figures. Plain text; names in it are untrusted. */

import { COMMAND_WORK } from '../domain/command-work.ts';
import type { GroupReadiness, Readiness } from '../domain/cutover/group-readiness.ts';
import { type CheckResult, isSkipped } from '../domain/cutover/judge-cutover.ts';
import { clip } from './escape.ts';
import { count, plural } from './format.ts';
import type { ReportModel } from './report-model.ts';
import { PHASE_CLAUSES } from './words.ts';

const MAX_NAMED = 3;
const MAX_NAME_CHARS = 80;
const MAX_WHY_CHARS = 160;

/** null: the gate was not asked. A run that ended before the gate had judged is not ready. */
export function isReady({ command, checks, result }: ReportModel): boolean | null {
  if (!COMMAND_WORK[command].gate) return null;
  const asked = checks.filter(({ verdict }) => verdict !== 'not-asked');
  const judged = asked.length > 0 && asked.every(({ verdict }) => verdict === 'pass');
  return judged && (result === 'ok' || result === 'changed');
}

/**
 * `12 of 14 groups can cut over now; 2 not: …; not asked: acls`. What no group shows comes first, since it holds up the
 * ready ones too: `Not yet: heartbeat (unknown) not in order; otherwise 14 of 14 groups …`. Empty: nothing was judged.
 */
export function verdictLine({ phase, checks, readiness }: ReportModel): string {
  if (phase === null || checks.length === 0) return '';
  const judged = readiness.filter(({ verdict }) => verdict !== 'not-asked');
  const ready = judged.filter(({ verdict }) => verdict === 'ready');
  const holding = ofNoGroup(checks, judged);
  const isHeldUp = holding.length > 0 && ready.length > 0;
  const groups = `${count(ready.length)} of ${plural(judged.length, 'group')} ${PHASE_CLAUSES[phase]}`;
  const parts = [
    isHeldUp ? `Not yet: ${holding.join(', ')} not in order; otherwise ${groups}` : groups,
    notReadyWords(worstReadinessFirst(judged).filter(({ verdict }) => verdict !== 'ready')),
    isHeldUp ? '' : listed('not in order', holding),
    listed(
      'not asked',
      checks.filter(isSkipped).map(({ id }) => id),
    ),
    listed('left out for some groups', leftOutForSome(checks)),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

const WORST_FIRST: readonly Readiness[] = ['not-ready', 'unknown', 'ready', 'not-asked'];

export function worstReadinessFirst(groups: readonly GroupReadiness[]): GroupReadiness[] {
  return [...groups].sort(
    (a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict) || (a.groupId < b.groupId ? -1 : 1),
  );
}

function notReadyWords(groups: readonly GroupReadiness[]): string {
  if (groups.length === 0) return '';
  const named = groups
    .slice(0, MAX_NAMED)
    .map(({ groupId, why }) => `${clip(groupId, MAX_NAME_CHARS)} ${clip(why ?? 'is not ready', MAX_WHY_CHARS)}`);
  const rest = groups.length - named.length;
  return `${count(groups.length)} not: ${named.join(', ')}${rest > 0 ? ` and ${count(rest)} more` : ''}`;
}

/** Checks in trouble that no group shows: of the whole system, or of topics that no group reads. */
function ofNoGroup(checks: readonly CheckResult[], groups: readonly GroupReadiness[]): readonly string[] {
  const shown = new Set(groups.flatMap(({ failed, unknown }) => [...failed, ...unknown]));
  return checks
    .filter(({ verdict, id }) => (verdict === 'fail' || verdict === 'unknown') && !shown.has(id))
    .map(({ id, verdict }) => (verdict === 'fail' ? id : `${id} (unknown)`));
}

function leftOutForSome(checks: readonly CheckResult[]): readonly string[] {
  return checks
    .filter(({ verdict, cases }) => verdict !== 'not-asked' && cases.some((one) => one.verdict === 'not-asked'))
    .map(({ id }) => id);
}

function listed(words: string, ids: readonly string[]): string {
  return ids.length === 0 ? '' : `${words}: ${ids.join(', ')}`;
}
