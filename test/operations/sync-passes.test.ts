/** How long a run goes on, to the millisecond. */
import { expect, test } from 'vitest';
import { encodeCheckpoint } from '../../src/domain/checkpoints/checkpoint-format.ts';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import type { SyncResult } from '../../src/operations/sync.ts';
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

test('refresh writes what is in place once a run, and the run still stops early', async () => {
  const { source, target } = fakeClusters(['billing']);
  await fakeSync({ source, target });
  const { result } = await fakeSync({ source, target, rules: { refresh: true }, request: { runForMs: 3_600_000 } });
  expect(result.passes).toMatchObject([{ committed: 1 }, { committed: 0, unchanged: 1 }]);
  expect(target.commits).toHaveLength(2);
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
