/** A cancelled sync takes nothing new, finishes what is under way, and still says what it knows (invariants E and I). */
import { expect, test } from 'vitest';
import type { GroupCommit } from '../../src/operations/ports.ts';
import { fakeClusters } from '../support/fake-clusters.ts';
import { fakeSync, ManualClock } from '../support/fake-sync.ts';
import { rowsOf } from '../support/run.ts';

/** The batch bound of batch-rounds.ts, so that 1,200 groups are three batches. */
const BATCH_GROUPS = 500;
const MANY = Array.from({ length: 1_200 }, (_, n) => `group-${String(n).padStart(4, '0')}`);
const NEVER = new Promise<never>(() => {});

const idsOf = (commits: readonly (readonly GroupCommit[])[]) => commits.flat().map(({ groupId }) => groupId);

test('during the observation: nothing is exported or committed, and the pass before it stays in the report', async () => {
  const { source, target } = fakeClusters(['billing']);
  const cancel = new AbortController();
  const listGroups = target.listGroups.bind(target);
  target.listGroups = () => {
    if (target.commits.length === 0) return listGroups();
    cancel.abort(new Error('cancelled by SIGTERM'));
    return NEVER;
  };
  const { result, exported, saved } = await fakeSync({
    source,
    target,
    signal: cancel.signal,
    request: { runForMs: 60_000 },
  });
  expect(result).toMatchObject({ cancelled: true, passes: [{ number: 1, committed: 1 }] });
  expect(result.groups).toEqual(saved[0]?.groups);
  expect(exported).toHaveLength(1);
  expect(target.commits).toHaveLength(1);
});

test('an observation that ends after the signal decides nothing any more', async () => {
  const { source, target } = fakeClusters(['billing']);
  const cancel = new AbortController();
  const logRanges = target.logRanges.bind(target);
  target.logRanges = (partitions) => {
    cancel.abort();
    return logRanges(partitions);
  };
  const clock = new ManualClock();
  const { result, exported } = await fakeSync({ source, target, clock, signal: cancel.signal });
  expect(result).toMatchObject({ cancelled: true, passes: [], groups: [] });
  expect([target.commits, exported]).toEqual([[], []]);
});

test('between two batches: no new one is taken, and every partition has its verdict', async () => {
  const { source, target } = fakeClusters(MANY);
  const cancel = new AbortController();
  const { result, exported } = await fakeSync({
    source,
    target,
    clock: new ManualClock(),
    signal: cancel.signal,
    onBatch: () => cancel.abort(),
  });
  const taken = MANY.slice(0, BATCH_GROUPS);
  expect(idsOf(target.commits)).toEqual(taken);
  expect(exported.map(({ groupId }) => groupId)).toEqual(taken);
  expect(result).toMatchObject({ cancelled: true, passes: [{ committed: BATCH_GROUPS }] });
  const rows = rowsOf(result);
  expect(rows.map(({ groupId }) => groupId)).toEqual(MANY);
  expect(rows.filter(({ verdict }) => verdict === 'committed').map(({ groupId }) => groupId)).toEqual(taken);
  for (const row of rows.slice(BATCH_GROUPS)) {
    expect(row).toMatchObject({ verdict: 'planned', detail: 'the run ended before this commit' });
  }
});

test('during a commit: it is awaited and read back', async () => {
  const { source, target } = fakeClusters(['billing']);
  const cancel = new AbortController();
  const commitOffsets = target.commitOffsets.bind(target);
  target.commitOffsets = async (commits) => {
    cancel.abort();
    return commitOffsets(commits);
  };
  const { result } = await fakeSync({ source, target, clock: new ManualClock(), signal: cancel.signal });
  expect(rowsOf(result)).toMatchObject([{ verdict: 'committed', targetAfter: 90n }]);
});

test('during a commit that hangs: it is given up after the grace, and the report says that its effect is not known', async () => {
  const { source, target } = fakeClusters(MANY);
  const cancel = new AbortController();
  const clock = new ManualClock();
  const commitOffsets = target.commitOffsets.bind(target);
  target.commitOffsets = (commits) => {
    if (target.commits.length === 0) return commitOffsets(commits);
    target.commits.push(commits);
    cancel.abort();
    // Timers of the waiting side are set after this turn.
    setImmediate(() => clock.advance(3_500));
    return NEVER;
  };
  const { result, exported } = await fakeSync({ source, target, clock, signal: cancel.signal });
  expect(result.cancelled).toBe(true);
  expect(exported.map(({ groupId }) => groupId)).toEqual(MANY.slice(0, 2 * BATCH_GROUPS));
  const rows = rowsOf(result);
  expect(rows.map(({ groupId }) => groupId)).toEqual(MANY);
  const [done, underWay, untaken] = [0, 1, 2].map((n) => rows.slice(n * BATCH_GROUPS, (n + 1) * BATCH_GROUPS));
  for (const row of done ?? []) expect(row).toMatchObject({ verdict: 'committed', targetAfter: 90n });
  for (const row of underWay ?? []) {
    expect(row).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown', targetAfter: null });
    expect(row.detail).toBe('the run ended while this commit was under way: whether it took effect is not known');
  }
  for (const row of untaken ?? []) expect(row.detail).toBe('the run ended before this commit');
  expect(result.passes).toMatchObject([{ committed: BATCH_GROUPS, pending: BATCH_GROUPS }]);
});
