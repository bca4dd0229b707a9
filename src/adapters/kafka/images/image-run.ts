import type { RecordImage } from '../../../domain/offsets/bracket/record-image.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { ImageSlice, KafkaErrorName } from '../../../operations/ports.ts';
import type { FetchedPartition } from '../log/fetch-request.ts';
import { LogCursor } from '../log/log-cursor.ts';
import type { PlannedRun, PlannedSlice } from './plan-runs.ts';
import { recordImage } from './record-image.ts';

/** The log start overtook the read: what lay there was not all seen. */
const LOG_START_MOVED: KafkaErrorName = 'LOG_START_MOVED';

/** A stretch of a partition while it is read. */
export class ImageRun implements TopicPartition {
  readonly topic: string;
  readonly partition: number;
  readonly key: TopicPartitionKey;
  /** Why the last try brought nothing; the answer of what was not read in the end. */
  trouble: KafkaErrorName | null = null;
  readonly #slices: readonly PlannedSlice[];
  readonly #to: bigint;
  readonly #cursor: LogCursor;
  readonly #images: RecordImage[] = [];
  /** What the log start passed over, [from, to). */
  readonly #lost: { readonly from: bigint; readonly to: bigint }[] = [];

  constructor({ topic, partition, from, to, slices }: PlannedRun) {
    this.topic = topic;
    this.partition = partition;
    this.key = partitionKey(topic, partition);
    this.#slices = slices;
    this.#to = to;
    this.#cursor = new LogCursor(from, to, (record) => this.#images.push(recordImage(record)));
  }

  get position(): bigint {
    return this.#cursor.position;
  }

  get done(): boolean {
    return this.#cursor.atEnd;
  }

  /** Offsets that are still to be read. */
  get left(): bigint {
    return this.done ? 0n : this.#to - this.position;
  }

  /** False when what was fetched held no batch that goes on from the position. Throws MalformedDataError. */
  take(fetched: FetchedPartition): boolean {
    return this.#cursor.take(fetched);
  }

  get bytesTaken(): number {
    return this.#cursor.batchBytes;
  }

  get batchesTaken(): number {
    return this.#cursor.batchCount;
  }

  /** Goes on at the log start, which has moved above the position. */
  raiseTo(logStart: bigint): void {
    this.#lost.push({ from: this.position, to: logStart });
    this.#cursor.position = logStart;
  }

  /** One answer for each slice, by its place in the requests: `read` only where every offset was seen. */
  *answers(): Generator<readonly [index: number, ImageSlice]> {
    for (const slice of this.#slices) yield [slice.index, this.#answer(slice)];
  }

  #answer({ from, to, raised }: PlannedSlice): ImageSlice {
    if (this.#lost.some((gap) => gap.from < to && from < gap.to)) return { kind: 'unreadable', error: LOG_START_MOVED };
    if (to > this.position) return { kind: 'unreadable', error: this.trouble ?? 'UNKNOWN_SERVER_ERROR' };
    const all = this.#slices.length === 1;
    const records = all ? this.#images : this.#images.slice(this.#firstAt(from), this.#firstAt(to));
    return { kind: 'read', records, ...(raised ? { raisedTo: from } : {}) };
  }

  /** Index of the first image at or after an offset. */
  #firstAt(offset: bigint): number {
    let low = 0;
    let high = this.#images.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const image = this.#images[middle];
      if (image !== undefined && image.offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
