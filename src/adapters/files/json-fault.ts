/** Where a text stops being JSON (RFC 8259). Node 20 tells no place of "Unexpected token", and quotes the text instead. */

/** What is to come next; `… or end`: in an array or object that may still be empty. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /(?:true|false|null)/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has them as escapes only.
const TEXT = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;

/** Offset of the first character that no JSON can have there, which may be the end of the text; null: it is JSON. */
export function jsonFault(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = endOf(BLANKS, text, at) ?? at;
    if (at === text.length) return expected === 'nothing' ? null : at;
    const char = text[at] ?? '';
    if (expected === 'nothing') return at;
    if (expected === 'colon') {
      if (char !== ':') return at;
      [expected, at] = ['value', at + 1];
    } else if (char === '}' || char === ']') {
      const isOpen = open.at(-1) === (char === '}' ? '{' : '[');
      const mayEnd = expected === 'comma or end' || expected === (char === '}' ? 'key or end' : 'value or end');
      if (!isOpen || !mayEnd) return at;
      open.pop();
      [expected, at] = [open.length === 0 ? 'nothing' : 'comma or end', at + 1];
    } else if (expected === 'comma or end') {
      if (char !== ',') return at;
      [expected, at] = [open.at(-1) === '{' ? 'key' : 'value', at + 1];
    } else if (char === '"') {
      const end = endOf(TEXT, text, at) ?? at;
      if (text[end] !== '"') return end;
      const isKey: boolean = expected === 'key' || expected === 'key or end';
      [expected, at] = [isKey ? 'colon' : open.length === 0 ? 'nothing' : 'comma or end', end + 1];
    } else if (expected === 'key' || expected === 'key or end') {
      return at;
    } else if (char === '{' || char === '[') {
      open.push(char);
      [expected, at] = [char === '{' ? 'key or end' : 'value or end', at + 1];
    } else {
      const end = endOf(NUMBER, text, at) ?? endOf(WORD, text, at);
      if (end === null) return at;
      [expected, at] = [open.length === 0 ? 'nothing' : 'comma or end', end];
    }
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
