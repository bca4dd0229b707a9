import { expect, test } from 'vitest';
import { type PlannedGroupLine, rollbackPlanLines } from '../../src/report/rollback-lines.ts';

const group = (groupId: string, more: Partial<PlannedGroupLine> = {}): PlannedGroupLine => ({
  groupId,
  commits: 0,
  removals: 0,
  deletes: false,
  inPlace: 0,
  leftAlone: 0,
  ...more,
});

test('a plan says what would be done in all, then group by group', () => {
  const groups = [
    group('billing', { commits: 1_200, leftAlone: 2 }),
    group('audit', { removals: 3, deletes: true }),
    group('quiet', { inPlace: 1 }),
  ];
  expect(rollbackPlanLines(groups, true)).toEqual([
    'A rollback would restore 1,200 offsets, remove 3, delete 1 group; 1 offset in place, 2 left alone.',
    '  billing: restore 1,200 offsets',
    '  audit: remove 3, delete 1 group',
  ]);
  expect(rollbackPlanLines(groups, false)[0]).toMatch(/^About to restore/);
});

test('nothing to do is said too', () => {
  expect(rollbackPlanLines([group('quiet', { leftAlone: 1 })], true)).toEqual([
    'A rollback would restore nothing; 0 offsets in place, 1 left alone.',
  ]);
});

test('of many groups the first forty are named', () => {
  const lines = rollbackPlanLines(
    Array.from({ length: 45 }, (_, n) => group(`group-${n}`, { commits: 1 })),
    true,
  );
  expect(lines).toHaveLength(42);
  expect(lines.at(-1)).toBe('  … and 5 more groups');
});
