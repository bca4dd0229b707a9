import { describe, expect, test } from 'vitest';
import { CHECK_IDS, type CheckId } from '../../../src/domain/cutover/check.ts';
import { CHECK_TABLE } from '../../../src/domain/cutover/check-table.ts';
import { type CutoverFacts, PHASES, type Phase } from '../../../src/domain/cutover/facts.ts';
import { judgeCutover } from '../../../src/domain/cutover/judge-cutover.ts';
import {
  committed,
  connector,
  goodFacts,
  group,
  groupPartition,
  known,
  notKnown,
  outcome,
  STABLE,
  set,
  topic,
  topicPartition,
  twice,
  withConnect,
} from '../../support/cutover-facts.ts';
import { gateRules } from '../../support/gate-rules.ts';

const ASKED: Readonly<Record<Phase, readonly CheckId[]>> = {
  rehearse: [
    'no-skip',
    'redelivered',
    'coverage',
    'hidden-groups',
    'no-source-commit',
    'replication-lag',
    'source-retention',
    'checkpoint-age',
    'connectors',
    'connector-drift',
    'mm2-version',
    'heartbeat',
    'partitions',
    'topic-configs',
    'acls',
    'offsets-retention',
    'transactions',
    'bounds',
    'identity',
  ],
  cutover: CHECK_IDS.filter((id) => id !== 'moved'),
  decommission: [
    'coverage',
    'hidden-groups',
    'replication-lag',
    'source-retention',
    'activity',
    'appends',
    'moved',
    'identity',
  ],
};

/** What spoils exactly one check, on facts that are good otherwise. */
const SPOILT: Readonly<Record<CheckId, (facts: CutoverFacts) => CutoverFacts>> = {
  'no-skip': (facts) => ({
    ...facts,
    groups: [
      group({
        partitions: [
          groupPartition({
            outcome: outcome({ verdict: 'skipped', reason: 'would-rewind', targetAfter: 95n, delta: -5n }),
            ...committed(95n),
          }),
        ],
      }),
    ],
  }),
  redelivered: (facts) => ({
    ...facts,
    groups: [
      group({
        partitions: [
          groupPartition({
            outcome: outcome({ verdict: 'skipped', reason: 'taken-over', targetAfter: 60n, delta: 30n }),
            ...committed(60n),
          }),
        ],
      }),
    ],
  }),
  coverage: (facts) => ({
    ...facts,
    groups: [
      ...facts.groups,
      group({
        groupId: 'late',
        target: twice(facts.phase === 'decommission' ? STABLE : { kind: 'absent' }),
        partitions: [
          groupPartition({
            outcome: outcome({
              verdict: 'pending',
              reason: 'not-replicated',
              translated: null,
              translation: 'none',
              proof: null,
            }),
            ...committed(null),
          }),
        ],
      }),
    ],
  }),
  'hidden-groups': (facts) => ({
    ...facts,
    groups: [
      ...facts.groups,
      group({
        groupId: 'connect-sink',
        target: twice(facts.phase === 'decommission' ? STABLE : { kind: 'absent' }),
        hiddenFromMm2: 'groups.exclude of the checkpoint connector',
        partitions: [
          groupPartition({
            outcome: outcome({ verdict: 'skipped', reason: 'group-type-unsupported' }),
            ...committed(null),
          }),
        ],
      }),
    ],
  }),
  'no-source-commit': (facts) => ({
    ...facts,
    groups: [
      group({ uncommitted: [{ sourceTopic: 'orders', topic: 'a.orders', partition: 1, hasRecords: known(true) }] }),
    ],
  }),
  'replication-lag': (facts) => ({
    ...facts,
    topics: [topic({ partitions: [topicPartition({ lagRecords: known(7n) })] })],
  }),
  'source-retention': (facts) => ({
    ...facts,
    topics: [topic({ partitions: [topicPartition({ lostToRetention: known(30n) })] })],
  }),
  'checkpoint-age': (facts) => {
    const spoilt = withConnect(facts, { syncsGroupOffsets: true });
    const checkpoint = known({ upstream: 80n, downstream: 70n, emittedAtMs: facts.nowMs - 300_001 });
    return { ...spoilt, groups: [group({ partitions: [groupPartition({ checkpoint })] })] };
  },
  activity: (facts) => ({ ...facts, groups: facts.groups.map((one) => ({ ...one, source: twice(STABLE) })) }),
  appends: (facts) => ({
    ...facts,
    topics: [topic({ partitions: [topicPartition({ sourceEnd: { first: known(190n), second: known(200n) } })] })],
  }),
  moved: (facts) => ({ ...facts, groups: [group()] }),
  connectors: (facts) =>
    withConnect(facts, {
      connectors: [
        connector(),
        connector({
          name: 'mm2-checkpoint',
          live: { status: { state: 'RUNNING', trace: null, tasks: [{ id: 0, state: 'UNASSIGNED', trace: null }] } },
        }),
      ],
    }),
  'connector-drift': (facts) => withConnect(facts, { connectors: [connector({ driftedKeys: known(['tasks.max']) })] }),
  'mm2-version': (facts) => withConnect(facts, { version: '3.3.2' }),
  heartbeat: (facts) => ({ ...facts, heartbeat: known({ newestAtMs: facts.nowMs - 60_001 }) }),
  partitions: (facts) => ({ ...facts, topics: [topic({ sourcePartitionCount: known(2) })] }),
  'topic-configs': (facts) => ({
    ...facts,
    topics: [topic({ targetConfigs: known(new Map([['retention.ms', set('5')]])) })],
  }),
  acls: (facts) => ({
    ...facts,
    acls: known({
      source: [
        {
          resource: 'topic',
          name: 'orders',
          nameOnTarget: 'a.orders',
          pattern: 'literal',
          principal: 'User:shop',
          host: '*',
          operation: 'WRITE',
          permission: 'allow',
        },
      ],
      target: [],
    }),
  }),
  'offsets-retention': (facts) => ({ ...facts, targetOffsetsRetentionMinutes: known(3 * 24 * 60 - 1) }),
  transactions: (facts) => ({ ...facts, topics: [topic({ transactional: known(true) })] }),
  bounds: (facts) => ({
    ...facts,
    groups: [group({ partitions: [groupPartition({ outcome: outcome({ targetLogStart: 91n }) })] })],
  }),
  identity: (facts) => ({
    ...facts,
    identity: { ...facts.identity, target: { clusterId: 'DST', pinned: 'OTHER' } },
  }),
  rollback: (facts) => ({ ...facts, rollback: known(null) }),
};

const EVERY_CASE = PHASES.flatMap((phase) => ASKED[phase].map((id) => [phase, id] as const));

function verdictsOf(facts: CutoverFacts, rules = gateRules()) {
  const { checks } = judgeCutover(facts, rules);
  return Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
}

function expected(phase: Phase, overrides: Partial<Record<CheckId, string>> = {}) {
  const all = CHECK_IDS.map((id) => [id, ASKED[phase].includes(id) ? 'pass' : 'not-asked']);
  return { ...Object.fromEntries(all), ...overrides };
}

describe('the table of checks', () => {
  test('holds every id once', () => {
    expect(CHECK_TABLE.map(({ check }) => check.id).sort()).toEqual([...CHECK_IDS].sort());
  });

  test('to cut over asks all of the twelve', () => {
    const numbers = CHECK_TABLE.filter(({ phases }) => phases.includes('cutover')).map(({ number }) => number);
    expect([...new Set(numbers)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('has something to do for each failure', () => {
    for (const { check } of CHECK_TABLE) expect(check.next).toMatch(/^[A-Z].*\.$/);
  });
});

describe.each(PHASES)('%s', (phase) => {
  test('is ready when everything is good', () => {
    const judgement = judgeCutover(goodFacts(phase), gateRules());
    expect(verdictsOf(goodFacts(phase))).toEqual(expected(phase));
    expect(judgement.checks.every(({ next, seen }) => next === null && seen !== '')).toBe(true);
    expect(judgement).toMatchObject({
      phase,
      ready: true,
      groups: [{ groupId: 'billing', verdict: 'ready', why: null }],
    });
  });

  test('is not ready when nothing at all is known', () => {
    const facts = goodFacts(phase, {
      groups: [],
      unseenGroups: ['broker 2 did not list its groups'],
      topics: [],
      connect: notKnown(),
      heartbeat: notKnown(),
      identity: {
        source: { clusterId: null, pinned: null },
        target: { clusterId: null, pinned: null },
        connectClusterId: notKnown(),
      },
      acls: notKnown(),
      targetOffsetsRetentionMinutes: notKnown(),
      rollback: notKnown(),
    });
    expect(judgeCutover(facts, gateRules()).ready).toBe(false);
  });
});

describe('a check fails alone', () => {
  test.each(EVERY_CASE)('%s: %s', (phase, id) => {
    const facts = SPOILT[id](goodFacts(phase));
    expect(verdictsOf(facts)).toEqual(expected(phase, { [id]: 'fail' }));
    const judgement = judgeCutover(facts, gateRules());
    expect(judgement.ready).toBe(false);
    const check = judgement.checks.find((one) => one.id === id);
    expect(check?.seen).not.toBe('');
    expect(check?.next).toMatch(/^[A-Z].*\.$/);
  });

  test.each(EVERY_CASE)('%s: %s, and not when it is left out', (phase, id) => {
    const judgement = judgeCutover(SPOILT[id](goodFacts(phase)), gateRules({ skipChecks: new Set([id]) }));
    expect(judgement.ready).toBe(true);
    expect(judgement.checks.find((one) => one.id === id)).toMatchObject({ verdict: 'not-asked', next: null });
    expect(judgement.groups.every(({ failed, unknown }) => failed.length + unknown.length === 0)).toBe(true);
  });
});

test('with every check left out nothing is ready: nothing was asked', () => {
  const judgement = judgeCutover(goodFacts('rehearse'), gateRules({ skipChecks: new Set(CHECK_IDS) }));
  expect(judgement.ready).toBe(false);
});

test('to decommission allows no lag, whatever is allowed before', () => {
  const lagging = SPOILT['replication-lag'];
  const rules = gateRules({ maxReplicationLag: 7n });
  expect(verdictsOf(lagging(goodFacts('rehearse')), rules)['replication-lag']).toBe('pass');
  expect(verdictsOf(lagging(goodFacts('cutover')), rules)['replication-lag']).toBe('pass');
  expect(verdictsOf(lagging(goodFacts('decommission')), rules)['replication-lag']).toBe('fail');
});
