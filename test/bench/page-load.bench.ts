/**
 * How long Chromium takes to open the page of a report with 10,000 groups, until its table is filled, beside an empty
 * page in the same run. Prints times; asserts only that the table is there.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { launchChromium } from '../e2e/browser/chromium.ts';
import { openText } from '../e2e/browser/open-page.ts';
import { largeReport } from '../report/many-groups.ts';
import { median } from './median.ts';

const ROUNDS = 5;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it.each([10, 10_000, 100_000])('%i groups are opened', async (count) => {
  const { chunks, detail } = renderHtml(largeReport(count), { label: 'default', runUrl: null });
  const text = Array.from(chunks).join('');
  const [page, empty] = [await medianMs(() => openedMs(text)), await medianMs(() => openedMs('<!doctype html><p>'))];
  const size = (Buffer.byteLength(text) / 1_048_576).toFixed(1);
  console.log(`${count} groups, ${size} MiB (${detail}): ${page.toFixed(0)} ms; an empty page: ${empty.toFixed(0)} ms`);
});

async function openedMs(text: string): Promise<number> {
  await using opened = await openText(browser, text);
  if (text.includes('id="table"')) expect(await opened.page.locator('#table > tbody > tr').count()).toBeGreaterThan(9);
  return await opened.page.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd');
}

async function medianMs(round: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await round());
  return median(times);
}
