import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReport } from '../../../src/report/json/parse-report.ts';
import { reportChunks, reportText } from '../../../src/report/json/report-json.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { fullReport, group, partition, report } from '../build-report.ts';

function problemsOf(text: string): readonly string[] {
  const parsed = parseReport(text);
  return parsed.kind === 'unusable' ? parsed.problems : [];
}

function edited(change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(reportText(fullReport())) as Record<string, unknown>;
  change(json);
  return JSON.stringify(json);
}

describe('report.json', () => {
  test('is read back as the model it was written from', () => {
    expect(parseReport(reportText(fullReport()))).toEqual({ kind: 'report', report: fullReport() });
  });

  test('keeps every digit of an offset and every character of a name', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), int64, (groupId, offset) => {
        const model = report({ groups: [group({ groupId, partitions: [partition({ translated: offset })] })] });
        const parsed = parseReport(reportText(model));
        expect(parsed).toEqual({ kind: 'report', report: model });
      }),
    );
  });

  test('writes offsets as decimal strings and the unknown as null', () => {
    const [first] = (JSON.parse(reportText(fullReport())) as { groups: { partitions: object[] }[] }).groups;
    expect(first?.partitions[0]).toMatchObject({ translated: '1180', redelivered: null, delta: '0' });
  });

  test('comes in one chunk a group, so that a file of 20,000 groups is streamed', () => {
    const groups = Array.from({ length: 20_000 }, (_, i) => group({ groupId: `group-${i}` }));
    const chunks = Array.from(reportChunks(report({ groups })));
    expect(chunks.length).toBeGreaterThan(20_000);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(2_000);
    expect(JSON.parse(chunks.join(''))).toMatchObject({ groups: { length: 20_000 } });
  });

  test('ends up in lines, one for each group', () => {
    const lines = reportText(fullReport()).split('\n');
    expect(lines.filter((line) => line.startsWith('{"groupId"'))).toHaveLength(fullReport().groups.length);
  });
});

describe('an unusable report.json says why', () => {
  test.each([
    ['an empty file', '', 'it is empty'],
    ['a file that was cut off', reportText(report()).slice(0, 200), 'it is not JSON, or was cut off'],
    ['another document', '[]', 'the document: expected an object, seen a list'],
  ])('%s', (_name, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each<[string, (json: Record<string, unknown>) => void, string]>([
    ['a later version', (json) => (json['schemaVersion'] = 2), 'schemaVersion: expected one of 1, seen a number'],
    ['a missing key', (json) => delete json['target'], 'target: expected an object, seen nothing'],
    [
      'an unknown word',
      (json) => (json['result'] = 'fine'),
      'result: expected one of ok, changed, not-ready, partial, failed, seen a string',
    ],
    [
      'a number for an offset',
      (json) => (at(json, 'groups', 1, 'partitions', 0)['delta'] = 5),
      'groups[1].partitions[0].delta: expected a decimal string, seen a number',
    ],
    [
      'a word for an offset',
      (json) => (at(json, 'passes', 1)['offsetDelta'] = '1e9'),
      'passes[1].offsetDelta: expected a decimal string, seen a string',
    ],
  ])('%s', (_name, change, problem) => {
    expect(problemsOf(edited(change))).toEqual([problem]);
  });

  test('all problems at once, but not more than ten', () => {
    const problems = problemsOf(
      edited((json) => {
        for (const key of Object.keys(json)) json[key] = 0.5;
      }),
    );
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)).toMatch(/^and \d+ more$/);
  });

  test('whatever the text is, reading never throws', () => {
    fc.assert(fc.property(fc.json(), (text) => parseReport(text).kind === 'unusable'));
  });

  test('a key of a later version is left out', () => {
    const parsed = parseReport(edited((json) => (json['ofALaterVersion'] = 'abc')));
    expect(parsed).toEqual({ kind: 'report', report: fullReport() satisfies ReportModel });
  });
});

/** The record at a path of keys and indexes. */
function at(json: unknown, ...path: readonly (string | number)[]): Record<string, unknown> {
  return path.reduce((part, step) => (part as Record<string | number, unknown>)[step], json) as Record<string, unknown>;
}
