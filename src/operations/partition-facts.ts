/** Log ranges of both sides and the guards of the checkpoints, by partition: the facts that all groups share. */
import type { CheckpointIndex } from '../domain/checkpoints/checkpoint-index.ts';
import { lastEpoch, lowerBounds, type OffsetPair } from '../domain/checkpoints/lower-bounds.ts';
import type { MigratedPartition } from '../domain/offsets/migrated-partitions.ts';
import type { BoundsObservation, DownstreamObservation, OffsetRange } from '../domain/offsets/observation.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../domain/topic-partition.ts';
import type { SyncClusters } from './observe-pass.ts';
import type { ClusterReader, LogRange, TopicInfo } from './ports.ts';
import type { OffsetSyncsView } from './read-internal-topics.ts';

export type SourceRange = OffsetRange | { readonly error: string } | null;

/** All keyed by the target partition. */
export interface PartitionFacts {
  readonly source: ReadonlyMap<TopicPartitionKey, SourceRange>;
  readonly downstream: ReadonlyMap<TopicPartitionKey, DownstreamObservation>;
  readonly bounds: ReadonlyMap<TopicPartitionKey, BoundsObservation>;
  /** Offset syncs in log order; none for a partition that has none, or when they could not be read. */
  readonly syncs: ReadonlyMap<TopicPartitionKey, readonly OffsetPair[]>;
  /** Why the offset syncs could not be read to their end; null when they were, or in target-only mode. */
  readonly syncsUnreadable: string | null;
}

export interface FactsRequest {
  readonly clusters: SyncClusters;
  readonly partitions: readonly MigratedPartition[];
  readonly targetTopics: ReadonlyMap<string, TopicInfo>;
  readonly sourceTopics: ReadonlyMap<string, TopicInfo> | null;
  readonly checkpoints: CheckpointIndex;
  /** Why no checkpoint of this MM2 runtime may serve; null when it may. */
  readonly distrust: string | null;
  /** null in target-only mode. */
  readonly readSyncs: () => Promise<OffsetSyncsView | null>;
}

export async function partitionFacts(request: FactsRequest): Promise<PartitionFacts> {
  const partitions = distinct(request.partitions);
  const source = await sourceRanges(request, partitions);
  const syncs = await request.readSyncs();
  const downstream = await downstreamRanges(request, partitions);
  const bounds = new Map<TopicPartitionKey, BoundsObservation>();
  const pairs = new Map<TopicPartitionKey, readonly OffsetPair[]>();
  for (const [key, partition] of partitions) {
    bounds.set(key, boundsOf(key, partition, request, syncs));
    pairs.set(key, syncsOf(partition, syncs));
  }
  const syncsUnreadable = syncs?.kind === 'unreadable' ? syncs.why : null;
  return { source, downstream, bounds, syncs: pairs, syncsUnreadable };
}

function syncsOf({ sourceTopic, partition }: MigratedPartition, syncs: OffsetSyncsView | null): readonly OffsetPair[] {
  if (syncs?.kind !== 'read' || sourceTopic === null) return [];
  return syncs.syncs.get(partitionKey(sourceTopic, partition)) ?? [];
}

/** The source's ranges once more, after the target's: where the search among its records must end. */
export function rereadSource(request: FactsRequest): Promise<PartitionFacts['source']> {
  return sourceRanges(request, distinct(request.partitions));
}

/** The target's ranges once more, after its records: what is committed must lie within them (invariant C). */
export function rereadTarget(request: FactsRequest): Promise<PartitionFacts['downstream']> {
  return downstreamRanges(request, distinct(request.partitions));
}

function distinct(partitions: readonly MigratedPartition[]): ReadonlyMap<TopicPartitionKey, MigratedPartition> {
  const byKey = new Map<TopicPartitionKey, MigratedPartition>();
  for (const partition of partitions) byKey.set(partitionKey(partition.topic, partition.partition), partition);
  return byKey;
}

async function sourceRanges(
  request: FactsRequest,
  partitions: ReadonlyMap<TopicPartitionKey, MigratedPartition>,
): Promise<ReadonlyMap<TopicPartitionKey, SourceRange>> {
  const { source } = request.clusters;
  const ranges = new Map<TopicPartitionKey, SourceRange>();
  if (source === null || request.sourceTopics === null) return ranges;
  const wanted = new Map<TopicPartitionKey, TopicPartition>();
  for (const [key, { sourceTopic, partition }] of partitions) {
    if (sourceTopic !== null) wanted.set(key, { topic: sourceTopic, partition });
  }
  const looked = await lookUp(source, request.sourceTopics, [...wanted.values()]);
  for (const key of partitions.keys()) {
    const name = wanted.get(key);
    const found = name === undefined ? undefined : looked.get(partitionKey(name.topic, name.partition));
    ranges.set(key, found === undefined ? null : sourceRange(found));
  }
  return ranges;
}

function sourceRange(found: Looked): SourceRange {
  if (found.kind === 'range') return { logStart: found.logStart, highWatermark: found.highWatermark };
  return found.kind === 'error' ? { error: found.error } : null;
}

function downstreamRanges(
  { clusters, targetTopics }: FactsRequest,
  partitions: ReadonlyMap<TopicPartitionKey, MigratedPartition>,
): Promise<ReadonlyMap<TopicPartitionKey, DownstreamObservation>> {
  return targetRanges(clusters.target, targetTopics, [...partitions.values()]);
}

/** Log ranges of partitions of the target, or what keeps each from having one. */
export async function targetRanges(
  target: ClusterReader,
  targetTopics: ReadonlyMap<string, TopicInfo>,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<TopicPartitionKey, DownstreamObservation>> {
  const looked = await lookUp(target, targetTopics, partitions);
  const ranges = new Map<TopicPartitionKey, DownstreamObservation>();
  for (const { topic, partition } of partitions) {
    const key = partitionKey(topic, partition);
    const found = looked.get(key) ?? { kind: 'error' as const, error: 'NO_ANSWER' };
    if (found.kind === 'range') ranges.set(key, { kind: 'range', range: found });
    else if (found.kind === 'error') ranges.set(key, { kind: 'unreadable', error: found.error });
    else ranges.set(key, { kind: found.kind });
  }
  return ranges;
}

type Looked = LogRange | { readonly kind: 'no-topic' } | { readonly kind: 'no-partition' };

/** Tells "not there" from "may not be described": a topic missing in the full listing is asked for by name. */
async function lookUp(
  cluster: ClusterReader,
  listed: ReadonlyMap<string, TopicInfo>,
  wanted: readonly TopicPartition[],
): Promise<ReadonlyMap<TopicPartitionKey, Looked>> {
  const unlisted = [...new Set(wanted.map(({ topic }) => topic).filter((topic) => !listed.has(topic)))];
  const named = unlisted.length === 0 ? new Map<string, TopicInfo>() : await cluster.describeTopics(unlisted);
  const looked = new Map<TopicPartitionKey, Looked>();
  const present: TopicPartition[] = [];
  for (const { topic, partition } of wanted) {
    const info = listed.get(topic) ?? named.get(topic);
    const key = partitionKey(topic, partition);
    if (info === undefined) looked.set(key, { kind: 'error', error: 'NO_ANSWER' });
    else if (info.error === 'UNKNOWN_TOPIC_OR_PARTITION') looked.set(key, { kind: 'no-topic' });
    else if (info.error !== null) looked.set(key, { kind: 'error', error: info.error });
    else if (!info.partitions.includes(partition)) looked.set(key, { kind: 'no-partition' });
    else present.push({ topic, partition });
  }
  if (present.length === 0) return looked;
  const ranges = await cluster.logRanges(present);
  for (const { topic, partition } of present) {
    const key = partitionKey(topic, partition);
    looked.set(key, ranges.get(key) ?? { kind: 'error', error: 'NO_ANSWER' });
  }
  return looked;
}

function boundsOf(
  key: TopicPartitionKey,
  partition: MigratedPartition,
  { checkpoints, distrust }: FactsRequest,
  syncs: OffsetSyncsView | null,
): BoundsObservation {
  if (distrust !== null) return { kind: 'unreadable', why: distrust };
  if (syncs === null) return { kind: 'unverified' };
  if (syncs.kind === 'unreadable') return syncs;
  if (partition.sourceTopic === null) return { kind: 'unverified' };
  const anchors = lastEpoch(syncsOf(partition, syncs));
  return { kind: 'bounds', bounds: lowerBounds(checkpoints.byPartition.get(key) ?? [], anchors) };
}
