/** Names that others choose, in a real browser: they are shown, and do nothing (invariant J). */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { connector, finding, group, partition, report } from '../../report/build-report.ts';
import { launchChromium } from './chromium.ts';
import { openReport, openText, PATIENCE_MS } from './open-page.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '<!--<script>alert(3)',
  ']]>--><img src=x onerror=alert(4)>',
  '"><svg onload=alert(5)>',
  "' onmouseover='alert(6)",
  '<img src="https://tracker.test/pixel.gif">',
  '<iframe srcdoc="<script>parent.alert(7)</script>"></iframe>',
  '</title></style></table></details><base href="https://evil.test/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.test/">',
  'javascript:alert(8)',
  '{{constructor.constructor("alert(9)")()}}',
  '$'.concat('{alert(10)}'),
  '\\u003cscript\\u003ealert(11)\\u003c/script\\u003e',
  '{0} {1} $& $1 $`',
  '__proto__',
  'constructor',
  'a|b`c`\n::error::d',
  '@everyone #1 www.evil.test https://evil.test',
  '\u202egnp.exe',
  'a\u200bb\u0000c\ufeff',
  '\ud800 lone',
  ' leading and  double ',
  '',
  'é'.repeat(249),
  'x'.repeat(249),
] as const;

/** Each name everywhere where a name of others may stand. */
function hostileReport(): ReportModel {
  return report({
    source: { alias: HOSTILE[0], clusterId: HOSTILE[1] },
    target: { alias: HOSTILE[4], clusterId: HOSTILE[3] },
    shard: HOSTILE[2],
    interrupted: HOSTILE[8],
    connectors: HOSTILE.map((name) =>
      connector({
        name,
        class: name,
        change: 'update',
        changedKeys: [name],
        keys: [{ key: name, before: name, after: `${name}+`, secret: false }],
        state: name,
        tasks: [{ id: 0, state: name }],
        trace: name,
      }),
    ),
    planHash: HOSTILE[0],
    groups: HOSTILE.map((name, i) =>
      group({
        groupId: name,
        sourceState: name,
        targetState: name,
        type: name,
        verdict: 'blocked',
        partitions: [
          partition({
            topic: name,
            sourceTopic: name,
            verdict: 'skipped',
            reason: 'taken-over',
            detail: name,
            partition: i,
            proof: { kind: 'checkpoint', groupId: HOSTILE[i - 1] ?? 'x', upstream: 1_200n, downstream: 1_180n },
          }),
        ],
      }),
    ),
    phase: 'cutover',
    checks: HOSTILE.map((name, i) => ({
      id: 'activity',
      number: i,
      title: name,
      verdict: 'fail',
      seen: name,
      threshold: name,
      next: name,
      warnings: [name],
      cases: [{ kind: 'group', name, verdict: 'fail', seen: name }],
    })),
    readiness: HOSTILE.map((name) => ({
      groupId: name,
      verdict: 'not-ready',
      failed: ['activity'],
      unknown: [],
      notAsked: [],
      why: name,
    })),
    findings: HOSTILE.map((name) =>
      finding({ rule: name, where: name, message: name, hint: name, at: { file: name, line: 1 } }),
    ),
    errors: HOSTILE.map((name) => ({ code: 'CONNECTOR_FAILED', message: name, hint: name })),
  });
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('hostile names are shown, execute nothing and ask for nothing', async () => {
  await using opened = await openReport(browser, hostileReport(), { label: HOSTILE[1] });
  const { page } = opened;
  await page.evaluate('document.querySelectorAll("details").forEach((details) => { details.open = true; })');
  const buttons = page.locator('#table button.name');
  for (const button of await buttons.all()) await button.click();

  const shown = (await buttons.locator('.text').allTextContents()).sort();
  const expected = HOSTILE.map((name) => (name === '' ? '(empty)' : seen(name)));
  expect(shown).toEqual(expected.sort());
  expect(await page.locator('tr.detail').count()).toBe(HOSTILE.length);
  // Elements that the page itself does not make.
  expect(await page.locator('img, iframe, object, embed, base, form, [onerror], [onload], [onmouseover]').count()).toBe(
    0,
  );
  expect(await page.locator('script').count()).toBe(2);
  expect(await page.locator('meta[http-equiv="refresh"]').count()).toBe(0);
  const links = await page.evaluate('[...document.querySelectorAll("a")].map((link) => link.getAttribute("href"))');
  expect((links as string[]).filter((link) => !/^#(?:main|group=\d+)$/.test(link))).toEqual([]);
  expect(opened.misdeeds).toEqual([]);
  expect(opened.requests).toEqual([]);
});

/** What the eye would miss is written out. */
function seen(name: string): string {
  return Array.from(name, (char) =>
    INVISIBLE.includes(char) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char,
  ).join('');
}

const INVISIBLE = ['\n', '\u0000', '\u200b', '\u202e', '\ufeff', '\ud800'];

test('were a name to get through as markup, the security policy would still hold it', async () => {
  await using honest = await openReport(browser, report());
  const text = await honest.page.content();
  const broken = text.replace(
    '</main>',
    '<script>document.title = "run"</script><img src="https://evil.test/x"><p id="p" style="color:red" onclick="document.title = \'run\'">p</p></main>',
  );
  await using opened = await openText(browser, broken);
  await opened.page.click('#p');
  expect(await opened.page.title()).not.toBe('run');
  await expect.poll(() => opened.misdeeds.join('\n'), { timeout: PATIENCE_MS }).toMatch(/Content Security Policy/);
  const markup = 'document.getElementById("p").innerHTML = "<b>x</b>"';
  await expect(opened.page.evaluate(markup)).rejects.toThrow(/TrustedHTML/);
});
