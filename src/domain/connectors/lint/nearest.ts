import { editDistance } from '../../closest-name.ts';

/** Of the known words the nearest that is within one edit, two or three by the word's length; else null. */
export function nearest(word: string, known: readonly string[]): string | null {
  const limit = word.length >= 12 ? 3 : word.length >= 5 ? 2 : 1;
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    // No fewer edits than the lengths differ: most words need no more than this.
    if (Math.abs(word.length - candidate.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate);
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}
