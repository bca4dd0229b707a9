/**
 * Reads a partition from a position to a fixed end (invariant D). The position moves by batch, so that what compaction
 * emptied and transaction markers are passed over, and one fetch response is held at a time.
 */
import { partitionKey } from '../../../domain/topic-partition.ts';
import { MigrationError } from '../../../errors.ts';
import type { KafkaErrorName, LogReadRequest, LogReadResult } from '../../../operations/ports.ts';
import { MalformedDataError } from '../protocol/decoder.ts';
import type { ScanRate } from '../scan-rate.ts';
import type { BatchRecord } from './batch.ts';
import { type FetchedPartition, fetchRequest } from './fetch-request.ts';
import { type BatchVisitor, LogCursor } from './log-cursor.ts';
import type { LogSource } from './log-source.ts';
import { Patience } from './patience.ts';
import { beyondEnd, fetchError, readError } from './read-error.ts';

/** Of one fetch; a larger batch comes whole all the same. */
const FETCH_BYTES = 4 * 1024 * 1024;
/** Brokers before 0.10.1 cut a batch that is larger than asked for; the question grows up to here. */
const MAX_FETCH_BYTES = 256 * 1024 * 1024;
const MAX_WAIT_MS = 250;

export interface LogReadOptions {
  readonly onBatch?: BatchVisitor;
  /** As fast as it goes by default. */
  readonly pace?: { readonly rate: ScanRate; readonly signal: AbortSignal };
}

type Step =
  | { readonly kind: 'moved' }
  | { readonly kind: 'open-transaction'; readonly at: bigint }
  | { readonly kind: 'failed'; readonly error: MigrationError }
  /** `error` is thrown when patience ends; null: the broker has no more to give, and the read is incomplete. */
  | { readonly kind: 'stuck'; readonly error: MigrationError | null; readonly waitMs?: number };

/**
 * Calls `visit` for each data record of [from, to), in offset order; keys and values share memory with a fetch
 * response, so copy what is kept. Leader changes, lost connections and throttling are waited out.
 * Errors: MigrationError, retriable when it gave up after 30 s without progress; KAFKA_REQUEST when `to` lies beyond
 * the high watermark; KAFKA_PROTOCOL for a batch whose checksum or content is wrong. What `visit` throws passes.
 */
export async function readLog(
  source: LogSource,
  request: LogReadRequest,
  visit: (record: BatchRecord) => void,
  options: LogReadOptions = {},
): Promise<LogReadResult> {
  return new LogRead(source, request, visit, options).run();
}

class LogRead {
  readonly #source: LogSource;
  readonly #request: LogReadRequest;
  readonly #cursor: LogCursor;
  readonly #pace: LogReadOptions['pace'];
  #leaderMayHaveMoved = false;
  #maxBytes = FETCH_BYTES;
  #begun = false;
  #overtaken = false;
  #logStartMovedTo: bigint | null = null;

  constructor(
    source: LogSource,
    request: LogReadRequest,
    visit: (record: BatchRecord) => void,
    { onBatch, pace }: LogReadOptions,
  ) {
    this.#source = source;
    this.#request = request;
    this.#cursor = new LogCursor(request.from, request.to, visit, onBatch);
    this.#pace = pace;
  }

  async run(): Promise<LogReadResult> {
    const patience = new Patience(this.#source.clock);
    while (!this.#cursor.atEnd) {
      const step = await this.#step();
      if (step.kind === 'open-transaction') return this.#result(true, step.at);
      if (step.kind === 'failed') throw step.error;
      if (step.kind === 'moved') {
        patience.renew();
        continue;
      }
      if (await patience.wait(step.waitMs)) continue;
      if (step.error !== null) throw step.error;
      return this.#result(false, null);
    }
    return this.#result(true, null);
  }

  #result(seenToTheEnd: boolean, openTransactionAt: bigint | null): LogReadResult {
    return {
      complete: seenToTheEnd && !this.#overtaken,
      logStartMovedTo: this.#logStartMovedTo,
      openTransactionAt,
      recordCount: this.#cursor.recordCount,
    };
  }

  async #step(): Promise<Step> {
    try {
      const fetched = await this.#fetch();
      if (typeof fetched === 'string') return this.#whenRefused(fetched);
      if (fetched.error === 'OFFSET_OUT_OF_RANGE') return await this.#whenOutOfRange();
      if (fetched.error !== null) return this.#whenRefused(fetched.error);
      if (!this.#take(fetched)) return await this.#whenNothingCame(fetched);
      this.#begun = true;
      return { kind: 'moved' };
    } catch (error) {
      if (error instanceof MigrationError && error.retriable) return this.#retry(error);
      throw error;
    }
  }

  /** A name says why the partition has no leader. */
  async #fetch(): Promise<FetchedPartition | KafkaErrorName> {
    const { topic, partition, isolation } = this.#request;
    const leader = await this.#source.findLeader(this.#request, this.#leaderMayHaveMoved);
    if (typeof leader === 'string') return leader;
    this.#leaderMayHaveMoved = false;
    await this.#pace?.rate.wait(this.#pace.signal);
    const position = { topic, partition, offset: this.#cursor.position, maxBytes: this.#maxBytes };
    const answer = await this.#source.send(leader, fetchRequest([position], { isolation, maxWaitMs: MAX_WAIT_MS }));
    const fetched = answer.get(partitionKey(topic, partition)) ?? 'UNKNOWN_SERVER_ERROR';
    if (typeof fetched !== 'string') this.#pace?.rate.pay(fetched.records.length);
    return fetched;
  }

  #take(fetched: FetchedPartition): boolean {
    try {
      return this.#cursor.take(fetched);
    } catch (error) {
      if (!(error instanceof MalformedDataError)) throw error;
      const hint = 'Compare with another consumer: the log may be damaged on the disk of the broker.';
      throw readError('KAFKA_PROTOCOL', this.#source.side, this.#request, error.message, { hint, cause: error });
    }
  }

  #retry(error: MigrationError): Step {
    this.#leaderMayHaveMoved = true;
    return { kind: 'stuck', error };
  }

  #whenRefused(name: KafkaErrorName): Step {
    const error = fetchError(this.#source.side, this.#request, name);
    return error.retriable ? this.#retry(error) : { kind: 'failed', error };
  }

  /** The position is below the log start, or beyond an end that this leader knows of. */
  async #whenOutOfRange(): Promise<Step> {
    const range = await this.#source.logRange(this.#request);
    if (range.kind === 'error') return this.#whenRefused(range.error);
    if (this.#cursor.position < range.logStart) {
      this.#overtaken ||= this.#begun;
      this.#logStartMovedTo = range.logStart;
      this.#cursor.position = range.logStart;
      return { kind: 'moved' };
    }
    const error = beyondEnd(this.#source.side, this.#request, range.highWatermark);
    // Within the range after all: another broker leads, or this one has not caught up.
    return this.#cursor.position > range.highWatermark ? { kind: 'failed', error } : this.#retry(error);
  }

  async #whenNothingCame(fetched: FetchedPartition): Promise<Step> {
    const { lastStableOffset, highWatermark, throttleTimeMs } = fetched;
    const stable = this.#request.isolation === 'read_committed' ? lastStableOffset : highWatermark;
    if (stable >= 0n && stable < highWatermark && this.#cursor.position >= stable) {
      return { kind: 'open-transaction', at: stable };
    }
    if (fetched.records.length > 0) return this.#askForMore();
    if (throttleTimeMs > 0) return { kind: 'stuck', error: null, waitMs: throttleTimeMs };
    if (highWatermark >= this.#request.to) return { kind: 'stuck', error: null };

    const range = await this.#source.logRange(this.#request);
    if (range.kind === 'error') return this.#whenRefused(range.error);
    const error = beyondEnd(this.#source.side, this.#request, range.highWatermark);
    return range.highWatermark < this.#request.to ? { kind: 'failed', error } : this.#retry(error);
  }

  #askForMore(): Step {
    this.#maxBytes *= 2;
    if (this.#maxBytes <= MAX_FETCH_BYTES) return { kind: 'moved' };
    const what = `expected a batch at offset ${this.#cursor.position} of at most ${MAX_FETCH_BYTES} bytes, seen a larger one`;
    const hint = 'Only brokers before 0.10.1 cut batches.';
    return { kind: 'failed', error: readError('KAFKA_PROTOCOL', this.#source.side, this.#request, what, { hint }) };
  }
}
