/** One model, the same numbers wherever they are shown. */
import { describe, expect, test } from 'vitest';
import type { GroupOutcome, PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import { renderComment } from '../../src/report/markdown/render-comment.ts';
import { renderSummary } from '../../src/report/markdown/render-summary.ts';
import { renderAnnotations } from '../../src/report/render-annotations.ts';
import { renderOutputs } from '../../src/report/render-outputs.ts';
import { csvChunks } from '../../src/report/tables/csv.ts';
import { renderJunit } from '../../src/report/tables/junit.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { computeTotals } from '../../src/report/totals.ts';
import { group, partition, report } from './build-report.ts';

function one(groupId: string, overrides: Partial<PartitionOutcome>, of: Partial<GroupOutcome> = {}): GroupOutcome {
  const known = { translation: 'exact', proof: null, redelivered: 0n, redeliveredMax: 0n } as const;
  const second = partition({ ...known, partition: 1, sourceCommitted: 5n, sourceLogEnd: 5n });
  return group({ groupId, ...of, partitions: [partition({ ...known, ...overrides }), second] });
}

const MODEL = report({
  result: 'partial',
  groups: [
    one('in-place', { sourceCommitted: 0n, sourceLogEnd: 12_000_000n, redeliveredMax: 4_000n }),
    one('in-place-too', { verdict: 'unchanged', sourceLogEnd: 1_200n }),
    one('exact', { sourceLogEnd: 1_200n }),
    one(
      'refused',
      { verdict: 'failed', reason: 'commit-rejected', delta: 7_000_000n, sourceLogEnd: 346_878n },
      { verdict: 'failed' },
    ),
    one(
      'live',
      { verdict: 'skipped', reason: 'group-active', delta: -654_321n, sourceLogEnd: 1_200n },
      { verdict: 'active' },
    ),
    one(
      'taken',
      { verdict: 'skipped', reason: 'taken-over', delta: null, sourceLogEnd: 1_200n, redeliveredMax: 321n },
      { verdict: 'blocked' },
    ),
    one(
      'waiting',
      { verdict: 'pending', reason: 'not-replicated', delta: null, sourceLogEnd: null },
      { verdict: 'unknown' },
    ),
    group({
      groupId: 'other',
      partitions: [partition({ verdict: 'skipped', reason: 'filtered', delta: null, sourceLogEnd: 9_999_999n })],
    }),
  ],
});

const EXPECTED = {
  groupsTotal: 7,
  groups: { synced: 3, planned: 0, pending: 1, skipped: 2, failed: 1, unselected: 1 },
  partitionsTotal: 14,
  partitions: { committed: 9, unchanged: 1, planned: 0, pending: 1, skipped: 2, failed: 1 },
  sourceLag: 12_345_678n,
  sourceLagUnknown: 1,
  offsetDelta: 7_654_321n,
  offsetDeltaUnknown: 2,
  recordsRedelivered: 4_321n,
};

const HEADLINE = '3 of 7 groups have their offsets in place on the target; 4 not: refused';

test('the figures themselves', () => {
  expect(computeTotals(MODEL.groups)).toEqual(EXPECTED);
});

describe.each([
  ['summary', renderSummary(MODEL).markdown],
  ['comment', renderComment(MODEL, { label: 'default', runUrl: null, reportJsonExists: true }).body],
])('the %s', (_, markdown) => {
  test.each([
    HEADLINE,
    '| Consumer groups | 3 | 0 | 1 | 2 | 1 | 7 |',
    '| Group partitions | 10 | 0 | 1 | 2 | 1 | 14 |',
    '<b>Source lag:</b> 12,345,678 + 1 unknown',
    '<b>Offset delta left:</b> 7,654,321 + 2 unknown',
    '<b>Committed in this run:</b> 9 partitions',
    '<b>Read again after cutover:</b> at most 4,321 records',
    '1 more group with offsets on migrated topics',
    '| 345,678 | 7,000,000 | 0 | commit-rejected:',
    '| 0 | 1&nbsp;unknown | 321 | taken-over:',
  ])('has %s', (words) => {
    expect(markdown).toContain(words);
  });
});

test('the terminal', () => {
  const lines = renderTerminal(MODEL);
  expect(lines.at(-1)).toContain(HEADLINE);
  const row = lines.find((line) => line.startsWith('refused '));
  expect(row).toMatch(/ 2 +345,678 +7,000,000 +0 /);
});

test('the outputs', () => {
  expect(renderOutputs(MODEL, null)).toMatchObject({
    'groups-total': '7',
    'groups-synced': '3',
    'groups-skipped': '2',
    'groups-failed': '1',
    'offset-delta': '7654321',
    'records-redelivered': '4321',
  });
});

test('report.json, read back', () => {
  const parsed = parseReport(reportText(MODEL));
  expect(parsed.kind === 'report' && computeTotals(parsed.report.groups)).toEqual(EXPECTED);
});

test('the page', () => {
  const page = Array.from(renderHtml(MODEL, { label: 'default', runUrl: null }).chunks).join('');
  const text = page
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  for (const words of [
    HEADLINE,
    /Source lag 12,345,678 \+ 1 unknown/,
    /Offset delta 7,654,321 \+ 2 unknown/,
    /Read again at most 4,321/,
    /Partitions in place 10 of 14 9 offsets written/,
    /3 in place.* 1 pending.* 2 skipped.* 1 failed/,
  ]) {
    expect(text).toMatch(words);
  }
});

test('JUnit', () => {
  const xml = renderJunit(MODEL, { label: 'default' });
  expect(xml).toContain(HEADLINE);
  const [, tests, failures, skipped] =
    /<testsuite name="sync: groups" tests="(\d+)" failures="(\d+)" errors="0" skipped="(\d+)"/.exec(xml) ?? [];
  const { synced, pending, skipped: left, failed, unselected } = EXPECTED.groups;
  expect([tests, failures, skipped].map(Number)).toEqual([8, failed, pending + left + unselected]);
  expect(Number(tests) - Number(failures) - Number(skipped)).toBe(synced);
});

test('the CSV, added up', () => {
  const [head = [], ...rows] = Array.from(csvChunks(MODEL))
    .join('')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const column = (name: string) =>
    rows.filter((row) => row[head.indexOf('reason')] !== 'filtered').map((row) => row[head.indexOf(name)] ?? '');
  const sum = (name: string) =>
    column(name).reduce((total, cell) => total + (cell === '' ? 0n : BigInt(cell.replace(/^'?-/, ''))), 0n);
  expect(sum('source_lag')).toBe(EXPECTED.sourceLag);
  expect(sum('delta')).toBe(EXPECTED.offsetDelta);
  expect(column('delta').filter((cell) => cell === '')).toHaveLength(EXPECTED.offsetDeltaUnknown);
  expect(sum('redelivered_max')).toBe(EXPECTED.recordsRedelivered);
  expect(column('verdict').filter((cell) => cell === 'committed')).toHaveLength(EXPECTED.partitions.committed);
});

test('the annotations', () => {
  expect(renderAnnotations(MODEL).map(({ title }) => title)).toEqual([
    'commit-rejected: 1 partition of 1 group failed',
    'group-active: 1 partition of 1 group not committed',
    'not-replicated: 1 partition of 1 group not committed',
    'taken-over: 1 partition of 1 group not committed',
  ]);
});
