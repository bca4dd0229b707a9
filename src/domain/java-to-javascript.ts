/**
 * Java regular expressions as JavaScript's with the flag `u`, for the few that need look-around or a backreference. Only
 * what means the same in both is taken, each construct compared with Java (test/domain/java-regex/); the rest is
 * refused with the reason: a filter that means something else than in MM2 moves the wrong groups.
 */

import {
  CLASSES,
  characterClass,
  escapedCharacter,
  literal,
  PatternCursor,
  quotedText,
  Refusal,
} from './java-regex-characters.ts';

export type Translation =
  /** `looksBehind`: Java counts half characters there, so that it differs on names with characters beyond U+FFFF. */
  { readonly javaScript: string; readonly looksBehind: boolean } | { readonly problem: string };

interface Scope {
  readonly kind: 'root' | 'group' | 'look-ahead' | 'look-behind';
  /** Which alternative is being read. */
  branch: number;
  /** Alternatives that lead here, outermost first. */
  readonly path: readonly Branch[];
  readonly capture: Capture | null;
  isQuantified: boolean;
  /** Characters that the alternative read now takes at least, and the shortest of those before. */
  length: number;
  shortest: number;
  /** Whether something in it depends on where it stands: look-around, a place, a backreference. */
  looks: boolean;
}
interface Branch {
  readonly scope: Scope;
  readonly branch: number;
}
/** `repeats`: more than once, perhaps. */
interface Quantifier {
  readonly least: number;
  readonly repeats: boolean;
}
interface Capture {
  readonly name: string | null;
  readonly path: readonly Branch[];
  scope: Scope | null;
  isClosed: boolean;
}

function newScope(kind: Scope['kind'], path: readonly Branch[], capture: Capture | null): Scope {
  const nothing = { branch: 0, isQuantified: false, length: 0, shortest: Number.POSITIVE_INFINITY, looks: false };
  return { kind, path, capture, ...nothing };
}

const LINE_TERMINATORS = '\\n\\r\\u0085\\u2028\\u2029';
/** Before a last line terminator too, but not inside of \r\n (java.util.regex.Pattern.Dollar). */
const DOLLAR = `(?=(?:\\r\\n|[${LINE_TERMINATORS}])?$)(?<!\\r(?=\\n))`;
const MAY_BE_UNMATCHED = 'it refers back to a group that may have matched nothing, where the engines differ';

export function javaToJavaScript(source: string): Translation {
  try {
    const translator = new Translator(source);
    return { javaScript: `^(?:${translator.translate()})$`, looksBehind: translator.looksBehind };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.reason };
    throw error;
  }
}

class Translator {
  readonly #cursor: PatternCursor;
  #output = '';
  looksBehind = false;
  #scope: Scope = newScope('root', [], null);
  readonly #outer: Scope[] = [];
  readonly #captures: Capture[] = [];
  /** Checked at the end, when it is known what is repeated. */
  readonly #mustNotRepeat: Scope[] = [];

  constructor(source: string) {
    this.#cursor = new PatternCursor(source);
  }

  translate(): string {
    while (!this.#cursor.isAtEnd) this.#term();
    if (this.#outer.length > 0) throw new Refusal('a group in it is not closed');
    if (this.#mustNotRepeat.some(({ isQuantified }) => isQuantified)) {
      throw new Refusal('it refers back to a group that is repeated or may be left out, where the engines differ');
    }
    return this.#output;
  }

  #term(): void {
    const char = this.#cursor.next();
    if (char === '|') {
      this.#scope.branch += 1;
      this.#scope.shortest = Math.min(this.#scope.shortest, this.#scope.length);
      this.#scope.length = 0;
      this.#output += '|';
      return;
    }
    if (char === '^' || char === '$') {
      this.#output += char === '^' ? '^' : DOLLAR;
      this.#scope.looks = true;
      this.#refuseQuantifier();
      return;
    }
    if (char === '(' || char === ')') {
      if (char === '(') this.#open();
      else this.#close();
      return;
    }
    const length = this.#minimumOf(char);
    this.#output += this.#atom(char);
    this.#scope.length += length * (this.#quantifier()?.least ?? 1);
  }

  /** A backreference may be empty; a quotation counts as none. */
  #minimumOf(char: string): number {
    const next = this.#cursor.peek() ?? '';
    return char === '\\' && /[1-9kQ]/.test(next) ? 0 : 1;
  }

  #atom(char: string): string {
    if (char === '.') return `[^${LINE_TERMINATORS}]`;
    if (char === '[') return characterClass(this.#cursor);
    if (char === '\\') return this.#escape();
    if ('*+?{'.includes(char)) throw new Refusal(`it has a ${char} that repeats nothing`);
    // A closing bracket or brace by itself is one in Java.
    return literal(char);
  }

  #open(): void {
    const rest = this.#cursor.rest(40);
    const found = /^\?(?:(:)|(=|!)|(<=|<!)|<([a-zA-Z][a-zA-Z0-9]*)>)/.exec(rest);
    if (found === null && rest.startsWith('?'))
      throw new Refusal('it uses (?…) of another kind than : = ! <= <! and names');
    const [text = '', , ahead, behind, name] = found ?? [];
    this.#cursor.skip(text);
    const kind = ahead !== undefined ? 'look-ahead' : behind !== undefined ? 'look-behind' : 'group';
    const path = this.#path();
    const isCapture = found === null || name !== undefined;
    const capture: Capture | null = isCapture ? { name: name ?? null, path, scope: null, isClosed: false } : null;
    if (capture !== null && name !== undefined && this.#captures.some((one) => one.name === name)) {
      throw new Refusal('a name in it stands for two groups');
    }
    this.#outer.push(this.#scope);
    this.#scope = newScope(kind, path, capture);
    if (capture !== null) this.#captures.push(Object.assign(capture, { scope: this.#scope }));
    if (kind === 'look-behind') this.looksBehind = true;
    this.#output += `(${text}`;
  }

  #close(): void {
    const outer = this.#outer.pop();
    if (outer === undefined) throw new Refusal('it has a ) that closes nothing');
    const closed = this.#scope;
    if (closed.capture !== null) closed.capture.isClosed = true;
    this.#scope = outer;
    this.#output += ')';
    const isLook = closed.kind !== 'group';
    outer.looks ||= closed.looks || isLook;
    if (isLook) {
      this.#refuseQuantifier();
      return;
    }
    const shortest = Math.min(closed.shortest, closed.length);
    const quantifier = this.#quantifier(true);
    closed.isQuantified = quantifier !== null;
    // Java leaves a loop at an empty round, JavaScript goes on to the rounds that are still wanted.
    if (quantifier?.repeats && shortest === 0 && closed.looks) {
      throw new Refusal('it repeats a group that may be empty and looks around, where the engines differ');
    }
    outer.length += shortest * (quantifier?.least ?? 1);
  }

  #path(): readonly Branch[] {
    return [...this.#scope.path, { scope: this.#scope, branch: this.#scope.branch }];
  }

  #quantifier(isOfGroup = false): Quantifier | null {
    const rest = this.#cursor.rest(24);
    const [text] = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest) ?? [];
    if (text === undefined) {
      if (rest.startsWith('{')) {
        throw new Refusal('it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here');
      }
      return null;
    }
    const after = rest[text.length];
    if (after === '+') throw new Refusal('it uses a possessive quantifier, which only Java knows');
    const isBounded = text === '?' || /^\{\d+(?:,\d+)?\}$/.test(text);
    const isBehind = [this.#scope, ...this.#outer].some(({ kind }) => kind === 'look-behind');
    // Java finds the greatest length of a repeated group in some patterns and not in others.
    if (isBehind && (!isBounded || isOfGroup))
      throw new Refusal('its look-behind has no greatest length, which Java wants');
    this.#cursor.skip(after === '?' ? `${text}?` : text);
    this.#output += after === '?' ? `${text}?` : text;
    if (this.#cursor.isBeforeQuantifier()) throw new Refusal('it repeats what is repeated already');
    const least = text === '+' ? 1 : Number(/\d+/.exec(text)?.[0] ?? 0);
    return { least, repeats: text !== '?' };
  }

  #refuseQuantifier(): void {
    if (this.#cursor.isBeforeQuantifier()) throw new Refusal('it repeats a place instead of a character');
  }

  #escape(): string {
    const char = this.#cursor.next('it ends in a \\');
    if (char === 'Q') return quotedText(this.#cursor);
    if (char in CLASSES) return `[${CLASSES[char]}]`;
    if (char.toLowerCase() in CLASSES) return `[^${CLASSES[char.toLowerCase()]}]`;
    if (char === 'k') return this.#backreference(this.#groupName());
    if (/[1-9]/.test(char)) {
      if (/\d/.test(this.#cursor.peek() ?? '')) throw new Refusal('it refers back by a number of several digits');
      return this.#backreference(this.#captures[Number(char) - 1]);
    }
    return literal(escapedCharacter(this.#cursor, char));
  }

  #groupName(): Capture | undefined {
    const rest = this.#cursor.rest(80);
    const [text, name] = /^<([a-zA-Z][a-zA-Z0-9]*)>/.exec(rest) ?? [];
    if (text === undefined) throw new Refusal('it has a \\k that names no group');
    this.#cursor.skip(text);
    return this.#captures.find((capture) => capture.name === name);
  }

  /**
   * Java fails where the group has matched nothing, JavaScript takes it for empty, and each forgets captures of a
   * repetition at another time. So the group must have matched whenever the reference is reached.
   */
  #backreference(capture: Capture | undefined): string {
    const here = this.#path();
    const isReached = capture?.path.every(({ scope, branch }, depth) => {
      const other = here[depth];
      return other !== undefined && other.scope === scope && other.branch === branch;
    });
    if (!capture?.isClosed || !isReached || capture.scope === null) throw new Refusal(MAY_BE_UNMATCHED);
    const scopes = [capture.scope, ...capture.path.map(({ scope }) => scope)];
    if ([...scopes, ...here.map(({ scope }) => scope)].some(({ kind }) => kind === 'look-behind')) {
      throw new Refusal('it refers back from or into a look-behind, where the engines differ');
    }
    this.#mustNotRepeat.push(...scopes);
    this.#scope.looks = true;
    // A digit may follow.
    return capture.name === null ? `(?:\\${this.#captures.indexOf(capture) + 1})` : `\\k<${capture.name}>`;
  }
}
