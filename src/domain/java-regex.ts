/**
 * Java regular expressions, full match as `Matcher.matches()`: on a linear-time engine (RE2) where it means the same, else
 * on JavaScript's, bounded in time, where that means the same. What neither can express is refused with the reason: a
 * filter that means something else than in MM2 moves the wrong groups.
 */
import { RE2JS } from 're2js';
import { MigrationError } from '../errors.ts';
import { certainRefusal } from './java-refusals.ts';
import { javaToJavaScript } from './java-to-javascript.ts';

/** JavaScript's engine, apart from this thread, so that a pattern that takes forever can be given up. */
export interface SlowRegex {
  /**
   * Whether the JavaScript pattern (flag u) is found in the name. Throws MigrationError(BAD_INPUT) when the pattern has
   * used up its time, which it has once for all names.
   * @param java the pattern as it was given, for the message.
   */
  matches(pattern: { readonly java: string; readonly javaScript: string }, name: string): boolean;
}

export type JavaRegexResult =
  | { readonly matches: (text: string) => boolean }
  /** A clause that completes "cannot be used: …". */
  | { readonly problem: string };

/** @param slow null: only what the linear engine can express is taken. */
export function compileJavaRegex(source: string, slow: SlowRegex | null = null): JavaRegexResult {
  const difference = dialectDifference(source);
  if (difference !== null) return slow === null ? { problem: difference } : compileSlowly(source, slow);
  try {
    const compiled = RE2JS.compile(source);
    return { matches: (text) => compiled.matches(text) };
  } catch (error) {
    return { problem: syntaxProblem(error) };
  }
}

/** Why Java certainly refuses a pattern, as a clause; null: it takes it, or nobody here can tell. */
export function javaRefusal(source: string): string | null {
  const certain = certainRefusal(source);
  if (certain !== null) return certain;
  // A range that ends before it begins, which neither engine reads, where nothing is that only Java knows.
  const compiled = compileJavaRegex(source);
  if (!('problem' in compiled) || dialectDifference(source) !== null) return null;
  if (!compiled.problem.includes('invalid character class range')) return null;
  try {
    new RegExp(source);
    return null;
  } catch {
    return compiled.problem;
  }
}

function compileSlowly(source: string, slow: SlowRegex): JavaRegexResult {
  const translation = javaToJavaScript(source);
  if ('problem' in translation) return translation;
  const { javaScript, looksBehind } = translation;
  try {
    new RegExp(javaScript, 'u');
  } catch {
    return { problem: 'it does not compile' };
  }
  const known = new Map<string, boolean>();
  const ask = (name: string): boolean => {
    if (looksBehind && /[\ud800-\udfff]/.test(name)) throw undecided(source, name);
    return slow.matches({ java: source, javaScript }, name);
  };
  return {
    matches: (name) => {
      const answer = known.get(name) ?? ask(name);
      known.set(name, answer);
      return answer;
    },
  };
}

function undecided(source: string, name: string): MigrationError {
  const message = `The pattern ${JSON.stringify(source)} looks behind, and ${JSON.stringify(name)} has characters that Java reads by halves there: whether it matches is not known.`;
  return new MigrationError('BAD_INPUT', message, { hint: 'Write the pattern without look-behind.' });
}

interface Construct {
  readonly at: RegExp;
  readonly problem: string;
}

const LINEAR = 'which cannot be matched in linear time';

/** What starts at a position outside a character class, first match wins. Sticky, so that position is exact. */
const CONSTRUCTS: readonly Construct[] = [
  { at: /\(\?<?[=!]/y, problem: `it uses look-ahead or look-behind, ${LINEAR}` },
  { at: /\\[1-9]|\\k</y, problem: `it uses a backreference, ${LINEAR}` },
  { at: /\(\?>/y, problem: `it uses an atomic group, ${LINEAR}` },
  { at: /(?:[*+?]|\{\d+(?:,\d*)?\})\+/y, problem: `it uses a possessive quantifier, ${LINEAR}` },
  { at: /\(\?P[<=>]/y, problem: 'it uses (?P…), which Java does not know' },
  { at: /\(\?[a-zA-Z]*[Uxud]/y, problem: 'it uses a flag other than i, m and s' },
  { at: /\{(?!\d+(?:,\d*)?\})/y, problem: 'it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here' },
  { at: /\\[hHvVRXGZNuc0]/y, problem: 'it uses an escape of Java that the linear-time engine does not know' },
];

/** RE2 reads these otherwise than Java does, or not at all; Java's own errors are left to the engine. */
function dialectDifference(source: string): string | null {
  let position = 0;
  let inClass = false;
  while (position < source.length) {
    if (source.startsWith('\\Q', position)) {
      const end = source.indexOf('\\E', position + 2);
      if (inClass) return 'it quotes with \\Q inside a character class';
      position = end < 0 ? source.length : end + 2;
      continue;
    }
    if (!inClass) {
      const found = CONSTRUCTS.find(({ at }) => startsAt(at, source, position));
      if (found !== undefined) return found.problem;
    }
    const char = source[position];
    if (char === '\\') position += escapeLength(source, position) - 1;
    else if (inClass && (char === '[' || source.startsWith('&&', position)))
      return 'it combines character classes ([a[b]] or &&)';
    else if (char === '[') {
      inClass = true;
      // A ] right after [ or [^ is an ordinary character in both dialects.
      if (source[position + 1] === '^') position += 1;
      if (source[position + 1] === ']') position += 1;
    } else if (char === ']') inClass = false;
    position += 1;
  }
  return null;
}

/** Of the escape at this position; the braces of \p{…} are its own. */
function escapeLength(source: string, position: number): number {
  const name = /\\[pP]\{[^}]*\}/y;
  name.lastIndex = position;
  return name.exec(source)?.[0].length ?? 2;
}

function startsAt(sticky: RegExp, text: string, position: number): boolean {
  sticky.lastIndex = position;
  return sticky.test(text);
}

function syntaxProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `it does not compile (${message.replace(/^error parsing regexp: /, '')})`;
}
