import type { GroupOutcome } from './partition-outcome.ts';

export interface OffsetDelta {
  /** Σ|delta| over the selected partitions where it is known; what the selection leaves out is nobody's delta. */
  readonly known: bigint;
  readonly unknownPartitions: number;
}

export function offsetDelta(groups: readonly GroupOutcome[]): OffsetDelta {
  let known = 0n;
  let unknownPartitions = 0;
  for (const group of groups) {
    for (const { delta, reason } of group.partitions) {
      if (reason === 'filtered') continue;
      if (delta === null) unknownPartitions++;
      else known += delta < 0n ? -delta : delta;
    }
  }
  return { known, unknownPartitions };
}
