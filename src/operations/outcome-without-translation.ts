/** The outcome of a group partition that nothing was translated for: saved by an export, restored by a rollback. */
import type { CommitObservation } from '../domain/offsets/observation.ts';
import type { PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import type { TopicPartition } from '../domain/topic-partition.ts';

export type Judged = Pick<PartitionOutcome, 'verdict' | 'reason' | 'detail'>;

/** `wanted`: the offset that a rollback restores; null when there is none. */
export function outcomeWithoutTranslation(
  { topic, partition }: TopicPartition,
  sourceTopic: string | null,
  offsets: { readonly before: CommitObservation; readonly after: bigint | null; readonly wanted: bigint | null },
  judged: Judged,
): PartitionOutcome {
  const { before, after, wanted } = offsets;
  return {
    topic,
    partition,
    sourceTopic,
    sourceCommitted: null,
    sourceLogEnd: null,
    checkpointUpstream: null,
    checkpointDownstream: null,
    translated: wanted,
    translation: 'none',
    proof: null,
    targetBefore: offsetOf(before),
    targetAfter: after,
    targetLogStart: null,
    targetHighWatermark: null,
    delta: wanted === null || after === null ? null : wanted - after,
    redelivered: null,
    redeliveredMax: null,
    ...judged,
  };
}

export function offsetOf(commit: CommitObservation): bigint | null {
  return commit.kind === 'committed' ? commit.offset : null;
}
