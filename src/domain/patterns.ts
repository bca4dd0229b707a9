/**
 * A list of patterns as MM2 reads `topics`, `groups` and their excludes: split at commas, trimmed, joined by `|`,
 * and matched against the whole name (MirrorUtils.compilePatternList).
 */
export interface PatternList {
  /** As given, for messages. */
  readonly text: string;
  /** Items that hold no metacharacter: names that somebody spelled out and expects to exist. */
  readonly literals: readonly string[];
  matches(name: string): boolean;
}
