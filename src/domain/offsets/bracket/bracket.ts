/** The pieces of the two logs between two anchors, within which a position's place is looked for (DESIGN §9). */
import type { OffsetPair } from '../../checkpoints/lower-bounds.ts';
import type { OffsetRange } from '../observation.ts';
import type { OffsetSpan } from './read-records.ts';

export interface Bracket {
  /** null: the end of the logs bounds there. */
  readonly lowAnchor: OffsetPair | null;
  readonly highAnchor: OffsetPair | null;
  /** A ∪ B: from the low anchor's record to as far beyond the high anchor as copies in `target` can come from. */
  readonly source: OffsetSpan;
  /** [LOW, HIGH). */
  readonly target: OffsetSpan;
  /** The same with the anchors' own records. */
  readonly targetToRead: OffsetSpan;
}

export function bracketBetween(
  lowAnchor: OffsetPair | null,
  highAnchor: OffsetPair | null,
  ranges: { readonly source: OffsetRange; readonly target: OffsetRange },
): Bracket {
  const { source, target } = ranges;
  const low = lowAnchor === null ? target.logStart : lowAnchor.downstream + 1n;
  const high = highAnchor === null ? target.highWatermark : highAnchor.downstream;
  const end = highAnchor === null ? source.highWatermark : highAnchor.upstream + (high - low) + 1n;
  return {
    lowAnchor,
    highAnchor,
    source: {
      from: lowAnchor === null ? source.logStart : lowAnchor.upstream,
      to: end < source.highWatermark ? end : source.highWatermark,
    },
    target: { from: low, to: high },
    targetToRead: { from: lowAnchor?.downstream ?? low, to: highAnchor === null ? high : high + 1n },
  };
}

export function lengthOf(span: OffsetSpan): bigint {
  return span.to > span.from ? span.to - span.from : 0n;
}
