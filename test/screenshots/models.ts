/** Reports as a migration has them, for the pictures. */
import type { GroupFacts, TopicFacts } from '../../src/domain/cutover/facts.ts';
import { judgeGroup } from '../../src/domain/offsets/group-verdict.ts';
import type { GroupOutcome, PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import { redeliveryAt } from '../../src/domain/offsets/redelivery.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { computeTotals } from '../../src/report/totals.ts';
import { connector, finding, group, partition, pass, RECORDS_PROOF, report } from '../report/build-report.ts';
import { gateReport } from '../report/gate-report.ts';
import { largeReport } from '../report/many-groups.ts';
import {
  committed,
  EMPTY,
  goodFacts,
  group as groupFacts,
  known,
  notKnown,
  STABLE,
  topic as topicFacts,
  topicPartition,
  twice,
} from '../support/cutover-facts.ts';

const SERVICES = [
  ['orders-etl', 'orders'],
  ['billing', 'invoices'],
  ['shipping-planner', 'shipments'],
  ['fraud-scoring', 'payments'],
  ['search-indexer', 'products'],
  ['customer-mail', 'notifications'],
  ['inventory-sync', 'stock-levels'],
  ['recommendations', 'page-views'],
  ['audit-archive', 'audit'],
  ['pricing-engine', 'prices'],
  ['returns-desk', 'returns'],
  ['loyalty-points', 'payments'],
] as const;
const SERVICE_TOPICS = [...new Set(SERVICES.map(([, topic]) => topic))];

/** A bounded sync on the day before the cutover. */
export function syncReport(): ReportModel {
  const deltas = [184_220n, 96_410n, 51_873n, 27_004n, 13_960n, 6_911n, 2_870n, 1_044n];
  const groups = SERVICES.map(([groupId, topic], i) => serviceGroup(groupId, topic, i));
  const { offsetDelta: left, offsetDeltaUnknown, partitions } = computeTotals(groups);
  const { pending, skipped } = partitions;
  const inPlace = partitions.committed;
  return report({
    result: 'changed',
    startedAt: '2026-03-01T10:00:00.000Z',
    finishedAt: '2026-03-01T10:03:12.000Z',
    connectors: [
      connector({ name: 'mm2-source', tasks: [0, 1, 2, 3].map((id) => ({ id, state: 'RUNNING' })) }),
      connector({ name: 'mm2-checkpoint', class: 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector' }),
    ],
    passes: [...deltas, left].map((offsetDelta, i) => {
      const committed = i === 0 ? inPlace : 12 - i;
      const unchanged = inPlace - committed;
      const durationMs = 900 + 40 * i;
      return pass({
        number: i + 1,
        durationMs,
        committed,
        unchanged,
        pending,
        skipped,
        offsetDelta,
        offsetDeltaUnknown,
      });
    }),
    groups,
    findings: [finding()],
  });
}

function serviceGroup(groupId: string, topic: string, i: number): GroupOutcome {
  const type = i % 3 === 0 ? 'consumer' : 'classic';
  if (groupId === 'orders-etl') {
    const left = { verdict: 'skipped', reason: 'group-active' } as const;
    return judged({ groupId, type, targetState: 'Stable' }, three(topic, i, left, 280n));
  }
  if (groupId === 'billing') {
    return judged({ groupId, type }, three(topic, i, { verdict: 'skipped', reason: 'taken-over' }, 310n));
  }
  if (groupId === 'returns-desk') {
    const none = { translated: null, translation: 'none', proof: null, delta: null } as const;
    const nothing = { targetBefore: null, targetAfter: null, redelivered: null, redeliveredMax: null } as const;
    const waiting = { ...none, ...nothing, verdict: 'pending', reason: 'not-replicated' } as const;
    return judged({ groupId, type, targetState: 'absent' }, three(topic, i, waiting));
  }
  return judged({ groupId, type }, three(topic, i, {}));
}

function judged(known: Partial<GroupOutcome>, partitions: readonly PartitionOutcome[]): GroupOutcome {
  return group({ ...known, partitions, verdict: judgeGroup(partitions) });
}

/** @param behind how far what is committed on the target lies before its place, on each partition. */
function three(topic: string, i: number, overrides: Partial<PartitionOutcome>, behind = 0n): PartitionOutcome[] {
  return [0, 1, 2].map((number) => {
    const committed = 41_490n + BigInt(1_171 * i + 97 * number);
    const shift = 20n + BigInt(i);
    const translated = committed - shift;
    const proof = {
      ...RECORDS_PROOF,
      lowAnchor: { upstream: committed - 60n, downstream: translated - 60n },
      low: translated - 59n,
      high: translated + 40n,
      lastBefore: { upstream: committed - 1n, downstream: translated - 1n },
      firstAfter: { upstream: committed, downstream: translated },
      without: [],
    };
    const targetAfter = translated - behind;
    const isCommitted = (overrides.verdict ?? 'committed') === 'committed';
    const sourceLogEnd = committed + BigInt(40 + ((i * 173 + number * 31) % 900));
    return partition({
      topic: `msksource.${topic}`,
      sourceTopic: topic,
      partition: number,
      sourceCommitted: committed,
      sourceLogEnd,
      checkpointUpstream: committed - 60n,
      checkpointDownstream: translated - 60n,
      translated,
      translation: 'exact',
      proof,
      targetBefore: isCommitted ? translated - 5_000n : targetAfter,
      targetAfter,
      targetHighWatermark: sourceLogEnd - shift,
      delta: behind,
      ...redeliveryAt(targetAfter, { translated, translation: 'exact', redeliveredMax: 0n }),
      ...overrides,
    });
  });
}

/** The gate at the cutover: two groups are not ready, and the heartbeat cannot be read. What it says follows from the groups. */
export function cutoverReport(): ReportModel {
  const services = [...SERVICES, ['orders-etl-eu', 'orders-eu'], ['billing-eu', 'invoices-eu']] as const;
  const groups = services.map(([groupId, topic], i) => groupAtCutover(groupId, topic, i));
  const { source, target } = report();
  const [sourceId, targetId] = [source?.clusterId ?? '', target.clusterId ?? ''];
  const facts = goodFacts('cutover', {
    groups: groups.map(factsOf),
    topics: groups.map(({ partitions }) => topicOf(partitions)),
    heartbeat: notKnown('the topic msksource.heartbeats may not be read'),
    identity: {
      source: { clusterId: sourceId, pinned: sourceId },
      target: { clusterId: targetId, pinned: targetId },
      connectClusterId: known<string | null>(targetId),
    },
  });
  return gateReport(facts, { skipChecks: new Set(['rollback']) }, { groups });
}

function groupAtCutover(groupId: string, topic: string, i: number): GroupOutcome {
  const stopped = { groupId, sourceState: 'Empty' } as const;
  if (groupId === 'orders-etl') {
    const live = three(topic, i, { verdict: 'skipped', reason: 'group-active' });
    return judged({ ...stopped, targetState: 'Stable' }, live);
  }
  const inPlace = three(topic, i, { verdict: 'unchanged' });
  if (groupId !== 'billing') return judged(stopped, inPlace);
  return judged(
    stopped,
    inPlace.map((one) => (one.partition === 0 ? bounded(one, 1_204n) : one)),
  );
}

/** In place, with so many records from there on that the comparison cannot tell from those that the group has read. */
function bounded(one: PartitionOutcome, records: bigint): PartitionOutcome {
  const [place, upstream] = [one.translated ?? 0n, one.sourceCommitted ?? 0n];
  const compared = 100 + Number(records);
  const proof = {
    ...RECORDS_PROOF,
    lowAnchor: { upstream: upstream - 60n, downstream: place - 60n },
    low: place - 59n,
    high: place + records + 40n,
    lastBefore: { upstream: upstream - 1n, downstream: place - 1n },
    firstAfter: { upstream, downstream: place + records },
    sourceRecords: compared,
    targetRecords: compared,
    without: [],
  };
  const targetHighWatermark = (one.targetHighWatermark ?? 0n) + records;
  return { ...one, proof, targetHighWatermark, translation: 'bounded', redelivered: null, redeliveredMax: records };
}

function factsOf({ groupId, targetState, partitions }: GroupOutcome): GroupFacts {
  return groupFacts({
    groupId,
    target: twice(targetState === 'Stable' ? STABLE : EMPTY),
    partitions: partitions.map((outcome) => ({
      outcome,
      sourceCommitted: twice(known(outcome.sourceCommitted)),
      ...committed(outcome.targetAfter),
      checkpoint: known(null),
    })),
  });
}

function topicOf(partitions: readonly PartitionOutcome[]): TopicFacts {
  const [{ topic, sourceTopic } = partition()] = partitions;
  return topicFacts({
    topic,
    sourceTopic: sourceTopic ?? topic,
    sourcePartitionCount: known(partitions.length),
    targetPartitionCount: known<number | null>(partitions.length),
    partitions: partitions.map((one) =>
      topicPartition({
        partition: one.partition,
        sourceEnd: twice(known(one.sourceLogEnd ?? 0n)),
        targetEnd: twice(known(one.targetHighWatermark ?? 0n)),
        copiedUpTo: known(one.sourceLogEnd),
        copiedBefore: known(one.sourceLogEnd),
      }),
    ),
  });
}

const NOTHING_COMMITTED = {
  targetBefore: null,
  targetAfter: null,
  delta: null,
  redelivered: null,
  redeliveredMax: null,
} as const;

/** A plan on a pull request. */
export function planReport(): ReportModel {
  const keys = [
    { key: 'topics', before: 'orders', after: SERVICE_TOPICS.join(', '), secret: false },
    { key: 'tasks.max', before: '2', after: '4', secret: false },
    { key: 'source.cluster.sasl.jaas.config', before: '(hidden)', after: '(hidden)', secret: true },
    { key: 'producer.override.linger.ms', before: '50', after: null, secret: false },
  ];
  const changedKeys = keys.map(({ key }) => key);
  const heartbeat = [
    { key: 'connector.class', before: null, after: 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector' },
    { key: 'heartbeats.topic.replication.factor', before: null, after: '3' },
  ].map((key) => ({ ...key, secret: false }));
  return report({
    command: 'plan',
    dryRun: true,
    offsetsExport: null,
    planHash: '0a1b2c3d4e5f6a7b8c9d.ab1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f',
    connectors: [
      connector({ change: 'update', changedKeys, keys }),
      connector({
        name: 'mm2-heartbeat',
        class: 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector',
        change: 'create',
        keys: heartbeat,
        state: null,
        tasks: [],
      }),
      connector({ name: 'mm2-checkpoint', class: 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector' }),
    ],
    groups: SERVICES.map(([groupId, topic], i) =>
      judged({ groupId, targetState: 'absent' }, three(topic, i, { verdict: 'planned', ...NOTHING_COMMITTED })),
    ),
    passes: [pass({ committed: 0, planned: 36, offsetDelta: 0n, offsetDeltaUnknown: 36 })],
    findings: [
      finding({
        rule: 'two-offset-writers',
        severity: 'warning',
        where: 'mm2-checkpoint: sync.group.offsets.enabled',
        message: 'sync.group.offsets.enabled is true, so that MirrorMaker 2 commits offsets of groups as well.',
        hint: 'Set it to false and leave the groups to sync.',
        at: { file: 'connectors/checkpoint.json', line: 14 },
      }),
    ],
  });
}

export function manyReport(): ReportModel {
  const model = largeReport(10_000);
  return { ...model, errors: [], interrupted: null, connectors: [], result: 'partial' };
}
