/**
 * The offset syncs of one partition's last epoch as candidates for anchors. One counts only if both of its records were
 * read and are equal: the others are of compacted records or of a topic that was re-created. Looked at are the nearest
 * first, then twice as many, and so on.
 */
import { lastEpoch, type OffsetPair } from '../../checkpoints/lower-bounds.ts';
import type { OffsetRange } from '../observation.ts';
import { partitionPoint } from './read-records.ts';

/** `unread`: one of the two records must still be read. */
export type AnchorState = 'verified' | 'false' | 'unread';

export interface AnchorSearch {
  /** The nearest that is not false; null when all are. */
  readonly nearest: OffsetPair | null;
  /** Candidates whose records must be read to go on; empty when `nearest` is verified, or null. */
  readonly toRead: readonly OffsetPair[];
}

const NOTHING: AnchorSearch = { nearest: null, toRead: [] };

export class AnchorCandidates {
  readonly #pairs: readonly OffsetPair[];
  readonly #stateOf: (pair: OffsetPair) => AnchorState;
  /** For each candidate known to be false, the next that may not be: downwards and upwards, shortened as they are used. */
  readonly #below: number[];
  readonly #above: number[];

  constructor(
    syncs: readonly OffsetPair[],
    ranges: { readonly source: OffsetRange; readonly target: OffsetRange },
    stateOf: (pair: OffsetPair) => AnchorState,
  ) {
    const inside = lastEpoch(syncs).filter(
      ({ upstream, downstream }) => isWithin(upstream, ranges.source) && isWithin(downstream, ranges.target),
    );
    this.#pairs = inside.filter((pair, i) => pair.upstream !== inside[i - 1]?.upstream);
    this.#stateOf = stateOf;
    this.#below = this.#pairs.map((_, i) => i);
    this.#above = this.#pairs.map((_, i) => i);
  }

  at(upstream: bigint): OffsetPair | null {
    const pair = this.#pairs[this.#firstAtOrAbove(upstream)];
    return pair?.upstream === upstream ? pair : null;
  }

  /** The greatest verified one with upstream < the offset. */
  before(upstream: bigint): AnchorSearch {
    return this.#search(this.#firstAtOrAbove(upstream) - 1, -1, this.#below);
  }

  /** The smallest verified one with upstream ≥ the offset. */
  from(upstream: bigint): AnchorSearch {
    return this.#search(this.#firstAtOrAbove(upstream), 1, this.#above);
  }

  #firstAtOrAbove(upstream: bigint): number {
    return partitionPoint(this.#pairs.length, (i) => (this.#pairs[i]?.upstream ?? upstream) < upstream);
  }

  #search(start: number, step: 1 | -1, next: number[]): AnchorSearch {
    const index = this.#skipFalse(start, step, next);
    const nearest = this.#pairs[index];
    if (nearest === undefined) return NOTHING;
    if (this.#stateOf(nearest) === 'verified') return { nearest, toRead: [] };
    const toRead: OffsetPair[] = [];
    const window = windowBeyond(Math.abs(index - start));
    for (let i = index; Math.abs(i - start) < window; i += step) {
      const pair = this.#pairs[i];
      if (pair !== undefined && this.#stateOf(pair) === 'unread') toRead.push(pair);
    }
    return { nearest, toRead };
  }

  #skipFalse(start: number, step: 1 | -1, next: number[]): number {
    const passed: number[] = [];
    let index = start;
    for (let pair = this.#pairs[index]; pair !== undefined; pair = this.#pairs[index]) {
      const known = next[index] ?? index;
      if (known === index && this.#stateOf(pair) !== 'false') break;
      passed.push(index);
      index = known === index ? index + step : known;
    }
    for (const i of passed) next[i] = index;
    return index;
  }
}

/** The least power of two above the number of candidates that turned out false. */
function windowBeyond(falseOnes: number): number {
  let window = 1;
  while (window <= falseOnes) window *= 2;
  return window;
}

function isWithin(offset: bigint, range: OffsetRange): boolean {
  return offset >= range.logStart && offset < range.highWatermark;
}
