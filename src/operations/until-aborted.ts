import type { Clock } from './ports.ts';

/** What a commit in flight and its read-back may still take after a cancel; the report must be down within 5 s. */
const GRACE_MS = 3_500;

/**
 * Waits for `work`; once the signal aborts, for at most the grace more. null when the work did not end by then or
 * gave up because of the signal: what it would have said is not known.
 */
export async function untilAborted<T>(
  work: Promise<T>,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: Clock },
): Promise<T | null> {
  const outcome = work.catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  let start = (): void => {};
  const grace = new Promise<null>((resolve) => {
    start = () => void clock.sleep(GRACE_MS).then(() => resolve(null));
  });
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  try {
    return await Promise.race([outcome, grace]);
  } finally {
    // A run of hours waits thousands of times on the same signal.
    signal.removeEventListener('abort', start);
  }
}
