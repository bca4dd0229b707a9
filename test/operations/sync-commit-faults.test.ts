/** Faults between the decision and the read-back: invariants B and E. */
import { describe, expect, test } from 'vitest';
import { COMMIT_MARKER } from '../../src/domain/offsets/commit-marker.ts';
import { MigrationError } from '../../src/errors.ts';
import type { CommitOutcome } from '../../src/operations/ports.ts';
import type { SyncResult } from '../../src/operations/sync.ts';
import { answerAll, COPIED, COPY_KEY, type FakeCluster, fakeClusters } from '../support/fake-clusters.ts';
import { fakeSync, ManualClock } from '../support/fake-sync.ts';
import { rowOf, rowsOf } from '../support/run.ts';

const GROUPS = ['audit', 'billing'];
const UNKNOWN: CommitOutcome = { kind: 'unknown', reason: 'the connection was closed' };

/** The fake answers as a broker would whose answer was lost, whether or not the commit took effect. */
function loseAnswers(target: FakeCluster, effect: 'effect' | 'no effect'): void {
  target.commitOffsets = async (commits) => {
    target.commits.push(commits);
    if (effect === 'effect') target.apply(commits);
    return answerAll(commits, UNKNOWN);
  };
}

describe('B: a commit whose outcome is not known', () => {
  test('is read back, and holds if it took effect', async () => {
    const { source, target } = fakeClusters(GROUPS);
    loseAnswers(target, 'effect');
    const { result } = await fakeSync({ source, target });
    expect(target.commits).toHaveLength(1);
    for (const row of rowsOf(result)) expect(row).toMatchObject({ verdict: 'committed', targetAfter: COPIED });
  });

  test('is not sent again within the pass if it did not', async () => {
    const { source, target } = fakeClusters(GROUPS);
    loseAnswers(target, 'no effect');
    const { result } = await fakeSync({ source, target });
    expect(target.commits).toHaveLength(1);
    for (const row of rowsOf(result)) {
      expect(row).toMatchObject({ verdict: 'failed', reason: 'commit-rejected', targetAfter: null });
      expect(row.detail).toContain('the connection was closed');
      expect(row.detail).toContain('it is not sent again');
    }
  });

  test('is decided anew from a new read in the next pass: a consumer that came meanwhile keeps its offset', async () => {
    const { source, target } = fakeClusters(GROUPS);
    loseAnswers(target, 'no effect');
    const { result } = await fakeSync({
      source,
      target,
      request: { runForMs: 5_000, intervalMs: 5_000 },
      onPass: () => target.setOffset('billing', COPY_KEY, 200n),
    });
    expect(target.commits.map((commits) => commits.map(({ groupId }) => groupId))).toEqual([GROUPS, ['audit']]);
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', reason: 'group-active-standalone' });
  });

  test('so is a partition that the answer does not mention', async () => {
    const { source, target } = fakeClusters(GROUPS);
    target.commitOffsets = async (commits) => {
      target.commits.push(commits);
      return answerAll(commits.slice(0, 1), { kind: 'committed' });
    };
    const { result } = await fakeSync({ source, target });
    expect(target.commits).toHaveLength(1);
    expect(rowOf(result, 'audit')).toMatchObject({ verdict: 'failed', reason: 'read-back-mismatch' });
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'failed', reason: 'commit-rejected' });
    expect(rowOf(result, 'billing').detail).toContain('did not mention the partition');
  });
});

describe('E: read back', () => {
  test('a lower value than the committed one is a failure', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const commitOffsets = target.commitOffsets.bind(target);
    target.commitOffsets = async (commits) => {
      const answer = await commitOffsets(commits);
      target.setOffset('billing', COPY_KEY, 7n);
      return answer;
    };
    const { result } = await fakeSync({ source, target });
    const row = rowOf(result, 'billing');
    expect(row).toMatchObject({ verdict: 'failed', reason: 'read-back-mismatch', targetAfter: 7n });
    expect(row.detail).toBe('committed 90, read back 7');
    expect(rowOf(result, 'audit').verdict).toBe('committed');
  });

  test('a higher one is a consumer that went on', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const commitOffsets = target.commitOffsets.bind(target);
    target.commitOffsets = async (commits) => {
      const answer = await commitOffsets(commits);
      target.setOffset('billing', COPY_KEY, 95n);
      return answer;
    };
    const { result } = await fakeSync({ source, target });
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'committed', reason: 'moved-on', targetAfter: 95n });
  });

  test('nothing to be read is no success', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const committedOffsets = target.committedOffsets.bind(target);
    target.committedOffsets = async (queries) => (target.commits.length === 0 ? committedOffsets(queries) : new Map());
    const { result } = await fakeSync({ source, target });
    for (const row of rowsOf(result)) {
      expect(row).toMatchObject({ verdict: 'failed', reason: 'read-back-mismatch', targetAfter: null });
    }
  });
});

describe('E: the export', () => {
  test('holds what was there before the commit is sent', async () => {
    const { source, target } = fakeClusters(GROUPS);
    target.groups.push({ groupId: 'billing', state: 'Empty', type: 'classic', protocolType: '' });
    target.setOffset('billing', COPY_KEY, 40n, COMMIT_MARKER);
    let commitsAtExport = -1;
    const { exported } = await fakeSync({
      source,
      target,
      onExport: async () => {
        commitsAtExport = target.commits.length;
      },
    });
    expect(commitsAtExport).toBe(0);
    const common = { topic: 'src.orders', partition: 0, previousLeaderEpoch: -1, intendedOffset: COPIED };
    expect(exported).toEqual([
      { ...common, groupId: 'audit', groupExisted: false, previousOffset: null, previousMetadata: '' },
      { ...common, groupId: 'billing', groupExisted: true, previousOffset: 40n, previousMetadata: COMMIT_MARKER },
    ]);
  });

  test('that cannot be written ends the run, and nothing is committed', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const full = new MigrationError('FILE_UNWRITABLE', 'no space left on device');
    const onExport = () => Promise.reject(full);
    await expect(fakeSync({ source, target, onExport })).rejects.toBe(full);
    expect(target.commits).toEqual([]);
  });

  test('that fails later on ends the run, and what was committed before is in the report', async () => {
    const groups = Array.from({ length: 600 }, (_, n) => `group-${String(n).padStart(3, '0')}`);
    const { source, target } = fakeClusters(groups);
    const full = new MigrationError('FILE_UNWRITABLE', 'no space left on device');
    let reported: SyncResult | undefined;
    const run = fakeSync({
      source,
      target,
      onExport: () => (target.commits.length === 0 ? Promise.resolve() : Promise.reject(full)),
      onPass: (soFar) => {
        reported = soFar;
      },
    });
    await expect(run).rejects.toBe(full);
    const committed = target.commits.flat().map(({ groupId }) => groupId);
    expect(committed).toEqual(groups.slice(0, 500));
    expect(reported?.passes).toMatchObject([{ committed: 500, pending: 100 }]);
    const rows = rowsOf(reported ?? { groups: [] });
    expect(rows.map(({ groupId }) => groupId)).toEqual(groups);
    expect(rows.filter(({ verdict }) => verdict === 'committed').map(({ groupId }) => groupId)).toEqual(committed);
  });

  test('B: that takes too long is followed by a new read, and the decision rests on that', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const clock = new ManualClock();
    let exports = 0;
    const { result, exported } = await fakeSync({
      source,
      target,
      clock,
      onExport: async () => {
        exports += 1;
        if (exports > 1) return;
        clock.advance(2_001);
        target.setOffset('billing', COPY_KEY, 95n);
      },
    });
    expect(target.commits.map((commits) => commits.map(({ groupId }) => groupId))).toEqual([['audit']]);
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', targetAfter: 95n });
    expect(exported.map(({ groupId }) => groupId)).toEqual([...GROUPS, 'audit']);
  });

  test('B: that always takes too long leaves everything pending and commits nothing', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const clock = new ManualClock();
    const { result } = await fakeSync({ source, target, clock, onExport: async () => clock.advance(2_001) });
    expect(target.commits).toEqual([]);
    for (const row of rowsOf(result)) {
      expect(row).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown' });
      expect(row.detail).toContain('could not be read and exported within');
    }
  });

  test('B: the commit may be sent until two seconds after the read, and no later', async () => {
    const { source, target } = fakeClusters(GROUPS);
    const clock = new ManualClock();
    const commitOffsets = target.commitOffsets.bind(target);
    let window = -1;
    target.commitOffsets = async (commits, notAfter = -1) => {
      window = notAfter - clock.now();
      return commitOffsets(commits);
    };
    await fakeSync({ source, target, clock, onExport: async () => clock.advance(700) });
    expect(window).toBe(1_300);
  });
});

test('B: what was certainly not sent is read again and decided again', async () => {
  const { source, target } = fakeClusters(GROUPS);
  const commitOffsets = target.commitOffsets.bind(target);
  target.commitOffsets = async (commits) => {
    if (target.commits.length > 0) return commitOffsets(commits);
    target.commits.push(commits);
    target.setOffset('billing', COPY_KEY, 95n);
    return answerAll(commits, { kind: 'not-sent', reason: 'the coordinator moved' });
  };
  const { result } = await fakeSync({ source, target });
  expect(target.commits.map((commits) => commits.map(({ groupId }) => groupId))).toEqual([GROUPS, ['audit']]);
  expect(rowOf(result, 'audit').verdict).toBe('committed');
  expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', targetAfter: 95n });
});

test('A: a commit that the broker refuses for a member is no failure', async () => {
  const { source, target } = fakeClusters(GROUPS);
  target.commitOffsets = async (commits) => answerAll(commits, { kind: 'rejected', error: 'UNKNOWN_MEMBER_ID' });
  const { result } = await fakeSync({ source, target });
  for (const row of rowsOf(result)) expect(row).toMatchObject({ verdict: 'skipped', reason: 'group-active' });
});
