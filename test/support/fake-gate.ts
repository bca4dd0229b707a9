/** Gathers the gate's facts from fake clusters, for faults and for what no real cluster shows on demand. */
import { replicationPolicy } from '../../src/domain/checkpoints/replication-policy.ts';
import { partitionKey, type TopicPartitionKey } from '../../src/domain/topic-partition.ts';
import type { ConnectApi } from '../../src/operations/connect-port.ts';
import type {
  AclsReading,
  ConfigsReading,
  GateReader,
  TailReading,
  TailRequest,
} from '../../src/operations/gate/gate-ports.ts';
import type { GateRequest } from '../../src/operations/gate/gate-request.ts';
import { type GatheredFacts, gatherFacts } from '../../src/operations/gate/gather-facts.ts';
import type { Clock } from '../../src/operations/ports.ts';
import type { Selection } from '../../src/operations/selection.ts';
import { COPY, FakeCluster, fakeClusters, TOPIC } from './fake-clusters.ts';
import { SkippingClock } from './fake-sync.ts';
import { gateRules } from './gate-rules.ts';
import { patterns } from './run-inputs.ts';

export class FakeGateCluster extends FakeCluster implements GateReader {
  readonly tails = new Map<TopicPartitionKey, TailReading>();
  /** Every slice that was read, in order. */
  readonly tailRequests: TailRequest[] = [];

  async configsOfTopics(topics: readonly string[]): Promise<ReadonlyMap<string, ConfigsReading>> {
    const entries = [{ name: 'cleanup.policy', value: 'delete', isDefault: true }];
    return new Map(topics.map((topic) => [topic, { kind: 'configs', entries }]));
  }

  async brokerConfig(name: string): Promise<ReadonlyMap<number, ConfigsReading>> {
    const of = (value: string): ConfigsReading => ({ kind: 'configs', entries: [{ name, value, isDefault: true }] });
    return new Map([
      [1, of('10080')],
      [2, of('1440')],
    ]);
  }

  async acls(): Promise<AclsReading> {
    return { kind: 'no-authorizer' };
  }

  async listsEveryGroup(): Promise<boolean> {
    return true;
  }

  async readTails(requests: readonly TailRequest[]): Promise<readonly TailReading[]> {
    this.tailRequests.push(...requests);
    return requests.map(({ topic, partition, from, to }) => {
      const fixed = this.tails.get(partitionKey(topic, partition));
      return fixed ?? { ...READ, dataRecords: Number(to - from) };
    });
  }
}

export const READ = {
  kind: 'read',
  dataRecords: 0,
  transactional: false,
  logStartMovedTo: null,
  openTransactionAt: null,
} as const;

export interface FakeGate {
  readonly source: FakeGateCluster;
  readonly target: FakeGateCluster;
}

/** As `fakeClusters`: one topic of 500 records and its copy, the groups at 100 on the source. */
export function fakeGate(groupIds: readonly string[]): FakeGate {
  const plain = fakeClusters(groupIds);
  return { source: asGate(plain.source), target: asGate(plain.target) };
}

function asGate(cluster: FakeCluster): FakeGateCluster {
  const gate = new FakeGateCluster(cluster.side);
  for (const [key, range] of cluster.ranges) gate.ranges.set(key, range);
  for (const [topic, records] of cluster.records) gate.records.set(topic, records);
  for (const [groupId, offsets] of cluster.offsets) gate.offsets.set(groupId, offsets);
  gate.groups.push(...cluster.groups);
  return gate;
}

export interface GatherOptions extends FakeGate {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly connect?: ConnectApi | null;
  readonly request?: Partial<GateRequest>;
  readonly selection?: Partial<Selection>;
}

export function gather(options: GatherOptions): Promise<GatheredFacts | null> {
  const { source, target, clock = new SkippingClock(), signal = new AbortController().signal } = options;
  const selection = {
    topics: patterns('.*'),
    topicsExclude: patterns(''),
    groups: patterns('.*'),
    groupsExclude: patterns(''),
    shard: null,
    ...options.selection,
  };
  const policy = replicationPolicy({
    sourceAlias: 'src',
    targetAlias: 'dst',
    policy: 'default',
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
  });
  const rules = { selection, allowRewind: new Set<string>(), overwriteGroups: patterns(''), refresh: false };
  const request: GateRequest = {
    phase: 'cutover',
    source,
    target,
    identity: { source: { clusterId: 'S', pinned: null }, target: { clusterId: 'T', pinned: null } },
    aliases: { source: 'src', target: 'dst' },
    separator: '.',
    pass: { policy, rules, comparison: null },
    activityWindowMs: 10_000,
    rules: gateRules(),
    maxScan: 1_000,
    connect: options.connect ?? null,
    desired: null,
    rollback: { kind: 'known', value: null },
    ...options.request,
  };
  const log = { stage: () => {}, info: () => {}, warn: () => {}, debug: () => {} };
  return gatherFacts(request, { clock, log, signal });
}

/** A worker with one running source connector that has copied so far: the record copied last. */
export function workerThatCopied(last: number, config: Readonly<Record<string, string>> = {}): ConnectApi {
  const mm2 = {
    'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
    'source.cluster.alias': 'src',
    'target.cluster.alias': 'dst',
    ...config,
  };
  const status = { state: 'RUNNING', trace: null, tasks: [{ id: 0, state: 'RUNNING', trace: null }] };
  const partition = { cluster: 'src', topic: TOPIC, partition: 0 };
  const never = () => Promise.reject(new Error(`the gate may not change ${COPY}`));
  return {
    url: 'http://connect',
    worker: async () => ({ version: '4.3.1', kafkaClusterId: 'T' }),
    connectors: async () => new Map([['mm2', { config: mm2, status }]]),
    connectorConfig: async () => null,
    connectorStatus: async () => null,
    connectorOffsets: async () => ({ kind: 'offsets', entries: [{ partition, offset: { offset: last } }] }),
    validate: never,
    putConfig: never,
    createConnector: never,
    setState: never,
    deleteConnector: never,
    plugins: never,
    restartFailed: never,
  };
}
