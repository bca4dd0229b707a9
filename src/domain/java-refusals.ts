/**
 * What java.util.regex.Pattern certainly refuses, told without an engine: what only Java can match must not be taken for
 * a mistake. Nothing is said of what is not sure; every answer is compared with Java (test/domain/java-refusals.test.ts).
 */

const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/y;
const QUOTATION = /\\Q[\s\S]*?(?:\\E|$)/y;
const ESCAPE = /\\(?:[pPNx]\{[^}]*\}|k<[^>]*>|c[\s\S]|[\s\S])/y;
const NO_ESCAPE = /\\[CFIJKLMOTUYgijlmoqy]/y;
const GROUP = /\((?:\?(?:[:=!>]|<[=!]|<[a-zA-Z][a-zA-Z0-9]*>|[idmsuxU]*(?:-[idmsuxU]*)?:)|(?!\?))/y;
const FLAGS = /\(\?[idmsuxU]*(?:-[idmsuxU]*)?\)/y;
/** With it blanks and comments are left out. */
const COMMENTS = /\(\?[a-zA-Z]*x/;

const UNKNOWN_ESCAPE = 'it has an escape that Java does not know';
const ENDS_IN_BACKSLASH = 'it ends in a \\';

/** What a quantifier would follow: `{n}` may follow another quantifier, or nothing at all. */
type Before = 'nothing' | 'quantifier' | 'atom';

interface Scan {
  readonly end: number;
  readonly before: Before;
  /** Groups that the token opens, less those that it closes. */
  readonly opens?: number;
}

/** A clause that completes "cannot be used: …"; null: Java takes it, or it is not known. */
export function certainRefusal(source: string): string | null {
  if (COMMENTS.test(source)) return null;
  let position = 0;
  let before: Before = 'nothing';
  let open = 0;
  while (position < source.length) {
    const token = scan(source, position, before);
    if (typeof token === 'string') return token;
    open += token.opens ?? 0;
    if (open < 0) return 'it has a ) that closes nothing';
    position = token.end;
    before = token.before;
  }
  return open > 0 ? 'a group in it is not closed' : null;
}

function scan(source: string, position: number, before: Before): Scan | string {
  const endOf = (token: RegExp) => endAt(token, source, position);
  const char = source[position] ?? '';
  if (char === '\\') {
    if (endOf(NO_ESCAPE) !== null) return UNKNOWN_ESCAPE;
    const end = endOf(QUOTATION) ?? endOf(ESCAPE);
    return end === null ? ENDS_IN_BACKSLASH : { end, before: 'atom' };
  }
  if (char === '[') {
    const end = endOfClass(source, position);
    return end === null ? 'a character class in it is not closed' : { end, before: 'atom' };
  }
  if (char === '(') {
    const flags = endOf(FLAGS);
    if (flags !== null) return { end: flags, before: 'atom' };
    const end = endOf(GROUP);
    return end === null ? 'it uses (?…) of a kind that Java does not know' : { end, before: 'nothing', opens: 1 };
  }
  if (char === ')') return { end: position + 1, before: 'atom', opens: -1 };
  if (char === '|') return { end: position + 1, before: 'nothing' };
  if (!'*+?{'.includes(char)) return { end: position + 1, before: 'atom' };
  const end = endOf(QUANTIFIER);
  if (end === null) return 'it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here';
  return char === '{' || before === 'atom' ? { end, before: 'quantifier' } : `it has a ${char} that repeats nothing`;
}

/** Null when it is not closed. A ] right after [ or [^ is an ordinary character. */
function endOfClass(source: string, start: number): number | null {
  let depth = 0;
  let position = start;
  while (position < source.length) {
    const quoted = endAt(QUOTATION, source, position) ?? endAt(ESCAPE, source, position);
    if (quoted !== null) {
      position = quoted;
      continue;
    }
    const char = source[position];
    position += 1;
    if (char === '[') {
      depth += 1;
      if (source[position] === '^') position += 1;
      if (source[position] === ']') position += 1;
    } else if (char === ']') {
      depth -= 1;
      if (depth === 0) return position;
    }
  }
  return null;
}

function endAt(sticky: RegExp, text: string, position: number): number | null {
  sticky.lastIndex = position;
  const match = sticky.exec(text);
  return match === null ? null : position + match[0].length;
}
