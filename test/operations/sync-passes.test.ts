/** How long a run goes on, to the millisecond. */
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { encodeCheckpoint } from '../../src/domain/checkpoints/checkpoint-format.ts';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import { MigrationError } from '../../src/errors.ts';
import { passReport, type SyncResult } from '../../src/operations/sync.ts';
import { computeTotals } from '../../src/report/totals.ts';
import { activeGroup, group, partition } from '../report/build-report.ts';
import { COPY, COPY_KEY, type FakeCluster, fakeClusters, TOPIC } from '../support/fake-clusters.ts';
import { fakeSync, SkippingClock } from '../support/fake-sync.ts';
import { rowOf } from '../support/run.ts';

/** The group reads on, and MM2 has a checkpoint of it. */
function moveOn(source: FakeCluster, target: FakeCluster, to: bigint): void {
  source.setOffset('billing', partitionKey(TOPIC, 0), to);
  const checkpoint = { groupId: 'billing', topic: COPY, partition: 0, metadata: '' };
  target.records
    .get('src.checkpoints.internal')
    ?.push(encodeCheckpoint({ ...checkpoint, upstreamOffset: to, downstreamOffset: to - 1n }));
}

test('run-for 30, interval 5: passes at 0, 5 … 30 seconds while there is something to do', async () => {
  const { source, target } = fakeClusters(['billing']);
  const clock = new SkippingClock();
  const startedAtMs = clock.now();
  const startedAfterMs: number[] = [];
  const listTopics = target.listTopics.bind(target);
  target.listTopics = () => {
    startedAfterMs.push(clock.now() - startedAtMs);
    clock.advance(700);
    return listTopics();
  };
  const { result, saved } = await fakeSync({
    source,
    target,
    clock,
    request: { runForMs: 30_000, intervalMs: 5_000 },
    onPass: ({ passes }) => moveOn(source, target, 100n + BigInt(passes.length)),
  });
  expect(startedAfterMs).toEqual([0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000]);
  expect(result.passes.map(({ committed }) => committed)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(saved.map(({ passes }) => passes.length)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(rowOf(result, 'billing')).toMatchObject({ targetBefore: null, targetAfter: 105n, delta: 0n });
});

test('a pass that takes longer than the interval is followed at once, and none starts after the end', async () => {
  const { source, target } = fakeClusters(['billing']);
  const clock = new SkippingClock();
  const startedAtMs = clock.now();
  const startedAfterMs: number[] = [];
  const listTopics = target.listTopics.bind(target);
  target.listTopics = () => {
    startedAfterMs.push(clock.now() - startedAtMs);
    clock.advance(12_000);
    return listTopics();
  };
  await fakeSync({
    source,
    target,
    clock,
    request: { runForMs: 30_000, intervalMs: 5_000 },
    onPass: ({ passes }) => moveOn(source, target, 100n + BigInt(passes.length)),
  });
  expect(startedAfterMs).toEqual([0, 12_000, 24_000]);
});

const onePassMore = async (request: { readonly runForMs: number }): Promise<SyncResult> => {
  const { source, target } = fakeClusters(['billing']);
  return (await fakeSync({ source, target, request })).result;
};

test('stops early after a pass that found nothing to do', async () => {
  expect((await onePassMore({ runForMs: 3_600_000 })).passes).toMatchObject([{ committed: 1 }, { unchanged: 1 }]);
});

test('run-for 0 is one pass', async () => {
  expect((await onePassMore({ runForMs: 0 })).passes).toMatchObject([{ committed: 1 }]);
});

test('what is pending keeps a run going to its end', async () => {
  const { source, target } = fakeClusters(['billing']);
  source.setOffset('billing', partitionKey(TOPIC, 0), 50n);
  const { result } = await fakeSync({ source, target, request: { runForMs: 30_000, intervalMs: 5_000 } });
  expect(result.passes).toHaveLength(7);
  expect(rowOf(result, 'billing').reason).toBe('checkpoint-ahead-of-source');
});

test('a run of many passes leaves nothing waiting on its signal', async () => {
  const { source, target } = fakeClusters(['billing']);
  source.setOffset('billing', partitionKey(TOPIC, 0), 50n);
  const { signal } = new AbortController();
  const request = { runForMs: 500_000, intervalMs: 5_000 };
  const { result } = await fakeSync({ source, target, signal, clock: new SkippingClock(), request });
  expect(result.passes).toHaveLength(101);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('refresh writes what is in place once a run, and the run still stops early', async () => {
  const { source, target } = fakeClusters(['billing']);
  await fakeSync({ source, target });
  const { result } = await fakeSync({ source, target, rules: { refresh: true }, request: { runForMs: 3_600_000 } });
  expect(result.passes).toMatchObject([{ committed: 1 }, { committed: 0, unchanged: 1 }]);
  expect(target.commits).toHaveLength(2);
});

test('a pass counts the partitions that the totals of the report count, and no others', () => {
  const outside = partition({ verdict: 'skipped', reason: 'filtered', delta: null });
  const groups = [group({ partitions: [partition(), outside] }), activeGroup('live')];
  const { partitions, offsetDelta } = computeTotals(groups);
  expect(passReport(1, 5, groups)).toMatchObject({ ...partitions, offsetDelta });
  expect(passReport(1, 5, groups)).toMatchObject({ committed: 1, skipped: 1 });
});

describe('a pass that cannot observe', () => {
  const unreachable = new MigrationError('KAFKA_UNREACHABLE', 'broker 1 is restarting', { retriable: true });

  /** The target refuses to list its topics in these passes, counted from 1. */
  async function failing(passes: readonly number[], error: Error, runForMs: number) {
    const { source, target } = fakeClusters(['billing']);
    const listTopics = target.listTopics.bind(target);
    let looks = 0;
    target.listTopics = () => {
      looks += 1;
      return passes.includes(looks) ? Promise.reject(error) : listTopics();
    };
    const said: string[] = [];
    const request = { runForMs, intervalMs: 5_000 };
    const onPassFailed = ({ message }: Error) => void said.push(message);
    const run = await fakeSync({ source, target, clock: new SkippingClock(), request, onPassFailed });
    return { ...run, said };
  }

  test('is left to the next one, and said', async () => {
    const { result, said } = await failing([1, 3], unreachable, 30_000);
    expect(said).toEqual(['broker 1 is restarting', 'broker 1 is restarting']);
    expect(result.passes).toMatchObject([
      { number: 2, committed: 1 },
      { number: 4, unchanged: 1 },
    ]);
  });

  test('ends the run when there is no time for another', async () => {
    await expect(failing([1], unreachable, 0)).rejects.toBe(unreachable);
    await expect(failing([1, 2, 3], unreachable, 10_000)).rejects.toBe(unreachable);
  });

  test('ends the run at once when no later pass can cure it', async () => {
    const refused = new MigrationError('KAFKA_AUTHORIZATION', 'READ refused');
    await expect(failing([1], refused, 30_000)).rejects.toBe(refused);
    const fault = new TypeError('a fault of ours');
    await expect(failing([1], fault, 30_000)).rejects.toBe(fault);
  });
});

test('A: an offset that moves between discovery and commit, without members, belongs to whoever moved it', async () => {
  const { source, target } = fakeClusters(['billing']);
  const committedOffsets = target.committedOffsets.bind(target);
  target.committedOffsets = async (queries) => {
    if (queries.some(({ partitions }) => partitions !== 'all')) target.setOffset('billing', COPY_KEY, 3n);
    return committedOffsets(queries);
  };
  const { result } = await fakeSync({ source, target });
  expect(rowOf(result, 'billing')).toMatchObject({
    verdict: 'skipped',
    reason: 'group-active-standalone',
    detail: 'moved from nothing to 3 since the last pass',
  });
  expect(target.commits).toEqual([]);
});
