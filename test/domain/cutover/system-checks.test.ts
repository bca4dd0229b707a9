import { describe, expect, test } from 'vitest';
import type { CutoverFacts, Known, TopicConfigValue } from '../../../src/domain/cutover/facts.ts';
import type { GroupStatus } from '../../../src/domain/groups.ts';
import {
  byDefault,
  committed,
  connector,
  EMPTY,
  goodFacts,
  groupPartition,
  known,
  NOW,
  notKnown,
  outcome,
  STABLE,
  set,
  topicPartition,
  twice,
  withConnect,
} from '../../support/cutover-facts.ts';
import { checkOf, saidOf, withGroup, withPartition, withTopic } from './verdict-of.ts';

describe('activity', () => {
  const said = (overrides: Parameters<typeof withGroup>[1], phase: 'cutover' | 'decommission' = 'cutover') =>
    saidOf('activity', withGroup(phase, overrides));
  const silent: GroupStatus = { kind: 'unknown', why: 'its coordinator did not answer' };

  test('members on either side are at work', () => {
    expect(said({ source: twice(STABLE) })).toBe('fail: billing is still consuming on the source (Stable)');
    expect(said({ target: twice(STABLE) })).toBe('fail: billing is still consuming on the target (Stable)');
    expect(said({ target: twice<GroupStatus>({ kind: 'absent' }) })).toBe('pass: billing is at rest');
  });

  test('one look is enough to see them', () => {
    expect(said({ source: { first: STABLE, second: EMPTY } })).toMatch(/^fail/);
    expect(said({ source: { first: EMPTY, second: STABLE } })).toMatch(/^fail/);
  });

  test('members of a group that cannot be moved count too', () => {
    const sink: GroupStatus = { kind: 'listed', state: 'Stable', type: 'classic', protocolType: 'connect' };
    expect(said({ source: twice(sink) })).toMatch(/^fail/);
    expect(said({ source: twice<GroupStatus>({ ...sink, state: 'Empty' }) })).toMatch(/^pass/);
  });

  test('a consumer without members shows by its commits', () => {
    const moves = { first: known<bigint | null>(95n), second: known<bigint | null>(100n) };
    expect(saidOf('activity', withPartition('cutover', { sourceCommitted: moves }))).toBe(
      'fail: billing commits on the source for a.orders/0 (95 to 100)',
    );
    expect(saidOf('activity', withPartition('cutover', { targetCommitted: { ...moves, first: known(null) } }))).toBe(
      'fail: billing commits on the target for a.orders/0 (none to 100)',
    );
  });

  test('what could not be looked at twice is unknown', () => {
    expect(said({ source: { first: silent, second: EMPTY } })).toBe(
      'unknown: billing may be consuming on the source: its coordinator did not answer',
    );
    const once = { first: notKnown(), second: known<bigint | null>(100n) };
    expect(saidOf('activity', withPartition('cutover', { sourceCommitted: once }))).toBe(
      'unknown: billing may be committing on the source for a.orders/0: nobody answered',
    );
    expect(saidOf('activity', goodFacts('cutover', { windowMs: 9_999 }))).toBe(
      'unknown: billing was not watched for the whole window',
    );
  });

  test('at the end of the source the target may be at work', () => {
    const moving = { first: known<bigint | null>(95n), second: known<bigint | null>(100n) };
    const partitions = [groupPartition({ targetCommitted: moving })];
    expect(said({ target: twice(STABLE), partitions }, 'decommission')).toBe('pass: billing is at rest');
    expect(said({ source: twice(STABLE) }, 'decommission')).toMatch(/^fail/);
  });
});

describe('moved', () => {
  const said = (overrides: Parameters<typeof withGroup>[1]) => saidOf('moved', withGroup('decommission', overrides));
  const at = (offset: bigint, reason: 'taken-over' | 'would-rewind') => ({
    partitions: [groupPartition({ outcome: outcome({ verdict: 'skipped', reason }), ...committed(offset) })],
  });

  test('members, moving commits, or commits of others beyond the place show it', () => {
    expect(said({ target: twice(STABLE) })).toBe('pass: billing consumes on the target');
    const targetCommitted = { first: known<bigint | null>(90n), second: known<bigint | null>(91n) };
    expect(said({ partitions: [groupPartition({ targetCommitted })] })).toBe('pass: billing commits on the target');
    expect(said(at(120n, 'taken-over'))).toBe('pass: billing has moved on from where it was placed');
  });

  test('an offset in place does not, nor one that MM2 or this action wrote', () => {
    expect(said({})).toBe('fail: billing was never seen at work on the target');
    expect(said(at(90n, 'taken-over'))).toMatch(/^fail/);
    expect(said(at(120n, 'would-rewind'))).toMatch(/^fail/);
  });

  test('a state that is not told may be one of work', () => {
    expect(said({ target: twice<GroupStatus>({ kind: 'unknown', why: 'x' }) })).toMatch(/^unknown/);
  });
});

describe('appends, replication-lag, source-retention', () => {
  const partitions = (overrides: Parameters<typeof topicPartition>[0]) =>
    withTopic('cutover', { partitions: [topicPartition(), topicPartition({ partition: 1, ...overrides })] });

  test.each<[string, Known<bigint>, Known<bigint>, string]>([
    ['grows', known(7n), known(9n), 'fail: orders grew by 2 on partition 1'],
    ['is cut', known(7n), known(0n), 'fail: orders was cut on partition 1'],
    ['stands', known(7n), known(7n), 'pass: orders stands still'],
    ['first unread', notKnown(), known(7n), 'unknown: orders may be written to on partition 1: nobody answered'],
    ['then unread', known(7n), notKnown(), 'unknown: orders may be written to on partition 1: nobody answered'],
  ])('appends: %s', (_, first, second, said) => {
    expect(saidOf('appends', partitions({ sourceEnd: { first, second } }))).toBe(said);
  });

  test('appends: a shorter look is none', () => {
    expect(saidOf('appends', goodFacts('cutover', { windowMs: 0 }))).toMatch(/^unknown: orders was not watched/);
  });

  test.each<[Known<bigint>, string]>([
    [known(0n), 'pass: orders is copied to its end'],
    [known(3n), 'pass: orders is copied to its end'],
    [known(4n), 'fail: orders is 4 records behind on partition 1'],
    [notKnown(), 'unknown: orders may be behind on partition 1: nobody answered'],
  ])('replication-lag of at most 3: %o', (lagRecords, said) => {
    expect(saidOf('replication-lag', partitions({ lagRecords }), { maxReplicationLag: 3n })).toBe(said);
  });

  test('replication-lag: no topic, no answer', () => {
    expect(saidOf('replication-lag', goodFacts('cutover', { topics: [] }))).toBe('unknown: no migrated topic was seen');
  });

  test.each<[Known<bigint>, string]>([
    [known(0n), 'pass: orders lost nothing'],
    [known(1n), 'fail: orders lost up to 1 record of partition 1 before MM2 copied them'],
    [notKnown(), 'unknown: orders may have lost records of partition 1: nobody answered'],
  ])('source-retention: %o', (lostToRetention, said) => {
    expect(saidOf('source-retention', partitions({ lostToRetention }))).toBe(said);
  });
});

describe('connectors, connector-drift, mm2-version', () => {
  const good = goodFacts('rehearse');
  const status = (state: string, ...tasks: string[]) => ({
    status: { state, trace: null, tasks: tasks.map((task, id) => ({ id, state: task, trace: null })) },
  });
  const only = (live: ReturnType<typeof status> | null | { status: null }) =>
    withConnect(good, { connectors: [connector({ live })] });

  test.each([
    [status('RUNNING', 'RUNNING', 'RUNNING'), 'pass: mm2-source runs'],
    [
      status('RUNNING', 'RUNNING', 'UNASSIGNED'),
      'fail: mm2-source does not run: RUNNING, tasks 0 RUNNING, 1 UNASSIGNED',
    ],
    [status('RUNNING'), 'fail: mm2-source does not run: RUNNING without a task'],
    [status('PAUSED', 'PAUSED'), 'fail: mm2-source does not run: PAUSED, task 0 PAUSED'],
    [status('RUNNING', 'FAILED'), 'fail: mm2-source does not run: RUNNING, task 0 FAILED'],
    [{ status: null }, 'unknown: mm2-source has no status yet'],
    [null, 'fail: mm2-source is not on the worker'],
  ])('%o', (live, said) => {
    expect(saidOf('connectors', only(live))).toBe(said);
  });

  test('the source connector must be there, the checkpoint connector where its word is taken', () => {
    const heartbeat = connector({ name: 'hb', class: 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector' });
    expect(saidOf('connectors', withConnect(good, { connectors: [heartbeat] }))).toMatch(
      /^fail: .*no MM2 source connector/,
    );
    const relying = withPartition('rehearse', { outcome: outcome({ translation: 'checkpoint' }) });
    expect(saidOf('connectors', relying)).toMatch(/^fail: .*no MM2 checkpoint connector/);
  });

  test.each(['connectors', 'connector-drift', 'mm2-version'] as const)('%s is unknown without Connect', (id) => {
    const check = checkOf(id, { ...good, connect: notKnown('no connect-url is given') });
    expect(check).toMatchObject({ verdict: 'unknown', next: expect.stringContaining('connect-url') });
    expect(check.seen).toContain('no connect-url is given');
  });

  test('drift is named by its keys, and unknown without a file', () => {
    const drift = (driftedKeys: Known<readonly string[]>) =>
      saidOf('connector-drift', withConnect(good, { connectors: [connector({ driftedKeys })] }));
    expect(drift(known(['groups', 'topics']))).toBe('fail: mm2-source differs from its file in groups, topics');
    expect(saidOf('connector-drift', withConnect(good, { connectors: [connector({ live: null })] }))).toBe(
      'unknown: no connector was seen',
    );
    expect(drift(notKnown('no file is given'))).toBe('unknown: mm2-source is compared with nothing: no file is given');
  });

  test.each([
    ['4.3.1', 'pass', 0],
    ['3.5.0', 'pass', 1],
    ['3.4.0', 'fail', 0],
    ['7.9.0-ccs', 'pass', 0],
    ['next', 'unknown', 0],
  ])('MM2 %s', (version, verdict, warnings) => {
    const check = checkOf('mm2-version', withConnect(good, { version }));
    expect([check.verdict, check.warnings.length]).toEqual([verdict, warnings]);
  });
});

describe('heartbeat', () => {
  test.each([
    [known({ newestAtMs: NOW - 60_000 }), 'pass: the newest one is 1 min old'],
    [known({ newestAtMs: NOW - 61_000 }), 'fail: the newest one is 1 min 1 s old'],
    [known({ newestAtMs: NOW + 5_000 }), 'pass: the newest one is 0 s old'],
    [known({ newestAtMs: null }), 'unknown: no heartbeat of the source has arrived on the target'],
    [notKnown(), 'unknown: the heartbeats are not known: nobody answered'],
  ])('%o', (heartbeat, said) => {
    expect(saidOf('heartbeat', goodFacts('rehearse', { heartbeat }))).toBe(said);
  });
});

describe('partitions', () => {
  const said = (source: Known<number>, target: Known<number | null>) =>
    checkOf('partitions', withTopic('rehearse', { sourcePartitionCount: source, targetPartitionCount: target }));

  test('fewer fail, more warn', () => {
    expect(said(known(4), known(3))).toMatchObject({
      verdict: 'fail',
      seen: 'orders has 3 partitions on the target, 4 on the source',
    });
    expect(said(known(3), known(4))).toMatchObject({
      verdict: 'pass',
      warnings: [expect.stringContaining('records of one key will go to another partition')],
    });
    expect(said(known(3), known(3))).toMatchObject({ verdict: 'pass', warnings: [] });
  });

  test('no topic fails, no answer is unknown', () => {
    expect(said(known(3), known(null))).toMatchObject({ verdict: 'fail', next: expect.stringContaining('create') });
    expect(said(notKnown(), known(3)).verdict).toBe('unknown');
    expect(said(known(3), notKnown()).verdict).toBe('unknown');
  });
});

describe('topic-configs', () => {
  type Configs = Record<string, TopicConfigValue>;
  const said = (source: Configs, target: Configs) =>
    saidOf(
      'topic-configs',
      withTopic('rehearse', {
        sourceConfigs: known(new Map(Object.entries(source))),
        targetConfigs: known(new Map(Object.entries(target))),
      }),
    );

  test('what is set on one of the topics must be the same on both', () => {
    expect(said({ a: set('1'), b: set('2') }, { a: set('1'), b: byDefault('3') })).toBe(
      'fail: orders differs on the target: b 3 instead of 2',
    );
    expect(said({ a: byDefault('1') }, { a: set('2') })).toMatch(/^fail/);
    expect(said({ a: set('1') }, {})).toBe('fail: orders differs on the target: a nothing instead of 1');
  });

  test('a value that is set here and default there is the same value', () => {
    expect(said({ a: set('1') }, { a: byDefault('1') })).toMatch(/^pass/);
  });

  test('defaults of two clusters, what MM2 leaves out and what is hidden may differ', () => {
    expect(said({ a: byDefault('1') }, { a: byDefault('2') })).toMatch(/^pass/);
    expect(said({ 'min.insync.replicas': set('1') }, { 'min.insync.replicas': set('2') })).toMatch(/^pass/);
    expect(said({ a: set(null) }, { a: set('2') })).toMatch(/^pass/);
    expect(said({ 'cleanup.policy': set('compact,delete') }, { 'cleanup.policy': set('delete, compact') })).toMatch(
      /^pass/,
    );
  });

  test('unread configs are unknown', () => {
    expect(saidOf('topic-configs', withTopic('rehearse', { sourceConfigs: notKnown() }))).toMatch(/^unknown/);
    expect(saidOf('topic-configs', withTopic('rehearse', { targetConfigs: notKnown() }))).toMatch(/^unknown/);
  });
});

describe('offsets-retention, transactions, identity', () => {
  test('offsets-retention: as long as it may take', () => {
    const said = (minutes: CutoverFacts['targetOffsetsRetentionMinutes']) =>
      saidOf('offsets-retention', goodFacts('rehearse', { targetOffsetsRetentionMinutes: minutes }));
    expect(said(known(4_320))).toBe('pass: offsets.retention.minutes of the target is 4320 (3 d)');
    expect(said(known(4_319))).toMatch(/^fail/);
    expect(said(notKnown())).toMatch(/^unknown/);
  });

  test.each([
    [true, 'read_committed', 'pass'],
    [true, 'read_uncommitted', 'fail'],
    [true, null, 'unknown'],
    [false, 'read_uncommitted', 'pass'],
    [false, null, 'pass'],
    [null, 'read_committed', 'pass'],
    [null, 'read_uncommitted', 'unknown'],
  ] as const)('transactions seen: %s, MM2 reads %s', (seen, isolation, verdict) => {
    const facts = withTopic('rehearse', { transactional: seen === null ? notKnown() : known(seen) });
    const level = isolation === null ? notKnown() : known(isolation);
    expect(checkOf('transactions', withConnect(facts, { isolationLevel: level })).verdict).toBe(verdict);
  });

  const pinned = (source: string | null, target: string | null) => ({
    source: { clusterId: 'SRC', pinned: source },
    target: { clusterId: 'DST', pinned: target },
    connectClusterId: known<string | null>('DST'),
  });
  test.each<['rehearse' | 'cutover' | 'decommission', CutoverFacts['identity'], string]>([
    ['cutover', pinned('SRC', 'DST'), 'pass'],
    ['cutover', pinned('OLD', 'DST'), 'fail'],
    ['cutover', pinned('SRC', null), 'unknown'],
    ['decommission', pinned(null, 'DST'), 'unknown'],
    ['rehearse', pinned(null, null), 'pass'],
    ['rehearse', { ...pinned('SRC', 'DST'), connectClusterId: known('OTHER') }, 'fail'],
    ['rehearse', { ...pinned('SRC', 'DST'), connectClusterId: notKnown() }, 'pass'],
    ['rehearse', { ...pinned('SRC', 'DST'), target: { clusterId: null, pinned: null } }, 'unknown'],
    [
      'rehearse',
      { ...pinned(null, null), target: { clusterId: 'SRC', pinned: null }, connectClusterId: known('SRC') },
      'fail',
    ],
  ])('identity: %s, %o', (phase, identity, verdict) => {
    expect(checkOf('identity', goodFacts(phase, { identity })).verdict).toBe(verdict);
  });

  test('identity: an unpinned cluster comes with the pin to write down', () => {
    expect(checkOf('identity', goodFacts('cutover', { identity: pinned('SRC', null) })).next).toBe(
      'If it is the right one, pin it: target-cluster-id: DST.',
    );
  });
});
