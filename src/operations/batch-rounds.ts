/** What a sync and a rollback share when they write: young reads, and rounds until everything was sent (B, E). */
import type { TopicPartitionKey } from '../domain/topic-partition.ts';
import type { Clock } from './ports.ts';

/** A write rests on a value read at most this long before it is sent (invariant B). */
export const MAX_READ_AGE_MS = 2_000;
/** What reading and exporting may take of that, so that time to send is left. */
const MAX_PREPARATION_MS = 1_000;
export const TOO_SLOW = `the target's offsets could not be read and exported within ${MAX_PREPARATION_MS} ms`;
const MAX_READS = 5;
const MAX_ROUNDS = 20;
/** Rounds in a row without a single write, e.g. while a first commit creates __consumer_offsets. */
const MAX_IDLE_ROUNDS = 6;
const IDLE_WAIT_MS = 500;

export interface Prepared<T> {
  readonly value: T;
  /** Right before the read began. */
  readonly readAtMs: number;
  /** False: the read is too old to write on. */
  readonly inTime: boolean;
}

/** Reads and exports until the read is young enough to write on; the export may be slow on a slow disk. */
export async function onYoungRead<T>(clock: Clock, readAndExport: () => Promise<T>): Promise<Prepared<T>> {
  for (let read = 1; ; read++) {
    const readAtMs = clock.now();
    const value = await readAndExport();
    const inTime = clock.now() - readAtMs <= MAX_PREPARATION_MS;
    if (inTime || read === MAX_READS) return { value, readAtMs, inTime };
  }
}

/** Partitions of one group that are to be written. */
export interface BatchItem {
  readonly keys: readonly TopicPartitionKey[];
}

/** What had no effect (`once` answers with it) is read and decided again, as long as that gets on. */
export async function inRounds<Item extends BatchItem>(
  batch: readonly Item[],
  once: (todo: readonly Item[]) => Promise<readonly Item[]>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  let todo = batch;
  let idleRounds = 0;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const notSent = await once(todo);
    idleRounds = partitionCount(notSent) < partitionCount(todo) ? 0 : idleRounds + 1;
    todo = notSent;
    if (todo.length === 0 || idleRounds >= MAX_IDLE_ROUNDS || signal.aborted) return;
    if (idleRounds > 0) await clock.sleep(IDLE_WAIT_MS, signal);
  }
}

function partitionCount(batch: readonly BatchItem[]): number {
  return batch.reduce((sum, { keys }) => sum + keys.length, 0);
}

/** Bounds of a batch: small enough to read, export and start writing well within 2 s (invariant B). */
export const MAX_BATCH_GROUPS = 500;
const MAX_BATCH_PARTITIONS = 10_000;

export function* batches<Item extends BatchItem>(planned: readonly Item[]): Iterable<readonly Item[]> {
  let batch: Item[] = [];
  let partitions = 0;
  for (const group of planned) {
    const full = batch.length >= MAX_BATCH_GROUPS || partitions + group.keys.length > MAX_BATCH_PARTITIONS;
    if (full && batch.length > 0) {
      yield batch;
      batch = [];
      partitions = 0;
    }
    batch.push(group);
    partitions += group.keys.length;
  }
  if (batch.length > 0) yield batch;
}
