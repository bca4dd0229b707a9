/** Signals as a cancel: the run ends its request in flight, reads back and writes its report. */
import { MigrationError } from '../errors.ts';
import type { Log } from '../operations/ports.ts';

/** The runner kills 10 s after its first signal; by then we must be gone, so that no commit arrives later. */
const LAST_MOMENT_MS = 8_000;

/** The signal's reason says which one it was. Only the first counts; the runner sends SIGTERM after SIGINT. */
export function cancelOnSignals(host: NodeJS.Process, log: Log): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    host.on(name, () => {
      if (controller.signal.aborted) return;
      log.warn(`${name} received: ending after the request in flight.`);
      controller.abort(new MigrationError('CANCELLED', `cancelled by ${name}`));
      setTimeout(() => {
        log.warn('The run did not end in time and is given up; the report shows the last finished pass.');
        host.exit(1);
      }, LAST_MOMENT_MS).unref();
    });
  }
  return controller.signal;
}
