/** Four topics of a few hundred thousand records, each of a kind that moves offsets apart; ids are known at every offset. */
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { type ProduceOptions, produceRecords, recordId } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import type { JavaLog, Witness } from '../../support/witness.ts';
import type { IdAt } from './truth.ts';

export const PARTITIONS = [0, 1, 2];
export const KINDS = ['plain', 'packed', 'compacted', 'transactional'] as const;
export type Kind = (typeof KINDS)[number];

/** Written in all, and before MM2 begins; the rest while it copies. */
const WRITTEN = { plain: 51_000, packed: 55_000, compacted: 62_000, transactional: 52_000 };
const BEFORE_MM2 = 35_000;
/** The log start of `packed` when MM2 begins. */
const TRIMMED_TO = 4_000;
const ROUND = 5_000;
const ABORTED_OF_ROUND = 500;

/** Small segments, since only closed ones are compacted. MM2 copies these configs to the target. */
const COMPACT = {
  'cleanup.policy': 'compact',
  'segment.bytes': String(1024 * 1024),
  'min.cleanable.dirty.ratio': '0.01',
  'delete.retention.ms': '600000',
};

export class BigTopics {
  readonly #source: ClusterAddress;
  readonly #name: string;
  readonly #witness: () => Witness;

  constructor(source: ClusterAddress, name: string, witness: () => Witness) {
    this.#source = source;
    this.#name = name;
    this.#witness = witness;
  }

  topic(kind: Kind): string {
    return `${this.#name}-${kind}`;
  }

  get all(): readonly string[] {
    return KINDS.map((kind) => this.topic(kind));
  }

  /** What MM2 finds when it begins: a compacted log has holes by then, and a trimmed one starts late. */
  async writeFirst(): Promise<void> {
    await createTopics(this.#source, [
      { topic: this.topic('plain'), partitions: PARTITIONS.length },
      { topic: this.topic('packed'), partitions: PARTITIONS.length, config: { 'compression.type': 'zstd' } },
      { topic: this.topic('compacted'), partitions: PARTITIONS.length, config: COMPACT },
      { topic: this.topic('transactional'), partitions: PARTITIONS.length },
    ]);
    await this.#write(0, () => BEFORE_MM2);
    const starts = new Map(PARTITIONS.map((partition) => [partition, BigInt(TRIMMED_TO + 100 * partition)]));
    await deleteRecords(this.#source, this.topic('packed'), starts);
    const compacted = async () => {
      const counts = (await this.#witness().readLog(this.#source, this.topic('compacted'))).map(
        ({ records }) => records.length,
      );
      return counts.every((count) => count < BEFORE_MM2) ? { done: undefined } : { seen: `${counts} records` };
    };
    await waitFor('the source to be compacted', compacted, { timeoutMs: 240_000, intervalMs: 500 });
  }

  writeRest(): Promise<void> {
    return this.#write(BEFORE_MM2, (kind) => WRITTEN[kind]);
  }

  /** Every record that was ever written to a partition, whether or not it is still there. */
  written(kind: Kind, now: JavaLog): readonly IdAt[] {
    // Markers lie between the records of transactions; nothing is ever taken out of that log.
    if (kind === 'transactional') return now.records;
    return Array.from({ length: WRITTEN[kind] }, (_, index) => [index, idOf(kind, now.partition, index)]);
  }

  async #write(from: number, to: (kind: Kind) => number): Promise<void> {
    await Promise.all([
      ...KINDS.filter((kind) => kind !== 'transactional').map((kind) => this.#produce(kind, from, to(kind))),
      this.#transactions(from, to('transactional')),
    ]);
  }

  #produce(kind: Kind, from: number, to: number, more: Partial<ProduceOptions> = {}): Promise<void> {
    const record = (partition: number, index: number) => ({
      key: kind === 'compacted' ? compactedKey(index) : String(index),
      value: idOf(kind, partition, index),
    });
    return produceRecords(this.#source, {
      topic: this.topic(kind),
      partitions: PARTITIONS,
      firstIndex: from,
      recordsPerPartition: to - from,
      record,
      ...more,
    });
  }

  /** Committed transactions, an aborted one at the end of each round, and one record outside of any at the very end. */
  async #transactions(from: number, to: number): Promise<void> {
    const transaction = (outcome: 'commit' | 'abort') => ({ transaction: { id: `${this.#name}-writer`, outcome } });
    for (let first = from; first < to; first += ROUND) {
      const end = Math.min(first + ROUND, to);
      const aborted = end - ABORTED_OF_ROUND;
      await this.#produce('transactional', first, aborted, { ...transaction('commit'), batchSize: 1_500 });
      await this.#produce('transactional', aborted, end - 1, { ...transaction('abort'), batchSize: 250 });
      await this.#produce('transactional', end - 1, end, transaction('commit'));
    }
    if (to !== WRITTEN.transactional) return;
    await this.#untilMarked();
    await this.#produce('transactional', to, to + 1);
  }

  /** A marker may be written after its transaction has ended, and Connect stores no offset for one at the very end. */
  async #untilMarked(): Promise<void> {
    const look = async () => {
      const offsets = await this.#witness().logOffsets(this.#source, this.topic('transactional'));
      const open = offsets.filter(({ lastStable, highWatermark }) => lastStable !== highWatermark);
      return open.length === 0 ? { done: undefined } : { seen: `${open.length} partitions without their marker` };
    };
    await waitFor('the markers of the transactions', look, { timeoutMs: 120_000 });
  }
}

function idOf(kind: Kind, partition: number, index: number): string {
  return `${kind}-${recordId(partition, index)}`;
}

/** One in six has one of a hundred keys, of which compaction leaves the last. Long, to fill segments. */
function compactedKey(index: number): string {
  return (index % 6 === 0 ? `hot-${index % 600}` : `once-${index}`).padEnd(60, '.');
}
