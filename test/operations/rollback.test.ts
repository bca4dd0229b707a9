/** Faults between the decision of a rollback and its read-back: invariants B, D and E. */
import { describe, expect, test } from 'vitest';
import { MigrationError } from '../../src/errors.ts';
import type { CommitOutcome } from '../../src/operations/ports.ts';
import { requireOwnExport } from '../../src/operations/rollback/rollback.ts';
import { answerAll, COPY_KEY } from '../support/fake-clusters.ts';
import { exportOf, FakeTarget, fakeRollback, LEFT, removalsAnswered, SAVED } from '../support/fake-rollback.ts';
import { ManualClock } from '../support/fake-sync.ts';
import { rowOf, rowsOf } from '../support/run.ts';

const LOST: CommitOutcome = { kind: 'unknown', reason: 'the connection was closed' };
const NOT_SENT: CommitOutcome = { kind: 'not-sent', reason: 'the coordinator is loading' };

function targetWith(...groupIds: string[]): FakeTarget {
  const target = new FakeTarget();
  for (const groupId of groupIds) target.addGroup(groupId);
  return target;
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `group-${String(n).padStart(4, '0')}`);

test('restores, removes, deletes, and reads all of it back', async () => {
  const target = targetWith('had', 'had-not');
  const { result, plan } = await fakeRollback({ target, saved: exportOf(['had'], ['had-not']) });
  const nothing = { inPlace: 0, leftAlone: 0 };
  expect(plan).toEqual([
    { groupId: 'had', commits: 1, removals: 0, deletes: false, ...nothing },
    { groupId: 'had-not', commits: 0, removals: 1, deletes: true, ...nothing },
  ]);
  expect(rowOf(result, 'had')).toMatchObject({
    verdict: 'committed',
    targetBefore: LEFT,
    targetAfter: SAVED,
    delta: 0n,
  });
  expect(rowOf(result, 'had-not')).toMatchObject({
    verdict: 'committed',
    targetBefore: LEFT,
    targetAfter: null,
    delta: 0n,
  });
  expect(target.offsets.get('had')?.get(COPY_KEY)).toMatchObject({ offset: SAVED, metadata: 'note' });
  expect(target.groups.map(({ groupId }) => groupId)).toEqual(['had']);
  expect(result).toMatchObject({ failure: null, findings: [] });
});

test('a dry run writes to nothing, not even to its export', async () => {
  const target = targetWith('had', 'had-not');
  const { result, exported } = await fakeRollback({ target, saved: exportOf(['had'], ['had-not']), dryRun: true });
  expect(rowsOf(result).map(({ verdict }) => verdict)).toEqual(['planned', 'planned']);
  expect([target.commits, target.removals, target.deletions, exported]).toEqual([[], [], [], []]);
});

test("another cluster's export is refused; one without an id fits a cluster without one", () => {
  const saved = exportOf([]);
  expect(() => requireOwnExport(saved, 'other')).toThrow(/made of the cluster target \(dst\), the target is other/);
  expect(() => requireOwnExport(saved, null)).toThrow(MigrationError);
  expect(() => requireOwnExport({ ...saved, clusterId: null }, 'target')).toThrow(MigrationError);
  expect(() => requireOwnExport({ ...saved, clusterId: null }, null)).not.toThrow();
});

describe('B: an outcome that is not known', () => {
  test('of a commit or a removal is never sent again, and is judged by what is read back', async () => {
    const target = targetWith('had', 'had-not');
    target.commitOffsets = async (commits) => {
      target.commits.push(commits);
      return answerAll(commits, LOST);
    };
    target.deleteOffsets = async (removals) => {
      target.removals.push(removals);
      return removalsAnswered(removals, LOST);
    };
    const { result } = await fakeRollback({ target, saved: exportOf(['had'], ['had-not']) });
    expect([target.commits.length, target.removals.length, target.deletions.length]).toEqual([1, 1, 0]);
    for (const row of rowsOf(result)) {
      expect(row).toMatchObject({ verdict: 'failed', reason: 'commit-rejected', targetAfter: LEFT });
      expect(row.detail).toContain('it is not sent again');
    }
  });

  test('of a commit that took effect holds', async () => {
    const target = targetWith('had');
    target.commitOffsets = async (commits) => {
      target.commits.push(commits);
      target.apply(commits);
      return answerAll(commits, LOST);
    };
    const { result } = await fakeRollback({ target, saved: exportOf(['had']) });
    expect(target.commits).toHaveLength(1);
    expect(rowOf(result, 'had')).toMatchObject({ verdict: 'committed', targetAfter: SAVED });
  });
});

describe('B: what was certainly not sent', () => {
  test('is read and decided again: what somebody wrote meanwhile stays', async () => {
    const target = targetWith('had', 'other');
    const commitOffsets = target.commitOffsets.bind(target);
    let first = true;
    target.commitOffsets = async (commits) => {
      if (!first) return commitOffsets(commits);
      first = false;
      target.setOffset('other', COPY_KEY, 77n);
      return answerAll(commits, NOT_SENT);
    };
    const { result } = await fakeRollback({ target, saved: exportOf(['had', 'other']) });
    expect(rowOf(result, 'had')).toMatchObject({ verdict: 'committed', targetAfter: SAVED });
    expect(rowOf(result, 'other')).toMatchObject({ verdict: 'skipped', reason: 'taken-over', targetAfter: 77n });
    expect(target.offsetOf('other')).toBe(77n);
  });

  test('is pending in the end if it never can be', async () => {
    const target = targetWith('had');
    target.commitOffsets = async (commits) => answerAll(commits, NOT_SENT);
    const { result } = await fakeRollback({ target, saved: exportOf(['had']) });
    expect(rowOf(result, 'had')).toMatchObject({
      verdict: 'pending',
      reason: 'group-state-unknown',
      targetAfter: LEFT,
    });
  });
});

describe('B: right before the write', () => {
  test('an offset that moved since the first look is left alone', async () => {
    const target = targetWith('had', 'had-not');
    const listGroups = target.listGroups.bind(target);
    let lists = 0;
    target.listGroups = async () => {
      lists += 1;
      if (lists === 2) for (const groupId of ['had', 'had-not']) target.setOffset(groupId, COPY_KEY, 41n);
      return listGroups();
    };
    const { result, exported } = await fakeRollback({ target, saved: exportOf(['had'], ['had-not']) });
    for (const row of rowsOf(result)) expect(row).toMatchObject({ reason: 'taken-over', targetAfter: 41n });
    expect(result.findings).toMatchObject([{ rule: 'rollback-incomplete', severity: 'warning' }]);
    expect(result.findings[0]?.message).toContain(
      '2 groups are not as they were before, in whole or in part: had, had-not.',
    );
    expect([target.commits, target.removals, target.deletions, exported]).toEqual([[], [], [], []]);
  });

  test('a group that got members since is left alone, although no broker guards its removal', async () => {
    const target = targetWith('had-not');
    const listGroups = target.listGroups.bind(target);
    let lists = 0;
    target.listGroups = async () => {
      lists += 1;
      const listing = await listGroups();
      const live = listing.groups.map((group) => ({ ...group, state: 'Stable' }));
      return lists === 1 ? listing : { ...listing, groups: live };
    };
    const { result } = await fakeRollback({ target, saved: exportOf([], ['had-not']) });
    expect(rowOf(result, 'had-not')).toMatchObject({ verdict: 'skipped', reason: 'group-active' });
    expect(target.removals).toEqual([]);
  });

  test('a read that is too old is not written on', async () => {
    const target = targetWith('had');
    const clock = new ManualClock();
    const onExport = async () => clock.advance(1_001);
    const { result } = await fakeRollback({ target, saved: exportOf(['had']), clock, onExport });
    expect(rowOf(result, 'had')).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown' });
    expect(target.commits).toEqual([]);
  });
});

describe('E: the export of the rollback itself', () => {
  test('holds what is there now and what is meant, before anything is sent', async () => {
    const target = targetWith('had', 'had-not');
    let sentAtExport = -1;
    const onExport = async () => {
      sentAtExport = target.commits.length + target.removals.length;
    };
    const { exported } = await fakeRollback({ target, saved: exportOf(['had'], ['had-not']), onExport });
    expect(sentAtExport).toBe(0);
    expect(exported).toMatchObject([
      { groupId: 'had', groupExisted: true, previousOffset: LEFT, intendedOffset: SAVED },
      { groupId: 'had-not', groupExisted: true, previousOffset: LEFT, intendedOffset: 'removed' },
    ]);
  });

  test('that cannot be written ends the rollback with nothing sent', async () => {
    const target = targetWith('had', 'had-not');
    const full = new MigrationError('FILE_UNWRITABLE', 'no space left');
    const onExport = () => Promise.reject(full);
    const { result } = await fakeRollback({ target, saved: exportOf(['had'], ['had-not']), onExport });
    expect(result.failure).toEqual({ error: full });
    expect([target.commits, target.removals, target.deletions]).toEqual([[], [], []]);
    for (const row of rowsOf(result)) expect(row).toMatchObject({ verdict: 'pending', targetAfter: null });
  });
});

describe('a cancel', () => {
  test('between two batches takes no new one, and every partition has its verdict', async () => {
    const groups = numbered(1_200);
    const target = targetWith(...groups);
    const cancel = new AbortController();
    const { result } = await fakeRollback({
      target,
      saved: exportOf(groups),
      signal: cancel.signal,
      onBatch: () => cancel.abort(),
    });
    const verdicts = rowsOf(result).map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'committed')).toHaveLength(500);
    expect(verdicts.filter((verdict) => verdict === 'planned')).toHaveLength(700);
    expect(rowOf(result, 'group-1199').detail).toBe('the run ended before this one');
    expect(target.commits.flat()).toHaveLength(500);
  });
});

describe('deleting a group that was not there', () => {
  test('does not happen while it has an offset that the export does not name', async () => {
    const target = targetWith('had-not');
    target.setOffset('had-not', 'local/0', 3n);
    const { result } = await fakeRollback({ target, saved: exportOf([], ['had-not']) });
    expect(target.deletions.flat()).toEqual([]);
    expect(target.offsetOf('had-not')).toBeNull();
    expect(result.findings).toMatchObject([{ rule: 'group-not-deleted' }]);
    expect(result.findings[0]?.message).toContain('it has offsets that the export does not name');
  });

  test('that the broker refuses is a finding: the offsets are gone', async () => {
    const target = targetWith('had-not');
    target.deleteGroups = async (ids) => new Map(ids.map((id) => [id, { kind: 'rejected', error: 'NON_EMPTY_GROUP' }]));
    const { result } = await fakeRollback({ target, saved: exportOf([], ['had-not']) });
    expect(rowOf(result, 'had-not')).toMatchObject({ verdict: 'committed', targetAfter: null });
    expect(result.findings[0]?.message).toContain('NON_EMPTY_GROUP');
    expect(result.groups[0]?.targetState).toBe('Empty');
  });

  test('is tried again where there was no time to send it, after another look', async () => {
    const target = targetWith('had-not', 'started');
    const deleteGroups = target.deleteGroups.bind(target);
    const asked: (readonly string[])[] = [];
    target.deleteGroups = async (groupIds) => {
      asked.push(groupIds);
      if (asked.length > 1) return deleteGroups(groupIds);
      target.setOffset('started', 'local/0', 3n);
      return new Map(groupIds.map((groupId) => [groupId, NOT_SENT]));
    };
    const { result } = await fakeRollback({ target, saved: exportOf([], ['had-not', 'started']) });
    expect(asked).toEqual([['had-not', 'started'], ['had-not']]);
    expect(target.groups.map(({ groupId }) => groupId)).toEqual(['started']);
    expect(result.findings).toMatchObject([{ rule: 'group-not-deleted' }]);
    expect(result.findings[0]?.message).toContain('1 groups that were not there before stay');
  });

  test('is read back: a group that is listed again is not called absent', async () => {
    const target = targetWith('had-not');
    target.deleteGroups = async (ids) => new Map(ids.map((id) => [id, { kind: 'committed' }]));
    const { result } = await fakeRollback({ target, saved: exportOf([], ['had-not']) });
    expect(result.groups[0]?.targetState).toBe('Empty');
    expect(result.findings[0]?.message).toContain('it is listed again after its deletion');
  });

  test('is made up for by the next rollback, after a kill in between', async () => {
    const target = targetWith('had-not');
    target.offsets.clear();
    const { result } = await fakeRollback({ target, saved: exportOf([], ['had-not']) });
    expect(target.deletions).toEqual([['had-not']]);
    expect(rowOf(result, 'had-not').verdict).toBe('unchanged');
    expect(result.groups[0]?.targetState).toBe('absent');
  });
});
