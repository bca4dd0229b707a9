/**
 * The records of one bracket, compared once for all positions in it. Each target record knows the least and the greatest
 * source offset that it equals; running extremes of these answer a position by binary search.
 */
import type { Bracket } from './bracket.ts';
import type { Comparison } from './compare-images.ts';
import { firstAtOrAfter, partitionPoint } from './read-records.ts';
import type { RecordImage } from './record-image.ts';

/** Offsets of a source record and of its copy. */
export interface MatchedPair {
  readonly upstream: bigint;
  readonly downstream: bigint;
}

export interface Place {
  readonly offset: bigint;
  readonly lastBefore: MatchedPair | null;
  readonly firstAfter: MatchedPair | null;
  /** At most so many copies of records before the position lie at or above the place, below the bracket's end. */
  readonly redeliveredMax: bigint;
  /** The last source record before the position; null when there is none any more. */
  readonly previous: { readonly offset: bigint; readonly matched: boolean } | null;
}

const NONE = -1n;

export class BracketIndex {
  readonly #bracket: Bracket;
  readonly #sources: readonly RecordImage[];
  readonly #targets: readonly RecordImage[];
  readonly #alike: Comparison['alike'];
  /** Source offsets of equal records, ascending. */
  readonly #offsets = new Map<string, bigint[]>();
  readonly #onTarget: ReadonlySet<string>;
  /** Greatest source offset that any target record up to this one equals. */
  readonly #reach: readonly bigint[];
  /** Least source offset that any target record from this one on equals; NONE when one of them equals none. */
  readonly #floor: readonly bigint[];
  /** The last target record up to this one that equals any source record; −1 without one. */
  readonly #lastMatched: readonly number[];
  /** From this target record on, no record lies there more often than on the source below the high anchor. */
  readonly #notSurplusFrom: number;

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
    this.#alike = alike;
    for (const image of sources) {
      const key = this.#alike(image);
      const known = this.#offsets.get(key);
      if (known === undefined) this.#offsets.set(key, [image.offset]);
      else known.push(image.offset);
    }
    const matches = targets.map((image) => this.#offsets.get(this.#alike(image)));
    this.#onTarget = new Set(targets.map(this.#alike));
    this.#reach = runningMax(matches.map((offsets) => offsets?.at(-1) ?? NONE));
    this.#floor = runningMin(matches.map((offsets) => offsets?.[0] ?? NONE).reverse()).reverse();
    this.#lastMatched = lastHolding(matches.map((offsets) => offsets !== undefined));
    this.#notSurplusFrom = firstWithoutSurplus(matches, bracket.highAnchor?.upstream ?? null);
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
    const lastImage = this.#targets[last];
    const before = firstAtOrAfter(this.#sources, position);
    return {
      offset: lastImage === undefined ? this.#bracket.target.from : lastImage.offset + 1n,
      lastBefore: this.#pair(lastImage, (offsets) => offsets.findLast((offset) => offset < position)),
      firstAfter: this.#pair(this.#targets[first], (offsets) => offsets.find((offset) => offset >= position)),
      redeliveredMax: this.#redeliveredMax(last + 1, position, before),
      previous: this.#previous(before),
    };
  }

  /**
   * A target record that equals records at or after the position only is taken for a copy of one of them. It may still be
   * a copy of an equal record before the position that the source has removed since (compacted: the later one stayed).
   * Not so where no offset before the position is missing from the source, nor where such records lie on the target no
   * more often than on the source below the high anchor: all of these have been copied, and compaction of the target
   * takes the earlier of two equal records first.
   */
  #redeliveredMax(from: number, position: bigint, before: number): bigint {
    const low = this.#bracket.lowAnchor === null ? 0n : this.#bracket.source.from;
    const noneMissing = position - low === BigInt(before);
    const proven = noneMissing || from >= this.#notSurplusFrom;
    if (!proven) return BigInt(this.#targets.length - from);
    const end = partitionPoint(this.#floor.length, (i) => (this.#floor[i] ?? NONE) < position);
    return BigInt(Math.max(0, end - from));
  }

  #previous(before: number): Place['previous'] {
    const image = this.#sources[before - 1];
    if (image === undefined) return null;
    const isLowAnchor = image.offset === this.#bracket.lowAnchor?.upstream;
    return { offset: image.offset, matched: isLowAnchor || this.#onTarget.has(this.#alike(image)) };
  }

  #pair(
    image: RecordImage | undefined,
    choose: (offsets: readonly bigint[]) => bigint | undefined,
  ): MatchedPair | null {
    if (image === undefined) return null;
    const upstream = choose(this.#offsets.get(this.#alike(image)) ?? []);
    return upstream === undefined ? null : { upstream, downstream: image.offset };
  }
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

/** `matches`: for each target record the source offsets that it equals (one array for all equal records). */
function firstWithoutSurplus(matches: readonly (readonly bigint[] | undefined)[], uHigh: bigint | null): number {
  if (uHigh === null) return matches.length;
  const seen = new Map<readonly bigint[], number>();
  for (let i = matches.length - 1; i >= 0; i--) {
    const offsets = matches[i];
    if (offsets === undefined) continue;
    const count = (seen.get(offsets) ?? 0) + 1;
    seen.set(offsets, count);
    if (count > partitionPoint(offsets.length, (k) => (offsets[k] ?? uHigh) < uHigh)) return i + 1;
  }
  return 0;
}
