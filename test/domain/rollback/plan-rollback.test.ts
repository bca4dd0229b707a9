/** The decision table of plan-rollback.ts, line by line, and what a restoration came to. */
import { describe, expect, test } from 'vitest';
import type { GroupStatus } from '../../../src/domain/groups.ts';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import type { CommitObservation } from '../../../src/domain/offsets/observation.ts';
import type { CommitAnswer } from '../../../src/domain/offsets/verify-commit.ts';
import {
  mayDeleteGroup,
  planRestoration,
  type Restoration,
  type RestoredGroup,
  type RestoredPartition,
  type RollbackDecision,
} from '../../../src/domain/rollback/plan-rollback.ts';
import type { SavedGroup, SavedPartition } from '../../../src/domain/rollback/saved-offsets.ts';
import { verifyRestoration } from '../../../src/domain/rollback/verify-restoration.ts';
import { committed, listed } from '../../support/observations.ts';

const NONE: CommitObservation = { kind: 'none' };

/** 12 was committed with a note, the run left 40; the log goes from 10 to 100. */
const saved = (more: Partial<SavedPartition> = {}): SavedPartition => ({
  topic: 'orders',
  partition: 0,
  previous: { offset: 12n, metadata: 'note', leaderEpoch: 7 },
  leftByRun: [40n],
  ...more,
});

const group = (more: Partial<RestoredGroup> = {}): RestoredGroup => ({
  selected: true,
  status: listed('Empty'),
  overwrite: false,
  ...more,
});

const seen = (more: Partial<RestoredPartition> = {}): RestoredPartition => ({
  saved: saved(),
  topicFiltered: false,
  target: committed(40n, COMMIT_MARKER),
  downstream: { kind: 'range', range: { logStart: 10n, highWatermark: 100n } },
  ...more,
});

const hadNone = (more: Partial<RestoredPartition> = {}) => seen({ saved: saved({ previous: null }), ...more });

describe('what the run left', () => {
  test('goes back to the saved offset with its metadata', () => {
    expect(planRestoration(group(), seen())).toEqual({
      verdict: 'planned',
      reason: null,
      detail: null,
      restoration: { kind: 'commit', commit: { offset: 12n, metadata: 'note' } },
    });
  });

  test('goes back whether the saved offset lies before it or behind it', () => {
    const behind = seen({ saved: saved({ previous: { offset: 60n, metadata: '', leaderEpoch: -1 } }) });
    expect(planRestoration(group(), behind).restoration).toEqual({
      kind: 'commit',
      commit: { offset: 60n, metadata: '' },
    });
  });

  test('is removed where nothing was saved', () => {
    expect(planRestoration(group(), hadNone())).toMatchObject({ verdict: 'planned', restoration: { kind: 'remove' } });
  });

  test('may be what the decision before the last one left, if a kill came in between', () => {
    const killed = seen({ saved: saved({ leftByRun: [50n, 40n] }) });
    expect(planRestoration(group(), killed).verdict).toBe('planned');
  });

  test('is nothing, after a rollback that removed it: then the saved offset comes back', () => {
    const undone = seen({ saved: saved({ leftByRun: [null] }), target: NONE });
    expect(planRestoration(group({ status: { kind: 'absent' } }), undone).verdict).toBe('planned');
  });
});

describe('what is in place already', () => {
  test('is unchanged, with its metadata', () => {
    expect(planRestoration(group(), seen({ target: committed(12n, 'note') })).verdict).toBe('unchanged');
    expect(planRestoration(group(), hadNone({ target: NONE })).verdict).toBe('unchanged');
  });

  test('is restored if its metadata is not that of the export', () => {
    const { restoration } = planRestoration(group(), seen({ target: committed(12n, COMMIT_MARKER) }));
    expect(restoration).toEqual({ kind: 'commit', commit: { offset: 12n, metadata: 'note' } });
  });
});

describe('what others wrote since', () => {
  test.each([
    ['a consumer that went on', seen({ target: committed(41n) }), 'taken-over', 'expected 12 or 40, seen 41'],
    ['an operator who went back', seen({ target: committed(3n) }), 'taken-over', 'expected 12 or 40, seen 3'],
    ['a later run of ours', seen({ target: committed(50n, COMMIT_MARKER) }), 'moved-on', 'roll that one back first'],
    ['an offset that expired', seen({ target: NONE }), 'taken-over', 'expected 12 or 40, seen no offset'],
    [
      'one where there was none',
      hadNone({ target: committed(41n) }),
      'taken-over',
      'expected no offset or 40, seen 41',
    ],
    ['one since an export', seen({ saved: saved({ leftByRun: [] }) }), 'moved-on', 'expected 12, seen 40'],
  ] as const)('%s is left alone, unless overwrite-groups names the group', (_, partition, reason, detail) => {
    const decision = planRestoration(group(), partition);
    expect(decision).toMatchObject({ verdict: 'skipped', reason, restoration: null });
    expect(decision.detail).toContain(detail);
    expect(decision.detail).toContain('name the group in overwrite-groups');
    expect(planRestoration(group({ overwrite: true }), partition).verdict).toBe('planned');
  });
});

describe('A: a group that is not free', () => {
  const share = { kind: 'listed', state: 'Empty', type: 'share', protocolType: 'share' } as const;
  test.each<[string, GroupStatus, string]>([
    ['has members', listed('Stable'), 'group-active'],
    ['has members of KIP-848', listed('Reconciling', 'consumer'), 'group-active'],
    ['is a share group', share, 'group-type-unsupported'],
    ['is of Connect', listed('Empty', 'classic', 'connect'), 'group-type-unsupported'],
    ['is of an unknown type', listed('Empty', 'unknown'), 'group-state-unknown'],
    ['could not be listed', { kind: 'unknown', why: 'broker 2' }, 'group-state-unknown'],
  ])('%s: nothing is done, not even where overwrite-groups names it', (_, status, reason) => {
    for (const partition of [seen(), hadNone()]) {
      const decision = planRestoration(group({ status, overwrite: true }), partition);
      expect(decision).toMatchObject({ reason, restoration: null });
    }
  });
});

describe('D: what could not be read', () => {
  test.each<[string, Partial<RestoredPartition>, string]>([
    ['the offset', { target: { kind: 'unreadable', error: 'TOPIC_AUTHORIZATION_FAILED' } }, 'group-state-unknown'],
    ['an offset in a transaction', { target: { kind: 'unstable' } }, 'offset-unstable'],
    ['the log', { downstream: { kind: 'unreadable', error: 'LEADER_NOT_AVAILABLE' } }, 'group-state-unknown'],
  ])('%s keeps the partition pending', (_, more, reason) => {
    for (const partition of [seen(more), hadNone(more)]) {
      const decision = planRestoration(group({ overwrite: true }), partition);
      expect(decision).toMatchObject({ verdict: 'pending', reason, restoration: null });
    }
  });
});

describe('C: a saved offset outside the log', () => {
  test.each([
    ['at the log start', 12n, 100n, 'planned'],
    ['below it', 13n, 100n, 'skipped'],
    ['at the end', 0n, 12n, 'planned'],
    ['beyond it', 0n, 11n, 'skipped'],
  ] as const)('%s', (_, logStart, highWatermark, verdict) => {
    const decision = planRestoration(
      group({ overwrite: true }),
      seen({ downstream: { kind: 'range', range: { logStart, highWatermark } } }),
    );
    expect(decision.verdict).toBe(verdict);
    if (verdict === 'planned') return;
    expect(decision.reason).toBe('target-out-of-range');
    expect(decision.detail).toBe(`12 was committed before, the target's log goes from ${logStart} to ${highWatermark}`);
  });

  test.each([
    ['no-topic', 'no-downstream-topic'],
    ['no-partition', 'partition-missing'],
  ] as const)('%s', (kind, reason) => {
    expect(planRestoration(group(), seen({ downstream: { kind } }))).toMatchObject({ verdict: 'skipped', reason });
  });
});

test('what the selection leaves out is left alone', () => {
  expect(planRestoration(group({ selected: false, status: listed('Stable') }), seen()).reason).toBe('filtered');
  expect(planRestoration(group(), seen({ topicFiltered: true })).reason).toBe('filtered');
});

describe('a group is deleted only', () => {
  const REMOVE: RollbackDecision = { verdict: 'planned', reason: null, detail: null, restoration: { kind: 'remove' } };
  const IN_PLACE: RollbackDecision = { verdict: 'unchanged', reason: null, detail: null, restoration: null };
  const ALONE: RollbackDecision = { verdict: 'skipped', reason: 'taken-over', detail: null, restoration: null };
  const of = (existed: boolean, ...partitions: SavedPartition[]): SavedGroup => ({
    groupId: 'billing',
    existed,
    partitions: new Map(partitions.map((one) => [`${one.topic}/${one.partition}`, one])),
  });
  const NO_OFFSET = saved({ previous: null });

  test('if it was not there and nothing of it stays', () => {
    expect(mayDeleteGroup(of(false, NO_OFFSET), [REMOVE, IN_PLACE])).toBe(true);
    expect(mayDeleteGroup(of(true, NO_OFFSET), [REMOVE])).toBe(false);
    expect(mayDeleteGroup(of(false, NO_OFFSET), [REMOVE, ALONE])).toBe(false);
    expect(mayDeleteGroup(of(false, NO_OFFSET, saved({ partition: 1 })), [REMOVE, IN_PLACE])).toBe(false);
  });
});

describe('what was read back after', () => {
  const COMMIT: Restoration = { kind: 'commit', commit: { offset: 12n, metadata: 'note' } };
  const REMOVE: Restoration = { kind: 'remove' };
  const BEFORE = committed(40n, COMMIT_MARKER);
  const OK: CommitAnswer = { kind: 'committed' };
  const LOST: CommitAnswer = { kind: 'unknown', reason: 'closed' };
  const refusedBy = (error: string): CommitAnswer => ({ kind: 'rejected', error });

  test.each<[string, Restoration, CommitAnswer, CommitObservation, string, string | null]>([
    ['a commit in place', COMMIT, OK, committed(12n, 'note'), 'committed', null],
    ['other metadata than was saved, at a lower offset', COMMIT, OK, committed(3n), 'failed', 'read-back-mismatch'],
    ['the very offset that was to go', COMMIT, OK, BEFORE, 'failed', 'read-back-mismatch'],
    ['a consumer that went on', COMMIT, OK, committed(15n), 'committed', 'moved-on'],
    ['a lost answer in place', COMMIT, LOST, committed(12n, 'note'), 'committed', null],
    ['a lost answer without effect', COMMIT, LOST, BEFORE, 'failed', 'commit-rejected'],
    ['a consumer that joined', COMMIT, refusedBy('UNKNOWN_MEMBER_ID'), BEFORE, 'skipped', 'group-active'],
    ['no time to send', COMMIT, { kind: 'not-sent', reason: 'x' }, BEFORE, 'pending', 'group-state-unknown'],
    ['an offset that is gone', REMOVE, OK, NONE, 'committed', null],
    ['one that is still there', REMOVE, OK, BEFORE, 'failed', 'read-back-mismatch'],
    ['one that cannot be read', REMOVE, OK, { kind: 'unreadable', error: 'X' }, 'failed', 'read-back-mismatch'],
    ['a lost answer, gone', REMOVE, LOST, NONE, 'committed', null],
    ['a lost answer, still there', REMOVE, LOST, BEFORE, 'failed', 'commit-rejected'],
    ['a subscribed member', REMOVE, refusedBy('GROUP_SUBSCRIBED_TO_TOPIC'), BEFORE, 'skipped', 'group-active'],
    ['any member', REMOVE, refusedBy('NON_EMPTY_GROUP'), BEFORE, 'skipped', 'group-active'],
    ['a group that is gone', REMOVE, refusedBy('GROUP_ID_NOT_FOUND'), NONE, 'committed', null],
    ['no permission', REMOVE, refusedBy('GROUP_AUTHORIZATION_FAILED'), BEFORE, 'failed', 'commit-rejected'],
    ['no time to remove', REMOVE, { kind: 'not-sent', reason: 'x' }, BEFORE, 'pending', 'group-state-unknown'],
  ])('%s', (_, restoration, answer, readBack, verdict, reason) => {
    expect(verifyRestoration(restoration, BEFORE, answer, readBack)).toMatchObject({ verdict, reason });
  });
});
