import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import type { GroupObservation, PartitionObservation } from '../../../src/domain/offsets/observation.ts';
import { planPartition } from '../../../src/domain/offsets/plan-offset-sync.ts';
import { bounds, checkpoint, committed, group, listed, partition } from '../../support/observations.ts';

const plan = (g: Partial<GroupObservation>, p: Partial<PartitionObservation> = {}) =>
  planPartition(group(g), partition(p));
const sourceAt = (offset: bigint, metadata = '') => ({
  source: { commit: committed(offset, metadata), range: { logStart: 0n, highWatermark: 500n } },
});

describe('the plain case', () => {
  it('commits the checkpoint with our marker', () => {
    expect(plan({})).toMatchObject({
      verdict: 'planned',
      reason: null,
      translated: 90n,
      translation: 'checkpoint',
      proof: { kind: 'checkpoint', groupId: 'billing', upstream: 100n, downstream: 90n },
      commit: { offset: 90n, metadata: COMMIT_MARKER },
    });
  });

  it("L: keeps the source's own commit metadata", () => {
    expect(plan({}, sourceAt(100n, 'stream-time')).commit).toEqual({ offset: 90n, metadata: 'stream-time' });
  });

  it('is unchanged when the offset is in place, whoever wrote it', () => {
    expect(plan({}, { target: committed(90n) })).toMatchObject({ verdict: 'unchanged', reason: null, commit: null });
  });

  it('is committed again in place with refresh, so that it does not expire', () => {
    expect(plan({ refresh: true }, { target: committed(90n, COMMIT_MARKER) }).commit?.offset).toBe(90n);
  });

  it('moves our own earlier commit forward', () => {
    expect(plan({}, { target: committed(40n, COMMIT_MARKER) }).commit?.offset).toBe(90n);
  });
});

interface Row {
  readonly why: string;
  readonly g?: Partial<GroupObservation>;
  readonly p?: Partial<PartitionObservation>;
  readonly reason: string;
  readonly verdict: string;
}

const rows: readonly Row[] = [
  { why: 'group left out', g: { selected: false }, reason: 'filtered', verdict: 'skipped' },
  { why: 'topic left out', p: { topicFiltered: true }, reason: 'filtered', verdict: 'skipped' },
  {
    why: 'A: share group',
    g: { targetStatus: listed('Empty', 'share', 'share') },
    reason: 'group-type-unsupported',
    verdict: 'skipped',
  },
  {
    why: 'A: Connect worker group',
    g: { targetStatus: listed('Empty', 'classic', 'connect') },
    reason: 'group-type-unsupported',
    verdict: 'skipped',
  },
  {
    why: 'A: share group on the source',
    g: { sourceStatus: listed('Stable', 'share', 'share') },
    reason: 'group-type-unsupported',
    verdict: 'skipped',
  },
  {
    why: 'D: broker not reached',
    g: { targetStatus: { kind: 'unknown', why: 'broker 2' } },
    reason: 'group-state-unknown',
    verdict: 'pending',
  },
  { why: 'A: stable', g: { targetStatus: listed('Stable') }, reason: 'group-active', verdict: 'skipped' },
  {
    why: 'A: rebalancing KIP-848',
    g: { targetStatus: listed('Reconciling', 'consumer') },
    reason: 'group-active',
    verdict: 'skipped',
  },
  { why: 'A: Dead is not Empty', g: { targetStatus: listed('Dead') }, reason: 'group-active', verdict: 'skipped' },
  {
    why: 'C: topic not there',
    p: { downstream: { kind: 'no-topic' } },
    reason: 'no-downstream-topic',
    verdict: 'skipped',
  },
  {
    why: 'C: partition not there',
    p: { downstream: { kind: 'no-partition' } },
    reason: 'partition-missing',
    verdict: 'skipped',
  },
  {
    why: 'D: target log unreadable',
    p: { downstream: { kind: 'unreadable', error: 'TOPIC_AUTHORIZATION_FAILED' } },
    reason: 'group-state-unknown',
    verdict: 'pending',
  },
  {
    why: 'not on the source',
    p: { source: { commit: { kind: 'none' }, range: null } },
    reason: 'not-on-source',
    verdict: 'skipped',
  },
  {
    why: 'D: source unreadable',
    p: { source: { commit: { kind: 'unreadable', error: 'X' }, range: { logStart: 0n, highWatermark: 1n } } },
    reason: 'source-unreadable',
    verdict: 'skipped',
  },
  {
    why: 'D: source log unreadable',
    p: { source: { commit: committed(1n), range: { error: 'X' } } },
    reason: 'source-unreadable',
    verdict: 'skipped',
  },
  {
    why: 'open transaction',
    p: { source: { commit: { kind: 'unstable' }, range: { logStart: 0n, highWatermark: 1n } } },
    reason: 'offset-unstable',
    verdict: 'pending',
  },
  {
    why: 'nothing committed',
    p: { source: { commit: { kind: 'none' }, range: { logStart: 0n, highWatermark: 1n } } },
    reason: 'no-source-commit',
    verdict: 'skipped',
  },
  { why: 'F: beyond the source log', p: sourceAt(501n), reason: 'source-truncated', verdict: 'skipped' },
  {
    why: 'F: checkpoint unreadable',
    p: { checkpoint: null, checkpointUnreadable: true },
    reason: 'checkpoint-unreadable',
    verdict: 'skipped',
  },
  { why: 'F: source moved back', p: sourceAt(99n), reason: 'checkpoint-ahead-of-source', verdict: 'pending' },
  {
    why: 'F: offset syncs unreadable',
    p: { bounds: { kind: 'unreadable', why: 'gone' } },
    reason: 'checkpoint-unverified',
    verdict: 'skipped',
  },
  {
    why: 'F: refuted',
    p: { bounds: bounds(checkpoint(100n, 90n), [{ upstream: 200n, downstream: 50n }]) },
    reason: 'checkpoint-refuted',
    verdict: 'skipped',
  },
  { why: 'F: no checkpoint', p: { checkpoint: null }, reason: 'no-checkpoint', verdict: 'pending' },
  {
    why: 'C: beyond the target log',
    p: { checkpoint: checkpoint(100n, 1_001n) },
    reason: 'target-out-of-range',
    verdict: 'skipped',
  },
  {
    why: 'D: target commit unreadable',
    p: { target: { kind: 'unreadable', error: 'X' } },
    reason: 'group-state-unknown',
    verdict: 'pending',
  },
  {
    why: 'open transaction on the target',
    p: { target: { kind: 'unstable' } },
    reason: 'offset-unstable',
    verdict: 'pending',
  },
  {
    why: 'A: assign-only consumer',
    p: { target: committed(50n), targetLastSeen: 40n },
    reason: 'group-active-standalone',
    verdict: 'skipped',
  },
  { why: 'L: a consumer wrote it', p: { target: committed(50n) }, reason: 'taken-over', verdict: 'skipped' },
  { why: 'L: an operator moved it ahead', p: { target: committed(150n) }, reason: 'taken-over', verdict: 'skipped' },
  {
    why: 'L: allow-rewind alone does not take over',
    g: { allowRewind: true },
    p: { target: committed(150n) },
    reason: 'taken-over',
    verdict: 'skipped',
  },
  {
    why: 'L: overwrite is forward only',
    g: { overwrite: true },
    p: { target: committed(150n) },
    reason: 'target-ahead',
    verdict: 'skipped',
  },
  {
    why: 'B: ours, and the source moved back',
    p: { target: committed(150n, COMMIT_MARKER) },
    reason: 'would-rewind',
    verdict: 'skipped',
  },
  {
    why: 'B: who wrote it cannot be told',
    p: { ...sourceAt(100n, 'm'), target: committed(150n, 'm') },
    reason: 'would-rewind',
    verdict: 'skipped',
  },
  {
    why: 'C: committed beyond the target log',
    p: { target: committed(1_500n, COMMIT_MARKER) },
    reason: 'target-out-of-range',
    verdict: 'skipped',
  },
];

describe('each reason, on its own', () => {
  it.each(rows)('$reason: $why', ({ g, p, reason, verdict }) => {
    expect(plan(g ?? {}, p)).toMatchObject({ reason, verdict, commit: null });
  });
});

describe('what rides along with a commit', () => {
  it('C: raises a place below the log start and says what is lost', () => {
    const downstream = { kind: 'range' as const, range: { logStart: 95n, highWatermark: 1_000n } };
    const decided = plan({}, { downstream });
    expect(decided).toMatchObject({ reason: 'clamped-to-log-start', translated: 95n, commit: { offset: 95n } });
    expect(decided.detail).toContain('5 offsets are gone');
  });

  it('F: says checkpoint-unverified when no source is given', () => {
    expect(plan({ sourceStatus: null }, { source: null })).toMatchObject({
      reason: 'checkpoint-unverified',
      commit: { offset: 90n },
    });
  });

  it('B: moves back only a group that allow-rewind names', () => {
    const target = committed(150n, COMMIT_MARKER);
    expect(plan({ allowRewind: true }, { target }).commit?.offset).toBe(90n);
  });

  it('L: overwrite-groups takes back what somebody else wrote', () => {
    expect(plan({ overwrite: true }, { target: committed(50n) }).commit?.offset).toBe(90n);
  });

  it('L: moves an offset forward when metadata of the source hides who wrote it', () => {
    expect(plan({}, { ...sourceAt(100n, 'm'), target: committed(50n, '') }).commit?.offset).toBe(90n);
  });
});

describe('whatever was observed', () => {
  const anyOffset = fc.bigInt({ min: 0n, max: 30n });
  const anyCommit = fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.constant({ kind: 'unstable' as const }),
    fc.constant({ kind: 'unreadable' as const, error: 'X' }),
    fc
      .tuple(anyOffset, fc.constantFrom('', 'm', COMMIT_MARKER))
      .map(([offset, metadata]) => committed(offset, metadata)),
  );
  const anyStatus = fc.oneof(
    fc.constant({ kind: 'absent' as const }),
    fc.constant({ kind: 'unknown' as const, why: 'X' }),
    fc
      .tuple(fc.constantFrom('Empty', 'Stable', 'Dead', 'Assigning'), fc.constantFrom('classic', 'consumer', 'share'))
      .map(([state, type]) => listed(state, type)),
  );
  const world = fc.record({
    status: anyStatus,
    allowRewind: fc.boolean(),
    overwrite: fc.boolean(),
    source: anyCommit,
    target: anyCommit,
    upstream: anyOffset,
    downstream: anyOffset,
    start: anyOffset,
    length: anyOffset,
  });

  it('A, B, C: a commit goes to no active group, never back, and never outside the log', () => {
    fc.assert(
      fc.property(world, (w) => {
        const end = w.start + w.length;
        const own = checkpoint(w.upstream, w.downstream);
        const decided = plan(
          { targetStatus: w.status, allowRewind: w.allowRewind, overwrite: w.overwrite },
          {
            checkpoint: own,
            bounds: bounds(own),
            source: { commit: w.source, range: { logStart: 0n, highWatermark: 20n } },
            target: w.target,
            downstream: { kind: 'range', range: { logStart: w.start, highWatermark: end } },
          },
        );
        if (decided.commit === null) {
          expect(decided.verdict).not.toBe('planned');
          if (decided.verdict !== 'unchanged') expect(decided.reason).not.toBeNull();
          return;
        }
        const { offset } = decided.commit;
        expect(w.status.kind === 'absent' || (w.status.kind === 'listed' && w.status.state === 'Empty')).toBe(true);
        expect(offset >= w.start && offset <= end).toBe(true);
        if (w.target.kind === 'committed' && !w.allowRewind) expect(offset >= w.target.offset).toBe(true);
        expect(w.source.kind).toBe('committed');
        if (w.source.kind === 'committed') expect(w.upstream <= w.source.offset).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
