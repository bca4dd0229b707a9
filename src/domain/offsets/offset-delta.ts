import type { GroupOutcome } from './partition-outcome.ts';

export interface OffsetDelta {
  /** Σ|delta| over the partitions where it is known. */
  readonly known: bigint;
  readonly unknownPartitions: number;
}

export function offsetDelta(groups: readonly GroupOutcome[]): OffsetDelta {
  let known = 0n;
  let unknownPartitions = 0;
  for (const group of groups) {
    for (const { delta } of group.partitions) {
      if (delta === null) unknownPartitions++;
      else known += delta < 0n ? -delta : delta;
    }
  }
  return { known, unknownPartitions };
}
