/** What a rollback needs of the target beyond what a sync needs: to take offsets, and groups, away again. */
import type { TopicPartition } from '../../domain/topic-partition.ts';
import type { CommitOutcome, GroupCommitResult, TargetCluster } from '../ports.ts';

export interface OffsetRemoval {
  readonly groupId: string;
  readonly offsets: readonly TopicPartition[];
}

export interface RestoringCluster extends TargetCluster {
  /**
   * OffsetDelete (KIP-496, brokers from 2.4). One result for every removal; `committed` means removed. Bounds in time as
   * in commitOffsets. The broker refuses a group that has a member subscribed to the topic, and no other.
   */
  deleteOffsets(removals: readonly OffsetRemoval[], notAfter?: number): Promise<ReadonlyMap<string, GroupCommitResult>>;
  /** DeleteGroups. One outcome for every group; the broker refuses a group with members (NON_EMPTY_GROUP). */
  deleteGroups(groupIds: readonly string[], notAfter?: number): Promise<ReadonlyMap<string, CommitOutcome>>;
}
