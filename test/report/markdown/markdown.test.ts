import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  blocks,
  bold,
  code,
  codeBlock,
  details,
  join,
  link,
  list,
  md,
  pre,
  table,
} from '../../../src/report/markdown/markdown.ts';

test('a string put into a template is escaped, markup is not escaped twice', () => {
  expect(md`${bold('a|b')} of ${code('<x>')}: ${'*5*'} and ${7n}`.source).toBe(
    '<b>a&#124;b</b> of <code>&#60;x&#62;</code>: &#42;5&#42; and 7',
  );
});

test('a table keeps its shape whatever its cells hold', () => {
  const rows = table(
    [{ title: 'A' }, { title: 'B', align: 'right' }],
    [
      ['x|y\nz', 1],
      [code('`|`'), ''],
    ],
  ).source.split('\n');
  expect(rows).toEqual(['| A | B |', '|---|---:|', '| x&#124;y z | 1 |', '| <code>&#96;&#124;&#96;</code> |  |']);
});

test('details have the blank lines that GitHub needs to read the Markdown inside', () => {
  expect(details(code('g'), list(['one', 'two'])).source).toBe(
    '<details>\n<summary><code>g</code></summary>\n\n- one\n- two\n\n</details>',
  );
});

test('preformatted text cannot end its block', () => {
  expect(pre('at a\n\n</pre><script>').source).toBe('<pre>at a\n\n&#60;/pre&#62;&#60;script&#62;</pre>');
});

test('a code block ends only where it should, and shows what the eye would miss', () => {
  expect(codeBlock('diff', ['- a = ```', '+ a = ````` b', '\u202e\n```']).source).toBe(
    '``````diff\n- a = ```\n+ a = ````` b\n\\u{202e}\\u{a}```\n``````',
  );
  expect(codeBlock('mermaid', ['a', 'b']).source).toBe('```mermaid\na\nb\n```');
});

test('a link goes to an address of the web, and ends only where it should', () => {
  expect(link('the run', 'https://github.test/a/b/actions/runs/42#artifacts').source).toBe(
    '[the run](https://github.test/a/b/actions/runs/42#artifacts)',
  );
  expect(link('x', 'https://a.test/b)[c](d_e').source).toBe('[x](https://a.test/b%29%5Bc%5D%28d_e)');
  expect(link('x', 'javascript:alert(1)').source).toBe('x');
  expect(link('a](b', 'https://a.test').source).toBe('[a&#93;(b](https://a.test)');
});

test('an empty name is shown as such', () => {
  expect(code('').source).toBe('<i>empty</i>');
});

test('empty blocks leave no gap', () => {
  expect(blocks([md`a`, md``, join([], ', '), md`b`]).source).toBe('a\n\nb');
});

test('no other renderer writes markup', () => {
  const folder = new URL('../../../src/report/', import.meta.url);
  const others = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      // The documents hold words of ours alone.
      !['markdown/markdown.ts', 'escape.ts', 'word-documentation.ts'].includes(file) &&
      !file.startsWith('html/'),
  );
  expect(others.length).toBeGreaterThan(30);
  const writing = others.filter((file) => {
    const code = readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    return /<\/?(?:b|i|code|pre|details|summary|table|br)\b[^<]*>[^(]|\*\*|\| ---|new Markup/.test(code);
  });
  expect(writing).toEqual([]);
});
