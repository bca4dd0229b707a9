/** A clock whose time goes by in pauses alone: a run has as many passes on a slow machine as on a quick one. */
import { systemClock } from '../../src/adapters/clock.ts';
import type { Clock } from '../../src/operations/ports.ts';

/**
 * For all of a run, its connections too: the age of a read is the difference of two looks at one clock.
 * @param longestMs what a pause takes in truth, at most.
 */
export function clockOfPauses(longestMs = Number.POSITIVE_INFINITY): Clock {
  let nowMs = systemClock.now();
  return {
    now: () => nowMs,
    async sleep(durationMs, signal) {
      await systemClock.sleep(Math.min(durationMs, longestMs), signal);
      // A deadline that was not needed any more is no pause.
      if (signal?.aborted !== true) nowMs += durationMs;
    },
  };
}
