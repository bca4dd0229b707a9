/** Log lines of a run that is going on: groups done, delta left, time left. Plain text. */
import { span } from '../../domain/figures.ts';
import { count, duration, offsetDelta, plural } from '../format.ts';
import type { PassReport } from '../report-model.ts';

/** After each batch of commits. `of` counts the groups that have something to commit in this pass. */
export function batchLine(done: { readonly groups: number; readonly of: number }): string {
  return `${count(done.groups)} of ${plural(done.of, 'group')} committed and read back`;
}

/** After each pass; `timeLeftMs` until `run-for` ends, 0 in a run of one pass. */
export function passLine(pass: PassReport, timeLeftMs: number): string {
  const inPlace = pass.committed + pass.unchanged;
  const counts = [
    [pass.committed, 'committed'],
    [pass.planned, 'planned'],
    [pass.pending, 'pending'],
    [pass.skipped, 'skipped'],
    [pass.failed, 'failed'],
  ] as const;
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  const parts = [
    `Pass ${pass.number} took ${duration(pass.durationMs)}: ${plural(inPlace, 'group partition')} in place`,
    ...said,
    `offset delta left ${offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown)}`,
  ];
  if (timeLeftMs > 0) parts.push(`${duration(timeLeftMs)} left`);
  return parts.join(', ');
}

/** Below this an estimate is a guess. */
const ESTIMATE_AFTER_MS = 3_000;

/** While records are compared; `elapsedMs` since it began. */
export function comparingWords(
  soFar: { readonly settled: number; readonly of: number; readonly records: number },
  elapsedMs: number,
): string {
  const { settled, of, records } = soFar;
  const words = `comparing records: ${count(settled)} of ${plural(of, 'offset')}, ${plural(records, 'record')} read`;
  if (settled === 0 || settled >= of || elapsedMs < ESTIMATE_AFTER_MS) return words;
  return `${words}, about ${duration((elapsedMs / settled) * (of - settled))} to go`;
}

/** What goes on, since when, and until when at the latest. `leftMs` null: nobody knows. */
export function progressWords(doing: string, elapsedMs: number, leftMs: number | null): string {
  return `${doing}${timeWords(elapsedMs, leftMs)}`;
}

/** What stands after `doing`. */
export function timeWords(elapsedMs: number, leftMs: number | null): string {
  const left = leftMs === null ? '' : ` · ${span(Math.max(0, leftMs))} left`;
  return ` · ${span(elapsedMs)}${left}`;
}
