/** Reports as a migration has them, for the pictures. */
import type { GroupOutcome, PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { connector, finding, group, partition, pass, RECORDS_PROOF, report } from '../report/build-report.ts';
import { almostReady, gateReport } from '../report/gate-report.ts';
import { largeReport } from '../report/many-groups.ts';

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

/** A bounded sync on the day before the cutover. */
export function syncReport(): ReportModel {
  const deltas = [184_220n, 96_410n, 51_873n, 27_004n, 13_960n, 6_911n, 2_870n, 1_044n, 840n];
  return report({
    result: 'changed',
    startedAt: '2026-03-01T10:00:00.000Z',
    finishedAt: '2026-03-01T10:03:12.000Z',
    connectors: [
      connector({ name: 'mm2-source', tasks: [0, 1, 2, 3].map((id) => ({ id, state: 'RUNNING' })) }),
      connector({ name: 'mm2-checkpoint', class: 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector' }),
    ],
    passes: deltas.map((offsetDelta, i) =>
      pass({
        number: i + 1,
        durationMs: 900 + 40 * i,
        committed: i === 0 ? 34 : 12 - i,
        unchanged: 3 * i,
        pending: 2,
        skipped: 4,
        offsetDelta,
        offsetDeltaUnknown: 3,
      }),
    ),
    groups: SERVICES.map(([groupId, topic], i) => serviceGroup(groupId, topic, i)),
    findings: [finding()],
  });
}

function serviceGroup(groupId: string, topic: string, i: number): GroupOutcome {
  if (groupId === 'orders-etl') {
    const left = { verdict: 'skipped', reason: 'group-active', targetAfter: 41_210n, delta: 280n } as const;
    return group({ groupId, targetState: 'Stable', verdict: 'active', partitions: three(topic, i, left) });
  }
  if (groupId === 'billing') {
    const left = { verdict: 'skipped', reason: 'taken-over', targetAfter: 40_990n, delta: 0n } as const;
    return group({ groupId, verdict: 'blocked', partitions: three(topic, i, left) });
  }
  if (groupId === 'returns-desk') {
    const none = { translated: null, translation: 'none', proof: null, targetBefore: null, targetAfter: null } as const;
    const wait = { ...none, delta: null, redelivered: null, redeliveredMax: null } as const;
    return group({
      groupId,
      verdict: 'unknown',
      partitions: three(topic, i, { ...wait, verdict: 'pending', reason: 'not-replicated' }),
    });
  }
  return group({ groupId, type: i % 3 === 0 ? 'consumer' : 'classic', partitions: three(topic, i, {}) });
}

function three(topic: string, i: number, overrides: Partial<PartitionOutcome>): PartitionOutcome[] {
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
    return partition({
      topic: `msksource.${topic}`,
      sourceTopic: topic,
      partition: number,
      sourceCommitted: committed,
      sourceLogEnd: committed + BigInt((i * 173 + number * 31) % 900),
      translated,
      translation: 'exact',
      proof,
      targetBefore: translated - 5_000n,
      targetAfter: translated,
      targetHighWatermark: translated + 40n,
      redelivered: 0n,
      redeliveredMax: 0n,
      ...overrides,
    });
  });
}

/** The gate at the cutover: two groups are not ready, and the heartbeat cannot be read. */
export function cutoverReport(): ReportModel {
  const gate = gateReport(almostReady(), { skipChecks: new Set(['rollback']) });
  const named = (groupId: string) => {
    const at = /^group-(\d+)$/.exec(groupId)?.[1];
    return at === undefined
      ? groupId
      : (SERVICES[Number(at)]?.[0] ?? groupId).replace(/^(orders-etl|billing)$/, '$1-eu');
  };
  const groups = gate.readiness.map(({ groupId }, i) => {
    const [, topic = 'orders'] = SERVICES[i % SERVICES.length] ?? [];
    return group({ groupId: named(groupId), partitions: three(topic, i, { verdict: 'unchanged' }) });
  });
  const readiness = gate.readiness.map((one) => ({ ...one, groupId: named(one.groupId) }));
  return { ...gate, groups, readiness };
}

/** A plan on a pull request. */
export function planReport(): ReportModel {
  const keys = [
    { key: 'topics', before: 'orders', after: 'orders, invoices, payments', secret: false },
    { key: 'tasks.max', before: '2', after: '4', secret: false },
    { key: 'source.cluster.sasl.jaas.config', before: '(hidden)', after: '(hidden)', secret: true },
    { key: 'emit.heartbeats.interval.seconds', before: '1', after: null, secret: false },
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
      group({
        groupId,
        partitions: three(topic, i, { verdict: 'planned', targetAfter: null, targetBefore: null, delta: null }),
      }),
    ),
    passes: [pass({ committed: 0, planned: 36, offsetDelta: 0n, offsetDeltaUnknown: 36 })],
    findings: [
      finding({
        rule: 'sync-group-offsets',
        severity: 'error',
        where: 'mm2-checkpoint: sync.group.offsets.enabled',
        message: 'sync.group.offsets.enabled is true, so that MirrorMaker 2 writes the offsets of groups as well.',
        hint: 'Set it to false: two writers of the same offsets do not see each other.',
        at: { file: 'connectors/checkpoint.json', line: 14 },
      }),
    ],
  });
}

export function manyReport(): ReportModel {
  const model = largeReport(10_000);
  return { ...model, errors: [], interrupted: null, connectors: [], result: 'partial' };
}
