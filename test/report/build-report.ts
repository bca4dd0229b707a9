/** Builders of report models: a plain good value, with overrides. */
import type { BracketProof } from '../../src/domain/offsets/bracket/record-translation.ts';
import type { GroupOutcome, PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import type { ConnectorReport, Finding, PassReport, ReportModel } from '../../src/report/report-model.ts';

export const RECORDS_PROOF: BracketProof = {
  kind: 'records',
  lowAnchor: { upstream: 1_150n, downstream: 1_130n },
  highAnchor: null,
  low: 1_131n,
  high: 1_230n,
  lastBefore: { upstream: 1_199n, downstream: 1_179n },
  firstAfter: { upstream: 1_200n, downstream: 1_180n },
  sourceRecords: 100,
  targetRecords: 99,
  without: ['headers'],
};

export function partition(overrides: Partial<PartitionOutcome> = {}): PartitionOutcome {
  return {
    topic: 'msksource.orders',
    partition: 0,
    sourceTopic: 'orders',
    sourceCommitted: 1_200n,
    sourceLogEnd: 1_250n,
    checkpointUpstream: 1_200n,
    checkpointDownstream: 1_180n,
    translated: 1_180n,
    translation: 'checkpoint',
    proof: { kind: 'checkpoint', groupId: 'payments', upstream: 1_200n, downstream: 1_180n },
    targetBefore: 900n,
    targetAfter: 1_180n,
    targetLogStart: 0n,
    targetHighWatermark: 1_230n,
    delta: 0n,
    redelivered: null,
    redeliveredMax: null,
    verdict: 'committed',
    reason: null,
    detail: null,
    ...overrides,
  };
}

export function group(overrides: Partial<GroupOutcome> = {}): GroupOutcome {
  return {
    groupId: 'payments',
    sourceState: 'Stable',
    targetState: 'Empty',
    type: 'classic',
    verdict: 'ready',
    partitions: [partition()],
    ...overrides,
  };
}

export function activeGroup(groupId: string): GroupOutcome {
  const left = partition({ verdict: 'skipped', reason: 'group-active', targetAfter: 900n, delta: 280n });
  return group({ groupId, targetState: 'Stable', verdict: 'active', partitions: [left] });
}

export function pass(overrides: Partial<PassReport> = {}): PassReport {
  return {
    number: 1,
    durationMs: 640,
    committed: 1,
    unchanged: 0,
    pending: 0,
    skipped: 0,
    failed: 0,
    planned: 0,
    offsetDelta: 0n,
    offsetDeltaUnknown: 0,
    ...overrides,
  };
}

export function connector(overrides: Partial<ConnectorReport> = {}): ConnectorReport {
  return {
    name: 'mm2-source',
    class: 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
    change: 'none',
    pending: null,
    changedKeys: [],
    keys: [],
    wantedState: null,
    stateChange: null,
    state: 'RUNNING',
    tasks: [{ id: 0, state: 'RUNNING' }],
    trace: null,
    ...overrides,
  };
}

export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'checkpoints-topic-cleanup',
    severity: 'warning',
    where: 'msksource.checkpoints.internal',
    message: 'cleanup.policy is delete, expected compact.',
    hint: 'Set cleanup.policy=compact on this topic.',
    ...overrides,
  };
}

export function report(overrides: Partial<ReportModel> = {}): ReportModel {
  return {
    schemaVersion: 1,
    command: 'sync',
    result: 'changed',
    dryRun: false,
    startedAt: '2026-03-01T10:00:00.000Z',
    finishedAt: '2026-03-01T10:01:12.000Z',
    interrupted: null,
    shard: null,
    runId: null,
    source: { alias: 'msksource', clusterId: 'a1B2c3D4e5F6g7H8i9J0kA' },
    target: { alias: 'mskdest', clusterId: 'z9Y8x7W6v5U4t3S2r1Q0pB' },
    connectors: [],
    planHash: null,
    passes: [pass()],
    groups: [group()],
    phase: null,
    checks: [],
    readiness: [],
    findings: [],
    errors: [],
    offsetsExport: '/tmp/reports/offsets-export.jsonl',
    ...overrides,
  };
}

/** Every optional part present, every kind of row. */
export function fullReport(): ReportModel {
  const failed = partition({
    verdict: 'failed',
    reason: 'commit-rejected',
    detail: 'GROUP_AUTHORIZATION_FAILED',
    targetAfter: 900n,
    delta: 280n,
  });
  const pending = partition({
    partition: 1,
    translated: null,
    translation: 'none',
    proof: null,
    targetBefore: null,
    targetAfter: null,
    delta: null,
    verdict: 'pending',
    reason: 'no-checkpoint',
  });
  return report({
    command: 'sync',
    result: 'partial',
    interrupted: 'cancelled by SIGTERM',
    planHash: '0a1b2c3d4e5f6g7h8i9jkalbm.ab1c0000000000000000000000000',
    connectors: [
      connector(),
      connector({
        name: 'mm2-checkpoint',
        class: 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector',
        change: 'update',
        changedKeys: ['emit.checkpoints.interval.seconds', 'groups'],
        keys: [
          { key: 'emit.checkpoints.interval.seconds', before: '60', after: '5', secret: false },
          { key: 'groups', before: '.*', after: null, secret: false },
        ],
        wantedState: 'running',
        stateChange: 'running',
        state: 'FAILED',
        tasks: [
          { id: 0, state: 'FAILED' },
          { id: 1, state: 'RUNNING' },
        ],
        trace:
          'org.apache.kafka.connect.errors.ConnectException: boom\n\tat org.example.A.b(A.java:1)\n\n\tat org.example.C.d(C.java:2)',
      }),
    ],
    passes: [
      pass(),
      pass({
        number: 2,
        durationMs: 81_000,
        committed: 0,
        unchanged: 12_345,
        offsetDelta: 1_234_567n,
        offsetDeltaUnknown: 3,
      }),
    ],
    groups: [
      group({
        groupId: 'in-place',
        partitions: [
          partition(),
          partition({ partition: 1, verdict: 'unchanged', redelivered: 3n, redeliveredMax: 9n }),
          partition({ partition: 2, translation: 'exact', proof: RECORDS_PROOF, redelivered: 0n, redeliveredMax: 0n }),
        ],
      }),
      group({ groupId: 'refused', verdict: 'failed', partitions: [failed, partition({ partition: 1 })] }),
      activeGroup('live'),
      group({
        groupId: 'waiting',
        verdict: 'unknown',
        sourceState: null,
        targetState: null,
        type: null,
        partitions: [pending],
      }),
      group({
        groupId: 'not-selected',
        verdict: 'blocked',
        partitions: [partition({ verdict: 'skipped', reason: 'filtered', delta: null })],
      }),
    ],
    findings: [
      finding(),
      finding({
        rule: 'group-not-there',
        severity: 'error',
        where: 'groups: orders-v3',
        message: 'No such group.',
        hint: 'Check the name.',
      }),
    ],
    errors: [
      { code: 'CONNECTOR_FAILED', message: 'Connector mm2-checkpoint has a failed task.', hint: 'See its trace.' },
    ],
  });
}
