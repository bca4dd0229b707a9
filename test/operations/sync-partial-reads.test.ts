/** Invariant D: what was not answered is not known, and is never taken for absent. */
import { describe, expect, test } from 'vitest';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import { MigrationError } from '../../src/errors.ts';
import type { GroupOffsets, OffsetsQuery } from '../../src/operations/ports.ts';
import { COPY_KEY, type FakeCluster, fakeClusters, TOPIC } from '../support/fake-clusters.ts';
import { fakeSync } from '../support/fake-sync.ts';
import { rowOf, rowsOf } from '../support/run.ts';

const GROUPS = ['audit', 'billing'];

type Edit = (answers: Map<string, GroupOffsets>, queries: readonly OffsetsQuery[]) => void;

/** Changes what the cluster answers to OffsetFetch. */
function editOffsets(cluster: FakeCluster, edit: Edit): void {
  const committedOffsets = cluster.committedOffsets.bind(cluster);
  cluster.committedOffsets = async (queries) => {
    const answers = new Map(await committedOffsets(queries));
    edit(answers, queries);
    return answers;
  };
}

const named = (queries: readonly OffsetsQuery[]) => queries.every(({ partitions }) => partitions !== 'all');

async function committedIds(target: FakeCluster): Promise<readonly string[]> {
  return target.commits.flat().map(({ groupId }) => groupId);
}

describe('groups of the target', () => {
  test('of a broker that did not list its groups are unknown, and the broker is named', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const missingBrokers = [{ nodeId: 2, reason: 'no answer within 45 s' }];
    target.listGroups = async () => ({ groups: [], answeredBrokers: new Set([1]), missingBrokers });
    editOffsets(target, (answers) => {
      const billing = answers.get('billing');
      if (billing !== undefined) answers.set('billing', { ...billing, coordinatorId: 2 });
    });
    const { result } = await fakeSync({ source, target });
    expect(rowOf(result, 'billing')).toMatchObject({
      verdict: 'pending',
      reason: 'group-state-unknown',
      detail: 'its coordinator, broker 2, did not answer ListGroups',
    });
    expect(await committedIds(target)).toEqual(['audit']);
    expect(result.findings).toMatchObject([{ rule: 'broker-not-reached', where: 'target broker 2' }]);
  });

  test.each([
    ['an error', (answers) => answers.set('billing', failed('COORDINATOR_NOT_AVAILABLE')), 'COORDINATOR_NOT_AVAILABLE'],
    ['no answer', (answers) => answers.delete('billing'), 'NO_ANSWER'],
  ] as const satisfies readonly (readonly [string, Edit, string])[])(
    'with %s instead of offsets are unknown, and said to be so',
    async (_what, edit, error) => {
      const { source, target } = fakeClusters(GROUPS);
      editOffsets(target, edit);
      const { result } = await fakeSync({ source, target });
      expect(rowOf(result, 'billing')).toMatchObject({
        verdict: 'pending',
        reason: 'group-state-unknown',
        detail: error,
      });
      expect(await committedIds(target)).toEqual(['audit']);
      expect(result.findings).toMatchObject([{ rule: 'group-offsets-unreadable', where: 'target' }]);
    },
  );

  test.each([
    ['group', (answers) => answers.delete('billing')],
    ['partition', (answers) => answers.set('billing', failed(null))],
  ] as const satisfies readonly (readonly [string, Edit])[])(
    'a %s that is not mentioned right before the commit is not committed',
    async (_what, edit) => {
      const { source, target } = fakeClusters(GROUPS);
      editOffsets(target, (answers, queries) => {
        if (named(queries)) edit(answers);
      });
      const { result, exported } = await fakeSync({ source, target });
      expect(rowOf(result, 'billing')).toMatchObject({
        verdict: 'pending',
        reason: 'group-state-unknown',
        detail: 'NO_ANSWER',
      });
      expect(await committedIds(target)).toEqual(['audit']);
      expect(exported.map(({ groupId }) => groupId)).toEqual(['audit']);
    },
  );

  test('without __consumer_offsets are absent', async () => {
    const { source, target } = fakeClusters(GROUPS);
    editOffsets(target, (answers, queries) => {
      if (target.commits.length > 0) return;
      for (const { groupId } of queries) answers.set(groupId, { ...failed(null), groupId, coordinatorId: null });
    });
    const { result } = await fakeSync({ source, target });
    for (const row of rowsOf(result)) expect(row.verdict).toBe('committed');
  });
});

function failed(error: string | null): GroupOffsets {
  return { groupId: 'billing', coordinatorId: 1, error, partitions: new Map() };
}

describe('the source', () => {
  test.each([
    ['group', (answers) => answers.delete('billing')],
    ['partition', (answers) => answers.set('billing', failed(null))],
  ] as const satisfies readonly (readonly [string, Edit])[])(
    'a %s without an answer is unreadable, not without a commit',
    async (_what, edit) => {
      const { source, target } = fakeClusters(GROUPS);
      editOffsets(source, (answers, queries) => {
        if (named(queries)) edit(answers);
      });
      const { result } = await fakeSync({ source, target });
      expect(rowOf(result, 'billing')).toMatchObject({
        verdict: 'skipped',
        reason: 'source-unreadable',
        detail: 'NO_ANSWER',
      });
      expect(await committedIds(target)).toEqual(['audit']);
    },
  );

  test('a log without an answer is unreadable', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const logRanges = source.logRanges.bind(source);
    source.logRanges = async (partitions) => {
      const ranges = new Map(await logRanges(partitions));
      ranges.delete(partitionKey(TOPIC, 0));
      return ranges;
    };
    const { result } = await fakeSync({ source, target });
    for (const row of rowsOf(result)) expect(row).toMatchObject({ reason: 'source-unreadable', detail: 'NO_ANSWER' });
    expect(target.commits).toEqual([]);
  });

  test('offset syncs that were not read to their end end the pass', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const readLog = source.readLog.bind(source);
    source.readLog = async (request, visit) => ({ ...(await readLog(request, visit)), complete: false });
    await expect(fakeSync({ source, target })).rejects.toMatchObject({ code: 'KAFKA_REQUEST', retriable: true });
    expect(target.commits).toEqual([]);
  });

  test('offset syncs behind an open transaction prove nothing', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const readLog = source.readLog.bind(source);
    source.readLog = async (request, visit) => ({ ...(await readLog(request, visit)), openTransactionAt: 1n });
    const { result } = await fakeSync({ source, target });
    for (const row of rowsOf(result))
      expect(row).toMatchObject({ verdict: 'skipped', reason: 'checkpoint-unverified' });
    expect(target.commits).toEqual([]);
  });
});

describe("the target's logs", () => {
  test('a partition without an answer is unknown', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const logRanges = target.logRanges.bind(target);
    target.logRanges = async (partitions) => {
      const ranges = new Map(await logRanges(partitions));
      ranges.delete(COPY_KEY);
      return ranges;
    };
    const { result } = await fakeSync({ source, target });
    for (const row of rowsOf(result)) {
      expect(row).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown' });
      expect(row.detail).toContain('NO_ANSWER');
    }
    expect(target.commits).toEqual([]);
  });

  test('checkpoints that were not read to their end end the pass', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const readLog = target.readLog.bind(target);
    target.readLog = async (request, visit) => ({ ...(await readLog(request, visit)), complete: false });
    await expect(fakeSync({ source, target })).rejects.toMatchObject({ code: 'KAFKA_REQUEST' });
    expect(target.commits).toEqual([]);
  });
});

test('a read that fails in a later pass ends the run, and what was done before is in the report', async () => {
  const { source, target } = fakeClusters(GROUPS);
  const gone = new MigrationError('KAFKA_UNREACHABLE', 'no broker of the source answers');
  const saved: unknown[] = [];
  const run = fakeSync({
    source,
    target,
    request: { runForMs: 60_000 },
    onPass: (soFar) => {
      saved.push(soFar);
      source.listGroups = () => Promise.reject(gone);
    },
  });
  await expect(run).rejects.toBe(gone);
  expect(saved).toMatchObject([{ passes: [{ number: 1, committed: 2 }] }]);
  expect(target.commits).toHaveLength(1);
});
