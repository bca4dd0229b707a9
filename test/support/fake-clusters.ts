/**
 * Two clusters in memory with MM2's topics in them, for faults that a real cluster can't make on demand. They prove
 * nothing about Kafka. A test replaces the one method that its fault is about.
 */
import { encodeCheckpoint } from '../../src/domain/checkpoints/checkpoint-format.ts';
import type { EncodedRecord } from '../../src/domain/checkpoints/malformed-record.ts';
import { encodeOffsetSync } from '../../src/domain/checkpoints/offset-sync-format.ts';
import type { ListedGroup } from '../../src/domain/groups.ts';
import type { RecordImage } from '../../src/domain/offsets/bracket/record-image.ts';
import { parsePartitionKey, partitionKey, type TopicPartitionKey } from '../../src/domain/topic-partition.ts';
import type {
  CommitOutcome,
  CommittedOffset,
  GroupCommit,
  GroupCommitResult,
  GroupListing,
  GroupOffsets,
  ImageLimits,
  ImageRequest,
  ImageSlice,
  LogRange,
  LogReadRequest,
  LogReadResult,
  LogRecord,
  OffsetsQuery,
  TargetCluster,
  TopicInfo,
} from '../../src/operations/ports.ts';

export const TOPIC = 'orders';
export const COPY = 'src.orders';
export const COPY_KEY = partitionKey(COPY, 0);
/** Each group committed this on the source; MM2's checkpoint of it is COPIED. */
export const COMMITTED = 100n;
export const COPIED = 90n;
const END = 500n;
const BROKER = 1;

export class FakeCluster implements TargetCluster {
  readonly side: 'source' | 'target';
  readonly ranges = new Map<TopicPartitionKey, LogRange>();
  readonly records = new Map<string, EncodedRecord[]>();
  /** Records of data topics, as comparing sees them. */
  readonly images = new Map<string, readonly RecordImage[]>();
  readonly groups: ListedGroup[] = [];
  readonly offsets = new Map<string, Map<TopicPartitionKey, CommittedOffset>>();
  /** Every call of commitOffsets, in order. */
  readonly commits: (readonly GroupCommit[])[] = [];

  constructor(side: 'source' | 'target') {
    this.side = side;
  }

  addTopic(topic: string, end: bigint, records: EncodedRecord[] = []): void {
    this.ranges.set(partitionKey(topic, 0), { kind: 'range', logStart: 0n, highWatermark: end });
    this.records.set(topic, records);
  }

  setOffset(groupId: string, key: TopicPartitionKey, offset: bigint, metadata = ''): void {
    const partitions = this.offsets.get(groupId) ?? new Map<TopicPartitionKey, CommittedOffset>();
    partitions.set(key, { offset, metadata, leaderEpoch: -1, error: null });
    this.offsets.set(groupId, partitions);
  }

  async describeCluster() {
    return { clusterId: this.side, brokers: [{ nodeId: BROKER, host: 'localhost', port: 9092 }] };
  }

  async listTopics(): Promise<ReadonlyMap<string, TopicInfo>> {
    const topics = [...this.ranges.keys()].map((key) => parsePartitionKey(key).topic);
    return new Map(topics.map((topic) => [topic, { topic, partitions: [0], error: null }]));
  }

  async describeTopics(topics: readonly string[]): Promise<ReadonlyMap<string, TopicInfo>> {
    const listed = await this.listTopics();
    const absent = (topic: string) => ({ topic, partitions: [], error: 'UNKNOWN_TOPIC_OR_PARTITION' });
    return new Map(topics.map((topic) => [topic, listed.get(topic) ?? absent(topic)]));
  }

  async topicConfigs() {
    return null;
  }

  async listGroups(): Promise<GroupListing> {
    return { groups: this.groups, answeredBrokers: new Set([BROKER]), missingBrokers: [] };
  }

  async committedOffsets(queries: readonly OffsetsQuery[]): Promise<ReadonlyMap<string, GroupOffsets>> {
    return new Map(queries.map((query) => [query.groupId, this.#offsetsOf(query)]));
  }

  #offsetsOf({ groupId, partitions }: OffsetsQuery): GroupOffsets {
    const all = this.offsets.get(groupId) ?? new Map<TopicPartitionKey, CommittedOffset>();
    const answer = { groupId, coordinatorId: BROKER, error: null };
    if (partitions === 'all') return { ...answer, partitions: new Map(all) };
    const keys = partitions.map(({ topic, partition }) => partitionKey(topic, partition));
    return { ...answer, partitions: new Map(keys.map((key) => [key, all.get(key) ?? NO_OFFSET])) };
  }

  async logRanges(partitions: readonly { topic: string; partition: number }[]) {
    const keys = partitions.map(({ topic, partition }) => partitionKey(topic, partition));
    const absent = { kind: 'error' as const, error: 'UNKNOWN_TOPIC_OR_PARTITION' };
    return new Map(keys.map((key) => [key, this.ranges.get(key) ?? absent]));
  }

  async readLog({ topic }: LogReadRequest, visit: (record: LogRecord) => void): Promise<LogReadResult> {
    const records = this.records.get(topic) ?? [];
    records.forEach(({ key, value }, n) => {
      visit({ offset: BigInt(n), timestamp: 0n, key, value, headers: [] });
    });
    return { complete: true, logStartMovedTo: null, openTransactionAt: null, recordCount: records.length };
  }

  async readImages(requests: readonly ImageRequest[], _limits?: ImageLimits): Promise<readonly ImageSlice[]> {
    return requests.map(({ topic, from, to }) => {
      const within = ({ offset }: RecordImage) => offset >= from && offset < to;
      return { kind: 'read', records: (this.images.get(topic) ?? []).filter(within) };
    });
  }

  async commitOffsets(commits: readonly GroupCommit[]): Promise<ReadonlyMap<string, GroupCommitResult>> {
    this.commits.push(commits);
    this.apply(commits);
    return answerAll(commits, { kind: 'committed' });
  }

  apply(commits: readonly GroupCommit[]): void {
    for (const { groupId, offsets } of commits) {
      for (const { topic, partition, offset, metadata } of offsets) {
        this.setOffset(groupId, partitionKey(topic, partition), offset, metadata);
      }
    }
  }

  async close(): Promise<void> {}
}

const NO_OFFSET: CommittedOffset = { offset: null, metadata: '', leaderEpoch: -1, error: null };

export function answerAll(
  commits: readonly GroupCommit[],
  outcome: CommitOutcome,
): ReadonlyMap<string, GroupCommitResult> {
  const keysOf = ({ offsets }: GroupCommit) => offsets.map(({ topic, partition }) => partitionKey(topic, partition));
  return new Map(
    commits.map((commit) => {
      const partitions = new Map(keysOf(commit).map((key) => [key, outcome]));
      return [commit.groupId, { groupId: commit.groupId, partitions }];
    }),
  );
}

/** One record an offset, each with a content of its own: equal ones on both sides are copies. */
export function imagesUpTo(end: bigint): readonly RecordImage[] {
  return Array.from({ length: Number(end) }, (_, n) => ({
    offset: BigInt(n),
    timestamp: BigInt(n),
    timestampKind: 'create',
    content: `record ${n}`,
    headers: '',
  }));
}

/**
 * Every group is in place to be committed: COMMITTED on the source, checkpoint COPIED, nothing on the target. The copy
 * holds each record at its own offset, so that COMMITTED is also the exact place.
 */
export function fakeClusters(groupIds: readonly string[]): {
  readonly source: FakeCluster;
  readonly target: FakeCluster;
} {
  const source = new FakeCluster('source');
  const target = new FakeCluster('target');
  source.addTopic(TOPIC, END);
  source.images.set(TOPIC, imagesUpTo(END));
  const sync = (offset: bigint) =>
    encodeOffsetSync({ topic: TOPIC, partition: 0, upstreamOffset: offset, downstreamOffset: offset });
  source.addTopic('mm2-offset-syncs.dst.internal', 2n, [sync(0n), sync(COPIED - 1n)]);
  target.addTopic(COPY, END);
  target.images.set(COPY, imagesUpTo(END));
  const checkpoint = { topic: COPY, partition: 0, upstreamOffset: COMMITTED, downstreamOffset: COPIED, metadata: '' };
  const checkpoints = groupIds.map((groupId) => encodeCheckpoint({ ...checkpoint, groupId }));
  target.addTopic('src.checkpoints.internal', BigInt(checkpoints.length), checkpoints);
  for (const groupId of groupIds) {
    source.groups.push({ groupId, state: 'Stable', type: 'classic', protocolType: 'consumer' });
    source.setOffset(groupId, partitionKey(TOPIC, 0), COMMITTED);
  }
  return { source, target };
}
