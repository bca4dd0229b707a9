import type { LogBatch } from './batch.ts';

/** As a fetch of read_committed names it: all of the producer's batches from here to its abort marker are aborted. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/**
 * Tells aborted batches apart, for the batches of one fetch in log order (KIP-98; the same walk as Java's
 * CompletedFetch). The list of each fetch is complete for the range that it returned.
 */
export class AbortedTransactions {
  /** By first offset. */
  readonly #upcoming: AbortedTransaction[];
  readonly #abortedProducers = new Set<bigint>();
  #next = 0;

  constructor(transactions: readonly AbortedTransaction[]) {
    this.#upcoming = [...transactions].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  }

  /** To be asked once for each batch, control batches included. */
  isAborted(batch: LogBatch): boolean {
    const producerId = batch.transactionalProducerId;
    if (producerId === null) return false;
    for (; this.#next < this.#upcoming.length; this.#next += 1) {
      const transaction = this.#upcoming[this.#next];
      if (transaction === undefined || transaction.firstOffset > batch.lastOffset) break;
      this.#abortedProducers.add(transaction.producerId);
    }
    if (!batch.control) return this.#abortedProducers.has(producerId);
    if (this.#abortedProducers.has(producerId) && batch.marker() === 'abort') this.#abortedProducers.delete(producerId);
    return false;
  }
}
