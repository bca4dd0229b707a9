/** Retries in rounds: what a round could not do is tried again, with backoff, until a deadline. */
import type { Clock } from '../../operations/ports.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';

export interface Leftover<T> {
  readonly item: T;
  /** Why it is left: reported when the deadline passes. */
  readonly error: KafkaErrorName;
}

export interface RetryOptions {
  readonly clock: Clock;
  /** From the first round on. A round that has begun is not cut off; its requests have their own time-outs. */
  readonly timeoutMs: number;
}

const FIRST_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 2_000;

/** Resolves with what was still left at the deadline; empty when all was done. */
export async function retryRounds<T>(
  items: readonly T[],
  round: (items: readonly T[]) => Promise<readonly Leftover<T>[]>,
  { clock, timeoutMs }: RetryOptions,
): Promise<readonly Leftover<T>[]> {
  const deadline = clock.now() + timeoutMs;
  let backoffMs = FIRST_BACKOFF_MS;
  let left = await round(items);
  while (left.length > 0 && clock.now() + backoffMs < deadline) {
    await clock.sleep(backoffMs);
    backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
    left = await round(left.map(({ item }) => item));
  }
  return left;
}

/** Runs `work` on every item, at most `limit` at a time. Rejects with the first error, after the others have ended. */
export async function forEachLimit<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next] as T;
      next += 1;
      await work(item);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
  }
}
