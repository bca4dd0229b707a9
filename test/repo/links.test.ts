import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, readTracked } from './tracked-files.ts';

const pages = [...readTracked()].filter(([path]) => path.endsWith('.md')).map(([path]) => path);

/** As GitHub names the anchor of a heading. */
function anchors(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, title = '']) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links that lead nowhere: to a file that is not there, or to a heading that no page has. */
function deadLinks(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? join(ROOT, page) : normalize(join(ROOT, dirname(page), path));
    if (!existsSync(file)) return true;
    return anchor !== undefined && !anchors(readFileSync(file, 'utf8')).has(anchor);
  });
}

describe('links', () => {
  test.each(pages)('of %s lead somewhere', (page) => {
    expect(deadLinks(page)).toEqual([]);
  });

  test('are looked at in all documents', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/reasons.md', 'examples/README.md']));
  });
});
