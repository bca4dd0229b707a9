import { MigrationError } from '../../../errors.ts';

/** Throws MigrationError(CANCELLED) once the signal has aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** What `work` gives; as soon as the signal aborts, MigrationError(CANCELLED), and the work ends unseen. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
  });
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    // One signal serves a run of hours.
    signal.removeEventListener('abort', onAbort);
  }
}

function cancelled(): MigrationError {
  return new MigrationError('CANCELLED', 'The reading of records was cancelled.');
}
