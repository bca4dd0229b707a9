/**
 * A list of patterns as MM2 reads `topics`, `groups` and their excludes: split at commas, trimmed, joined by `|`,
 * and matched against the whole name (MirrorUtils.compilePatternList).
 */
import { compileJavaRegex, javaRefusal, type SlowRegex } from './java-regex.ts';

export interface PatternList {
  /** As given, for messages. */
  readonly text: string;
  /** Items that hold no metacharacter: names that somebody spelled out and expects to exist. */
  readonly literals: readonly string[];
  matches(name: string): boolean;
}

export interface PatternProblem {
  /** The item at fault, or the whole text when only the items together are at fault. */
  readonly item: string;
  /** A clause that completes "cannot be used: …". */
  readonly reason: string;
}

export type PatternListResult = { readonly list: PatternList } | { readonly problem: PatternProblem };

/** An empty list matches nothing. @param slow null: patterns that need look-around or a backreference are a problem. */
export function parsePatternList(text: string, slow: SlowRegex | null = null): PatternListResult {
  const items = splitList(text);
  // Joined first, as MM2 does: an inline flag such as (?i) reaches into the items after it.
  const joined = compileJavaRegex(items.join('|'), slow);
  if ('problem' in joined) return { problem: problemOfItem(items, slow) ?? { item: text, reason: joined.problem } };

  // `a\,b` is one pattern, `a\|b`, once it is joined: then no item says anything by itself.
  const independent = problemOfItem(items, slow) === null;
  const literals = independent ? items.map(literalOf).filter((literal) => literal !== null) : [];
  const names = new Set(literals);
  const matchesAll = independent && items.includes('.*');
  // Long lists of names are common, and a set answers faster than an alternation of thousands.
  const namesOnly = independent && items.every((item) => /^[^\\^$|?*+()[\]{}.]+$/.test(item));
  return {
    list: {
      text,
      literals: [...names],
      matches: (name) => matchesAll || names.has(name) || (!namesOnly && joined.matches(name)),
    },
  };
}

/** Why MM2 itself cannot read a list; null: it reads it, whether or not it can be matched here. */
export function listRefusal(text: string): PatternProblem | null {
  const items = splitList(text);
  const reason = javaRefusal(items.join('|'));
  if (reason === null) return null;
  const [problem] = items.flatMap((item) => {
    const own = javaRefusal(item);
    return own === null ? [] : [{ item, reason: own }];
  });
  return problem ?? { item: text, reason };
}

/** Every item spells out one name: what is not among them is not selected. */
export function namesOnly({ text }: PatternList): boolean {
  return splitList(text).every((item) => literalOf(item) !== null);
}

/** ConfigDef.Type.LIST: commas with white space around them separate; empty items name nothing and are left out. */
export function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The pattern that matches exactly this name; it survives the split at commas and the trim. */
export function quotePattern(name: string): string {
  return name.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&').replace(/[,\s]/g, escapeByCode);
}

/** The one name that an item spells out: no metacharacter but a dot, escaped characters allowed; else null. */
export function literalOf(item: string): string | null {
  if (!/^(?:[^\\^$|?*+()[\]{}]|\\[^a-zA-Z0-9]|\\x[0-9a-fA-F]{2})+$/.test(item)) return null;
  // A lone dot is a pattern for any one character, not a name.
  if (item === '.') return null;
  return item.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, code: string | undefined, char: string | undefined) =>
    code === undefined ? (char ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function problemOfItem(items: readonly string[], slow: SlowRegex | null): PatternProblem | null {
  for (const item of items) {
    const compiled = compileJavaRegex(item, slow);
    if ('problem' in compiled) return { item, reason: compiled.problem };
  }
  return null;
}

function escapeByCode(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
