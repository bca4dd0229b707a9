import type { TopicPartition } from '../topic-partition.ts';
import type { GroupVerdict, PartitionVerdict, Reason, Translation } from '../verdicts.ts';
import type { BracketProof } from './bracket/record-translation.ts';

/** Why `translated` is held to be right. Later proofs add kinds; offsets, counts and timestamps only (invariant G). */
export interface CheckpointProof {
  readonly kind: 'checkpoint';
  /** Whose checkpoint served. */
  readonly groupId: string;
  readonly upstream: bigint;
  readonly downstream: bigint;
}
export type Proof = CheckpointProof | BracketProof;

/** What one run says of one group partition. `topic` is the name on the target. null means unknown. */
export interface PartitionOutcome extends TopicPartition {
  /** Name on the source; null when the replication policy cannot tell it. */
  readonly sourceTopic: string | null;
  readonly sourceCommitted: bigint | null;
  readonly sourceLogEnd: bigint | null;
  readonly checkpointUpstream: bigint | null;
  readonly checkpointDownstream: bigint | null;
  readonly translated: bigint | null;
  readonly translation: Translation;
  readonly proof: Proof | null;
  /** Committed on the target before this run's first commit. */
  readonly targetBefore: bigint | null;
  /** Committed on the target as read last, after any commit. */
  readonly targetAfter: bigint | null;
  readonly targetLogStart: bigint | null;
  readonly targetHighWatermark: bigint | null;
  /** translated − targetAfter, signed; null unless both are known. */
  readonly delta: bigint | null;
  readonly redelivered: bigint | null;
  readonly redeliveredMax: bigint | null;
  readonly verdict: PartitionVerdict;
  readonly reason: Reason | null;
  /** One sentence of specifics for people, e.g. how many records a clamp lost; never the only place of a fact. */
  readonly detail: string | null;
}

export interface GroupOutcome {
  readonly groupId: string;
  /** Kafka's state words; `absent` when proven not there; null when not known or not asked. */
  readonly sourceState: string | null;
  readonly targetState: string | null;
  readonly type: string | null;
  readonly verdict: GroupVerdict;
  readonly partitions: readonly PartitionOutcome[];
}
