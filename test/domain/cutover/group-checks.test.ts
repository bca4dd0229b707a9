import { describe, expect, test } from 'vitest';
import type { GroupPartitionFacts, Phase, TopicPartitionFacts } from '../../../src/domain/cutover/facts.ts';
import type { PartitionOutcome } from '../../../src/domain/offsets/partition-outcome.ts';
import type { Reason } from '../../../src/domain/verdicts.ts';
import {
  committed,
  goodFacts,
  group,
  groupPartition,
  known,
  NOW,
  notKnown,
  outcome,
  topic,
  topicPartition,
  twice,
  withConnect,
} from '../../support/cutover-facts.ts';
import { checkOf, saidOf, withGroup, withPartition } from './verdict-of.ts';

type Row = readonly [what: string, phase: Phase, partition: Partial<GroupPartitionFacts>, said: string];

const CHECKPOINT: Partial<PartitionOutcome> = {
  translation: 'checkpoint',
  proof: { kind: 'checkpoint', groupId: 'billing', upstream: 100n, downstream: 90n },
};
const NOTHING_PROVEN: Partial<PartitionOutcome> = { translated: null, translation: 'none', proof: null };

function at(offset: bigint | null, overrides: Partial<PartitionOutcome> = {}): Partial<GroupPartitionFacts> {
  return { outcome: outcome({ targetAfter: offset, ...overrides }), ...committed(offset) };
}

function planned(overrides: Partial<PartitionOutcome> = {}): Partial<GroupPartitionFacts> {
  return at(null, { verdict: 'planned', redelivered: null, redeliveredMax: null, ...overrides });
}

describe('coverage', () => {
  const reason = (word: Reason, verdict: 'pending' | 'skipped' = 'skipped') =>
    at(null, { ...NOTHING_PROVEN, verdict, reason: word });
  test.each<Row>([
    ['planned', 'rehearse', planned(), 'pass: billing would have its place everywhere'],
    [
      'not replicated',
      'rehearse',
      reason('not-replicated', 'pending'),
      'fail: billing has no place on a.orders/0 (not-replicated)',
    ],
    [
      'no proof',
      'rehearse',
      reason('anchors-contradict'),
      'fail: billing has no place on a.orders/0 (anchors-contradict)',
    ],
    [
      'not readable',
      'rehearse',
      reason('source-unreadable'),
      'unknown: billing has no place on a.orders/0 (source-unreadable)',
    ],
    [
      'consuming on the target',
      'rehearse',
      at(95n, { verdict: 'skipped', reason: 'group-active' }),
      'fail: billing is consuming on the target, so a sync would leave it alone',
    ],
    [
      'placed by somebody else',
      'rehearse',
      at(60n, { verdict: 'skipped', reason: 'taken-over' }),
      'pass: billing would have its place everywhere',
    ],
    [
      'placed by somebody else, and not readable since',
      'rehearse',
      { ...at(60n, { verdict: 'skipped', reason: 'taken-over' }), targetCommitted: twice(notKnown()) },
      'unknown: billing may have no offset on a.orders/0: nobody answered',
    ],
    [
      'placed by somebody else, and gone since',
      'rehearse',
      { ...at(60n, { verdict: 'skipped', reason: 'taken-over' }), targetCommitted: twice(known(null)) },
      'fail: billing has no place on a.orders/0 (taken-over)',
    ],
    [
      'not readable on the target any more',
      'decommission',
      { targetCommitted: twice(notKnown()) },
      'unknown: billing may have no offset on a.orders/0: nobody answered',
    ],
    ['committed', 'cutover', at(90n), 'pass: billing has its place everywhere'],
    [
      'planned, and not committed',
      'cutover',
      planned(),
      'fail: billing has no offset on the target for a.orders/0 yet',
    ],
    [
      'planned, and committed elsewhere',
      'cutover',
      at(60n, { verdict: 'planned' }),
      'fail: billing is not synced yet on a.orders/0: committed 60, right is 90',
    ],
    ['committed anew by refresh', 'cutover', at(90n, { verdict: 'planned' }), 'pass: billing has its place everywhere'],
    [
      'not readable on the target',
      'cutover',
      { targetCommitted: twice(notKnown()) },
      'unknown: billing may have no offset on a.orders/0: nobody answered',
    ],
    [
      'there',
      'decommission',
      at(400n, { verdict: 'skipped', reason: 'taken-over' }),
      'pass: billing has its place everywhere',
    ],
    ['not there', 'decommission', at(null), 'fail: billing has no offset on the target for a.orders/0'],
  ])('%s, to %s', (_, phase, partition, said) => {
    expect(saidOf('coverage', withPartition(phase, partition))).toBe(said);
  });

  test('a commit that cannot be read may be there', () => {
    const unreadable = groupPartition({
      ...reason('source-unreadable'),
      outcome: outcome({ ...NOTHING_PROVEN, sourceCommitted: null, verdict: 'skipped', reason: 'source-unreadable' }),
      sourceCommitted: twice(notKnown()),
    });
    expect(saidOf('coverage', withGroup('rehearse', { partitions: [unreadable] }))).toMatch(
      /^unknown: billing has no place/,
    );
  });

  test('a partition without a source commit is none of its own', () => {
    const idle = groupPartition({
      outcome: outcome({ sourceCommitted: null, verdict: 'skipped', reason: 'no-source-commit', partition: 1 }),
      sourceCommitted: twice(known(null)),
    });
    const facts = withGroup('rehearse', { partitions: [groupPartition(), idle] });
    expect(saidOf('coverage', facts)).toMatch(/^pass/);
  });

  describe('not replicated, on a live system', () => {
    const waiting = (log: Partial<TopicPartitionFacts>, maxReplicationLag: bigint) => {
      const facts = withPartition('rehearse', reason('not-replicated', 'pending'));
      const topics = [topic({ partitions: [topicPartition(log)] })];
      return saidOf('coverage', { ...facts, topics }, { maxReplicationLag });
    };
    const FAILS = 'fail: billing has no place on a.orders/0 (not-replicated)';

    test('is the lag that is allowed', () => {
      const log = { copiedBefore: known<bigint | null>(99n), lagRecords: known(40n) };
      expect(waiting(log, 40n)).toMatch(/^pass/);
      expect(waiting(log, 39n)).toBe(FAILS);
      expect(waiting({ ...log, copiedBefore: known(null) }, 40n)).toMatch(/^pass/);
    });

    test('is more than lag where MM2 had passed the commit before', () => {
      expect(waiting({ copiedBefore: known<bigint | null>(100n), lagRecords: known(0n) }, 40n)).toBe(FAILS);
    });

    test('is no lag where it is not known how far MM2 is', () => {
      expect(waiting({ copiedBefore: notKnown(), lagRecords: known(0n) }, 40n)).toBe(FAILS);
      expect(waiting({ copiedBefore: known<bigint | null>(99n), lagRecords: notKnown() }, 40n)).toBe(FAILS);
    });
  });

  test('counts what it does not name', () => {
    const partitions = [0, 1, 2].map((partition) =>
      groupPartition({
        outcome: outcome({ ...NOTHING_PROVEN, partition, verdict: 'pending', reason: 'no-checkpoint' }),
      }),
    );
    expect(saidOf('coverage', withGroup('rehearse', { partitions }))).toBe(
      'fail: billing has no place on a.orders/0 (no-checkpoint), and 2 more such',
    );
  });

  test('says unknown when groups may be missing, or none was seen', () => {
    const unseen = goodFacts('rehearse', { unseenGroups: ['broker 2 did not list its groups'] });
    expect(saidOf('coverage', unseen)).toBe('unknown: groups may be missing: broker 2 did not list its groups');
    expect(checkOf('coverage', goodFacts('decommission', { groups: [] })).next).toContain('expired on the source');
    expect(checkOf('coverage', goodFacts('cutover', { groups: [] })).next).not.toContain('expired on the source');
    expect(saidOf('coverage', goodFacts('rehearse', { groups: [] }))).toBe(
      'unknown: no group with a commit on a migrated topic was seen',
    );
  });
});

describe('checkpoint-age', () => {
  const old = { upstream: 80n, downstream: 70n, emittedAtMs: NOW - 300_001 };
  const relied = (partition: Partial<GroupPartitionFacts>) =>
    withPartition('rehearse', { outcome: outcome({ ...CHECKPOINT, verdict: 'planned' }), ...partition });

  test('an old checkpoint is no obstacle where records prove the place', () => {
    const said = saidOf('checkpoint-age', withPartition('cutover', { checkpoint: known(old) }));
    expect(said).toBe('pass: billing does not rely on checkpoints');
  });

  test.each([
    ['as old as it may be', { ...old, emittedAtMs: NOW - 300_000 }, 'pass'],
    ['older', old, 'fail'],
    ['older, and of the live commit: MM2 does not write it again', { ...old, upstream: 100n }, 'pass'],
    ['not there: coverage says so', null, 'pass'],
  ])('%s', (_, checkpoint, verdict) => {
    expect(saidOf('checkpoint-age', relied({ checkpoint: known(checkpoint) }))).toMatch(new RegExp(`^${verdict}:`));
  });

  test('says how old it is, and how far behind', () => {
    expect(saidOf('checkpoint-age', relied({ checkpoint: known(old) }))).toBe(
      'fail: billing has a checkpoint at 80 on a.orders/0, 5 min old, while its commit is 100',
    );
  });

  test("matters too where MM2's own group sync goes by it", () => {
    const facts = withConnect(withPartition('cutover', { checkpoint: known(old) }), { syncsGroupOffsets: true });
    expect(saidOf('checkpoint-age', facts)).toMatch(/^fail:/);
  });

  test('is unknown where checkpoint or commit is', () => {
    expect(saidOf('checkpoint-age', relied({ checkpoint: notKnown() }))).toMatch(/^unknown: .*nobody answered/);
    const noCommit = relied({
      outcome: outcome({ ...CHECKPOINT, sourceCommitted: null }),
      sourceCommitted: twice(notKnown()),
      checkpoint: known(old),
    });
    expect(saidOf('checkpoint-age', noCommit)).toMatch(/^unknown: billing may have moved on/);
  });
});

describe('no-source-commit', () => {
  const uncommitted = (partition: number, hasRecords: boolean | null) => ({
    sourceTopic: 'orders',
    topic: 'a.orders',
    partition,
    hasRecords: hasRecords === null ? notKnown() : known(hasRecords),
  });
  test.each([
    ['everywhere committed', [], 'pass: billing has a commit on every partition of its topics'],
    ['an empty partition', [uncommitted(1, false)], 'pass: billing has no commit for the empty a.orders/1'],
    [
      'partitions with records',
      [uncommitted(1, false), uncommitted(2, true), uncommitted(3, true)],
      'fail: billing has no commit on the source for a.orders/2 and 1 more',
    ],
    [
      'a log that was not read',
      [uncommitted(1, null)],
      'unknown: billing has no commit on the source for a.orders/1, and its log: nobody answered',
    ],
  ])('%s', (_, list, said) => {
    expect(saidOf('no-source-commit', withGroup('cutover', { uncommitted: list }))).toBe(said);
  });
});

describe('rollback', () => {
  const facts = (covers: ReadonlyMap<string, ReadonlySet<string>>, partition: Partial<GroupPartitionFacts> = {}) => {
    const good = withPartition('cutover', partition);
    if (good.rollback.kind === 'unknown' || good.rollback.value === null)
      throw new Error('the good facts have an export');
    return { ...good, rollback: known({ ...good.rollback.value, covers }) };
  };
  test('an export that lacks what is there now cannot undo it', () => {
    expect(saidOf('rollback', facts(new Map()))).toBe('fail: billing is not in the export for a.orders/0');
    expect(saidOf('rollback', facts(new Map(), at(null)))).toMatch(/^pass/);
  });

  test('an export of another cluster is none, and one that cannot be read is unknown', () => {
    const good = goodFacts('cutover');
    expect(
      saidOf('rollback', { ...good, identity: { ...good.identity, target: { clusterId: 'NEW', pinned: 'NEW' } } }),
    ).toBe('fail: offsets-export.jsonl is of cluster DST, the target is NEW');
    expect(saidOf('rollback', { ...good, rollback: notKnown() })).toBe(
      'unknown: the export is not known: nobody answered',
    );
    expect(saidOf('rollback', { ...good, rollback: known(null) })).toBe('fail: no export is given');
  });
});

test('what the selection leaves out is not judged', () => {
  const filtered = groupPartition({
    outcome: outcome({ ...NOTHING_PROVEN, verdict: 'skipped', reason: 'filtered' }),
    ...committed(500n),
  });
  const facts = goodFacts('cutover', { groups: [group(), group({ groupId: 'other', partitions: [filtered] })] });
  for (const id of ['no-skip', 'redelivered', 'coverage', 'bounds', 'activity'] as const) {
    expect(saidOf(id, facts)).toMatch(/^pass: billing/);
  }
});
