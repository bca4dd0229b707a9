import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { CSV_COLUMNS, csvChunks } from '../../../src/report/tables/csv.ts';
import { activeGroup, fullReport, group, partition, report } from '../build-report.ts';
import { almostReady, gateReport } from '../gate-report.ts';
import { HOSTILE_NAMES } from '../hostile-models.ts';
import { manyGroups } from '../many-groups.ts';

/** As RFC 4180 says: quotes around a cell, doubled inside; rows end in CR LF. */
function parsed(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function rowsOf(model: ReportModel): readonly Readonly<Record<string, string>>[] {
  const [columns = [], ...rows] = parsed([...csvChunks(model)].join(''));
  return rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place] ?? 'no cell'])));
}

test('has a row for each group partition, under the names of the columns', () => {
  const rows = rowsOf(fullReport());
  const partitions = fullReport().groups.flatMap(({ groupId, partitions: all }) =>
    all.map((one) => [groupId, one.topic, String(one.partition)]),
  );
  expect(rows.map((row) => [row['group'], row['topic'], row['partition']])).toEqual(partitions);
  for (const row of rows) expect(Object.keys(row)).toEqual(CSV_COLUMNS);
});

test('has figures as digits, and the unknown empty', () => {
  const [row] = rowsOf(report({ groups: [activeGroup('live')] }));
  expect(row).toMatchObject({
    group_standing: 'skipped',
    ready: '',
    source_committed: '1200',
    source_lag: '50',
    translated: '1180',
    target_after: '900',
    delta: '280',
    redelivered: '',
    verdict: 'skipped',
    reason: 'group-active',
  });
  expect(row?.['next_step']).toMatch(/stop its consumers/);
});

test('says of each group what the gate says', () => {
  const model = gateReport(almostReady());
  const groups = model.readiness.map(({ groupId }) => group({ groupId }));
  const ready = rowsOf({ ...model, groups }).map((row) => [row['group'], row['ready']]);
  expect(ready).toEqual(model.readiness.map(({ groupId, verdict }) => [groupId, verdict]));
});

test('keeps a group without any partition, and a delta below zero', () => {
  const groups = [group({ groupId: 'none', partitions: [] }), group({ partitions: [partition({ delta: -5n })] })];
  expect(rowsOf(report({ groups })).map((row) => [row['group'], row['topic'], row['delta']])).toEqual([
    ['none', '', ''],
    ['payments', 'msksource.orders', '-5'],
  ]);
});

describe('names', () => {
  const FORMULA = /^[\s\p{Cf}]*[=+\-@|%＝＋－＠]/u;
  const named = (name: string) =>
    report({
      groups: [group({ groupId: name, sourceState: name, partitions: [partition({ topic: name, detail: name })] })],
    });

  test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '"=1"', '=1,2', '\u200b=1', '＝1', "'=1"])(
    'that a spreadsheet would take for a formula are text: %j',
    (name) => {
      const [row] = rowsOf(named(name));
      for (const column of ['group', 'topic', 'detail']) expect(row?.[column]).not.toMatch(FORMULA);
      expect(row?.['group']).toContain('1');
    },
  );

  test('stay in their cell, whatever they are', () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_NAMES));
    fc.assert(
      fc.property(names, (name) => {
        const text = [...csvChunks(named(name))].join('');
        expect(text.split('\r\n')).toHaveLength(3);
        const [row] = rowsOf(named(name));
        expect(Object.keys(row ?? {})).toEqual(CSV_COLUMNS);
        expect(row).toMatchObject({ partition: '0', verdict: 'committed' });
        for (const column of ['group', 'topic', 'detail']) expect(row?.[column]).not.toMatch(FORMULA);
      }),
    );
  });
});

test('comes in one chunk a group, so that 100,000 groups are never one string', () => {
  let rows = 0;
  for (const chunk of csvChunks(report({ groups: manyGroups(100_000) }))) {
    expect(chunk.length).toBeLessThan(5_000);
    rows += chunk.split('\r\n').length - 1;
  }
  expect(rows).toBe(200_001);
});
