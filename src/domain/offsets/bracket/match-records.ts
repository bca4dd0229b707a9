import type { Comparison } from './compare-images.ts';
import type { RecordImage } from './record-image.ts';

/** Records that can't be told apart; at least one of them is on the source. */
export interface Twins {
  /** Offsets on the source, ascending. */
  readonly upstream: bigint[];
  /** How many of the compared target records equal them. */
  onTarget: number;
}

export interface Matches {
  /** For each source record the twins that it is one of. */
  readonly ofSources: readonly Twins[];
  /** For each target record the source records that it equals; null when there is none. */
  readonly ofTargets: readonly (Twins | null)[];
}

export function matchRecords(
  sources: readonly RecordImage[],
  targets: readonly RecordImage[],
  alike: Comparison['alike'],
): Matches {
  const byText = new Map<string, Twins>();
  const ofSources = sources.map((image) => {
    const text = alike(image);
    const twins = byText.get(text) ?? { upstream: [], onTarget: 0 };
    byText.set(text, twins);
    twins.upstream.push(image.offset);
    return twins;
  });
  const ofTargets = targets.map((image) => {
    const twins = byText.get(alike(image)) ?? null;
    if (twins !== null) twins.onTarget++;
    return twins;
  });
  return { ofSources, ofTargets };
}
