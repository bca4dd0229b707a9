/** The topics that the gate is about, under both their names and with their partitions. */
import type { ReplicationPolicy } from '../../domain/checkpoints/replication-policy.ts';
import type { Known } from '../../domain/cutover/facts.ts';
import type { TopicPartition } from '../../domain/topic-partition.ts';
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
  const hidden = await hiddenTopics(question, listed, onTarget);
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

/**
 * Topics that the source does not list because the principal may not describe them: those spelled out in `topics`, and
 * those that have a copy. What is really not there is left out.
 */
async function hiddenTopics(
  { source, policy, selection }: TopicsQuestion,
  listed: ReadonlyMap<string, TopicInfo>,
  onTarget: ReadonlyMap<string, TopicInfo>,
): Promise<readonly TopicInfo[]> {
  const copied = [...onTarget.keys()].flatMap((topic) => {
    const named = policy.sourceTopic(topic);
    // Identity naming maps every topic of the target to itself.
    return named === null || named === topic ? [] : [named];
  });
  const names = [...new Set([...selection.topics.literals, ...copied])].filter((name) => !listed.has(name));
  if (names.length === 0) return [];
  const described = await source.describeTopics(names);
  return [...described.values()].filter(({ error }) => error !== null && error !== 'UNKNOWN_TOPIC_OR_PARTITION');
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
