/** The topics that the gate is about, under both their names and with their partitions. */
import type { ReplicationPolicy } from '../../domain/checkpoints/replication-policy.ts';
import type { Known } from '../../domain/cutover/facts.ts';
import type { TopicPartition } from '../../domain/topic-partition.ts';
import { expectedTopics, refusedTopics } from '../hidden-topics.ts';
import { type Selection, selectsTopic } from '../observe-pass.ts';
import type { ClusterReader, TopicInfo } from '../ports.ts';
import { known, unknown } from './known.ts';

export interface MigratedTopic {
  readonly sourceTopic: string;
  readonly topic: string;
  readonly sourcePartitions: Known<readonly number[]>;
  /** null: the topic is not on the target. */
  readonly targetPartitions: Known<readonly number[] | null>;
}

export interface TopicsQuestion {
  readonly source: ClusterReader;
  readonly target: ClusterReader;
  readonly policy: ReplicationPolicy;
  /** `replication.policy.separator`. */
  readonly separator: string;
  readonly selection: Selection;
}

/** Sorted by name. Heartbeats are no data, and a topic that came from the target is not sent back. */
export async function findMigratedTopics(question: TopicsQuestion): Promise<readonly MigratedTopic[]> {
  const { source, target, policy } = question;
  const [listed, onTarget] = await Promise.all([source.listTopics(), target.listTopics()]);
  const names = expectedTopics({ ...question, sourceTopics: listed, targetTopics: onTarget });
  const hidden = await refusedTopics(source, names);
  const selected = [...listed.values(), ...hidden].filter(({ topic }) => isMigrated(question, topic));
  const unlisted = selected.map(({ topic }) => policy.targetTopic(topic)).filter((topic) => !onTarget.has(topic));
  const named = unlisted.length === 0 ? new Map<string, TopicInfo>() : await target.describeTopics(unlisted);
  return selected
    .map((info) => {
      const topic = policy.targetTopic(info.topic);
      return {
        sourceTopic: info.topic,
        topic,
        sourcePartitions: info.error === null ? known(info.partitions) : unknown(info.error),
        targetPartitions: partitionsOnTarget(onTarget.get(topic) ?? named.get(topic)),
      };
    })
    .sort((a, b) => (a.sourceTopic < b.sourceTopic ? -1 : 1));
}

function isMigrated({ policy, separator, selection }: TopicsQuestion, topic: string): boolean {
  if (topic === 'heartbeats' || topic.endsWith(`${separator}heartbeats`) || policy.isInternalTopic(topic)) return false;
  return policy.sourceTopic(policy.targetTopic(topic)) === topic && selectsTopic(selection, topic);
}

function partitionsOnTarget(info: TopicInfo | undefined): Known<readonly number[] | null> {
  if (info === undefined) return unknown('no answer');
  if (info.error === 'UNKNOWN_TOPIC_OR_PARTITION') return known(null);
  return info.error === null ? known(info.partitions) : unknown(info.error);
}

export function partitionsOfSource(topics: readonly MigratedTopic[]): readonly TopicPartition[] {
  return topics.flatMap(({ sourceTopic, sourcePartitions }) =>
    sourcePartitions.kind === 'unknown'
      ? []
      : sourcePartitions.value.map((partition) => ({ topic: sourceTopic, partition })),
  );
}

export function partitionsOfTarget(topics: readonly MigratedTopic[]): readonly TopicPartition[] {
  return topics.flatMap(({ topic, targetPartitions }) =>
    targetPartitions.kind === 'unknown'
      ? []
      : (targetPartitions.value ?? []).map((partition) => ({ topic, partition })),
  );
}
