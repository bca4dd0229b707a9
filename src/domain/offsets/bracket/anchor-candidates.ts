/**
 * The offset syncs of one partition as candidates for anchors. One counts only if both of its records were read and are
 * equal. Looked at are the nearest first, then twice as many, and so on, until one is verified.
 *
 * A record stays at its offset as long as its log lives. So where downstream offsets fall, the target's topic was created
 * again, and what was written before is stale. Where only upstream offsets fall, Connect went back and copies again: all
 * pairs hold, and around a position it is the last ones that count, below which no older record is copied any more.
 *
 * A sync of records that differ, or beyond the target's end, tells of a topic that was created again as well, in case MM2
 * lost the sync that would have said so. Where records repeat, an older one could look equal by chance: below a refuted
 * candidate none is an anchor.
 */
import type { OffsetPair } from '../../checkpoints/lower-bounds.ts';
import type { OffsetRange } from '../observation.ts';
import { CandidateChain } from './candidate-chain.ts';
import { partitionPoint } from './read-records.ts';

/** `unread`: one of the records must still be read; `gone`: one is no longer there; `refuted`: they differ. */
export type AnchorState = 'unread' | 'verified' | 'gone' | 'refuted';

/** What is known of the anchors around a position. Final when nothing is to be read. */
export interface AnchorsAround {
  /** The nearest candidates that may be, or are, verified; null when there is none. */
  readonly low: OffsetPair | null;
  readonly high: OffsetPair | null;
  readonly toRead: readonly OffsetPair[];
}

interface Ranges {
  readonly source: OffsetRange;
  readonly target: OffsetRange;
}

export class AnchorCandidates {
  /** In log order: downstream grows. */
  readonly #pairs: readonly OffsetPair[];
  /** For each of them where its segment starts, in which upstream grows too. */
  readonly #segmentStarts: readonly number[];
  /** The least upstream from each on; it never falls. */
  readonly #leastAhead: readonly bigint[];
  readonly #ranges: Ranges;
  readonly #stateOf: (pair: OffsetPair) => AnchorState;
  readonly #down: CandidateChain;
  readonly #up: CandidateChain;

  constructor(syncs: readonly OffsetPair[], ranges: Ranges, stateOf: (pair: OffsetPair) => AnchorState) {
    const living = lastIncarnation(syncs);
    const stale = living.findLastIndex(({ downstream }) => downstream >= ranges.target.highWatermark);
    this.#pairs = living.slice(stale + 1);
    this.#segmentStarts = segmentStarts(this.#pairs);
    this.#leastAhead = leastAhead(this.#pairs);
    this.#ranges = ranges;
    this.#stateOf = stateOf;
    this.#down = new CandidateChain(-1, (index) => this.#stateAt(index));
    this.#up = new CandidateChain(1, (index) => this.#stateAt(index));
  }

  /** The candidate of the position itself, if no older record is copied after it. */
  at(upstream: bigint): OffsetPair | null {
    const pair = this.#pairs[this.#firstBeyond(upstream + 1n) - 1];
    return pair !== undefined && pair.upstream === upstream && this.#isInside(pair) ? pair : null;
  }

  /** The last anchor with upstream < the offset, and the first behind which, and from which on, all are ≥ it. */
  around(upstream: bigint): AnchorsAround {
    const start = this.#firstBeyond(upstream);
    const up = this.#up.walk(start);
    const high = this.#pairs[up.index] ?? null;
    const unreadAbove = this.#unread(start, up.index, 1, upstream);
    const down = up.passedRefuted ? null : this.#lastBelow(start - 1, upstream);
    if (down === null || this.#stateAt(down.index) === 'refuted') return { low: null, high, toRead: unreadAbove };
    const low = this.#pairs[down.index] ?? null;
    return { low, high, toRead: [...this.#unread(down.start, down.index, -1, upstream), ...unreadAbove] };
  }

  /** Index from which on all candidates have upstream ≥ the offset. */
  #firstBeyond(upstream: bigint): number {
    return partitionPoint(this.#leastAhead.length, (i) => (this.#leastAhead[i] ?? upstream) < upstream);
  }

  /** Downwards from an index, the first with upstream < the offset that is not gone; `start`: where its segment was entered. */
  #lastBelow(from: number, upstream: bigint): { readonly start: number; readonly index: number } | null {
    let start = from;
    for (let index = this.#down.walk(start).index; index >= 0; index = this.#down.walk(start).index) {
      if ((this.#pairs[index]?.upstream ?? upstream) < upstream) return { start, index };
      const segment = this.#segmentStarts[index] ?? 0;
      const below = (i: number) => (this.#pairs[segment + i]?.upstream ?? upstream) < upstream;
      start = segment + partitionPoint(index - segment, below) - 1;
    }
    return null;
  }

  #stateAt(index: number): AnchorState | null {
    const pair = this.#pairs[index];
    if (pair === undefined) return null;
    return this.#isInside(pair) ? this.#stateOf(pair) : 'gone';
  }

  #isInside({ upstream, downstream }: OffsetPair): boolean {
    return isWithin(upstream, this.#ranges.source) && isWithin(downstream, this.#ranges.target);
  }

  /** The unread ones of the window, if the nearest of them is unread. */
  #unread(start: number, nearest: number, step: 1 | -1, position: bigint): readonly OffsetPair[] {
    if (this.#stateAt(nearest) !== 'unread') return [];
    const window = windowBeyond(Math.abs(nearest - start));
    const unread: OffsetPair[] = [];
    for (let i = nearest; Math.abs(i - start) < window; i += step) {
      const pair = this.#pairs[i];
      const isOnSide = pair !== undefined && pair.upstream < position === (step === -1);
      if (isOnSide && this.#stateAt(i) === 'unread') unread.push(pair);
    }
    return unread;
  }
}

/** The suffix, in log order, in which downstream grows. A pair that was written twice counts once. */
function lastIncarnation(syncs: readonly OffsetPair[]): readonly OffsetPair[] {
  const living: OffsetPair[] = [];
  for (const sync of syncs) {
    const last = living.at(-1);
    if (last?.upstream === sync.upstream && last.downstream === sync.downstream) continue;
    if (last !== undefined && sync.downstream <= last.downstream) living.length = 0;
    living.push(sync);
  }
  return living;
}

function segmentStarts(pairs: readonly OffsetPair[]): readonly number[] {
  let start = 0;
  return pairs.map(({ upstream }, i) => {
    const previous = pairs[i - 1];
    if (previous !== undefined && upstream <= previous.upstream) start = i;
    return start;
  });
}

function leastAhead(pairs: readonly OffsetPair[]): readonly bigint[] {
  const least = pairs.map(({ upstream }) => upstream);
  for (let i = least.length - 2; i >= 0; i--) {
    const [here, ahead] = [least[i], least[i + 1]];
    if (here !== undefined && ahead !== undefined && ahead < here) least[i] = ahead;
  }
  return least;
}

/** The least power of two above the number of candidates that turned out to be none. */
function windowBeyond(others: number): number {
  let window = 1;
  while (window <= others) window *= 2;
  return window;
}

function isWithin(offset: bigint, range: OffsetRange): boolean {
  return offset >= range.logStart && offset < range.highWatermark;
}
