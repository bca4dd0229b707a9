/** A partition of a topic, as both clusters and MM2's records name it. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Map key of a partition. `/` cannot occur in a Kafka topic name, so the text is unambiguous. */
export type TopicPartitionKey = string;

export function partitionKey(topic: string, partition: number): TopicPartitionKey {
  return `${topic}/${partition}`;
}

export function parsePartitionKey(key: TopicPartitionKey): TopicPartition {
  const slash = key.lastIndexOf('/');
  return { topic: key.slice(0, slash), partition: Number(key.slice(slash + 1)) };
}

/** Orders by topic (code units), then partition number. */
export function comparePartitions(a: TopicPartition, b: TopicPartition): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}

/** The topics of these partitions. */
export function topicsOf(keys: Iterable<TopicPartitionKey>): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const key of keys) topics.add(key.slice(0, key.lastIndexOf('/')));
  return topics;
}
