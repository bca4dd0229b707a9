import type { TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { ImageRun } from './image-run.ts';

const FIRST_BYTES = 64 * 1024;
const LEAST_BYTES = 8 * 1024;
const MOST_BYTES = 1024 * 1024;
const GROWTH = 4;

interface Seen {
  bytes: number;
  batches: number;
  offsets: number;
  /** The next batch is larger than what was asked for: so much is asked for until it has come. */
  least: number;
}

/** How many bytes to ask for, from what came before of the same partition, or else of the cluster. */
export class FetchSizes {
  readonly #all: Seen = nothing();
  readonly #perPartition = new Map<TopicPartitionKey, Seen>();

  bytesFor(run: ImageRun): number {
    const own = this.#perPartition.get(run.key);
    const known = own !== undefined && own.batches > 0 ? own : this.#all;
    return Math.max(estimate(known, Number(run.left)), own?.least ?? 0);
  }

  learn(run: ImageRun, taken: { readonly bytes: number; readonly batches: number; readonly offsets: number }): void {
    for (const seen of [this.#all, this.#of(run)]) {
      seen.bytes += taken.bytes;
      seen.batches += taken.batches;
      seen.offsets += taken.offsets;
      seen.least = 0;
    }
  }

  /** The next batch of the run is larger than `asked` bytes. */
  grow(run: ImageRun, asked: number): void {
    const seen = this.#of(run);
    seen.least = Math.max(seen.least, asked * GROWTH);
  }

  #of(run: ImageRun): Seen {
    const known = this.#perPartition.get(run.key);
    if (known !== undefined) return known;
    const seen = nothing();
    this.#perPartition.set(run.key, seen);
    return seen;
  }
}

function nothing(): Seen {
  return { bytes: 0, batches: 0, offsets: 0, least: 0 };
}

/** A batch more at each end: the first may begin before the slice, and the last must come whole. */
function estimate({ bytes, batches, offsets }: Seen, wanted: number): number {
  if (batches === 0) return FIRST_BYTES;
  const expected = (bytes / Math.max(1, offsets)) * wanted + 2 * (bytes / batches);
  return Math.min(MOST_BYTES, Math.max(LEAST_BYTES, Math.ceil(expected)));
}
