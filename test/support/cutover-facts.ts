/** Facts of a migration on which every check of a phase passes; a test spoils what it is about. */
import type {
  ConnectorFacts,
  CutoverFacts,
  GroupFacts,
  GroupPartitionFacts,
  Known,
  Phase,
  TopicConfigValue,
  TopicFacts,
  TopicPartitionFacts,
  TwoLooks,
} from '../../src/domain/cutover/facts.ts';
import type { GroupStatus } from '../../src/domain/groups.ts';
import type { BracketProof } from '../../src/domain/offsets/bracket/record-translation.ts';
import type { PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import { patterns } from './run-inputs.ts';

export const NOW = 1_900_000_000_000;

export function known<T>(value: T): Known<T> {
  return { kind: 'known', value };
}

export function notKnown(why = 'nobody answered'): { readonly kind: 'unknown'; readonly why: string } {
  return { kind: 'unknown', why };
}

export function twice<T>(value: T): TwoLooks<T> {
  return { first: value, second: value };
}

export const EMPTY: GroupStatus = { kind: 'listed', state: 'Empty', type: 'classic', protocolType: 'consumer' };
export const STABLE: GroupStatus = { ...EMPTY, state: 'Stable' };

/** S = 100 on the source, its place 90 on the target, whose log is 0 to 190. */
export function outcome(overrides: Partial<PartitionOutcome> = {}): PartitionOutcome {
  return {
    topic: 'a.orders',
    partition: 0,
    sourceTopic: 'orders',
    sourceCommitted: 100n,
    sourceLogEnd: 200n,
    checkpointUpstream: 100n,
    checkpointDownstream: 90n,
    translated: 90n,
    translation: 'exact',
    proof: proof(),
    targetBefore: 90n,
    targetAfter: 90n,
    targetLogStart: 0n,
    targetHighWatermark: 190n,
    delta: 0n,
    redelivered: 0n,
    redeliveredMax: 0n,
    verdict: 'unchanged',
    reason: null,
    detail: null,
    ...overrides,
  };
}

export function proof(overrides: Partial<BracketProof> = {}): BracketProof {
  return {
    kind: 'records',
    lowAnchor: { upstream: 50n, downstream: 40n },
    highAnchor: { upstream: 150n, downstream: 140n },
    low: 41n,
    high: 140n,
    lastBefore: { upstream: 99n, downstream: 89n },
    firstAfter: { upstream: 100n, downstream: 90n },
    sourceRecords: 100,
    targetRecords: 100,
    without: [],
    ...overrides,
  };
}

export function groupPartition(overrides: Partial<GroupPartitionFacts> = {}): GroupPartitionFacts {
  return {
    outcome: outcome(),
    sourceCommitted: twice(known<bigint | null>(100n)),
    targetCommitted: twice(known<bigint | null>(90n)),
    checkpoint: known({ upstream: 100n, downstream: 90n, emittedAtMs: NOW - 3_600_000 }),
    ...overrides,
  };
}

export function committed(offset: bigint | null): Pick<GroupPartitionFacts, 'targetCommitted'> {
  return { targetCommitted: twice(known(offset)) };
}

export function group(overrides: Partial<GroupFacts> = {}): GroupFacts {
  return {
    groupId: 'billing',
    source: twice(EMPTY),
    target: twice(EMPTY),
    hiddenFromMm2: null,
    partitions: [groupPartition()],
    uncommitted: [],
    ...overrides,
  };
}

export function topicPartition(overrides: Partial<TopicPartitionFacts> = {}): TopicPartitionFacts {
  return {
    partition: 0,
    sourceLogStart: known(0n),
    sourceEnd: twice(known(200n)),
    targetEnd: twice(known(190n)),
    copiedUpTo: known<bigint | null>(200n),
    copiedBefore: known<bigint | null>(200n),
    lagRecords: known(0n),
    lostToRetention: known(0n),
    ...overrides,
  };
}

export function set(value: string | null): TopicConfigValue {
  return { value, isDefault: false };
}

export function byDefault(value: string): TopicConfigValue {
  return { value, isDefault: true };
}

export function topic(overrides: Partial<TopicFacts> = {}): TopicFacts {
  const configs = known(new Map([['retention.ms', set('1000')]]));
  return {
    sourceTopic: 'orders',
    topic: 'a.orders',
    sourcePartitionCount: known(1),
    targetPartitionCount: known<number | null>(1),
    partitions: [topicPartition()],
    sourceConfigs: configs,
    targetConfigs: configs,
    transactional: known(false),
    ...overrides,
  };
}

export function connector(overrides: Partial<ConnectorFacts> = {}): ConnectorFacts {
  return {
    name: 'mm2-source',
    class: 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
    live: { status: { state: 'RUNNING', trace: null, tasks: [{ id: 0, state: 'RUNNING', trace: null }] } },
    driftedKeys: known<readonly string[]>([]),
    ...overrides,
  };
}

/** In decommission the group is at work on the target and has gone on there. */
export function goodFacts(phase: Phase, overrides: Partial<CutoverFacts> = {}): CutoverFacts {
  const moved = phase === 'decommission';
  const groups = [moved ? group({ target: twice(STABLE), partitions: [groupPartition(committed(120n))] }) : group()];
  return {
    phase,
    windowMs: 10_000,
    nowMs: NOW,
    groups,
    otherShards: null,
    unseenGroups: [],
    topics: [topic()],
    connect: known({
      url: 'http://connect:8083',
      version: '4.3.1',
      connectors: [connector()],
      isolationLevel: known<'read_committed' | 'read_uncommitted'>('read_uncommitted'),
      syncsGroupOffsets: false,
    }),
    heartbeat: known({ newestAtMs: NOW - 2_000 }),
    identity: {
      source: { clusterId: 'SRC', pinned: 'SRC' },
      target: { clusterId: 'DST', pinned: 'DST' },
      connectClusterId: known<string | null>('DST'),
    },
    configsExcluded: patterns('min\\.insync\\.replicas,unclean\\.leader\\.election\\.enable'),
    acls: known({ source: null, target: null }),
    targetOffsetsRetentionMinutes: known(10_080),
    rollback: known({
      file: 'offsets-export.jsonl',
      sha256: 'ab'.repeat(32),
      clusterId: 'DST',
      covers: new Map([['billing', new Set(['a.orders/0'])]]),
      toDelete: 1,
    }),
    ...overrides,
  };
}

/** The same with what Connect says changed. */
export function withConnect(
  facts: CutoverFacts,
  overrides: Partial<Extract<CutoverFacts['connect'], { kind: 'known' }>['value']>,
): CutoverFacts {
  if (facts.connect.kind === 'unknown') return facts;
  return { ...facts, connect: known({ ...facts.connect.value, ...overrides }) };
}
