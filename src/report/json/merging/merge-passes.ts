/** Passes of several runs, side by side. */
import type { PassReport } from '../../report-model.ts';

/**
 * Pass n is the sum of all n-th passes. A run that ended before keeps what its last pass left, so that the figures of a
 * later pass are those of all groups. Durations are of runs at the same time: the longest counts.
 */
export function mergePasses(runs: readonly (readonly PassReport[])[]): readonly PassReport[] {
  const last = Math.max(0, ...runs.map((passes) => passes.length));
  return Array.from({ length: last }, (_, place) =>
    runs.flatMap((passes) => passes[place] ?? settled(passes.at(-1))).reduce(sum, { ...NOTHING, number: place + 1 }),
  );
}

const NOTHING: PassReport = {
  number: 0,
  durationMs: 0,
  committed: 0,
  unchanged: 0,
  pending: 0,
  skipped: 0,
  failed: 0,
  planned: 0,
  offsetDelta: 0n,
  offsetDeltaUnknown: 0,
};

/** What was committed in the last pass would be found in place in another. */
function settled(pass: PassReport | undefined): PassReport[] {
  if (pass === undefined) return [];
  return [{ ...pass, durationMs: 0, committed: 0, unchanged: pass.unchanged + pass.committed }];
}

function sum(a: PassReport, b: PassReport): PassReport {
  return {
    number: a.number,
    durationMs: Math.max(a.durationMs, b.durationMs),
    committed: a.committed + b.committed,
    unchanged: a.unchanged + b.unchanged,
    pending: a.pending + b.pending,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
    planned: a.planned + b.planned,
    offsetDelta: a.offsetDelta + b.offsetDelta,
    offsetDeltaUnknown: a.offsetDeltaUnknown + b.offsetDeltaUnknown,
  };
}
