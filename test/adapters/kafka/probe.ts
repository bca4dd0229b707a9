/** Connects and gives back what a person would read. */
import { type ClusterOptions, connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import type { ClusterConnectionConfig } from '../../../src/adapters/kafka/connection-config.ts';
import { MigrationError } from '../../../src/errors.ts';
import type { Clock, Log } from '../../../src/operations/ports.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, durationMs);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

/** Above every backoff, below every deadline of a connection or call. */
const LONGEST_BACKOFF_MS = 10_000;

/** A clock on which only backoffs take time, and none in truth: how often something is tried is not the machine's matter. */
export function clockOfBackoffs(): Clock {
  let nowMs = Date.now();
  return {
    now: () => nowMs,
    async sleep(durationMs, signal) {
      if (durationMs > LONGEST_BACKOFF_MS) return systemClock.sleep(durationMs, signal);
      nowMs += durationMs;
      return systemClock.sleep(1, signal);
    },
  };
}

export interface RecordingLog extends Log {
  readonly lines: readonly string[];
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const add = (message: string): void => void lines.push(message);
  return { lines, stage: add, info: add, warn: add, debug: add };
}

export function clusterConfig(
  address: string,
  overrides: Partial<ClusterConnectionConfig> = {},
): ClusterConnectionConfig {
  return { side: 'target', bootstrapServers: address.split(','), tls: null, sasl: null, ...overrides };
}

export function clusterOptions(overrides: Partial<ClusterOptions> = {}): ClusterOptions {
  return { log: recordingLog(), clock: systemClock, ...overrides };
}

export interface SeenFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly retriable: boolean;
  /** Everything that reached the log or the error, to look for secrets in. */
  readonly allText: string;
}

/** The error of a connection that must fail. */
export async function connectionFailure(
  config: ClusterConnectionConfig,
  overrides: Partial<ClusterOptions> = {},
): Promise<SeenFailure> {
  const log = recordingLog();
  try {
    const patient = { connectTimeoutMs: 60_000, requestTimeoutMs: 60_000 };
    const cluster = await connectCluster(config, clusterOptions({ ...patient, ...overrides, log }));
    await cluster.close();
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const { code, message, hint, retriable } = error;
    return { code, message, hint, retriable, allText: [message, hint, ...log.lines].join('\n') };
  }
  throw new Error('expected the connection to fail');
}
