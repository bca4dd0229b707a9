import { bedError, messageOf } from './errors.ts';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Added to the error when the deadline passes, for example the tail of a log. */
  readonly details?: () => string;
}

/** What one look returns: done with a value, or what was seen instead. */
export type Look<T> = { readonly done: T } | { readonly seen: string };

export function pauseMs(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/**
 * Looks until a look is done. An error thrown by a look counts as "seen", except a bed error, which ends the wait.
 * Throws a bed error naming what was awaited and what was last seen when the deadline passes.
 */
export async function waitFor<T>(what: string, look: () => Promise<Look<T>>, options: WaitOptions): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    // The last look begins after the deadline: a machine may stand still in the middle of one, beyond it.
    const isLast = Date.now() > deadline;
    const result = await lookOnce(look);
    if ('done' in result) return result.done;
    if (isLast) {
      const details = options.details === undefined ? '' : `\n${options.details()}`;
      throw bedError(`Waited ${options.timeoutMs} ms for ${what}; last seen: ${result.seen}.${details}`);
    }
    await pauseMs(options.intervalMs ?? 100);
  }
}

async function lookOnce<T>(look: () => Promise<Look<T>>): Promise<Look<T>> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'TESTBED') throw error;
    return { seen: messageOf(error) };
  }
}
