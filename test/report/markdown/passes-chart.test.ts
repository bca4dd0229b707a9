import { describe, expect, test } from 'vitest';
import { passesChart, thinned } from '../../../src/report/markdown/passes-chart.ts';
import { pass } from '../build-report.ts';

function passes(...deltas: readonly bigint[]) {
  return deltas.map((offsetDelta, i) => pass({ number: i + 1, offsetDelta }));
}

describe('the chart of the passes', () => {
  test('has a point for each pass, and room for the highest', () => {
    expect(passesChart(passes(1_200n, 300n, 0n))).toEqual({
      source: [
        '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#2f6fde"}}}}%%',
        'xychart-beta',
        '  title "Offset delta after each pass (records)"',
        '  x-axis "Pass" ["1", "2", "3"]',
        '  y-axis "Records" 0 --> 1200',
        '  line [1200, 300, 0]',
      ].join('\n'),
      shown: 3,
      unknown: 0,
      partlyUnknown: false,
    });
  });

  test.each([
    ['no pass', []],
    ['one pass', passes(5n)],
    ['nothing but zeros', passes(0n, 0n, 0n)],
    ['one pass with a known delta', [pass({ offsetDeltaUnknown: 1 }), ...passes(7n)]],
  ])('is not drawn for %s', (_, given) => {
    expect(passesChart(given)).toBeNull();
  });

  test('never draws a zero for what is not known, and says what is left out', () => {
    const given = [
      pass({ number: 1, committed: 0, pending: 4, offsetDeltaUnknown: 4 }),
      pass({ number: 2, committed: 2, pending: 2, offsetDelta: 90n, offsetDeltaUnknown: 2 }),
      pass({ number: 3, committed: 4, offsetDelta: 10n }),
    ];
    const chart = passesChart(given);
    expect(chart).toMatchObject({ shown: 2, unknown: 1, partlyUnknown: true });
    expect(chart?.source).toContain('["2", "3"]');
    expect(chart?.source).toContain('line [90, 10]');
  });

  test('of many passes draws some, the first and the last among them, and the largest numbers whole', () => {
    const chart = passesChart(passes(...Array.from({ length: 900 }, (_, i) => BigInt(900 - i) * 10n ** 20n)));
    expect(chart?.shown).toBe(24);
    expect(chart?.source).toMatch(/x-axis "Pass" \["1", "40", .*, "900"\]/);
    expect(chart?.source).toContain(`0 --> ${9n * 10n ** 22n}`);
  });
});

test('thinning keeps order, both ends and the number asked for', () => {
  expect(thinned([1, 2, 3], 24)).toEqual([1, 2, 3]);
  expect(thinned([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([1, 5, 9]);
});
