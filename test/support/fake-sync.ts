/** Runs the sync operation on fake clusters, with time in the test's hands. */
import { replicationPolicy } from '../../src/domain/checkpoints/replication-policy.ts';
import type { Clock, ExportEntry } from '../../src/operations/ports.ts';
import { type SyncPorts, type SyncRequest, type SyncResult, sync } from '../../src/operations/sync.ts';
import type { FakeCluster } from './fake-clusters.ts';
import { patterns } from './run-inputs.ts';

/** Time passes only by `advance`. */
export class ManualClock implements Clock {
  #nowMs = 1_000_000;
  readonly #sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { dueMs: this.#nowMs + durationMs, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
    for (const sleeper of this.#sleepers) {
      if (sleeper.dueMs > this.#nowMs) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

/** Whoever sleeps has slept at once. */
export class SkippingClock extends ManualClock {
  override sleep(durationMs: number): Promise<void> {
    this.advance(durationMs);
    return Promise.resolve();
  }
}

export interface FakeRun {
  readonly result: SyncResult;
  readonly exported: readonly ExportEntry[];
  /** Results that a report would have been written from, after each pass. */
  readonly saved: readonly SyncResult[];
}

export interface FakeSyncOptions {
  readonly source: FakeCluster;
  readonly target: FakeCluster;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly request?: Partial<SyncRequest>;
  readonly rules?: Partial<SyncRequest['rules']>;
  readonly onBatch?: SyncPorts['onBatch'];
  readonly onPass?: (soFar: SyncResult) => void;
  readonly onPassFailed?: SyncPorts['onPassFailed'];
  /** In the place of writing to disk. */
  readonly onExport?: (entries: readonly ExportEntry[]) => Promise<void>;
}

export async function fakeSync(options: FakeSyncOptions): Promise<FakeRun> {
  const exported: ExportEntry[] = [];
  const saved: SyncResult[] = [];
  const naming = { sourceAlias: 'src', targetAlias: 'dst', policy: 'default', separator: '.' } as const;
  const selection = {
    topics: patterns('.*'),
    topicsExclude: patterns(''),
    groups: patterns('.*'),
    groupsExclude: patterns(''),
    shard: null,
  };
  const result = await sync(
    {
      clusters: { source: options.source, target: options.target },
      policy: replicationPolicy({
        ...naming,
        internalTopicSeparatorEnabled: true,
        offsetSyncsTopicLocation: 'source',
      }),
      rules: { selection, allowRewind: new Set(), overwriteGroups: patterns(''), refresh: false, ...options.rules },
      runForMs: 0,
      intervalMs: 5_000,
      dryRun: false,
      distrust: null,
      comparison: null,
      ...options.request,
    },
    {
      clock: options.clock ?? new SkippingClock(),
      signal: options.signal ?? new AbortController().signal,
      onBatch: options.onBatch ?? (() => {}),
      onPassFailed: options.onPassFailed ?? (() => {}),
      onPass: async (soFar) => {
        saved.push(soFar);
        options.onPass?.(soFar);
      },
      offsetsExport: {
        append: async (entries) => {
          await options.onExport?.(entries);
          exported.push(...entries);
        },
      },
    },
  );
  return { result, exported, saved };
}
