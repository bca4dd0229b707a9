import { describe, expect, test } from 'vitest';
import type { OtherShards } from '../../../src/domain/cutover/facts.ts';
import { judgeCutover } from '../../../src/domain/cutover/judge-cutover.ts';
import { inShard } from '../../../src/domain/shard.ts';
import { goodFacts, group, groupPartition, known, outcome, twice } from '../../support/cutover-facts.ts';
import { gateRules } from '../../support/gate-rules.ts';
import { patterns } from '../../support/run-inputs.ts';
import { checkOf, saidOf } from './verdict-of.ts';

/** `billing` falls into it, `audit-2` and `shipping` do not. */
const FIRST = { index: 1, count: 2 };
const SECOND = { index: 2, count: 2 };

function others(overrides: Partial<OtherShards> = {}): { readonly otherShards: OtherShards } {
  return { otherShards: { shard: FIRST, groups: [], unread: [], ...overrides } };
}

const seen = (groupId: string, isJudgedThere = true) => ({ groupId, isJudgedThere });

test('the names of these tests fall where they say', () => {
  expect(['billing', 'orders-etl', 'audit-1'].filter((name) => inShard(name, FIRST))).toHaveLength(3);
  expect(['audit-2', 'shipping'].filter((name) => inShard(name, SECOND))).toHaveLength(2);
});

describe('a required group that is spelled out', () => {
  const coverage = (names: string, overrides: Partial<OtherShards> = {}) =>
    saidOf('coverage', goodFacts('cutover', others(overrides)), { requiredGroups: patterns(names) });

  test('is asked for in its own shard alone', () => {
    expect(coverage('billing,audit-2,shipping')).toMatch(/^pass/);
    expect(coverage('billing,audit-1')).toBe('fail: required and not seen: audit-1');
    expect(coverage('shipping', { shard: SECOND })).toBe('fail: required and not seen: shipping');
  });

  test('has no group of another shard to stand for it', () => {
    expect(coverage('orders-etl', { groups: [seen('orders-etl')] })).toBe('fail: required and not seen: orders-etl');
  });

  test('is asked for by a rule in its own shard alone as well', () => {
    const rule = { required: true, maxRedelivered: null, maxCheckpointAgeMs: null, skipChecks: new Set<never>() };
    const groupRules = [{ ...rule, groups: patterns('shipping') }];
    expect(saidOf('coverage', goodFacts('cutover', others()), { groupRules })).toMatch(/^pass/);
    const own = goodFacts('cutover', others({ shard: SECOND }));
    expect(saidOf('coverage', own, { groupRules })).toBe('fail: required and not seen: shipping');
  });
});

describe('a required pattern', () => {
  const coverage = (overrides: Partial<OtherShards>) =>
    saidOf('coverage', goodFacts('cutover', others(overrides)), { requiredGroups: patterns('audit-.*') });

  test('may have its groups in another shard', () => {
    expect(coverage({ groups: [seen('audit-2')] })).toMatch(/^pass/);
  });

  test('fails where no shard has a group for it', () => {
    expect(coverage({ groups: [seen('shipping')] })).toBe('fail: required and not seen: audit-.*');
  });

  test('is unknown where the offsets of its only group could not be read', () => {
    const said = coverage({ groups: [seen('shipping')], unread: ['audit-2'] });
    expect(said).toBe(
      'unknown: required and not seen: audit-.*; the offsets of audit-2, of another shard, could not be read',
    );
    expect(coverage({ unread: ['shipping'] })).toMatch(/^fail/);
  });
});

describe('a shard without a group to judge', () => {
  const empty = (overrides: Partial<OtherShards>) => goodFacts('cutover', { ...others(overrides), groups: [] });
  const NOTHING = 'unknown: no group with a commit on a migrated topic was seen';

  test('passes where groups of other shards were seen', () => {
    const facts = empty({ groups: [seen('audit-2'), seen('shipping'), seen('excluded', false)] });
    expect(saidOf('coverage', facts)).toBe('pass: no group to judge falls into shard 1/2; 2 groups seen in others');
    expect(judgeCutover(facts, gateRules())).toMatchObject({ ready: true, groups: [] });
  });

  test('says nothing where none was, or none that its own shard judges', () => {
    expect(saidOf('coverage', empty({}))).toBe(NOTHING);
    expect(saidOf('coverage', empty({ groups: [seen('excluded', false)], unread: ['audit-2'] }))).toBe(NOTHING);
    expect(saidOf('coverage', goodFacts('cutover', { groups: [] }))).toBe(NOTHING);
  });

  test('does not pass where groups of its own may be missing', () => {
    const facts = { ...empty({ groups: [seen('audit-2')] }), unseenGroups: ['broker 2 did not list its groups'] };
    expect(saidOf('coverage', facts)).toBe('unknown: groups may be missing: broker 2 did not list its groups');
  });

  test('has no export of its own to show, which every other needs', () => {
    const facts = { ...empty({ groups: [seen('audit-2')] }), rollback: known(null) };
    expect(saidOf('rollback', facts)).toBe('pass: no group to judge falls into this shard');
    expect(saidOf('rollback', { ...goodFacts('cutover', others()), rollback: known(null) })).toMatch(/^fail/);
    expect(saidOf('rollback', goodFacts('cutover', { groups: [], rollback: known(null) }))).toMatch(/^fail/);
  });

  test('is one too where its only group has nothing to move', () => {
    const idle = groupPartition({ sourceCommitted: twice(known(null)), outcome: outcome({ sourceCommitted: null }) });
    const groups = [group({ partitions: [idle] })];
    const facts = goodFacts('cutover', { ...others({ groups: [seen('audit-2')] }), groups });
    expect(checkOf('coverage', facts).verdict).toBe('pass');
    expect(checkOf('coverage', { ...facts, ...others() }).verdict).toBe('unknown');
  });
});
