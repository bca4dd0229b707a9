/** How far a group is behind on the source: what it would still read there. */
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';

export interface SourceLag {
  /** Σ(sourceLogEnd − sourceCommitted) over the selected partitions where both are known. */
  readonly known: bigint;
  /** Selected partitions where one of the two is not known, or not there. */
  readonly unknownPartitions: number;
}

/** null: not known. Offsets beyond the end of a truncated source are no lag. */
export function sourceLagOf({ sourceLogEnd, sourceCommitted }: PartitionOutcome): bigint | null {
  if (sourceLogEnd === null || sourceCommitted === null) return null;
  return sourceLogEnd > sourceCommitted ? sourceLogEnd - sourceCommitted : 0n;
}

export function sourceLag(groups: readonly GroupOutcome[]): SourceLag {
  let known = 0n;
  let unknownPartitions = 0;
  for (const group of groups) {
    for (const partition of group.partitions) {
      if (partition.reason === 'filtered') continue;
      const lag = sourceLagOf(partition);
      if (lag === null) unknownPartitions++;
      else known += lag;
    }
  }
  return { known, unknownPartitions };
}
