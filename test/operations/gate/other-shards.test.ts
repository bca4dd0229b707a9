/** What a shard of the gate looks for beyond its own groups, and that all shards together say what one run says. */
import { describe, expect, it } from 'vitest';
import type { GateRules } from '../../../src/domain/cutover/gate-rules.ts';
import type { Shard } from '../../../src/domain/shard.ts';
import type { Selection } from '../../../src/operations/selection.ts';
import { isReady } from '../../../src/report/readiness.ts';
import { gateReport } from '../../report/gate-report.ts';
import { merged } from '../../report/json/shard-reports.ts';
import { COMMITTED, COPY_KEY, TOPIC } from '../../support/fake-clusters.ts';
import { type FakeGate, fakeGate, gather } from '../../support/fake-gate.ts';
import { gateRules } from '../../support/gate-rules.ts';
import { patterns } from '../../support/run-inputs.ts';

const FIRST = { index: 1, count: 2 };
/** `billing`, `orders-etl` and `audit-1` fall into shard 1/2, `audit-2` and `shipping` into 2/2. */
const requiring = (text: string): Partial<GateRules> => ({ requiredGroups: patterns(text) });

interface Asked {
  readonly rules?: Partial<GateRules>;
  readonly selection?: Partial<Selection>;
  readonly shard?: Shard | null;
}

async function factsOf(gate: FakeGate, { rules = {}, selection = {}, shard = FIRST }: Asked = {}) {
  const request = { phase: 'rehearse' as const, rules: gateRules(rules) };
  const gathered = await gather({ ...gate, request, selection: { ...selection, shard } });
  if (gathered === null) throw new Error('cancelled');
  return gathered.facts;
}

/** Listed on the source, without a commit. */
function list(gate: FakeGate, groupId: string): void {
  gate.source.groups.push({ groupId, state: 'Empty', type: 'classic', protocolType: 'consumer' });
}

/** Groups whose offsets the source was asked for, of all topics. */
function watchAsked(gate: FakeGate): ReadonlySet<string> {
  const asked = new Set<string>();
  const committed = gate.source.committedOffsets.bind(gate.source);
  gate.source.committedOffsets = (queries) => {
    for (const { groupId } of queries) asked.add(groupId);
    return committed(queries);
  };
  return asked;
}

describe('beyond its shard the gate', () => {
  it('looks at nothing when it takes all groups, and asks of none when its own say enough', async () => {
    expect((await factsOf(fakeGate(['billing', 'audit-2']), { shard: null })).otherShards).toBeNull();
    const gate = fakeGate(['billing', 'audit-1', 'audit-2', 'shipping']);
    const asked = watchAsked(gate);
    const { otherShards } = await factsOf(gate, { rules: requiring('audit-.*,shipping') });
    expect(otherShards).toEqual({ shard: FIRST, groups: [], unread: [] });
    expect([...asked].sort()).toEqual(['audit-1', 'billing']);
  });

  it('finds the groups of a required pattern that none of its own matches, and only those', async () => {
    const gate = fakeGate(['billing', 'audit-2', 'shipping']);
    const { groups, otherShards } = await factsOf(gate, { rules: requiring('audit-.*') });
    expect(groups.map(({ groupId }) => groupId)).toEqual(['billing']);
    expect(otherShards?.groups).toEqual([{ groupId: 'audit-2', isJudgedThere: true }]);
  });

  it('takes no group that is listed alone for one that was seen', async () => {
    const gate = fakeGate([]);
    list(gate, 'audit-2');
    list(gate, 'shipping');
    expect((await factsOf(gate)).otherShards?.groups).toEqual([]);
  });

  it('tells groups that their own shard judges from those with nothing to move', async () => {
    const gate = fakeGate(['shipping']);
    list(gate, 'audit-2');
    gate.target.setOffset('audit-2', COPY_KEY, COMMITTED);
    expect((await factsOf(gate)).otherShards?.groups).toEqual([
      { groupId: 'audit-2', isJudgedThere: false },
      { groupId: 'shipping', isJudgedThere: true },
    ]);
    const narrowed = { topicsExclude: patterns(TOPIC) };
    const without = await factsOf(gate, { selection: narrowed });
    expect(without.otherShards?.groups.filter(({ isJudgedThere }) => isJudgedThere)).toEqual([]);
    const excluded = await factsOf(gate, { selection: { groupsExclude: patterns('shipping') } });
    expect(excluded.otherShards?.groups.filter(({ isJudgedThere }) => isJudgedThere)).toEqual([]);
  });

  it('names those whose offsets it could not read', async () => {
    const gate = fakeGate([]);
    list(gate, 'audit-2');
    const committed = gate.source.committedOffsets.bind(gate.source);
    gate.source.committedOffsets = async (queries) => {
      const answers = new Map(await committed(queries));
      const refused = { groupId: 'audit-2', coordinatorId: 1, error: 'GROUP_AUTHORIZATION_FAILED' };
      if (answers.has('audit-2')) answers.set('audit-2', { ...refused, partitions: new Map() });
      return answers;
    };
    expect((await factsOf(gate)).otherShards).toEqual({ shard: FIRST, groups: [], unread: ['audit-2'] });
  });
});

describe('all shards together', () => {
  /** Seen with a commit; and listed without one. */
  const MIGRATIONS: readonly (readonly [seen: readonly string[], listed: readonly string[]])[] = [
    [[], []],
    [[], ['audit-1', 'audit-2', 'audit-3', 'shipping']],
    [['billing'], []],
    [['billing'], ['audit-1', 'audit-2', 'audit-3']],
    [['shipping'], ['billing']],
    [['audit-2', 'billing'], []],
    [['audit-1', 'audit-2', 'audit-3', 'billing', 'shipping'], []],
  ];
  const REQUIRED = ['', 'billing', 'audit-.*', 'billing,audit-.*,shipping'];
  const onlyCoverage = new Set(
    gateReport()
      .checks.map(({ id }) => id)
      .filter((id) => id !== 'coverage'),
  );

  const cases = MIGRATIONS.flatMap((migration) => REQUIRED.map((required) => [...migration, required] as const));

  it.each(cases)('with the groups %j, and %j without a commit, say of required %j what one run says', async (...of) => {
    const [seen, listed, required] = of;
    const rules = { ...requiring(required), skipChecks: onlyCoverage };
    const reportOf = async (shard: Shard | null) => {
      const gate = fakeGate(seen);
      for (const groupId of listed) list(gate, groupId);
      const name = shard === null ? null : `${shard.index}/${shard.count}`;
      const model = gateReport(await factsOf(gate, { rules, shard }), rules, { shard: name, runId: '42' });
      return { path: `${shard?.index ?? 0}/report.json`, report: model };
    };
    const whole = isReady((await reportOf(null)).report);
    for (const count of [1, 2, 3, 5]) {
      const shards = Array.from({ length: count }, (_, place) => reportOf({ index: place + 1, count }));
      expect(isReady(merged(await Promise.all(shards))), `in ${count} shards`).toBe(whole);
    }
  });

  it('are not ready by an empty one while another is not', async () => {
    const gate = fakeGate(['shipping']);
    const empty = gateReport(await factsOf(gate), { skipChecks: onlyCoverage }, { shard: '1/2', runId: '42' });
    expect(isReady(empty)).toBe(true);
    gate.source.offsets.delete('shipping');
    const facts = await factsOf(gate, { shard: { index: 2, count: 2 } });
    const other = gateReport(facts, { skipChecks: onlyCoverage }, { shard: '2/2', runId: '42' });
    const reports = [empty, other].map((report, place) => ({ path: `${place}/report.json`, report }));
    expect(merged(reports)).toMatchObject({ result: 'not-ready', checks: expect.anything() });
    expect(isReady(merged(reports))).toBe(false);
  });
});
