/**
 * The only file that writes HTML of the page. Plain strings are escaped wherever they are put; only what these functions
 * return passes as markup. Invisible characters are shown, so that two different names never look the same.
 */
import { clip, visible } from '../escape.ts';

const MAX_TEXT_CHARS = 4_000;
const MAX_BLOCK_CHARS = 20_000;

/** Markup that is already safe; only this file makes it. The private field keeps look-alikes out. */
export class Html {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }
  get source(): string {
    return this.#source;
  }
}

export type HtmlContent = Html | string | number | bigint | null | readonly HtmlContent[];

export const NOTHING = new Html('');

/** html`<b>${name}</b>`: what is put in is escaped, in attributes too, as long as those are quoted. */
export function html(words: TemplateStringsArray, ...contents: readonly HtmlContent[]): Html {
  return new Html(words.reduce((all, word, i) => all + toSource(contents[i - 1] ?? null) + word));
}

/** A name: group id, topic, key. Kept apart from the direction of the text around it. */
export function name(value: string): Html {
  return value === '' ? html`<i>empty</i>` : html`<code class="name">${value}</code>`;
}

/** Lines as they are: a trace, a diff. */
export function lines(value: string): Html {
  const shown = clip(value, MAX_BLOCK_CHARS)
    .split(/\r\n|\r|\n/)
    .map((line) => escaped(visible(line.replaceAll('\t', '    '))));
  return new Html(shown.join('\n'));
}

/** Own text that is no markup and must not be changed: style, script, data. The caller vouches for it. */
export function asIs(source: string): Html {
  return new Html(source);
}

export function when(condition: boolean, content: () => Html): Html {
  return condition ? content() : NOTHING;
}

function toSource(content: HtmlContent): string {
  if (content === null) return '';
  if (content instanceof Html) return content.source;
  if (typeof content === 'object') return content.map(toSource).join('');
  return typeof content === 'string' ? escaped(visible(clip(content, MAX_TEXT_CHARS))) : String(content);
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}
