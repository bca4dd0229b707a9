/** Which positions of which partitions are to be translated by their records, and what bounds the search. */
import type { BracketFacts } from '../domain/offsets/bracket/partition-translator.ts';
import type { MigratedPartition } from '../domain/offsets/migrated-partitions.ts';
import type { OffsetRange } from '../domain/offsets/observation.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../domain/topic-partition.ts';
import { commitOf } from './commit-of.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import type { PartitionFacts } from './partition-facts.ts';
import type { GroupOffsets } from './ports.ts';

export interface ComparedPartition {
  /** Of the target's partition. */
  readonly key: TopicPartitionKey;
  readonly source: TopicPartition;
  readonly target: TopicPartition;
  readonly facts: BracketFacts;
  /** Committed offsets of all groups, each once, ascending. */
  readonly positions: readonly bigint[];
  /** Its brackets grew beyond what fits into memory with others: taken for itself, position by position. */
  readonly alone?: true;
}

export interface ComparableSeen {
  /** Selected groups only: nobody reads records for those that are left out. */
  readonly groups: readonly DiscoveredGroup[];
  readonly selectsTopic: (sourceTopic: string) => boolean;
  readonly sourceOffsets: ReadonlyMap<string, GroupOffsets>;
  readonly facts: PartitionFacts;
  readonly maxScan: number;
}

/** Those where both logs can be read and the source holds the position; the others have an obstacle of their own. */
export function comparedPartitions(seen: ComparableSeen): readonly ComparedPartition[] {
  const positions = new Map<TopicPartitionKey, Set<bigint>>();
  const partitions = new Map<TopicPartitionKey, MigratedPartition>();
  for (const group of seen.groups) {
    const committed = seen.sourceOffsets.get(group.groupId);
    for (const [key, partition] of group.partitions) {
      const { sourceTopic } = partition;
      if (sourceTopic === null || !seen.selectsTopic(sourceTopic)) continue;
      const commit = commitOf(committed, partitionKey(sourceTopic, partition.partition));
      if (commit.kind !== 'committed') continue;
      partitions.set(key, partition);
      positions.set(key, (positions.get(key) ?? new Set()).add(commit.offset));
    }
  }
  return [...partitions].flatMap(([key, partition]) => compared(seen, key, partition, positions.get(key) ?? new Set()));
}

function compared(
  seen: ComparableSeen,
  key: TopicPartitionKey,
  { topic, partition, sourceTopic }: MigratedPartition,
  positions: ReadonlySet<bigint>,
): readonly ComparedPartition[] {
  const source = rangeOf(seen.facts.source.get(key));
  const downstream = seen.facts.downstream.get(key);
  if (sourceTopic === null || source === null || downstream?.kind !== 'range') return [];
  const within = [...positions].filter((position) => position <= source.highWatermark).sort(ascending);
  if (within.length === 0) return [];
  const facts = {
    source,
    target: downstream.range,
    syncs: seen.facts.syncs.get(key) ?? [],
    maxScan: seen.maxScan,
  };
  return [{ key, source: { topic: sourceTopic, partition }, target: { topic, partition }, facts, positions: within }];
}

function rangeOf(range: ReturnType<PartitionFacts['source']['get']>): OffsetRange | null {
  return range == null || 'error' in range ? null : range;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
