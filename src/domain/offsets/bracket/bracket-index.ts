/**
 * The records of one bracket, compared once for all positions in it. Each target record knows the source records that it
 * equals; running extremes of their offsets answer a position by binary search.
 */
import type { OffsetPair } from '../../checkpoints/lower-bounds.ts';
import type { Bracket } from './bracket.ts';
import type { Comparison } from './compare-images.ts';
import { type Matches, matchRecords, type Twins } from './match-records.ts';
import { firstAtOrAfter, partitionPoint } from './read-records.ts';
import type { RecordImage } from './record-image.ts';

export interface Place {
  readonly offset: bigint;
  readonly lastBefore: OffsetPair | null;
  readonly firstAfter: OffsetPair | null;
  /** At most so many records before the position are, or will be, copied to the place or beyond it. 0: exact. */
  readonly redeliveredMax: bigint;
  /** Source records from the position on, ahead of the one that `firstAfter` joins: they have no copy on the target. */
  readonly uncopied: number;
  /** The last source record before the position has no copy in the target's log, nor has any after it. */
  readonly outstanding: bigint | null;
}

const NONE = -1n;
/** Foreign records that look like copies may be among them, but hardly so many. */
const CLEARLY_MORE = 3n;

export class BracketIndex {
  /** False when the low anchor is contradicted by the high one: its record's copy must be another's. */
  readonly isLowCredible: boolean;
  readonly #bracket: Bracket;
  readonly #sources: readonly RecordImage[];
  readonly #targets: readonly RecordImage[];
  readonly #matches: Matches;
  /** Greatest source offset that any target record up to this one equals. */
  readonly #reach: readonly bigint[];
  /** Least source offset that any target record from this one on equals; NONE when one of them equals none. */
  readonly #floor: readonly bigint[];
  /** The last target record up to this one that equals any source record; −1 without one. */
  readonly #lastMatched: readonly number[];
  /** With a high anchor: from this target record on, none lies there more often than on the source below the anchor. */
  readonly #notSurplusFrom: number;
  /** Without one: where the target's end is the source's records one by one. */
  readonly #tail: Tail;

  /** `sources` and `targets`: all data records in A ∪ B and in [LOW, HIGH), ascending. */
  constructor(
    bracket: Bracket,
    sources: readonly RecordImage[],
    targets: readonly RecordImage[],
    alike: Comparison['alike'],
  ) {
    this.#bracket = bracket;
    this.#sources = sources;
    this.#targets = targets;
    this.#matches = matchRecords(sources, targets, alike);
    const { ofSources, ofTargets } = this.#matches;
    this.#reach = runningMax(ofTargets.map((twins) => twins?.upstream.at(-1) ?? NONE));
    this.#floor = runningMin(ofTargets.map((twins) => twins?.upstream[0] ?? NONE).reverse()).reverse();
    this.#lastMatched = lastHolding(ofTargets.map((twins) => twins !== null));
    this.#notSurplusFrom = firstWithoutSurplus(ofTargets, bracket.highAnchor?.upstream ?? 0n);
    this.#tail = tailOf(this.#matches, sources);
    this.isLowCredible = isLowCredible(bracket, sources, ofSources[0]);
  }

  get sourceCount(): number {
    return this.#sources.length;
  }

  get targetCount(): number {
    return this.#targets.length;
  }

  /** DESIGN §9: x1 = first target record equal to one of A; e = last before it equal to one of B; X = e + 1, or LOW. */
  locate(position: bigint): Place {
    const first = partitionPoint(this.#reach.length, (i) => (this.#reach[i] ?? NONE) < position);
    const last = this.#lastMatched[first - 1] ?? -1;
    const before = firstAtOrAfter(this.#sources, position);
    const isUnbounded = this.#bracket.highAnchor === null && first === this.#targets.length;
    const firstAfter = this.#pair(first, (upstream) => upstream[firstAbove(upstream, position)]);
    return {
      offset: this.#targets[last] === undefined ? this.#bracket.target.from : this.#targets[last].offset + 1n,
      lastBefore: this.#pair(last, (upstream) => upstream[firstAbove(upstream, position) - 1]),
      firstAfter,
      uncopied: firstAfter === null ? 0 : firstAtOrAfter(this.#sources, firstAfter.upstream) - before,
      redeliveredMax: this.#redeliveredMax(last, position, before),
      outstanding: isUnbounded && !this.#isOnTarget(before - 1) ? (this.#sources[before - 1]?.offset ?? null) : null,
    };
  }

  /** `last`, `before`: see locate(). */
  #redeliveredMax(last: number, position: bigint, before: number): bigint {
    // Offsets below the position of which the source no longer has the record, and the bracket may have the copy.
    const missing = position - (this.#bracket.lowAnchor === null ? 0n : this.#bracket.source.from) - BigInt(before);
    const proven = missing === 0n || this.#isProven(last + 1, before, missing);
    const ahead = proven ? this.#before(position, last + 1) : this.#targets.length - last - 1;
    if (this.#isAllCopied(last, before, position)) return BigInt(ahead);
    const least = this.#matches.ofTargets[last]?.upstream[0];
    const copied = missing === 0n && least !== undefined ? firstAtOrAfter(this.#sources, least) + 1 : 0;
    return BigInt(ahead + before - copied);
  }

  /** Target records from `from` on, up to the last that equals a record before the position, or none. */
  #before(position: bigint, from: number): number {
    const end = partitionPoint(this.#floor.length, (i) => (this.#floor[i] ?? NONE) < position);
    return Math.max(0, end - from);
  }

  /**
   * A target record that equals only records at or after the position may still be the copy of an equal one before it that
   * is missing on the source by now (compacted: the later one stayed). Not so where such records lie on the target no more
   * often than on the source below the high anchor: those have all been copied, and compaction of the target takes the
   * earlier of two equal records first. Without a high anchor, the target has to end with the source's records from the
   * position on, one by one, and clearly more of them than are missing.
   */
  #isProven(from: number, before: number, missing: bigint): boolean {
    if (this.#bracket.highAnchor !== null) return from >= this.#notSurplusFrom;
    const count = BigInt(this.#targets.length - from);
    return count >= missing + CLEARLY_MORE && from >= this.#tail.from && from + this.#tail.shift === before;
  }

  /**
   * Whether all records before the position have been copied. Below a high anchor they have. At the end of the log the last
   * of them must be what the place follows from: an equal record further up may be that of an earlier twin.
   */
  #isAllCopied(last: number, before: number, position: bigint): boolean {
    if (this.#bracket.highAnchor !== null || before === 0) return true;
    if (this.#isLowAnchor(before - 1)) return true;
    const twins = this.#matches.ofSources[before - 1];
    if (twins === undefined || this.#matches.ofTargets[last] !== twins) return false;
    const copiedBelow = this.#isLowAnchor(0) && this.#matches.ofSources[0] === twins ? 1 : 0;
    return twins.onTarget + copiedBelow >= firstAbove(twins.upstream, position);
  }

  #isOnTarget(source: number): boolean {
    return this.#isLowAnchor(source) || (this.#matches.ofSources[source]?.onTarget ?? 0) > 0;
  }

  #isLowAnchor(source: number): boolean {
    const { lowAnchor } = this.#bracket;
    return lowAnchor !== null && this.#sources[source]?.offset === lowAnchor.upstream;
  }

  #pair(target: number, choose: (upstream: readonly bigint[]) => bigint | undefined): OffsetPair | null {
    const downstream = this.#targets[target]?.offset;
    const upstream = choose(this.#matches.ofTargets[target]?.upstream ?? []);
    return downstream === undefined || upstream === undefined ? null : { upstream, downstream };
  }
}

/** Index of the first offset at or above the position. */
function firstAbove(ascending: readonly bigint[], position: bigint): number {
  return partitionPoint(ascending.length, (i) => (ascending[i] ?? position) < position);
}

function runningMax(values: readonly bigint[]): bigint[] {
  let max = NONE;
  return values.map((value) => {
    if (value > max) max = value;
    return max;
  });
}

function runningMin(values: readonly bigint[]): bigint[] {
  let min: bigint | null = null;
  return values.map((value) => {
    if (min === null || value < min) min = value;
    return min;
  });
}

function lastHolding(flags: readonly boolean[]): readonly number[] {
  let last = -1;
  return flags.map((flag, i) => {
    if (flag) last = i;
    return last;
  });
}

interface Tail {
  /** From this target record on, each equals the source record `shift` further. */
  readonly from: number;
  readonly shift: number;
}

function tailOf({ ofSources, ofTargets }: Matches, sources: readonly RecordImage[]): Tail {
  const last = ofTargets.length - 1;
  const shift = firstAtOrAfter(sources, ofTargets[last]?.upstream[0] ?? 0n) - last;
  let from = ofTargets.length;
  while (from > 0 && ofTargets[from - 1] === ofSources[from - 1 + shift]) from--;
  return { from, shift };
}

/** The first target record from which on none lies there more often than on the source below `end`. */
function firstWithoutSurplus(ofTargets: readonly (Twins | null)[], end: bigint): number {
  const seen = new Map<Twins, number>();
  for (let i = ofTargets.length - 1; i >= 0; i--) {
    const twins = ofTargets[i] ?? null;
    if (twins === null) continue;
    const count = (seen.get(twins) ?? 0) + 1;
    seen.set(twins, count);
    if (count > firstAbove(twins.upstream, end)) return i + 1;
  }
  return 0;
}

/**
 * Between two copies lie at least the copies of all source records between the two. Fewer offsets than that, and the low
 * anchor is stale (or a transformation leaves records out). With a record like no other around, it can't be.
 *
 * MM2 writes no offset sync when a topic with one record is created again and the next record is copied to 0 as well: it
 * only looks whether downstream fell. If that record equals the one before, the older sync of 0 may be stale.
 */
function isLowCredible(
  { lowAnchor, highAnchor }: Bracket,
  sources: readonly RecordImage[],
  ofLowAnchor: Twins | undefined,
): boolean {
  const [own, twin] = ofLowAnchor?.upstream ?? [];
  if (lowAnchor === null || own === undefined || twin === undefined) return true;
  if (lowAnchor.downstream === 0n && twin === own + 1n) return false;
  if (highAnchor === null) return true;
  const between = firstAtOrAfter(sources, highAnchor.upstream + 1n) - 1;
  return BigInt(between) <= highAnchor.downstream - lowAnchor.downstream;
}
