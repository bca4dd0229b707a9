/**
 * Topics of the source that its brokers leave out of their list because the principal may not describe them. Nothing
 * says that they are there but names from elsewhere, and asked for by name they are refused (invariant D).
 */
import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { ClusterReader, TopicInfo } from './ports.ts';
import { type Selection, selectsTopic } from './selection.ts';

export interface HiddenTopicsQuestion {
  readonly policy: ReplicationPolicy;
  readonly selection: Selection;
  readonly sourceTopics: ReadonlyMap<string, TopicInfo>;
  readonly targetTopics: ReadonlyMap<string, TopicInfo>;
}

/** Spelled out in `topics`, or with a copy on the target. */
export function expectedTopics({ policy, selection, sourceTopics, targetTopics }: HiddenTopicsQuestion) {
  const copied = [...targetTopics.keys()].flatMap((topic) => {
    const named = policy.sourceTopic(topic);
    // Identity naming maps every topic of the target to itself.
    return named === null || named === topic || policy.isInternalTopic(topic) ? [] : [named];
  });
  return unlisted([...selection.topics.literals, ...copied], { policy, selection, sourceTopics });
}

/** Which of these the source did not list, though the selection wants them; each once. */
export function unlisted(
  names: Iterable<string>,
  { policy, selection, sourceTopics }: Omit<HiddenTopicsQuestion, 'targetTopics'>,
): readonly string[] {
  const wanted = (name: string) =>
    !sourceTopics.has(name) && selectsTopic(selection, name) && !policy.isInternalTopic(name);
  return [...new Set(names)].filter(wanted);
}

/** Those that are refused; what is really not there is left out. A watched cluster tells of them. */
export async function refusedTopics(source: ClusterReader, names: readonly string[]): Promise<readonly TopicInfo[]> {
  if (names.length === 0) return [];
  const described = await source.describeTopics(names);
  return [...described.values()].filter(({ error }) => error !== null && error !== 'UNKNOWN_TOPIC_OR_PARTITION');
}
