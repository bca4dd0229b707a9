import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullReport, group, partition, pass, RECORDS_PROOF, report } from '../../report/build-report.ts';
import { almostReady, gateReport } from '../../report/gate-report.ts';
import { launchChromium } from './chromium.ts';
import { manyGroups } from './many-groups.ts';
import { openReport, PATIENCE_MS } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const BACKGROUND = 'getComputedStyle(document.body).backgroundColor';
const ROWS = '#table > tbody > tr:not(.detail)';

/** The page draws what was asked for with its next frame. */
const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: PATIENCE_MS });

function groupIds(page: Page): Promise<string[]> {
  return page.locator(`${ROWS} button.name .text`).allTextContents();
}

describe('10,000 groups', () => {
  test('are searched, filtered and sorted as a whole, while only what is looked at is rendered', async () => {
    await using opened = await openReport(browser, report({ groups: manyGroups(10_000) }));
    const { page } = opened;
    await page.locator(ROWS).first().waitFor();
    expect(await page.locator(ROWS).count()).toBeLessThanOrEqual(200);
    expect(await page.locator('*').count()).toBeLessThan(5_000);
    expect(await page.textContent('#count')).toMatch(/^10,000 groups, \d+ shown so far$/);

    await page.fill('#search', 'service-09999');
    await eventually(() => groupIds(page)).toEqual(['service-09999']);
    expect(await page.textContent('#count')).toBe('1 of 10,000 groups');

    await page.fill('#search', 'TOPIC-96');
    await eventually(() => page.textContent('#count')).toMatch(/^\d\d of 10,000 groups$/);

    await page.press('#search', 'Escape');
    await page.getByRole('button', { name: /^failed 200$/ }).click();
    expect(await page.textContent('#count')).toMatch(/^200 of 10,000 groups/);
    await page.getByRole('button', { name: /^active 1,000$/ }).click();
    expect(await page.textContent('#count')).toMatch(/^1,200 of 10,000 groups/);
    expect(opened.misdeeds).toEqual([]);
    expect(opened.requests).toEqual([]);
  });

  test('come further as the page is scrolled, and by a button for the keyboard', async () => {
    await using opened = await openReport(browser, report({ groups: manyGroups(1_000) }));
    const { page } = opened;
    const before = await page.locator(ROWS).count();
    await page.locator('#more').focus();
    await page.keyboard.press('Enter');
    await eventually(() => page.locator(ROWS).count()).toBeGreaterThan(before);
    await eventually(() => page.evaluate('document.activeElement.className')).toBe('name');
    await page.locator('#reading-title').scrollIntoViewIfNeeded();
    await eventually(() => page.locator(ROWS).count()).toBeGreaterThan(before + 100);
  });
});

describe('the table', () => {
  test('starts with the worst, sorts by a column most first, and comes back to the worst', async () => {
    await using opened = await openReport(browser, fullReport());
    const { page } = opened;
    const worstFirst = ['refused', 'live', 'waiting', 'in-place', 'not-selected'];
    expect(await groupIds(page)).toEqual(worstFirst);
    const lag = page.getByRole('columnheader', { name: 'Source lag' });
    await lag.getByRole('button').click();
    expect((await groupIds(page)).slice(0, 2)).toEqual(['in-place', 'refused']);
    expect(await lag.getAttribute('aria-sort')).toBe('descending');
    await lag.getByRole('button').click();
    expect(await lag.getAttribute('aria-sort')).toBe('ascending');
    await lag.getByRole('button').click();
    expect(await groupIds(page)).toEqual(worstFirst);
  });

  test('opens a group by the keyboard to its reasons, its partitions and the proof of each', async () => {
    await using opened = await openReport(browser, fullReport());
    const { page } = opened;
    const button = page.getByRole('button', { name: 'refused' });
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const detail = page.locator(`#${await button.getAttribute('aria-controls')}`);
    expect(await detail.textContent()).toContain('The broker refused the commit.');
    expect(await detail.textContent()).toContain('What to do:');
    expect(await detail.getByRole('table', { name: 'Partitions of refused' }).locator('tbody tr').count()).toBe(4);
    await page.keyboard.press('Enter');
    expect(await detail.count()).toBe(0);

    await page.getByRole('button', { name: 'in-place' }).click();
    expect(await page.locator('tr.proof').allTextContents()).toContainEqual(
      expect.stringContaining('100 records of the source were compared with 99 records of the target'),
    );
  });

  test('filters by the reason and says when nothing fits', async () => {
    await using opened = await openReport(browser, fullReport());
    const { page } = opened;
    await page.selectOption('#reason', 'no-checkpoint');
    expect(await groupIds(page)).toEqual(['waiting']);
    await page.fill('#search', 'nobody');
    await eventually(() => page.textContent('#count')).toBe('None of 5 groups fits.');
  });

  test('shows offsets beyond 2^53 digit by digit', async () => {
    const huge = partition({ sourceCommitted: 9_223_372_036_854_775_806n, sourceLogEnd: 9_223_372_036_854_775_807n });
    await using opened = await openReport(browser, report({ groups: [group({ partitions: [huge] })] }));
    await opened.page.getByRole('button', { name: 'payments' }).click();
    expect(await opened.page.locator('.partitions').textContent()).toContain('9223372036854775806');
  });

  test('has the verdict of the gate on each group, with the checks that do not pass', async () => {
    await using opened = await openReport(browser, gateReport(almostReady()));
    const { page } = opened;
    await page.fill('#search', 'orders-etl');
    await eventually(() => groupIds(page)).toEqual(['orders-etl']);
    await page.getByRole('button', { name: 'orders-etl' }).click();
    expect(await page.locator('tr.detail').textContent()).toContain('Checks not passed: activity');
  });

  test('is reached from the bars of the plot', async () => {
    await using opened = await openReport(browser, fullReport());
    const { page } = opened;
    await page.locator('.bars').getByRole('link', { name: 'refused' }).click();
    await eventually(() => groupIds(page)).toEqual(['refused']);
    expect(await page.locator('tr.detail').count()).toBe(1);
  });
});

describe('everybody can read it', () => {
  const models = {
    'a sync in trouble': {
      ...fullReport(),
      passes: [pass({ offsetDelta: 900n }), pass({ number: 2, offsetDelta: 300n })],
    },
    'a gate that does not pass': gateReport(almostReady()),
    'proofs of records': report({ groups: [group({ partitions: [partition({ proof: RECORDS_PROOF })] })] }),
  };
  test.each(
    Object.entries(models).flatMap(([name, model]) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ name, model, colorScheme })),
    ),
  )('$name in $colorScheme: axe-core finds nothing', async ({ model, colorScheme }) => {
    await using opened = await openReport(browser, model, { context: { colorScheme, bypassCSP: true } });
    const { page } = opened;
    await page.locator(`${ROWS} button.name`).first().click();
    for (const details of await page.locator('details > summary').all()) await details.click();
    await page.addScriptTag({ content: axe.source });
    const violations = await page.evaluate(async () => {
      const found = await (globalThis as unknown as { axe: typeof axe }).axe.run();
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    });
    expect(violations).toEqual([]);
  });

  test('the colours follow the system until somebody chooses', async () => {
    await using opened = await openReport(browser, report(), { context: { colorScheme: 'dark' } });
    const { page } = opened;
    const background = () => page.evaluate(BACKGROUND);
    const dark = await background();
    await page.getByRole('button', { name: 'Light colours' }).click();
    expect(await background()).not.toBe(dark);
    await page.getByRole('button', { name: 'Dark colours' }).click();
    expect(await background()).toBe(dark);
  });

  test('it is not wider than a telephone', async () => {
    await using opened = await openReport(browser, fullReport(), {
      context: { viewport: { width: 390, height: 800 } },
    });
    const wider = await opened.page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(wider).toBe(0);
  });

  test('what stands above the groups is there without scripts, and the page says what is missing', async () => {
    await using opened = await openReport(browser, fullReport(), { context: { javaScriptEnabled: false } });
    const { page } = opened;
    expect(await page.locator('h1').textContent()).toContain('Offset sync partly failed');
    expect(await page.locator('noscript').textContent()).toContain('needs scripts');
  });

  test('it prints all groups that fit on paper, in light colours and unfolded', async () => {
    await using opened = await openReport(browser, report({ groups: manyGroups(600) }), {
      context: { colorScheme: 'dark' },
    });
    const { page } = opened;
    const pdf = await page.pdf();
    expect(pdf.length).toBeGreaterThan(50_000);
    expect(await page.locator(ROWS).count()).toBe(600);
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(BACKGROUND)).toBe('rgb(255, 255, 255)');
  });
});

test('the plot of the offset delta falls from pass to pass, is told to a screen reader, and has its figures below', async () => {
  const passes = [9_000n, 4_000n, 0n].map((offsetDelta, i) => pass({ number: i + 1, offsetDelta }));
  await using opened = await openReport(browser, report({ passes }));
  const { page } = opened;
  const plot = page.getByRole('img', { name: /^Line of the offset delta: 9,000 after pass 1, 0 after pass 3/ });
  await plot.waitFor();
  const places = await page.evaluate<readonly { readonly x: number; readonly y: number }[]>(
    '[...document.querySelectorAll("svg.line-plot circle.point")].map((point) => point.getBoundingClientRect().toJSON())',
  );
  expect(places).toHaveLength(3);
  expect(places.map(({ x }) => x)).toEqual(places.map(({ x }) => x).toSorted((a, b) => a - b));
  expect(new Set(places.map(({ y }) => y)).size).toBe(3);
  expect(places.map(({ y }) => y)).toEqual(places.map(({ y }) => y).toSorted((a, b) => a - b));
  expect(await plot.locator('circle.point title').allTextContents()).toEqual([
    'Pass 1: 9,000',
    'Pass 2: 4,000',
    'Pass 3: 0',
  ]);
  await page.getByText('Passes in figures').click();
  expect(await page.getByRole('group', { name: 'Passes' }).getByRole('rowheader').allTextContents()).toEqual([
    '1',
    '2',
    '3',
  ]);
  expect(opened.misdeeds).toEqual([]);
});
