/**
 * Makes untrusted text inert (invariant J): group ids, topics, connector traces, error messages. Two steps, used by
 * every renderer: `visible` shows what the eye would miss, `inertText`/`inertCode` take the meaning out of every
 * character that Markdown, HTML or GitHub's own filters give one. Entities can't form structure (CommonMark 2.5).
 */

/** Controls, bidi marks, zero-width and other default-ignorable characters, line separators, lone surrogates, and what is none. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** An underscore inside a word and a colon before a space mean nothing, and most text is full of them. */
const HTML_OR_MARKDOWN = /[\\`*[\]<>|~&#@$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/)/g;

/** Mentions, issue numbers, emoji (`:tada:`, but not the `:9092:` of an address, which people copy). */
const LINKED_LATER = /[@#](?=\S)|\bGH-(?=\d)|:(?=(?:100|1234|8ball|[a-z_+-][\w+-]*):)/gi;
const WWW = /www\./gi;
const ZERO_WIDTH_SPACE = '\u200b';

/** Each invisible character as `\u{202e}`, so that two different names never look the same. */
export function visible(value: string): string {
  return value.replace(INVISIBLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** At most `maxChars` code points; the middle is left out because names differ at both ends. */
export function clip(value: string, maxChars: number): string {
  // A code point is one or two units: a short string needs no count.
  if (value.length <= maxChars) return value;
  const chars = Array.from(
    value.length > maxChars * 8 ? value.slice(0, maxChars * 4) + value.slice(-maxChars * 4) : value,
  );
  if (chars.length <= maxChars) return value;
  const head = Math.ceil((maxChars - 1) * 0.7);
  return `${chars.slice(0, head).join('')}…${chars.slice(chars.length - (maxChars - 1 - head)).join('')}`;
}

/** A name for use inside `<code>`, in Markdown, in a table cell and in an HTML block alike. */
export function inertCode(value: string): string {
  return (
    visible(value)
      .replace(HTML_OR_MARKDOWN, entity)
      .replace(WWW, hideDot)
      // GitHub's Markdown links mail addresses even here; a tag between the parts prevents it, and leaves no trace
      // in what is copied.
      .replaceAll('&#64;', '&#64;<wbr>')
      // HTML collapses these spaces, and ` a` would look like `a`.
      .replace(/^ | $|(?<= ) /g, '&nbsp;')
  );
}

/** Prose on one line. GitHub links mentions, issue numbers and emoji after parsing: a zero-width space breaks them. */
export function inertText(value: string): string {
  return (
    visible(value.replace(/\s+/g, ' ').trim())
      .replace(LINKED_LATER, (found) => found + ZERO_WIDTH_SPACE)
      .replace(HTML_OR_MARKDOWN, entity)
      .replace(WWW, hideDot)
      // Markers of lists and underlined headings, should the text open a line.
      .replace(/^[-+=]/, entity)
      .replace(/^(\d{1,9})([.)])(?=\s|$)/, (_, digits: string, mark: string) => digits + entity(mark))
      .replaceAll(ZERO_WIDTH_SPACE, '&#8203;')
  );
}

/** Text of several lines inside `<pre>`: line feeds stay, all else as in code. */
export function inertBlock(value: string): string {
  return value
    .split(/\r\n|\r|\n/)
    .map((line) => visible(line.replaceAll('\t', '    ')).replace(HTML_OR_MARKDOWN, entity))
    .join('\n');
}

/** Bytes of a string in UTF-8; a lone surrogate is written as U+FFFD, three bytes. */
export function utf8Length(value: string): number {
  let bytes = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHighSurrogate(unit) && isLowSurrogate(value.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function hideDot(www: string): string {
  return `${www.slice(0, -1)}&#46;`;
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
