/**
 * Which group partitions one pass looks at: the union of source commits, checkpoints and target commits on migrated
 * topics (DESIGN §3). A source commit without a checkpoint, or a hidden group, is the deadliest case and must show.
 */
import type { Checkpoint } from '../checkpoints/checkpoint-format.ts';
import type { ReplicationPolicy } from '../checkpoints/replication-policy.ts';
import { parsePartitionKey, partitionKey, type TopicPartition, type TopicPartitionKey } from '../topic-partition.ts';

/** A partition under both its names. `sourceTopic` is null when the policy cannot tell it. */
export interface MigratedPartition extends TopicPartition {
  readonly sourceTopic: string | null;
}

export interface MigratedTopics {
  /** From a source commit; null when the topic is internal, or left out by the selection. */
  fromSource(sourceTopic: string): string | null;
  /** From a target commit; null when the topic does not come from this source. */
  fromTarget(targetTopic: string): string | null;
  /** The same, whether or not the topic is selected. */
  nameOnSource(targetTopic: string): string | null;
}

/**
 * `sourceTopics` is null in target-only mode, where under identity naming only checkpoints tell what is migrated.
 * A topic that the selection leaves out is not migrated; only a checkpoint for it is still shown, as filtered.
 */
export function migratedTopics(
  policy: ReplicationPolicy,
  sourceTopics: ReadonlySet<string> | null,
  checkpointTopics: ReadonlySet<string>,
  selects: (sourceTopic: string) => boolean,
): MigratedTopics {
  const backward = new Map<string, string>();
  for (const topic of sourceTopics ?? []) {
    if (!policy.isInternalTopic(topic)) backward.set(policy.targetTopic(topic), topic);
  }
  return {
    fromSource: (topic) => (policy.isInternalTopic(topic) || !selects(topic) ? null : policy.targetTopic(topic)),
    nameOnSource,
    fromTarget: (topic) => {
      const named = nameOnSource(topic);
      return named === null || !selects(named) ? null : named;
    },
  };

  function nameOnSource(topic: string): string | null {
    const known = backward.get(topic);
    if (known !== undefined) return known;
    if (policy.isInternalTopic(topic)) return null;
    const named = policy.sourceTopic(topic);
    // Identity naming maps every topic to itself, so a name alone proves nothing there.
    return named === topic && !checkpointTopics.has(topic) ? null : named;
  }
}

export interface GroupSightings {
  readonly sourceCommits: Iterable<TopicPartitionKey>;
  readonly targetCommits: Iterable<TopicPartitionKey>;
  readonly checkpoints: Iterable<Checkpoint>;
  readonly unreadableCheckpoints: Iterable<TopicPartitionKey>;
}

/** Keys are those of the target partition. */
export function unionOfSightings(
  topics: MigratedTopics,
  seen: GroupSightings,
): ReadonlyMap<TopicPartitionKey, MigratedPartition> {
  const union = new Map<TopicPartitionKey, MigratedPartition>();
  const add = (topic: string, partition: number, sourceTopic: string | null) => {
    const key = partitionKey(topic, partition);
    if (!union.has(key)) union.set(key, { topic, partition, sourceTopic });
  };
  for (const key of seen.sourceCommits) {
    const { topic, partition } = parsePartitionKey(key);
    const targetTopic = topics.fromSource(topic);
    if (targetTopic !== null) add(targetTopic, partition, topic);
  }
  for (const { topic, partition } of seen.checkpoints) add(topic, partition, topics.nameOnSource(topic));
  for (const key of seen.unreadableCheckpoints) {
    const { topic, partition } = parsePartitionKey(key);
    add(topic, partition, topics.nameOnSource(topic));
  }
  for (const key of seen.targetCommits) {
    const { topic, partition } = parsePartitionKey(key);
    const sourceTopic = topics.fromTarget(topic);
    if (sourceTopic !== null) add(topic, partition, sourceTopic);
  }
  return union;
}
