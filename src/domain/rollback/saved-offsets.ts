/** What one offsets export holds: the target's committed offsets as they were before a run. */
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../topic-partition.ts';

export interface SavedCommit {
  readonly offset: bigint;
  readonly metadata: string;
  /** −1 when the consumer gave none. */
  readonly leaderEpoch: number;
}

export interface SavedPartition extends TopicPartition {
  /** Before the run; null: the group had no committed offset there. */
  readonly previous: SavedCommit | null;
  /**
   * What the run may have left there: the value of its last decision, and before that commit arrived the one of the
   * decision before. null in it: no offset. Empty when the run only looked.
   */
  readonly leftByRun: readonly (bigint | null)[];
}

export interface SavedGroup {
  readonly groupId: string;
  /** False: the group was not there before the run. */
  readonly existed: boolean;
  readonly partitions: ReadonlyMap<TopicPartitionKey, SavedPartition>;
}

export interface SavedOffsets {
  /** null on brokers before 0.10.1. */
  readonly clusterId: string | null;
  readonly targetAlias: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** In the order of the file. */
  readonly groups: ReadonlyMap<string, SavedGroup>;
  /** The last line was cut off, as by a kill in the middle of writing it: nothing of it was committed. */
  readonly cutOff: boolean;
}

export interface GroupPartition extends TopicPartition {
  readonly groupId: string;
}

/** Group partitions that the export says nothing of: a rollback from it would leave them as they are. */
export function notCovered(saved: SavedOffsets, wanted: Iterable<GroupPartition>): readonly GroupPartition[] {
  return [...wanted].filter(
    ({ groupId, topic, partition }) => !saved.groups.get(groupId)?.partitions.has(partitionKey(topic, partition)),
  );
}
