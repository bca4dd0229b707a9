/**
 * The truth of DESIGN §3 for one partition, from ids alone: which target offset holds a copy of which source record.
 * It knows nothing of offset syncs, timestamps or how the product compares records.
 */

/** What a consumer got, held against what its group had still to process: ids. */
export interface Comparison {
  /** At or after S, and on the target below the place where the reading ended: it did not get them. */
  readonly missing: readonly string[];
  /** It got them though they lie before S, or more often than the target holds them. */
  readonly again: readonly string[];
}

/** Offset and id, in the order of the log. */
export type IdAt = readonly [offset: number, id: string];

export interface Judgement {
  /** Source records at or after S whose copies all lie below X: a consumer would never read them. */
  readonly skipped: number;
  /** Copies of records before S at or after X, but for records that the target itself holds twice. */
  readonly redelivered: number;
}

interface Copy {
  readonly source: number;
  readonly target: number;
  /** The target log holds another copy of the same record. */
  readonly isTwice: boolean;
}

export class Truth {
  readonly #written: ReadonlyMap<string, readonly number[]>;
  readonly #copied: ReadonlyMap<string, readonly number[]>;
  /** Ascending by target offset. */
  readonly #copies: readonly Copy[];
  readonly #lastCopy = new Map<number, number>();
  /** Target records that no source record accounts for. */
  readonly foreign: number;

  /**
   * `source`: every record that was ever written there, at its offset, whether or not it is still there. An id that was
   * written several times must lie as often on the target: MM2 copies in order, so the first is the first.
   */
  constructor(source: readonly IdAt[], target: readonly IdAt[]) {
    const written = offsetsById(source);
    const copied = offsetsById(target);
    const copies: Copy[] = [];
    for (const [id, sourceOffsets] of written) {
      const targetOffsets = copied.get(id) ?? [];
      const [only] = sourceOffsets;
      const isTwice = sourceOffsets.length === 1 && targetOffsets.length > 1;
      if (sourceOffsets.length > 1 && sourceOffsets.length !== targetOffsets.length) {
        throw new Error(`"${id}" was written ${sourceOffsets.length} times and copied ${targetOffsets.length} times`);
      }
      for (const [n, target] of targetOffsets.entries()) {
        copies.push({ source: sourceOffsets.length === 1 ? (only ?? 0) : (sourceOffsets[n] ?? 0), target, isTwice });
      }
    }
    this.#written = written;
    this.#copied = copied;
    this.#copies = copies.sort((a, b) => a.target - b.target);
    for (const { source, target } of this.#copies) this.#lastCopy.set(source, target);
    this.foreign = target.length - copies.length;
  }

  /** How many records lie on the target twice or more often. */
  get heldTwice(): number {
    return new Set(this.#copies.filter(({ isTwice }) => isTwice).map(({ source }) => source)).size;
  }

  /** What a group that has processed everything below `position` gets to read from target offset `place`. */
  judge(position: bigint, place: bigint): Judgement {
    const [from, at] = [Number(position), Number(place)];
    let [skipped, redelivered] = [0, 0];
    for (const [source, last] of this.#lastCopy) if (source >= from && last < at) skipped += 1;
    for (const { source, target, isTwice } of this.#copies) {
      if (source < from && target >= at && !isTwice) redelivered += 1;
    }
    return { skipped, redelivered };
  }

  /**
   * For ids that were written once. `still`: the target's log after the reading, since compaction may have taken
   * records before the consumer came to them.
   */
  compare(
    position: bigint,
    read: { readonly end: number; readonly records: readonly IdAt[] },
    still: readonly IdAt[],
  ): Comparison {
    const sourceOffset = (id: string) => this.#written.get(id)?.[0] ?? -1;
    const copies = (id: string) => this.#copied.get(id)?.length ?? 0;
    const got = new Map<string, number>();
    for (const [, id] of read.records) got.set(id, (got.get(id) ?? 0) + 1);
    const missing = still.filter(([at, id]) => at < read.end && sourceOffset(id) >= Number(position) && !got.has(id));
    const isBefore = (id: string) => this.#written.has(id) && sourceOffset(id) < Number(position);
    const again = [...got].filter(([id, times]) => (isBefore(id) && copies(id) < 2) || times > copies(id));
    return { missing: missing.map(([, id]) => id), again: again.map(([id]) => id) };
  }
}

function offsetsById(log: readonly IdAt[]): ReadonlyMap<string, readonly number[]> {
  const offsets = new Map<string, number[]>();
  for (const [offset, id] of log) {
    const seen = offsets.get(id);
    if (seen === undefined) offsets.set(id, [offset]);
    else seen.push(offset);
  }
  return offsets;
}
