import { AbortedTransactions } from './aborted-transactions.ts';
import type { BatchRecord, OffsetRange } from './batch.ts';
import { readBatches } from './batches.ts';
import type { FetchedPartition } from './fetch-request.ts';

/** Called for each batch that is read, those without a record of the range included. */
export type BatchVisitor = (transactional: boolean) => void;

/** The place of a read in its log. It moves behind each batch, whether or not the batch still holds records. */
export class LogCursor {
  /** Next offset to be fetched. */
  position: bigint;
  recordCount = 0;
  /** Of the batches that the position moved over. */
  batchCount = 0;
  batchBytes = 0;
  readonly #end: bigint;
  readonly #visit: (record: BatchRecord) => void;
  readonly #onBatch: BatchVisitor;

  constructor(from: bigint, end: bigint, visit: (record: BatchRecord) => void, onBatch: BatchVisitor = () => {}) {
    this.position = from;
    this.#end = end;
    this.#visit = visit;
    this.#onBatch = onBatch;
  }

  get atEnd(): boolean {
    return this.position >= this.#end;
  }

  /** Visits what was fetched; false when that held no batch that goes on from the position. */
  take(fetched: FetchedPartition): boolean {
    const before = this.position;
    const range = { from: before, to: this.#end };
    const aborted = new AbortedTransactions(fetched.abortedTransactions);
    for (const batch of readBatches(fetched.records)) {
      const skip = aborted.isAborted(batch) || batch.control;
      // A fetch begins with the batch that holds the position, or with a wrapper that ends before it.
      if (batch.lastOffset < this.position) continue;
      this.#onBatch(batch.transactionalProducerId !== null);
      if (!skip) batch.readRecords((record) => this.#take(record, range), range);
      this.batchCount += 1;
      this.batchBytes += batch.sizeBytes;
      this.position = batch.lastOffset + 1n;
      if (this.atEnd) break;
    }
    return this.position > before;
  }

  #take(record: BatchRecord, { from, to }: OffsetRange): void {
    if (record.offset < from || record.offset >= to) return;
    this.recordCount += 1;
    this.#visit(record);
  }
}
