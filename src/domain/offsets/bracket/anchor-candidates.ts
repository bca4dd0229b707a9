/**
 * The offset syncs of one partition's last epoch as candidates for anchors. One counts only if both of its records were
 * read and are equal. Looked at are the nearest first, then twice as many, and so on, until one is verified.
 *
 * A record stays at its offset as long as its log lives, so a sync of a record that differs, or of one beyond the target's
 * end, tells of a topic that was re-created since, and so do all syncs written before it. MM2 may lose the sync that would
 * have ended their epoch; where records repeat, one of them could look equal by chance. So below a refuted candidate none
 * is an anchor.
 */
import { lastEpoch, type OffsetPair } from '../../checkpoints/lower-bounds.ts';
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

export class AnchorCandidates {
  /** Upstream and downstream grow along it, as the log order does. */
  readonly #pairs: readonly OffsetPair[];
  readonly #stateOf: (pair: OffsetPair) => AnchorState;
  readonly #down: CandidateChain;
  readonly #up: CandidateChain;

  constructor(
    syncs: readonly OffsetPair[],
    ranges: { readonly source: OffsetRange; readonly target: OffsetRange },
    stateOf: (pair: OffsetPair) => AnchorState,
  ) {
    const epoch = lastEpoch(syncs);
    const stale = epoch.findLastIndex(({ downstream }) => downstream >= ranges.target.highWatermark);
    const inside = epoch
      .slice(stale + 1)
      .filter(({ upstream, downstream }) => isWithin(upstream, ranges.source) && isWithin(downstream, ranges.target));
    this.#pairs = inside.filter((pair, i) => pair.upstream !== inside[i - 1]?.upstream);
    this.#stateOf = stateOf;
    this.#down = new CandidateChain(-1, (index) => this.#stateAt(index));
    this.#up = new CandidateChain(1, (index) => this.#stateAt(index));
  }

  at(upstream: bigint): OffsetPair | null {
    const pair = this.#pairs[this.#firstAtOrAbove(upstream)];
    return pair?.upstream === upstream ? pair : null;
  }

  /** The greatest anchor with upstream < the offset, and the smallest with upstream ≥ it. */
  around(upstream: bigint): AnchorsAround {
    const start = this.#firstAtOrAbove(upstream);
    const up = this.#up.walk(start);
    const high = this.#pairs[up.index] ?? null;
    const down = this.#down.walk(start - 1);
    const isRefuted = up.passedRefuted || this.#stateAt(down.index) === 'refuted';
    const low = isRefuted ? null : (this.#pairs[down.index] ?? null);
    const unreadBelow = low === null ? [] : this.#unread(start - 1, down.index, -1);
    return { low, high, toRead: [...unreadBelow, ...this.#unread(start, up.index, 1)] };
  }

  #firstAtOrAbove(upstream: bigint): number {
    return partitionPoint(this.#pairs.length, (i) => (this.#pairs[i]?.upstream ?? upstream) < upstream);
  }

  #stateAt(index: number): AnchorState | null {
    const pair = this.#pairs[index];
    return pair === undefined ? null : this.#stateOf(pair);
  }

  /** The unread ones of the window, if the nearest of them is unread. */
  #unread(start: number, nearest: number, step: 1 | -1): readonly OffsetPair[] {
    if (this.#stateAt(nearest) !== 'unread') return [];
    const window = windowBeyond(Math.abs(nearest - start));
    const unread: OffsetPair[] = [];
    for (let i = nearest; Math.abs(i - start) < window; i += step) {
      const pair = this.#pairs[i];
      if (pair !== undefined && this.#stateOf(pair) === 'unread') unread.push(pair);
    }
    return unread;
  }
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
