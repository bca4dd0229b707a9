/** Whether two connectors select the same topics or groups, as far as that can be told. */
import type { SlowRegex } from '../../java-regex.ts';
import { literalOf, splitList } from '../../patterns.ts';
import type { LintSubject } from './lint.ts';
import type { LintedConnector } from './linted-connector.ts';
import { normalList, spelledOut } from './pattern-lists.ts';
import { selectionOf } from './selection.ts';

/** What MM2 copies under no pattern (DefaultReplicationPolicy.isInternalTopic). */
const INTERNAL = /^(?:__|\.)|[-.]internal$/;

/**
 * True for equal lists, for lists with a pattern in common and the same exclusions, and where both select a name of the
 * source, one that is spelled out, or one that a plain pattern (`orders.*`) means. Of other patterns nobody can tell.
 */
export function overlap(
  a: LintedConnector,
  b: LintedConnector,
  key: 'topics' | 'groups',
  subject: Pick<LintSubject, 'topics' | 'groups' | 'slowRegex'>,
): boolean {
  const [mine, theirs] = [a.value(key), b.value(key)];
  if (normalList(a.value(`${key}.exclude`)) === normalList(b.value(`${key}.exclude`))) {
    if (normalList(mine) === normalList(theirs)) return true;
    const items = splitList(theirs ?? '');
    if (splitList(mine ?? '').some((item) => items.includes(item))) return true;
  }
  const meant = [...splitList(mine ?? ''), ...splitList(theirs ?? '')].flatMap((item) => sampleOf(item) ?? []);
  const names = [...new Set([...meant, ...(subject[key] ?? [])])].filter(
    (name) => key === 'groups' || !INTERNAL.test(name),
  );
  const [own, other] = [a, b].map((one) => selectionOf(one, key, names, slowFor(one, subject.slowRegex)));
  if (own && other) {
    const selected = new Set(own.selected);
    return other.selected.some((name) => selected.has(name));
  }
  const others = spelledOut(theirs);
  return spelledOut(mine).some((name) => others.includes(name));
}

/** The name that an item spells out, or one that it matches. */
function sampleOf(item: string): string | null {
  return literalOf(item.replace(/\.[*+]/g, 'x'));
}

/** A second for each match is for the patterns of this plan, not for all that others run on the worker. */
function slowFor({ live }: LintedConnector, slow: SlowRegex | undefined): SlowRegex | null {
  return live === null ? (slow ?? null) : null;
}
