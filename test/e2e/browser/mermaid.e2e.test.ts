/** The chart of the passes as GitHub draws it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passesChart } from '../../../src/report/markdown/passes-chart.ts';
import type { PassReport } from '../../../src/report/report-model.ts';
import { pass } from '../../report/build-report.ts';
import { launchChromium } from './chromium.ts';
import { mermaidScript } from './mermaid-script.ts';
import { openText } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

function passes(deltas: readonly bigint[]): readonly PassReport[] {
  return deltas.map((offsetDelta, i) => pass({ number: i + 1, offsetDelta }));
}

test.each([
  ['two passes', passes([900n, 0n]), 2],
  ['300 passes', passes(Array.from({ length: 300 }, (_, i) => BigInt(300 - i) ** 2n)), 24],
  ['offsets beyond 2^53', passes([9_223_372_036_854_775_807n, 12n, 3n]), 3],
])('the chart of %s is drawn, with a label for each pass that it shows', async (_, of, shown) => {
  const chart = passesChart(of);
  expect(chart?.shown).toBe(shown);
  await using opened = await openText(browser, '<!doctype html><pre class="mermaid"></pre>');
  const { page } = opened;
  await page.addScriptTag({ path: await mermaidScript() });
  const drawn = await page.evaluate<{ readonly labels: number; readonly d: string; readonly stroke: string }, string>(
    `(async () => {
      mermaid.initialize({ startOnLoad: false });
      await mermaid.parse(${JSON.stringify(chart?.source)});
      const { svg } = await mermaid.render('chart', ${JSON.stringify(chart?.source)});
      const root = new DOMParser().parseFromString(svg, 'image/svg+xml');
      return {
        labels: root.querySelectorAll('.bottom-axis .label text').length,
        d: root.querySelector('.plot path').getAttribute('d'),
        stroke: root.querySelector('.plot path').getAttribute('stroke'),
      };
    })()`,
    '',
  );
  expect(drawn.labels).toBe(shown);
  // Mermaid's own colour is all but white.
  expect(drawn.stroke).toBe('#2f6fde');
  expect(drawn.d).toMatch(/^M[\d.,L]+$/);
  expect(opened.misdeeds).toEqual([]);
});
