/** A Kafka cluster as the operations see it (ports.ts): one method a question, each in a file of its own. */
import type { TopicPartition, TopicPartitionKey } from '../../domain/topic-partition.ts';
import type {
  AclsReading,
  ConfigsReading,
  GateReader,
  TailReading,
  TailRequest,
} from '../../operations/gate/gate-ports.ts';
import type {
  Clock,
  ClusterInfo,
  CommitOutcome,
  CommittedOffset,
  GroupCommit,
  GroupCommitResult,
  GroupListing,
  GroupOffsets,
  ImageLimits,
  ImageRequest,
  ImageSlice,
  Log,
  LogRange,
  LogReadRequest,
  LogReadResult,
  LogRecord,
  OffsetsQuery,
  TopicConfigEntry,
  TopicInfo,
} from '../../operations/ports.ts';
import type { OffsetRemoval, RestoringCluster } from '../../operations/rollback/rollback-ports.ts';
import { mayDescribeCluster, readAcls } from './acls.ts';
import { BrokerConnections } from './broker-connections.ts';
import { ClusterMetadata } from './cluster-metadata.ts';
import { commitOffsets } from './commit-offsets.ts';
import { committedOffsets, fetchOffsetsFrom } from './committed-offsets.ts';
import type { ClusterConnectionConfig } from './connection-config.ts';
import { Coordinators } from './coordinators.ts';
import { deleteGroups, deleteOffsets } from './delete-offsets.ts';
import { readImages } from './images/read-images.ts';
import { listGroups } from './list-groups.ts';
import { ClusterLogSource } from './log/cluster-log-source.ts';
import { readLog } from './log/read-log.ts';
import { readTails } from './log/read-tails.ts';
import { logRanges } from './log-ranges.ts';
import { OFFSETS_TOPIC, OffsetsTopic } from './offsets-topic.ts';
import { ScanRate } from './scan-rate.ts';
import { brokerConfig, configsOfTopics, topicConfigs } from './topic-configs.ts';

export type { ClusterConnectionConfig, SaslConfig, TlsConfig, TokenSaslConfig } from './connection-config.ts';

export interface ClusterOptions {
  readonly log: Log;
  readonly clock: Clock;
  /** For TCP, TLS and SASL of one connection; 10 s by default. */
  readonly connectTimeoutMs?: number;
  /** For one request; 20 s by default. */
  readonly requestTimeoutMs?: number;
  /** For one call with its retries (reads only); 45 s by default. */
  readonly deadlineMs?: number;
  /** Bytes a second that `readImages` and `readTails` may take from this cluster; as fast as it goes by default. */
  readonly scanBytesPerSecond?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
const DEADLINE_MS = 45_000;
const CLIENT_ID = 'kafka-mm2-migration';

/** All that we ask of a cluster. */
export type ConnectedCluster = RestoringCluster & GateReader;

/** Connects and asks for the brokers once. Throws InputError for a bad address, MigrationError when none answers. */
export async function connectCluster(
  config: ClusterConnectionConfig,
  options: ClusterOptions,
): Promise<ConnectedCluster> {
  const connections = new BrokerConnections(config, {
    log: options.log,
    clock: options.clock,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    clientId: CLIENT_ID,
    contact: { answered: false },
  });
  const cluster = new KafkaCluster(connections, options);
  try {
    await cluster.describeCluster();
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

function unknownState(side: string): string {
  return (
    `${side}: no group can be read: the principal may neither describe ${OFFSETS_TOPIC} nor see any group, ` +
    'and to look up a coordinator could create that topic. Grant DESCRIBE on it.'
  );
}

export class KafkaCluster implements ConnectedCluster {
  readonly side: 'source' | 'target';
  readonly #connections: BrokerConnections;
  readonly #deadlineMs: number;
  readonly #metadata: ClusterMetadata;
  readonly #coordinators: Coordinators;
  readonly #offsetsTopic: OffsetsTopic;
  readonly #logs: ClusterLogSource;
  readonly #scanRate: ScanRate;

  constructor(connections: BrokerConnections, options: ClusterOptions) {
    this.side = connections.side;
    this.#connections = connections;
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#metadata = new ClusterMetadata(connections);
    this.#coordinators = new Coordinators(connections, () => this.#metadata.describeCluster());
    this.#offsetsTopic = new OffsetsTopic({
      metadata: this.#metadata,
      listGroups: () => this.listGroups(),
      fetchFrom: (nodeId, queries) => fetchOffsetsFrom(connections, nodeId, queries),
    });
    this.#logs = new ClusterLogSource(this.#context());
    this.#scanRate = new ScanRate(options.scanBytesPerSecond ?? Number.POSITIVE_INFINITY, options.clock);
  }

  describeCluster(): Promise<ClusterInfo> {
    return this.#metadata.describeCluster();
  }

  listTopics(): Promise<ReadonlyMap<string, TopicInfo>> {
    return this.#metadata.listTopics();
  }

  describeTopics(topics: readonly string[]): Promise<ReadonlyMap<string, TopicInfo>> {
    return this.#metadata.describeTopics(topics);
  }

  topicConfigs(topic: string): Promise<readonly TopicConfigEntry[] | null> {
    return topicConfigs(this.#connections, topic);
  }

  listGroups(): Promise<GroupListing> {
    return listGroups(this.#connections, this.#metadata, this.#deadlineMs);
  }

  /**
   * `coordinatorId` null and `error` null together mean that the cluster has no `__consumer_offsets`: the group is
   * proven absent. TOPIC_AUTHORIZATION_FAILED as a group's error means that this could not be proven either way, for
   * want of DESCRIBE on that topic.
   */
  async committedOffsets(queries: readonly OffsetsQuery[]): Promise<ReadonlyMap<string, GroupOffsets>> {
    if (queries.length === 0) return new Map();
    const state = await this.#offsetsTopic.state(queries);
    if (state === 'present') return committedOffsets(this.#context(), queries);
    const { refusesGroups } = this.#offsetsTopic;
    if (state === 'unknown' && !refusesGroups) this.#connections.options.log.warn(unknownState(this.side));
    const refusal = refusesGroups ? 'GROUP_AUTHORIZATION_FAILED' : 'TOPIC_AUTHORIZATION_FAILED';
    const error = state === 'absent' ? null : refusal;
    const partitions: ReadonlyMap<TopicPartitionKey, CommittedOffset> = new Map();
    return new Map(queries.map(({ groupId }) => [groupId, { groupId, coordinatorId: null, error, partitions }]));
  }

  logRanges(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<TopicPartitionKey, LogRange>> {
    return logRanges(this.#context(), partitions);
  }

  readLog(request: LogReadRequest, visit: (record: LogRecord) => void): Promise<LogReadResult> {
    return readLog(this.#logs, request, visit);
  }

  readImages(requests: readonly ImageRequest[], { signal, onRead }: ImageLimits): Promise<readonly ImageSlice[]> {
    return readImages(this.#logs, this.#scanRate, requests, signal, onRead);
  }

  commitOffsets(commits: readonly GroupCommit[], notAfter?: number): Promise<ReadonlyMap<string, GroupCommitResult>> {
    return commitOffsets(this.#context(), commits, notAfter);
  }

  configsOfTopics(topics: readonly string[]): Promise<ReadonlyMap<string, ConfigsReading>> {
    return configsOfTopics(this.#connections, topics);
  }

  async brokerConfig(name: string): Promise<ReadonlyMap<number, ConfigsReading>> {
    const { brokers } = await this.#metadata.describeCluster();
    const ids = brokers.map(({ nodeId }) => nodeId);
    return brokerConfig(this.#connections, ids, name);
  }

  acls(): Promise<AclsReading> {
    return readAcls(this.#connections);
  }

  listsEveryGroup(): Promise<boolean> {
    return mayDescribeCluster(this.#connections);
  }

  readTails(requests: readonly TailRequest[], signal: AbortSignal): Promise<readonly TailReading[]> {
    return readTails(this.#logs, this.#scanRate, requests, signal);
  }

  deleteOffsets(
    removals: readonly OffsetRemoval[],
    notAfter?: number,
  ): Promise<ReadonlyMap<string, GroupCommitResult>> {
    return deleteOffsets(this.#context(), removals, notAfter);
  }

  deleteGroups(groupIds: readonly string[], notAfter?: number): Promise<ReadonlyMap<string, CommitOutcome>> {
    return deleteGroups(this.#context(), groupIds, notAfter);
  }

  async close(): Promise<void> {
    this.#connections.close();
  }

  #context() {
    return {
      connections: this.#connections,
      metadata: this.#metadata,
      coordinators: this.#coordinators,
      timeoutMs: this.#deadlineMs,
    };
  }
}
