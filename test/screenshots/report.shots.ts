/**
 * Pictures of every form of a report, written to build/screenshots for people to look at. REPORT_JSON=<file> adds those
 * of a real run.
 */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { renderComment } from '../../src/report/markdown/render-comment.ts';
import { renderSummary } from '../../src/report/markdown/render-summary.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { withColors } from '../../src/report/terminal/paint.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { launchChromium } from '../e2e/browser/chromium.ts';
import { mermaidScript } from '../e2e/browser/mermaid-script.ts';
import { openReport, openText } from '../e2e/browser/open-page.ts';
import { githubLike, type Theme } from './github-like.ts';
import { cutoverReport, manyReport, planReport, syncReport } from './models.ts';
import { terminalLike } from './terminal-like.ts';

const FOLDER = resolve(import.meta.dirname, '../../build/screenshots');
const RUN_URL = 'https://github.com/acme/migration/actions/runs/42';
const THEMES: readonly Theme[] = ['light', 'dark'];
/** A picture that is longer shows nothing more. */
const MAX_HEIGHT = 6_000;

const models: readonly (readonly [string, ReportModel])[] = [
  ['sync', syncReport()],
  ['cutover', cutoverReport()],
  ['plan', planReport()],
  ...realReport(),
];

let browser: Browser;
beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser.close());

function realReport(): readonly (readonly [string, ReportModel])[] {
  const file = process.env['REPORT_JSON'];
  if (file === undefined || file === '') return [];
  const parsed = parseReport(readFileSync(file, 'utf8'));
  if (parsed.kind === 'unusable') throw new Error(`${file}: ${parsed.problems.join(' ')}`);
  return [['real', parsed.report]];
}

async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  const { width } = page.viewportSize() ?? { width: 1280 };
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const clip = { x: 0, y: 0, width, height: Math.min(height, MAX_HEIGHT) };
  await page.screenshot(fullPage ? { path, fullPage, clip } : { path });
  expect(statSync(path).size).toBeGreaterThan(5_000);
}

test.each(models.flatMap(([name, model]) => THEMES.map((theme) => [name, theme, model] as const)))(
  'page: %s, %s',
  async (name, theme, model) => {
    await using opened = await openReport(browser, model, { context: { colorScheme: theme } });
    const { page } = opened;
    await page.locator('#table button.name').first().click();
    await shoot(page, `page-${name}-${theme}`);
    expect(opened.misdeeds).toEqual([]);
  },
);

test('page: 10,000 groups, a telephone, and paper', async () => {
  {
    await using opened = await openReport(browser, manyReport());
    await opened.page.fill('#search', 'team-7');
    await opened.page.evaluate('document.getElementById("groups").scrollIntoView()');
    await shoot(opened.page, 'page-many-groups', false);
  }
  await using phone = await openReport(browser, syncReport(), { context: { viewport: { width: 390, height: 844 } } });
  await phone.page.locator('#table button.name').first().click();
  await shoot(phone.page, 'page-telephone');
  await using paper = await openReport(browser, cutoverReport(), {
    context: { viewport: { width: 800, height: 1100 } },
  });
  await paper.page.emulateMedia({ media: 'print' });
  await shoot(paper.page, 'page-paper');
});

test.each(models.flatMap(([name, model]) => THEMES.map((theme) => [name, theme, model] as const)))(
  'summary and comment: %s, %s',
  async (name, theme, model) => {
    const forms = {
      summary: renderSummary(model, { runUrl: RUN_URL }).markdown,
      comment: renderComment(model, { label: 'default', runUrl: RUN_URL, reportJsonExists: true }).body,
    };
    for (const [form, markdown] of Object.entries(forms)) {
      await using opened = await openText(browser, githubLike(markdown, theme), {
        context: { viewport: { width: form === 'summary' ? 1_100 : 900, height: 900 } },
      });
      const { page } = opened;
      if ((await page.locator('pre.mermaid').count()) > 0) {
        await page.addScriptTag({ path: await mermaidScript() });
        await page.evaluate(
          `(async () => { mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' }); await mermaid.run(); })()`,
        );
      }
      await shoot(page, `${form}-${name}-${theme}`);
    }
  },
);

test.each(models)('terminal: %s', async (name, model) => {
  const lines = renderTerminal(model, { paint: withColors, columns: 120 });
  await using opened = await openText(browser, terminalLike(lines, `node dist/cli.js ${model.command}`), {
    context: { viewport: { width: 1_060, height: 600 } },
  });
  await shoot(opened.page, `terminal-${name}`);
});
