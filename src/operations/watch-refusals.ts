/**
 * A cluster that tells of each right that its brokers refuse, whatever becomes of it: what is refused is data in many
 * answers (invariant D), and a person wants one message for each right that is missing.
 */
import { CONSUMER_OFFSETS } from '../domain/permissions/missing-rights.ts';
import type { AclOperation, ResourceType } from '../domain/permissions/permission.ts';
import { type Refusal, RefusedError } from '../domain/permissions/refusal.ts';
import { parsePartitionKey, type TopicPartition, type TopicPartitionKey } from '../domain/topic-partition.ts';
import type { AclsReading, ConfigsReading, GateReader, TailReading, TailRequest } from './gate/gate-ports.ts';
import type {
  CommitOutcome,
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
  TopicConfigEntry,
  TopicInfo,
} from './ports.ts';
import type { OffsetRemoval, RestoringCluster } from './rollback/rollback-ports.ts';

const KEEPS_OFFSETS: ReadonlySet<string> = new Set(['', 'consumer', 'streams']);
const OF_TOPIC = 'TOPIC_AUTHORIZATION_FAILED';
const OF_GROUP = 'GROUP_AUTHORIZATION_FAILED';
const OF_CLUSTER = 'CLUSTER_AUTHORIZATION_FAILED';

export interface RefusalListener {
  refused(refusal: Refusal): void;
  /** A group of Connect's workers or of another protocol: nobody misses what it may not tell. */
  keepsNoOffsets(groupId: string): void;
}

export class WatchedCluster implements RestoringCluster, GateReader {
  readonly side: 'source' | 'target';
  readonly #cluster: RestoringCluster & GateReader;
  readonly #listener: RefusalListener;

  constructor(cluster: RestoringCluster & GateReader, listener: RefusalListener) {
    this.side = cluster.side;
    this.#cluster = cluster;
    this.#listener = listener;
  }

  describeCluster() {
    return this.#cluster.describeCluster();
  }

  listTopics(): Promise<ReadonlyMap<string, TopicInfo>> {
    return this.#cluster.listTopics();
  }

  async describeTopics(topics: readonly string[]): Promise<ReadonlyMap<string, TopicInfo>> {
    const described = await this.#cluster.describeTopics(topics);
    for (const { topic, error } of described.values()) if (error === OF_TOPIC) this.#refuse('DESCRIBE', 'topic', topic);
    return described;
  }

  async topicConfigs(topic: string): Promise<readonly TopicConfigEntry[] | null> {
    const reading = (await this.configsOfTopics([topic])).get(topic);
    return reading?.kind === 'configs' ? reading.entries.map(({ name, value }) => ({ name, value })) : null;
  }

  async listGroups(): Promise<GroupListing> {
    const listing = await this.#cluster.listGroups();
    for (const { groupId, protocolType } of listing.groups) {
      if (!KEEPS_OFFSETS.has(protocolType)) this.#listener.keepsNoOffsets(groupId);
    }
    // Brokers before 2.0 list all groups or none.
    if (listing.missingBrokers.some(({ reason }) => reason === OF_CLUSTER)) this.#refuse('DESCRIBE', 'cluster');
    return listing;
  }

  async listsEveryGroup(): Promise<boolean> {
    const all = await this.#cluster.listsEveryGroup();
    if (!all) this.#refuse('DESCRIBE', 'cluster');
    return all;
  }

  /** TOPIC_AUTHORIZATION_FAILED of a whole group is about `__consumer_offsets` (see the adapter). */
  async committedOffsets(queries: readonly OffsetsQuery[]): Promise<ReadonlyMap<string, GroupOffsets>> {
    const answers = await this.#cluster.committedOffsets(queries);
    for (const { groupId, error, partitions } of answers.values()) {
      if (error === OF_GROUP) this.#refuse('DESCRIBE', 'group', groupId);
      if (error === OF_TOPIC) this.#refuse('DESCRIBE', 'topic', CONSUMER_OFFSETS);
      for (const [key, committed] of partitions) {
        if (committed.error === OF_TOPIC) this.#refuse('DESCRIBE', 'topic', topicOf(key));
      }
    }
    return answers;
  }

  async logRanges(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<TopicPartitionKey, LogRange>> {
    const ranges = await this.#cluster.logRanges(partitions);
    for (const [key, range] of ranges) {
      if (range.kind === 'error' && range.error === OF_TOPIC) this.#refuse('DESCRIBE', 'topic', topicOf(key));
    }
    return ranges;
  }

  async readLog(request: LogReadRequest, visit: (record: LogRecord) => void): Promise<LogReadResult> {
    try {
      return await this.#cluster.readLog(request, visit);
    } catch (error) {
      if (error instanceof RefusedError) this.#listener.refused(error.refusal);
      throw error;
    }
  }

  async readImages(requests: readonly ImageRequest[], limits: ImageLimits): Promise<readonly ImageSlice[]> {
    const slices = await this.#cluster.readImages(requests, limits);
    this.#refuseUnread(requests, slices);
    return slices;
  }

  async readTails(requests: readonly TailRequest[], signal: AbortSignal): Promise<readonly TailReading[]> {
    const readings = await this.#cluster.readTails(requests, signal);
    this.#refuseUnread(requests, readings);
    return readings;
  }

  async configsOfTopics(topics: readonly string[]): Promise<ReadonlyMap<string, ConfigsReading>> {
    const readings = await this.#cluster.configsOfTopics(topics);
    for (const [topic, reading] of readings) {
      if (isRefused(reading, OF_TOPIC)) this.#refuse('DESCRIBE_CONFIGS', 'topic', topic);
    }
    return readings;
  }

  async brokerConfig(name: string): Promise<ReadonlyMap<number, ConfigsReading>> {
    const readings = await this.#cluster.brokerConfig(name);
    const refused = [...readings.values()].some((reading) => isRefused(reading, OF_CLUSTER));
    if (refused) this.#refuse('DESCRIBE_CONFIGS', 'cluster');
    return readings;
  }

  async acls(): Promise<AclsReading> {
    const reading = await this.#cluster.acls();
    if (isRefused(reading, OF_CLUSTER)) this.#refuse('DESCRIBE', 'cluster');
    return reading;
  }

  async commitOffsets(
    commits: readonly GroupCommit[],
    notAfter?: number,
  ): Promise<ReadonlyMap<string, GroupCommitResult>> {
    return this.#refuseWrites(await this.#cluster.commitOffsets(commits, notAfter), 'READ');
  }

  async deleteOffsets(
    removals: readonly OffsetRemoval[],
    notAfter?: number,
  ): Promise<ReadonlyMap<string, GroupCommitResult>> {
    return this.#refuseWrites(await this.#cluster.deleteOffsets(removals, notAfter), 'DELETE');
  }

  async deleteGroups(groupIds: readonly string[], notAfter?: number): Promise<ReadonlyMap<string, CommitOutcome>> {
    const outcomes = await this.#cluster.deleteGroups(groupIds, notAfter);
    for (const [groupId, outcome] of outcomes) {
      if (isRejected(outcome, OF_GROUP)) this.#refuse('DELETE', 'group', groupId);
    }
    return outcomes;
  }

  close(): Promise<void> {
    return this.#cluster.close();
  }

  #refuse(operation: AclOperation, type: ResourceType, name = ''): void {
    this.#listener.refused({ side: this.side, operation, type, name });
  }

  #refuseUnread(requests: readonly TopicPartition[], readings: readonly (ImageSlice | TailReading)[]): void {
    for (const [place, { topic }] of requests.entries()) {
      const reading = readings[place];
      // A tail is unreadable for a reason in words.
      if (reading?.kind === 'unreadable' && reading.error.includes(OF_TOPIC)) this.#refuse('READ', 'topic', topic);
    }
  }

  /** OffsetCommit and OffsetDelete both ask for READ on the topics (KafkaApis, KIP-496). */
  #refuseWrites(
    results: ReadonlyMap<string, GroupCommitResult>,
    ofGroup: 'READ' | 'DELETE',
  ): ReadonlyMap<string, GroupCommitResult> {
    for (const { groupId, partitions } of results.values()) {
      for (const [key, outcome] of partitions) {
        if (isRejected(outcome, OF_GROUP)) this.#refuse(ofGroup, 'group', groupId);
        if (isRejected(outcome, OF_TOPIC)) this.#refuse('READ', 'topic', topicOf(key));
      }
    }
    return results;
  }
}

function isRefused(reading: ConfigsReading | AclsReading, error: string): boolean {
  return reading.kind === 'unreadable' && reading.error === error;
}

function isRejected(outcome: CommitOutcome, error: string): boolean {
  return outcome.kind === 'rejected' && outcome.error === error;
}

function topicOf(key: TopicPartitionKey): string {
  return parsePartitionKey(key).topic;
}
