import { describe, expect, test } from 'vitest';
import { computeTotals, standingOf } from '../../src/report/totals.ts';
import { fullReport, group, partition } from './build-report.ts';

const filtered = partition({ verdict: 'skipped', reason: 'filtered', delta: null });

describe('the standing of a group is that of its worst partition', () => {
  test.each([
    ['synced', [partition(), partition({ verdict: 'unchanged' })]],
    ['synced', [partition(), filtered]],
    ['planned', [partition({ verdict: 'planned' }), partition()]],
    ['pending', [partition({ verdict: 'pending', reason: 'no-checkpoint' }), partition({ verdict: 'planned' })]],
    ['skipped', [partition({ verdict: 'skipped', reason: 'taken-over' }), partition({ verdict: 'pending' })]],
    ['failed', [partition({ verdict: 'failed', reason: 'commit-rejected' }), partition({ verdict: 'skipped' })]],
    ['unselected', [filtered, filtered]],
    ['unselected', []],
  ] as const)('%s', (standing, partitions) => {
    expect(standingOf(group({ partitions }))).toBe(standing);
  });

  test('a failed group is failed whatever its partitions say', () => {
    expect(standingOf(group({ verdict: 'failed' }))).toBe('failed');
  });
});

describe('totals', () => {
  test('count every selected group once', () => {
    const { groupsTotal, groups } = computeTotals(fullReport().groups);
    expect(groups).toEqual({ synced: 1, failed: 1, skipped: 1, pending: 1, planned: 0, unselected: 1 });
    expect(groupsTotal).toBe(4);
  });

  test('count every selected partition once', () => {
    const { partitionsTotal, partitions } = computeTotals(fullReport().groups);
    expect(partitions).toEqual({ committed: 3, unchanged: 1, planned: 0, pending: 1, skipped: 1, failed: 1 });
    expect(partitionsTotal).toBe(7);
  });

  test('add up the size of each delta, ahead or behind, and count the unknown ones', () => {
    const partitions = [partition({ delta: -7n }), partition({ delta: 5n }), partition({ delta: null })];
    expect(computeTotals([group({ partitions })])).toMatchObject({ offsetDelta: 12n, offsetDeltaUnknown: 1 });
  });

  test('know the redelivered records only if they are bounded for each partition with a source commit', () => {
    const proven = partition({ redelivered: null, redeliveredMax: 3n });
    const withoutCommit = partition({ sourceCommitted: null, redeliveredMax: null });
    expect(computeTotals([group({ partitions: [proven, withoutCommit] })]).recordsRedelivered).toBe(3n);
    expect(computeTotals([group({ partitions: [proven, partition()] })]).recordsRedelivered).toBeNull();
    expect(computeTotals([]).recordsRedelivered).toBeNull();
  });
});
