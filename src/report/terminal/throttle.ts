/** Of what could be said all the time, a line now and then: for a log that keeps every line. */

/** The first comes so late that what is quick says nothing. */
const FIRST_AFTER_MS = 10_000;
const EVERY_MS = 30_000;

export interface Throttle {
  /** What begins now has been quiet for no time yet. */
  restart(): void;
  /** True when the next line is due, which counts as said then. */
  isDue(): boolean;
}

/** @param now milliseconds since the epoch. */
export function createThrottle(now: () => number): Throttle {
  let dueAtMs = now() + FIRST_AFTER_MS;
  return {
    restart: () => {
      dueAtMs = now() + FIRST_AFTER_MS;
    },
    isDue: () => {
      if (now() < dueAtMs) return false;
      dueAtMs = now() + EVERY_MS;
      return true;
    },
  };
}
