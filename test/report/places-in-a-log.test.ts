/** Places in a log have one word each: beyond is at a higher offset, before at a lower one, behind is who has not come as far. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REASON_WORDS } from '../../src/report/reason-words.ts';
import { FIGURE_WORDS, GLOSSARY } from '../../src/report/words.ts';

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const source = (path: string) => readFileSync(new URL(`../../src/report/${path}`, import.meta.url), 'utf8');

describe.each([
  ['docs/reasons.md', page('reasons.md')],
  ['docs/offsets.md', page('offsets.md')],
  ['the words of reasons', JSON.stringify(REASON_WORDS)],
  ['the words of figures', JSON.stringify([FIGURE_WORDS, GLOSSARY])],
  ['the words of a proof', source('html/proof-words.ts')],
])('%s', (_, text) => {
  test('says behind only of who has not come as far', () => {
    const all = [...text.matchAll(/(\S+) behind\b.{0,30}/g)];
    const others = all.filter(([, before = '']) => !/^(?:is|are|lags|far|further|close)$/.test(before));
    expect(others.map(([words]) => words)).toEqual([]);
  });
});

test('what is ahead on the target lies beyond the translated place', () => {
  const [, section = ''] = page('reasons.md').split('\n### target-ahead\n');
  const [own = ''] = section.split('\n### ');
  expect(REASON_WORDS['target-ahead'].meaning).toContain('already beyond the translated one');
  expect(own.replace(/\s+/g, ' ')).toContain(
    "Somebody else's commit lies beyond the translated place, at a higher offset",
  );
});
