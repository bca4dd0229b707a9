/** What one leader is asked for in one round: many partitions a request, several requests at a time. */
import type { TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { KafkaErrorName } from '../../../operations/ports.ts';
import { errorNameOf } from '../kafka-error.ts';
import { type FetchAnswer, type FetchedPartition, fetchRequest } from '../log/fetch-request.ts';
import { isPassing } from '../log/read-error.ts';
import { MalformedDataError } from '../protocol/decoder.ts';
import type { ScanRate } from '../scan-rate.ts';
import { throwIfAborted, unlessAborted } from './cancellation.ts';
import type { FetchSizes } from './fetch-sizes.ts';
import type { ImageRun } from './image-run.ts';
import type { ImageSource } from './image-source.ts';

/** Keeps the broker busy while an answer is decoded here. */
const REQUESTS_AT_ONCE = 4;
/** Of all partitions in one answer; with the requests at once, this bounds what is held of records. */
const ANSWER_BYTES = 4 * 1024 * 1024;
/** Brokers before 0.10.1 cut a batch that is larger than asked for; the question grows up to here. */
const LARGEST_BATCH_BYTES = 256 * 1024 * 1024;
const MAX_WAIT_MS = 250;

export interface ReadContext {
  readonly source: ImageSource;
  readonly sizes: FetchSizes;
  readonly rate: ScanRate;
  readonly signal: AbortSignal;
  readonly onRead: (offsets: number) => void;
}

export interface RoundResult {
  /** Runs to be tried again, each with its `trouble`. */
  readonly left: readonly ImageRun[];
  readonly moved: boolean;
  readonly throttleTimeMs: number;
}

interface Asked {
  readonly run: ImageRun;
  readonly maxBytes: number;
}

/**
 * Reads the runs as far as this leader lets them. Those that end, well or not, are not in the result.
 * Throws MigrationError for what no retry helps, and CANCELLED.
 */
export async function readFromLeader(
  context: ReadContext,
  leader: number,
  runs: readonly ImageRun[],
): Promise<RoundResult> {
  return new LeaderReads(context, leader, runs).run();
}

class LeaderReads {
  readonly #context: ReadContext;
  readonly #leader: number;
  /** The partition that is next comes first; each is in a request at most once, so its runs follow one another. */
  readonly #waiting = new Map<TopicPartitionKey, ImageRun[]>();
  readonly #left: ImageRun[] = [];
  /** Why nothing more is sent to this leader in this round. */
  #stoppedBy: KafkaErrorName | null = null;
  #moved = false;
  #throttleTimeMs = 0;

  constructor(context: ReadContext, leader: number, runs: readonly ImageRun[]) {
    this.#context = context;
    this.#leader = leader;
    for (const run of runs) this.#queue(run);
  }

  async run(): Promise<RoundResult> {
    const { rate, signal } = this.#context;
    const fetching = new Set<Promise<void>>();
    for (;;) {
      while (fetching.size < REQUESTS_AT_ONCE && this.#waiting.size > 0) {
        await rate.wait(signal);
        throwIfAborted(signal);
        const fetch = this.#fetch(this.#next()).finally(() => fetching.delete(fetch));
        // Of several that fail, the first is thrown.
        fetch.catch(() => {});
        fetching.add(fetch);
      }
      if (fetching.size === 0) return { left: this.#left, moved: this.#moved, throttleTimeMs: this.#throttleTimeMs };
      await Promise.race(fetching);
      if (this.#stoppedBy !== null) this.#leaveAll(this.#stoppedBy);
    }
  }

  #queue(run: ImageRun): void {
    const runs = this.#waiting.get(run.key);
    if (runs === undefined) this.#waiting.set(run.key, [run]);
    else runs.push(run);
  }

  /** One run of each partition in turn, until the answer would be full; a single one may ask for more. */
  #next(): readonly Asked[] {
    const answerBytes = Math.min(ANSWER_BYTES, this.#context.rate.answerBytes);
    const asked: Asked[] = [];
    let sum = 0;
    for (const [key, runs] of [...this.#waiting]) {
      const [run] = runs;
      if (run === undefined) continue;
      const maxBytes = this.#context.sizes.bytesFor(run);
      if (asked.length > 0 && sum + maxBytes > answerBytes) break;
      asked.push({ run, maxBytes });
      sum += maxBytes;
      this.#waiting.delete(key);
      if (runs.length > 1) this.#waiting.set(key, runs.slice(1));
    }
    return asked;
  }

  async #fetch(asked: readonly Asked[]): Promise<void> {
    const { source, rate, signal } = this.#context;
    const positions = asked.map(({ run, maxBytes }) => {
      return { topic: run.topic, partition: run.partition, offset: run.position, maxBytes };
    });
    const request = fetchRequest(positions, { isolation: 'read_uncommitted', maxWaitMs: MAX_WAIT_MS });
    let answer: FetchAnswer;
    try {
      answer = await unlessAborted(source.send(this.#leader, request), signal);
    } catch (error) {
      const name = errorNameOf(error);
      source.log.debug(`records of ${asked.length} partitions: ${String(error)}`);
      this.#stop(name);
      for (const { run } of asked) this.#leave(run, name);
      return;
    }
    rate.pay([...answer.values()].reduce((sum, { records }) => sum + records.length, 0));
    for (const [place, one] of asked.entries()) this.#take(one, answer.get(one.run.key), place === 0);
  }

  #take(asked: Asked, fetched: FetchedPartition | undefined, first: boolean): void {
    const { run } = asked;
    if (fetched === undefined || fetched.error !== null) {
      this.#whenRefused(run, fetched?.error ?? 'UNKNOWN_SERVER_ERROR');
      return;
    }
    const before = { position: run.position, bytes: run.bytesTaken, batches: run.batchesTaken };
    try {
      if (!run.take(fetched)) {
        this.#whenNothingCame(asked, fetched, first);
        return;
      }
    } catch (error) {
      if (!(error instanceof MalformedDataError)) throw error;
      const { source } = this.#context;
      source.log.warn(`${source.side} topic ${run.topic}, partition ${run.partition}: ${error.message}.`);
      run.trouble = 'CORRUPT_MESSAGE';
      return;
    }
    this.#moved = true;
    const offsets = Number(run.position - before.position);
    this.#context.onRead(offsets);
    this.#context.sizes.learn(run, {
      bytes: run.bytesTaken - before.bytes,
      batches: run.batchesTaken - before.batches,
      offsets,
    });
    if (!run.done) this.#queue(run);
  }

  #whenRefused(run: ImageRun, error: KafkaErrorName): void {
    if (error === 'OFFSET_OUT_OF_RANGE') {
      // Only of this position; the other runs of the partition may lie within the log.
      this.#leave(run, error);
      return;
    }
    const all = [run, ...(this.#waiting.get(run.key) ?? [])];
    this.#waiting.delete(run.key);
    for (const one of all) {
      if (isPassing(error)) this.#leave(one, error);
      else one.trouble = error;
    }
  }

  #whenNothingCame({ run, maxBytes }: Asked, { records, throttleTimeMs }: FetchedPartition, first: boolean): void {
    const cut = records.length > 0;
    if (!cut && throttleTimeMs > 0) {
      this.#throttleTimeMs = Math.max(this.#throttleTimeMs, throttleTimeMs);
      this.#stop('THROTTLING_QUOTA_EXCEEDED');
      this.#leave(run, 'THROTTLING_QUOTA_EXCEEDED');
    } else if (!cut && first) {
      // The first partition's first batch comes whole, whatever its size: the broker has nothing now.
      this.#leave(run, 'OFFSET_NOT_AVAILABLE');
    } else if (maxBytes >= LARGEST_BATCH_BYTES) {
      run.trouble = 'MESSAGE_TOO_LARGE';
    } else {
      this.#context.sizes.grow(run, maxBytes);
      this.#queue(run);
    }
  }

  #stop(error: KafkaErrorName): void {
    this.#stoppedBy = error;
  }

  #leaveAll(error: KafkaErrorName): void {
    for (const runs of this.#waiting.values()) for (const run of runs) this.#leave(run, error);
    this.#waiting.clear();
  }

  #leave(run: ImageRun, error: KafkaErrorName): void {
    run.trouble = error;
    this.#left.push(run);
  }
}
