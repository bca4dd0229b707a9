/** Characters and character classes of a Java regular expression, written as JavaScript's with the flag `u`. */

/** Why a pattern is not taken: a clause that completes "cannot be used: …". */
export class Refusal {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Where the reading stands, by whole characters, as both engines count them. */
export class PatternCursor {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#chars = [...source];
  }

  get position(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#chars.length;
  }

  /** The character after `distance` others; undefined beyond the end. */
  peek(distance = 0): string | undefined {
    return this.#chars[this.#at + distance];
  }

  rest(length = this.#chars.length): string {
    return this.#chars.slice(this.#at, this.#at + length).join('');
  }

  next(missing = 'it ends too early'): string {
    const char = this.peek();
    if (char === undefined) throw new Refusal(missing);
    this.#at += 1;
    return char;
  }

  skip(text: string): void {
    this.#at += [...text].length;
  }

  isBeforeQuantifier(): boolean {
    return '*+?{'.includes(this.peek() ?? ' ');
  }
}

/** `\d`, `\w` and `\s` are ASCII in Java. */
export const CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'A-Za-z0-9_',
  s: ' \\t\\n\\v\\f\\r',
};
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12 };

/** By its code, so that nothing in it is read as syntax. */
export function literal(char: string): string {
  return /^[a-zA-Z0-9_ ]$/.test(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What follows `\Q`. A repetition after it is of its last character, in both. */
export function quotedText(cursor: PatternCursor): string {
  const rest = cursor.rest();
  const end = rest.indexOf('\\E');
  const text = end < 0 ? rest : rest.slice(0, end);
  cursor.skip(end < 0 ? text : `${text}\\E`);
  if (text === '' && cursor.isBeforeQuantifier()) throw new Refusal('it repeats nothing');
  return [...text].map(literal).join('');
}

/** The one character that `\` and `char` stand for. */
export function escapedCharacter(cursor: PatternCursor, char: string): string {
  const control = CONTROLS[char];
  if (control !== undefined) return String.fromCharCode(control);
  if (char === 'x' || char === 'u') return characterOfCode(cursor, char === 'x' ? 2 : 4);
  if (!/[a-zA-Z0-9]/.test(char)) return char;
  throw new Refusal(`it uses \\${char}, which the engines read differently or only Java knows`);
}

function characterOfCode(cursor: PatternCursor, length: number): string {
  const digits = cursor.rest(length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) throw new Refusal('it has a malformed \\x or \\u');
  const code = Number.parseInt(digits, 16);
  if (code >= 0xd800 && code <= 0xdfff) throw new Refusal('it writes half of a character by its code');
  cursor.skip(digits);
  return String.fromCharCode(code);
}

const NESTED = 'it combines character classes ([a[b]] or &&)';
const OPEN = 'a [ in it is not closed';

/** What follows `[`. */
export function characterClass(cursor: PatternCursor): string {
  let output = '[';
  if (cursor.peek() === '^') output += cursor.next();
  const start = cursor.position;
  for (;;) {
    const isFirst = cursor.position === start;
    const char = cursor.next(OPEN);
    // A ] right after [ or [^ is an ordinary character in Java.
    if (char === ']' && !isFirst) return `${output}]`;
    if (char === '[' || (char === '&' && cursor.peek() === '&')) throw new Refusal(NESTED);
    output += classItem(cursor, char, isFirst);
  }
}

/** One character, a range of them, or a class by its letter. */
function classItem(cursor: PatternCursor, char: string, isFirst: boolean): string {
  if (char === '-') {
    if (isFirst || cursor.peek() === ']') return '\\-';
    throw new Refusal('it has a - in a character class that is neither first nor last nor in a range');
  }
  if (char !== '\\') return range(cursor, char);
  const escaped = cursor.next();
  const letters = CLASSES[escaped];
  if (letters === undefined) return range(cursor, escapedCharacter(cursor, escaped));
  if (isRange(cursor)) throw new Refusal('it has a range that begins with a whole class');
  return letters;
}

function isRange(cursor: PatternCursor): boolean {
  return cursor.peek() === '-' && cursor.peek(1) !== ']';
}

function range(cursor: PatternCursor, from: string): string {
  if (!isRange(cursor)) return literal(from);
  cursor.skip('-');
  const char = cursor.next(OPEN);
  if (char === '[') throw new Refusal(NESTED);
  const to = char === '\\' ? escapedCharacter(cursor, cursor.next()) : char;
  if ((from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0)) throw new Refusal('a range in it ends before it begins');
  return `${literal(from)}-${literal(to)}`;
}
