import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/domain/cutover/check.ts';
import type { GroupRule } from '../../../src/domain/cutover/gate-rules.ts';
import { isSkipped, judgeCutover } from '../../../src/domain/cutover/judge-cutover.ts';
import {
  committed,
  goodFacts,
  group,
  groupPartition,
  known,
  notKnown,
  outcome,
  STABLE,
  topic,
  topicPartition,
  twice,
} from '../../support/cutover-facts.ts';
import { gateRules } from '../../support/gate-rules.ts';
import { patterns } from '../../support/run-inputs.ts';
import { checkOf, saidOf } from './verdict-of.ts';

const behind = (by: bigint) => groupPartition({ outcome: outcome({ targetAfter: 90n - by }), ...committed(90n - by) });
const filtered = groupPartition({ outcome: outcome({ verdict: 'skipped', reason: 'filtered' }), ...committed(null) });

function rule(groups: string, overrides: Partial<GroupRule> = {}): GroupRule {
  return {
    groups: patterns(groups),
    required: false,
    maxRedelivered: null,
    maxCheckpointAgeMs: null,
    skipChecks: new Set(),
    ...overrides,
  };
}

function readinessOf(groupId: string, ...args: Parameters<typeof judgeCutover>) {
  return judgeCutover(...args).groups.find((one) => one.groupId === groupId);
}

describe('a group by itself', () => {
  test('is not ready on a cluster that is not the one meant, whatever was seen there', () => {
    const { identity } = goodFacts('rehearse');
    const foreign = goodFacts('rehearse', {
      identity: { ...identity, target: { clusterId: 'DST', pinned: 'OTHER' } },
    });
    expect(readinessOf('billing', foreign, gateRules())).toMatchObject({
      verdict: 'not-ready',
      failed: ['identity'],
      why: 'is not judged: the target is cluster DST, pinned is OTHER',
    });
    const unpinned = goodFacts('cutover', {
      identity: { ...identity, target: { clusterId: 'DST', pinned: null } },
    });
    expect(readinessOf('billing', unpinned, gateRules())).toMatchObject({ verdict: 'ready' });
  });

  const facts = goodFacts('cutover', {
    groups: [
      group(),
      group({ groupId: 'etl', target: twice(STABLE), partitions: [behind(3n)] }),
      group({ groupId: 'audit', partitions: [groupPartition({ targetCommitted: twice(notKnown()) })] }),
      group({ groupId: 'excluded', partitions: [filtered] }),
      group({
        groupId: 'target-only',
        partitions: [
          groupPartition({ sourceCommitted: twice(known(null)), outcome: outcome({ sourceCommitted: null }) }),
        ],
      }),
    ],
    rollback: notKnown(),
  });

  test('is ready, not ready, unknown or not asked, with its checks and the most telling reason', () => {
    expect(judgeCutover(facts, gateRules()).groups).toEqual([
      { groupId: 'billing', verdict: 'ready', failed: [], unknown: [], notAsked: [], why: null },
      {
        groupId: 'etl',
        verdict: 'not-ready',
        failed: ['redelivered', 'activity'],
        unknown: [],
        notAsked: [],
        why: 'is still consuming on the target (Stable)',
      },
      {
        groupId: 'audit',
        verdict: 'unknown',
        failed: [],
        unknown: ['no-skip', 'redelivered', 'coverage', 'activity', 'bounds'],
        notAsked: [],
        why: 'may be committing on the target for a.orders/0: nobody answered',
      },
      { groupId: 'excluded', verdict: 'not-asked', failed: [], unknown: [], notAsked: [], why: null },
      { groupId: 'target-only', verdict: 'not-asked', failed: [], unknown: [], notAsked: [], why: null },
    ]);
  });

  test('waits for the topics that it reads, and for no other', () => {
    const invoices = topic({
      sourceTopic: 'invoices',
      topic: 'a.invoices',
      partitions: [topicPartition({ lagRecords: known(4n) })],
    });
    const reader = groupPartition({ outcome: outcome({ sourceTopic: 'invoices', topic: 'a.invoices' }) });
    const groups = [group(), group({ groupId: 'reader', partitions: [reader] })];
    const both = goodFacts('rehearse', { topics: [topic(), invoices], groups });
    expect(readinessOf('billing', both, gateRules())?.verdict).toBe('ready');
    expect(readinessOf('reader', both, gateRules())).toMatchObject({
      verdict: 'not-ready',
      failed: ['replication-lag'],
      why: 'waits for invoices, which is 4 records behind on partition 0',
    });
  });
});

describe('rules for single groups', () => {
  const facts = goodFacts('cutover', { groups: [group({ partitions: [behind(5n)] })] });

  test('a threshold of its own', () => {
    expect(judgeCutover(facts, gateRules({ groupRules: [rule('billing', { maxRedelivered: 5n })] })).ready).toBe(true);
    expect(judgeCutover(facts, gateRules({ groupRules: [rule('billing', { maxRedelivered: 4n })] })).ready).toBe(false);
    expect(saidOf('redelivered', facts, { groupRules: [rule('billing', { maxRedelivered: 4n })] })).toBe(
      'fail: billing would re-read 5 records, 4 allowed',
    );
    expect(judgeCutover(facts, gateRules({ groupRules: [rule('other', { maxRedelivered: 5n })] })).ready).toBe(false);
  });

  test('a check left out is not asked of it, and shows', () => {
    const rules = gateRules({ groupRules: [rule('bill.*', { skipChecks: new Set(['redelivered']) })] });
    const judgement = judgeCutover(facts, rules);
    expect(judgement.ready).toBe(true);
    expect(judgement.groups[0]).toMatchObject({ verdict: 'ready', notAsked: ['redelivered'] });
    expect(judgement.checks.find(({ id }) => id === 'redelivered')).toMatchObject({
      verdict: 'not-asked',
      seen: 'left out for 1 group',
      cases: [{ kind: 'group', name: 'billing', verdict: 'not-asked', seen: 'would re-read 5 records' }],
    });
  });

  test('a check left out for one group goes on for the others', () => {
    const two = { ...facts, groups: [...facts.groups, group({ groupId: 'etl', partitions: [behind(1n)] })] };
    const rules = gateRules({ groupRules: [rule('billing', { skipChecks: new Set(['redelivered']) })] });
    expect(checkOf('redelivered', two, rules)).toMatchObject({
      verdict: 'fail',
      seen: 'etl would re-read 1 record',
      cases: [
        { name: 'etl', verdict: 'fail' },
        { name: 'billing', verdict: 'not-asked' },
      ],
    });
  });

  test('the first rule that matches counts', () => {
    const first = [rule('bill.*', { maxRedelivered: 9n }), rule('billing', { maxRedelivered: 0n })];
    expect(judgeCutover(facts, gateRules({ groupRules: first })).ready).toBe(true);
  });
});

describe('required groups', () => {
  test('must be seen', () => {
    const rules = { requiredGroups: patterns('billing,orders-etl,audit-.*') };
    expect(saidOf('coverage', goodFacts('cutover'), rules)).toBe(
      'fail: required and not seen: orders-etl; required and not seen: audit-.*',
    );
  });

  test('an item that is no pattern without its neighbour is judged with it', () => {
    const facts = goodFacts('rehearse', { groups: [group({ groupId: 'a|b' })] });
    expect(saidOf('coverage', facts, { requiredGroups: patterns('a\\,b') })).toMatch(/^pass/);
    expect(saidOf('coverage', facts, { requiredGroups: patterns('a\\,c') })).toMatch(/^fail/);
  });

  test('a rule requires as well', () => {
    const rules = { groupRules: [rule('orders-etl', { required: true })] };
    expect(saidOf('coverage', goodFacts('decommission'), rules)).toBe('fail: required and not seen: orders-etl');
  });

  test('may not be left out by the selection; others show and do not fail', () => {
    const facts = goodFacts('cutover', {
      groups: [group(), group({ groupId: 'connect-sink', partitions: [filtered] })],
    });
    expect(checkOf('hidden-groups', facts)).toMatchObject({
      verdict: 'pass',
      warnings: ['outside the selection, with offsets on migrated topics: connect-sink'],
    });
    expect(saidOf('hidden-groups', facts, { requiredGroups: patterns('connect-.*') })).toBe(
      'fail: connect-sink is required, but outside the selection of groups and topics',
    );
    expect(readinessOf('connect-sink', facts, gateRules({ requiredGroups: patterns('connect-.*') }))).toMatchObject({
      verdict: 'not-ready',
      failed: ['hidden-groups'],
    });
  });

  test('one that MM2 hides passes where its place is found without checkpoints', () => {
    const facts = goodFacts('cutover', { groups: [group({ hiddenFromMm2: 'groups.exclude' })] });
    expect(saidOf('hidden-groups', facts)).toContain(
      'billing is hidden from MM2 (groups.exclude), and covered without it',
    );
  });
});

describe('what a check says of many', () => {
  const many = (howMany: number) =>
    goodFacts('cutover', {
      groups: Array.from({ length: howMany }, (_, i) =>
        group({ groupId: `g${i}`, partitions: [behind(i < 5 ? 1n : 0n)] }),
      ),
      rollback: notKnown(),
    });

  test('names three and counts the rest; every one of them is a case', () => {
    const { seen, cases } = checkOf('redelivered', many(9));
    expect(seen).toBe(
      '5 of 9 groups: g0 would re-read 1 record; g1 would re-read 1 record; g2 would re-read 1 record; and 2 more',
    );
    expect(cases.map(({ name }) => name)).toEqual(['g0', 'g1', 'g2', 'g3', 'g4']);
  });

  test('what fails comes before what is unknown', () => {
    const unread = group({ groupId: 'a', partitions: [groupPartition({ targetCommitted: twice(notKnown()) })] });
    const facts = { ...many(1), groups: [unread, ...many(1).groups] };
    expect(checkOf('redelivered', facts)).toMatchObject({
      verdict: 'fail',
      cases: [
        { name: 'g0', verdict: 'fail' },
        { name: 'a', verdict: 'unknown' },
      ],
    });
  });

  test('passes in one line', () => {
    expect(checkOf('no-skip', many(9))).toMatchObject({
      verdict: 'pass',
      seen: 'each of 9 groups skips nothing',
      cases: [],
    });
  });
});

test('a check left out by somebody can be told from one that the phase does not ask', () => {
  const { checks } = judgeCutover(
    goodFacts('rehearse'),
    gateRules({ skipChecks: new Set<CheckId>(['acls', 'rollback']) }),
  );
  expect(checks.filter(isSkipped).map(({ id }) => id)).toEqual(['acls']);
});

test('100,000 groups are judged in one go, each once', () => {
  const groups = Array.from({ length: 100_000 }, (_, i) => group({ groupId: `g${i}`, partitions: [behind(1n)] }));
  const judgement = judgeCutover(goodFacts('rehearse', { groups }), gateRules());
  expect(new Set(judgement.groups.map(({ groupId }) => groupId)).size).toBe(100_000);
  expect(judgement.checks.find(({ id }) => id === 'no-skip')?.verdict).toBe('pass');
});
