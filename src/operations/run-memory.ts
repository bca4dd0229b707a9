/** What one run remembers over its passes: each partition's value before the run, and the value it saw last. */
import type { TopicPartitionKey } from '../domain/topic-partition.ts';

interface Remembered {
  /** Before this run's first commit; null: there was none. */
  readonly before: bigint | null;
  readonly lastSeen: bigint | null;
}

export class RunMemory {
  readonly #groups = new Map<string, Map<TopicPartitionKey, Remembered>>();

  lastSeen(groupId: string, key: TopicPartitionKey): bigint | null | undefined {
    return this.#groups.get(groupId)?.get(key)?.lastSeen;
  }

  /** The first value of the run, or `now` when this is the first look. */
  before(groupId: string, key: TopicPartitionKey, now: bigint | null): bigint | null {
    const remembered = this.#groups.get(groupId)?.get(key);
    return remembered === undefined ? now : remembered.before;
  }

  see(groupId: string, key: TopicPartitionKey, value: bigint | null): void {
    const partitions = this.#groups.get(groupId) ?? new Map<TopicPartitionKey, Remembered>();
    const before = partitions.get(key)?.before;
    partitions.set(key, { before: before === undefined ? value : before, lastSeen: value });
    this.#groups.set(groupId, partitions);
  }
}
