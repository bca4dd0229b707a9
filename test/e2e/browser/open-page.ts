/** A report's page in the browser, and all that it did there that a report must not do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors, messages on the console (violations of the security policy are among them), dialogs, new windows. */
  readonly misdeeds: readonly string[];
  /** Addresses asked for, beside the file itself. */
  readonly requests: readonly string[];
}

/** For the browser to do as it is told, on a busy machine. */
export const PATIENCE_MS = 120_000;

export interface OpenOptions {
  readonly label?: string;
  readonly context?: BrowserContextOptions;
  /** Put behind the address: `#group=0`. */
  readonly hash?: string;
}

export async function openReport(browser: Browser, model: ReportModel, options: OpenOptions = {}): Promise<OpenPage> {
  const { chunks } = renderHtml(model, { label: options.label ?? 'default', runUrl: null });
  return openText(browser, Array.from(chunks).join(''), options);
}

export async function openText(browser: Browser, text: string, options: OpenOptions = {}): Promise<OpenPage> {
  const folder = mkdtempSync(join(tmpdir(), 'report-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, text);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options.context });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const misdeeds: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => misdeeds.push(`error: ${error.message}`));
  page.on('console', (message) => misdeeds.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('popup', (popup) => misdeeds.push(`popup: ${popup.url()}`));
  const address = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url().replace(/#.*$/, '') !== address) requests.push(request.url());
  });
  await page.goto(address + (options.hash ?? ''));
  return {
    page,
    misdeeds,
    requests,
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
