import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from '../../../src/report/html/page-assets.ts';

test.each([
  ['page.js', PAGE_SCRIPT, PAGE_SCRIPT_HASH],
  ['page.css', PAGE_STYLE, PAGE_STYLE_HASH],
])('what is embedded is page/%s as it stands, under its hash; else run npm run page', (file, embedded, hash) => {
  const written = readFileSync(new URL(`../../../src/report/html/page/${file}`, import.meta.url), 'utf8');
  expect(embedded).toBe(written.trim());
  expect(hash).toBe(`sha256-${createHash('sha256').update(embedded).digest('base64')}`);
});

test('neither script nor style could end its element, or reach for the network', () => {
  expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--/i);
  expect(PAGE_STYLE).not.toMatch(/<\/style/i);
  expect(PAGE_SCRIPT).not.toMatch(/\b(?:fetch|XMLHttpRequest|WebSocket|sendBeacon|import|eval|Function|innerHTML)\b/);
  expect(PAGE_STYLE).not.toMatch(/url\(|@import/);
});
