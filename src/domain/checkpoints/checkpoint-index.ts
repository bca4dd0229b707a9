/**
 * Folds the checkpoints topic in log order: the last good record of each (group, topic, partition) wins. A malformed
 * record is counted and does not hide an earlier good one, which stays a valid lower bound.
 */
import { partitionKey, type TopicPartitionKey } from '../topic-partition.ts';
import type { Checkpoint, DecodedCheckpoint } from './checkpoint-format.ts';
import type { GroupCheckpoint } from './lower-bounds.ts';
import type { MalformedReason } from './malformed-record.ts';

export interface CheckpointIndex {
  readonly groups: ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, Checkpoint>>;
  readonly byPartition: ReadonlyMap<TopicPartitionKey, readonly GroupCheckpoint[]>;
  /** Group partitions that have malformed records and no good one. */
  readonly unreadable: ReadonlyMap<string, ReadonlySet<TopicPartitionKey>>;
  readonly malformed: ReadonlyMap<MalformedReason, number>;
  readonly recordCount: number;
}

export class CheckpointIndexBuilder {
  readonly #groups = new Map<string, Map<TopicPartitionKey, Checkpoint>>();
  readonly #bad = new Map<string, Set<TopicPartitionKey>>();
  readonly #malformed = new Map<MalformedReason, number>();
  #recordCount = 0;

  add(decoded: DecodedCheckpoint): void {
    this.#recordCount++;
    if (decoded.kind === 'checkpoint') {
      const { checkpoint } = decoded;
      entry(this.#groups, checkpoint.groupId, newMap).set(
        partitionKey(checkpoint.topic, checkpoint.partition),
        checkpoint,
      );
      return;
    }
    this.#malformed.set(decoded.why, (this.#malformed.get(decoded.why) ?? 0) + 1);
    if (decoded.key === null) return;
    const { groupId, topic, partition } = decoded.key;
    entry(this.#bad, groupId, newSet).add(partitionKey(topic, partition));
  }

  build(): CheckpointIndex {
    const byPartition = new Map<TopicPartitionKey, GroupCheckpoint[]>();
    for (const [groupId, partitions] of this.#groups) {
      for (const [key, { upstreamOffset, downstreamOffset }] of partitions) {
        entry(byPartition, key, () => []).push({ groupId, upstream: upstreamOffset, downstream: downstreamOffset });
      }
    }
    return {
      groups: this.#groups,
      byPartition,
      unreadable: this.#withoutGoodOnes(),
      malformed: this.#malformed,
      recordCount: this.#recordCount,
    };
  }

  #withoutGoodOnes(): ReadonlyMap<string, ReadonlySet<TopicPartitionKey>> {
    const unreadable = new Map<string, ReadonlySet<TopicPartitionKey>>();
    for (const [groupId, keys] of this.#bad) {
      const good = this.#groups.get(groupId);
      const rest = [...keys].filter((key) => good?.has(key) !== true);
      if (rest.length > 0) unreadable.set(groupId, new Set(rest));
    }
    return unreadable;
  }
}

const newMap = <K, V>(): Map<K, V> => new Map<K, V>();
const newSet = <T>(): Set<T> => new Set<T>();

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
