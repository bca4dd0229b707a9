/** One log line a batch or pass: groups done, delta left, time left. Plain text. */
import { count, duration, offsetDelta, plural } from './format.ts';
import type { PassReport } from './report-model.ts';

export interface Progress {
  readonly pass: number;
  readonly groupsDone: number;
  readonly groupsTotal: number;
  /** null before anything is known of it. */
  readonly offsetDelta: { readonly known: bigint; readonly unknownPartitions: number } | null;
  /** Until `run-for` ends; null in a run of one pass. */
  readonly timeLeftMs: number | null;
}

export function progressLine(progress: Progress): string {
  const { pass, groupsDone, groupsTotal, timeLeftMs } = progress;
  const parts = [`pass ${pass}: ${count(groupsDone)} of ${plural(groupsTotal, 'group')} done`];
  if (progress.offsetDelta !== null) {
    parts.push(`offset delta left ${offsetDelta(progress.offsetDelta.known, progress.offsetDelta.unknownPartitions)}`);
  }
  if (timeLeftMs !== null) parts.push(`${duration(timeLeftMs)} left`);
  return parts.join(', ');
}

/** What one pass came to; `timeLeftMs` until `run-for` ends. */
export function passLine(pass: PassReport, timeLeftMs: number): string {
  const counts = (['committed', 'planned', 'unchanged', 'pending', 'skipped', 'failed'] as const)
    .filter((verdict) => pass[verdict] > 0)
    .map((verdict) => `${count(pass[verdict])} ${verdict}`);
  const parts = [
    `pass ${pass.number}: ${counts.length === 0 ? 'nothing to do' : counts.join(', ')}`,
    `offset delta left ${offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown)}`,
  ];
  if (timeLeftMs > 0) parts.push(`${duration(timeLeftMs)} left`);
  return parts.join(' · ');
}
