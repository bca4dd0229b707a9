import type { AnchorState } from './anchor-candidates.ts';

interface Hop {
  readonly to: number;
  readonly passedRefuted: boolean;
}

/**
 * Walks over candidates that turned out to be none. What was walked over once is jumped over later, so that thousands of
 * positions beside thousands of stale offset syncs stay cheap. Downwards a refuted candidate ends the walk.
 */
export class CandidateChain {
  readonly #step: 1 | -1;
  readonly #stateAt: (index: number) => AnchorState | null;
  readonly #jumps = new Map<number, Hop>();

  constructor(step: 1 | -1, stateAt: (index: number) => AnchorState | null) {
    this.#step = step;
    this.#stateAt = stateAt;
  }

  /** The first candidate from `start` on that is neither gone nor refuted; an index outside of the list at its end. */
  walk(start: number): { readonly index: number; readonly passedRefuted: boolean } {
    const passed: { readonly from: number; readonly hop: Hop }[] = [];
    let index = start;
    for (let hop = this.#hopFrom(index); hop !== null; hop = this.#hopFrom(index)) {
      passed.push({ from: index, hop });
      index = hop.to;
    }
    let passedRefuted = false;
    for (const { from, hop } of passed.reverse()) {
      passedRefuted ||= hop.passedRefuted;
      this.#jumps.set(from, { to: index, passedRefuted });
    }
    return { index, passedRefuted };
  }

  #hopFrom(index: number): Hop | null {
    const known = this.#jumps.get(index);
    if (known !== undefined) return known;
    const state = this.#stateAt(index);
    if (state === 'gone') return { to: index + this.#step, passedRefuted: false };
    if (state === 'refuted' && this.#step === 1) return { to: index + 1, passedRefuted: true };
    return null;
  }
}
