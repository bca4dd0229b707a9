/**
 * The only file that writes Markdown and HTML. Plain strings are escaped wherever they are put; only what these
 * functions return passes as markup, so that a renderer cannot forget. Inline markup is HTML, because it must also
 * hold inside `<summary>`, where GitHub reads no Markdown.
 */
import { clip, inertBlock, inertCode, inertText, visible } from '../escape.ts';

const MAX_TEXT_CHARS = 2_000;
const MAX_NAME_CHARS = 160;
const MAX_BLOCK_CHARS = 6_000;

/** Text that is already safe; only this file makes it. The private field keeps look-alikes out. */
export class Markup {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }
  get source(): string {
    return this.#source;
  }
}

export type Content = Markup | string | number | bigint;

export const NOTHING = new Markup('');

/** Escaped prose on one line. */
export function text(value: string): Markup {
  return new Markup(inertText(clip(value, MAX_TEXT_CHARS)));
}

/** A name: group id, topic, file, reason. */
export function code(value: string): Markup {
  return value === ''
    ? new Markup('<i>empty</i>')
    : new Markup(`<code>${inertCode(clip(value, MAX_NAME_CHARS))}</code>`);
}

export function bold(content: Content): Markup {
  return new Markup(`<b>${toSource(content)}</b>`);
}

/** Joins words and markup: md`${bold(n)} groups of ${topic}`. Interpolated strings are escaped. */
export function md(words: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(words.reduce((all, word, i) => all + toSource(contents[i - 1] ?? NOTHING) + word));
}

export function join(contents: readonly Content[], separator: string): Markup {
  return new Markup(contents.map(toSource).join(separator));
}

export function heading(level: 2 | 3 | 4, content: Content): Markup {
  return new Markup(`${'#'.repeat(level)} ${toSource(content)}`);
}

export function list(items: readonly Content[]): Markup {
  return new Markup(items.map((item) => `- ${toSource(item)}`).join('\n'));
}

/** A block with a warning colour on GitHub; elsewhere a quotation. */
export function alert(kind: 'caution' | 'warning' | 'note', paragraphs: readonly Content[]): Markup {
  return new Markup(
    [`> [!${kind.toUpperCase()}]`, paragraphs.map((one) => `> ${toSource(one)}`).join('\n>\n')].join('\n'),
  );
}

export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

export function tableHead(columns: readonly Column[]): Markup {
  const titles = tableRow(columns.map((column) => column.title)).source;
  return new Markup(`${titles}\n|${columns.map((column) => (column.align ? '---:' : '---')).join('|')}|`);
}

export function tableRow(cells: readonly Content[]): Markup {
  return new Markup(`| ${cells.map((cell) => toSource(cell).replaceAll('\n', ' ')).join(' | ')} |`);
}

export function table(columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  return new Markup([tableHead(columns), ...rows.map(tableRow)].map((row) => row.source).join('\n'));
}

/** Preformatted lines, e.g. a connector's trace. */
export function pre(value: string): Markup {
  return new Markup(`<pre>${inertBlock(clip(value, MAX_BLOCK_CHARS))}</pre>`);
}

/**
 * Lines in a code block that GitHub colours (`diff`) or draws (`mermaid`). It reads nothing in there but the end of the
 * block, and that is longer than any run of backticks in the lines.
 */
export function codeBlock(language: 'diff' | 'mermaid', content: readonly string[]): Markup {
  const body = content.map((line) => visible(line.replaceAll('\t', '    '))).join('\n');
  const longest = Math.max(0, ...Array.from(body.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return new Markup(`${fence}${language}\n${body}\n${fence}`);
}

/** The words alone where the address is none of the web. */
export function link(words: Content, address: string): Markup {
  if (!/^https?:\/\/[^\s]+$/.test(address)) return md`${words}`;
  const target = address.replace(/[<>"\\`|[\]\p{Cc}\p{Cf}]/gu, encodeURIComponent).replace(/[()']/g, percent);
  return new Markup(`[${toSource(words)}](${target})`);
}

/** GitHub reads Markdown inside only after a blank line, and ends the block only at a line of its own. */
export function details(summary: Content, body: Markup, state: 'closed' | 'open' = 'closed'): Markup {
  const tag = state === 'open' ? '<details open>' : '<details>';
  return new Markup(`${tag}\n<summary>${toSource(summary)}</summary>\n\n${body.source}\n\n</details>`);
}

/** Lines of one block, e.g. of a table that is built row by row. */
export function lines(parts: readonly Markup[]): Markup {
  return new Markup(parts.map((part) => part.source).join('\n'));
}

/** Words that stay on one line in a narrow column. */
export function unbroken(content: Content): Markup {
  return new Markup(toSource(content).replaceAll(' ', '&nbsp;'));
}

/** One above the other in a cell. */
export function stacked(contents: readonly Content[]): Markup {
  return join(contents, '<br>');
}

/** Blocks apart by a blank line; empty ones left out. */
export function blocks(parts: readonly Markup[]): Markup {
  return new Markup(
    parts
      .map((part) => part.source)
      .filter((source) => source !== '')
      .join('\n\n'),
  );
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function toSource(content: Content): string {
  if (content instanceof Markup) return content.source;
  return typeof content === 'string' ? text(content).source : String(content);
}
