/** What a connector's patterns select of the names that there are. */
import type { SlowRegex } from '../../java-regex.ts';
import { literalOf, parsePatternList, splitList } from '../../patterns.ts';
import type { LintedConnector } from './linted-connector.ts';

export interface Selection {
  readonly key: 'topics' | 'groups';
  /** Names that are selected and not excluded. */
  readonly selected: readonly string[];
  /** Each item of the list with what it matches of all names. */
  readonly items: readonly SelectedItem[];
}

export interface SelectedItem {
  readonly text: string;
  /** The name that it spells out; null for a pattern. */
  readonly literal: string | null;
  readonly matched: readonly string[];
}

/** Null where the list, its exclusion or the filter class cannot be followed; other rules tell of that. */
export function selectionOf(
  connector: LintedConnector,
  key: 'topics' | 'groups',
  names: readonly string[],
  slow: SlowRegex | null = null,
): Selection | null {
  if (ownFilter(connector, key) !== '') return null;
  const text = connector.value(key);
  const [list, exclude] = [parsed(text, slow), parsed(connector.value(`${key}.exclude`) ?? '', slow)];
  if (text === null || list === null || exclude === null) return null;
  const items = splitList(text).map((item) => {
    const own = parsed(item, slow);
    return { text: item, literal: literalOf(item), matched: own === null ? names : names.filter(own) };
  });
  return { key, selected: names.filter((name) => list(name) && !exclude(name)), items };
}

/** A filter class that reads the lists in a way of its own; else the empty text. */
export function ownFilter(connector: LintedConnector, key: 'topics' | 'groups'): string {
  const filter = connector.given(key === 'topics' ? 'topic.filter.class' : 'group.filter.class')?.trim() ?? '';
  return /(?:^|\.)Default(?:Topic|Group)Filter$/.test(filter) ? '' : filter;
}

function parsed(text: string | null, slow: SlowRegex | null): ((name: string) => boolean) | null {
  if (text === null || text.includes('${')) return null;
  const result = parsePatternList(text, slow);
  return 'problem' in result ? null : (name) => result.list.matches(name);
}
