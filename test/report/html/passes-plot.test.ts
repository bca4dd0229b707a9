import { describe, expect, test } from 'vitest';
import { passesPlot } from '../../../src/report/html/plots/passes-plot.ts';
import type { PassReport } from '../../../src/report/report-model.ts';
import { pass } from '../build-report.ts';

function passes(...deltas: readonly bigint[]): readonly PassReport[] {
  return deltas.map((offsetDelta, i) => pass({ number: i + 1, offsetDelta }));
}

function drawn(shown: readonly PassReport[]) {
  const { source } = passesPlot(shown);
  const path = /<polyline class="line" points="([^"]*)"/.exec(source)?.[1] ?? '';
  const points = path === '' ? [] : path.split(' ').map((point) => point.split(',').map(Number));
  const grid = [...source.matchAll(/<line class="grid"[^>]* y1="([\d.]+)"[^>]*\/><text [^>]*>([\d,]+)</g)];
  const levels = new Map(grid.map(([, y, value = '']) => [Number(value.replaceAll(',', '')), Number(y)]));
  return { source, xs: points.map(([x = 0]) => x), ys: points.map(([, y = 0]) => y), levels };
}

describe('the plot of the offset delta over the passes', () => {
  test('has a point for each pass, as high as its delta on the scale beside it', () => {
    const deltas = [8_000n, 4_000n, 1_000n, 0n];
    const { source, xs, ys, levels } = drawn(passes(...deltas));
    expect([...levels.keys()]).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
    const [top = 0, floor = 0] = [levels.get(8_000), levels.get(0)];
    expect(ys).toEqual(deltas.map((delta) => Number((floor - ((floor - top) * Number(delta)) / 8_000).toFixed(1))));
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    const steps = xs.slice(1).map((x, i) => Math.round(x - (xs[i] ?? 0)));
    expect(new Set(steps).size).toBe(1);
    expect(source).toContain('<title>Pass 2: 4,000</title>');
    expect(source).toContain('After 4 passes: 0. At 0 every known offset is in place');
    expect(source).toContain('aria-label="Line of the offset delta: 8,000 after pass 1, 0 after pass 4.');
  });

  test('draws no zero where nothing is known, and says how many are not', () => {
    const unknown = pass({ number: 2, committed: 0, pending: 3, offsetDelta: 0n, offsetDeltaUnknown: 3 });
    const [first, last] = [pass({ offsetDelta: 50n }), pass({ number: 3, offsetDelta: 20n, offsetDeltaUnknown: 0 })];
    const { source, ys } = drawn([first, unknown, last]);
    expect(ys).toHaveLength(2);
    expect(source).not.toContain('<title>Pass 2');
    expect(source).toContain('<td class="num">3 unknown</td>');
  });

  test('has every pass in figures below it, and of many those that fit', () => {
    expect(drawn(passes(3n, 2n, 1n)).source.match(/<th scope="row"/g)).toHaveLength(3);
    const many = drawn(passes(...Array.from({ length: 1_000 }, (_, i) => BigInt(1_000 - i))));
    expect(many.ys.length).toBeLessThanOrEqual(200);
    expect(many.ys.at(-1)).toBeGreaterThan(many.ys[0] ?? 0);
    expect(many.source).toMatch(/800 passes in between left out here; all are in report\.json/);
  });

  test('is no line where there is nothing to follow', () => {
    expect(passesPlot(passes(7n)).source).toBe('');
    expect(drawn(passes(0n, 0n)).ys).toEqual([]);
    expect(drawn(passes(0n, 0n)).source).toContain('Passes in figures');
  });
});
