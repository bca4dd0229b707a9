import { describe, expect, test } from 'vitest';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { displayWidth } from '../../../src/report/terminal/display-width.ts';
import { type TerminalPage, withColors, withoutColors } from '../../../src/report/terminal/paint.ts';
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts';
import { activeGroup, finding, fullReport, group, partition, report } from '../build-report.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
const SEQUENCE = /\u001b\[\d+m/g;
const page = (columns: number | null, paint: TerminalPage['paint'] = withoutColors): TerminalPage => ({
  columns,
  paint,
});
const wide = (model: ReportModel) => renderTerminal(model, page(null));

const HOSTILE = '\u001b[2J\u001b]0;owned\u0007\u202e注文\n==> fake\r';

function hostileReport(): ReportModel {
  const skipped = partition({ verdict: 'skipped', reason: 'taken-over', detail: HOSTILE });
  return report({
    groups: [group({ groupId: HOSTILE, targetState: HOSTILE, partitions: [skipped] })],
    findings: [finding({ where: HOSTILE, message: HOSTILE, hint: HOSTILE })],
    errors: [{ code: 'INTERNAL', message: HOSTILE, hint: HOSTILE }],
  });
}

describe('the groups', () => {
  test('stand in a table, worst first, with their figures', () => {
    const lines = wide(fullReport());
    const head = lines.findIndex((line) => line.startsWith('GROUP'));
    expect(lines[head]).toMatch(/^GROUP +VERDICT +ON TARGET +PARTITIONS +SOURCE LAG +OFFSET DELTA +READ AGAIN +WHY$/);
    expect(lines[head + 1]).toMatch(/^refused +failed +Empty +2 +100 +280 +– +commit-rejected \(1\)$/);
    expect(lines.slice(head + 1, head + 6).map((line) => line.split(' ')[0])).toEqual([
      'refused',
      'live',
      'waiting',
      'in-place',
      'not-selected',
    ]);
  });

  test('are followed by what their reasons mean and what to do, once each', () => {
    const text = wide(report({ groups: [activeGroup('a'), activeGroup('b')] })).join('\n');
    expect(text.match(/group-active \(2 partitions\)/g)).toHaveLength(1);
    expect(text).toContain('The group has members on the target');
    expect(text).toContain('stop its consumers on the target and run again');
    expect(wide(report()).join('\n')).not.toContain('What to do');
  });

  test('are cut after forty, which is said', () => {
    const groups = Array.from({ length: 1_040 }, (_, number) => activeGroup(`group-${number}`));
    const lines = wide(report({ groups }));
    expect(lines).toContain('… and 1,000 more, see report.json');
    expect(lines.filter((line) => /^group-\d/.test(line))).toHaveLength(40);
  });
});

describe('on a terminal', () => {
  const groups = [activeGroup('orders-processing-of-the-european-market'), activeGroup('注文処理サービス'), group()];
  const models = { full: fullReport(), groups: report({ groups }), hostile: hostileReport() };

  test.each([50, 60, 80, 100, 200])('nothing is wider than its %i columns but what is copied as a whole', (columns) => {
    for (const [name, model] of Object.entries(models)) {
      const lines = renderTerminal(model, page(columns)).filter((line) => !/^(?: {2}[-+!] |plan hash: )/.test(line));
      const tooWide = lines.filter((line) => displayWidth(line) > columns);
      expect(tooWide, name).toEqual([]);
    }
  });

  test('a narrow one loses columns before names, and the verdict stays', () => {
    const lines = renderTerminal(models.groups, page(60));
    expect(lines[0]).toMatch(/^GROUP +VERDICT +SOURCE LAG|^GROUP +VERDICT +OFFSET DELTA/);
    expect(lines.join('\n')).toMatch(/orders-\S*…\S*market +active/);
    const verdict = wide(models.groups).at(-1) ?? '';
    expect(lines.join('').replaceAll(' ', '')).toContain(verdict.replaceAll(' ', ''));
  });

  test('wide characters keep the columns in line', () => {
    const rows = renderTerminal(models.groups, page(100)).slice(0, 4);
    const columnOf = (row: string, word: string) => displayWidth(row.slice(0, row.indexOf(word)));
    const [first = 0, ...others] = rows
      .slice(1)
      .map((row) => columnOf(row, row.includes('active') ? 'active' : 'ready'));
    expect(others).toEqual(others.map(() => first));
  });

  test('colours say what the words say: without them the text is the same', () => {
    for (const model of Object.values(models)) {
      const painted = renderTerminal(model, page(100, withColors));
      expect(painted.map((line) => line.replaceAll(SEQUENCE, ''))).toEqual(renderTerminal(model, page(100)));
      expect(painted.join('\n')).toMatch(SEQUENCE);
    }
    expect(renderTerminal(models.full, page(100, withColors)).join('\n')).toContain('\u001b[31mfailed\u001b[0m');
  });
});

test('what comes from outside steers no terminal, and begins no line of its own', () => {
  for (const columns of [null, 80]) {
    const lines = renderTerminal(hostileReport(), page(columns, withColors));
    const bare = lines.join('\n').replaceAll(SEQUENCE, '');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
    expect(bare).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(bare).toContain('\\u{1b}');
  }
  expect(wide(report({ groups: [group({ groupId: HOSTILE })] })).filter((line) => line.startsWith('==>'))).toEqual([]);
});
