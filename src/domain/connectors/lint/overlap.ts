/** Whether two connectors select the same topics or groups, as far as that can be told. */
import { MigrationError } from '../../../errors.ts';
import type { SlowRegex } from '../../java-regex.ts';
import { literalOf, parsePatternList, splitList } from '../../patterns.ts';
import { isBefore } from '../mm2-runtime.ts';
import type { Certainty } from './certainty.ts';
import type { LintSubject } from './lint.ts';
import type { LintedConnector } from './linted-connector.ts';
import { normalList, spelledOut } from './pattern-lists.ts';
import { ownFilter } from './selection.ts';

type Key = 'topics' | 'groups';
export type Overlap = (a: LintedConnector, b: LintedConnector, key: Key) => Certainty;

/** What MM2 copies under no pattern (DefaultReplicationPolicy.isInternalTopic). */
const INTERNAL = /^(?:__|\.)|[-.]internal$/;
const BLACKLIST_GONE = [4, 0, 0] as const;

/** Null where the lists cannot be followed, at least not without an engine that may be slow. */
type Selects = (name: string) => boolean | null;

/** What is read of one connector, once. */
interface Reach {
  readonly list: string;
  readonly excluded: string;
  readonly items: ReadonlySet<string>;
  readonly literals: ReadonlySet<string>;
  /** One name for each plain pattern (`orders.*`), invented. */
  readonly samples: readonly string[];
  readonly filter: string;
  readonly selects: Selects;
  /** False where some names cannot be judged. */
  readonly isFollowed: boolean;
  /** Of the names that the source has; null where these are not known, or not what is selected of them. */
  readonly selected: ReadonlySet<string> | null;
}

/**
 * Sure where the lists are equal, and where both select a name of the source or one that is spelled out. Where the
 * source is not known, also where they have a pattern in common, and maybe where a plain pattern means a name that the
 * other selects. Maybe where a list cannot be followed.
 */
export function overlapIn(subject: LintSubject): Overlap {
  const known = { topics: new Map<LintedConnector, Reach>(), groups: new Map<LintedConnector, Reach>() };
  const reachOf = (one: LintedConnector, key: Key): Reach => {
    const reach = known[key].get(one) ?? read(one, key, subject);
    known[key].set(one, reach);
    return reach;
  };
  const names = { topics: setOf(subject.topics), groups: setOf(subject.groups) };
  return (a, b, key) => meet(reachOf(a, key), reachOf(b, key), names[key]);
}

function meet(a: Reach, b: Reach, onSource: ReadonlySet<string> | null): Certainty {
  if (a.list === '' || b.list === '') return 'no';
  const sameRest = a.excluded === b.excluded && a.filter === b.filter;
  if (sameRest && a.list === b.list) return 'yes';
  const shared = [...a.items].filter((item) => b.items.has(item));
  if (a.filter !== '' || b.filter !== '') return shared.length > 0 ? 'maybe' : 'no';
  if (a.selected !== null && b.selected !== null && haveCommon(a.selected, b.selected)) return 'yes';
  const both = (name: string) => a.selects(name) === true && b.selects(name) === true;
  const isTold = a.selected !== null && b.selected !== null;
  if ([...a.literals, ...b.literals].some((name) => !(isTold && onSource?.has(name)) && both(name))) return 'yes';
  if (onSource !== null) return isTold ? 'no' : 'maybe';
  const excluded = new Set(splitList(a.excluded));
  if (sameRest && shared.some((item) => !excluded.has(item))) return 'yes';
  if (!a.isFollowed || !b.isFollowed) return 'maybe';
  return [...a.samples, ...b.samples].some(both) ? 'maybe' : 'no';
}

function haveCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  return [...few].some((name) => many.has(name));
}

function setOf(names: readonly string[] | null): ReadonlySet<string> | null {
  return names && new Set(names);
}

function read(one: LintedConnector, key: Key, subject: LintSubject): Reach {
  const text = one.value(key) ?? '';
  const excluded = exclusionOf(one, key, subject.workerVersion);
  const isCopied = (name: string) => key === 'groups' || !INTERNAL.test(name);
  return {
    list: normalList(text),
    excluded: normalList(excluded),
    items: new Set(splitList(text)),
    literals: new Set(spelledOut(text).filter(isCopied)),
    samples: splitList(text).flatMap((item) => literalOf(item.replace(/\.[*+]/g, 'x')) ?? []),
    filter: ownFilter(one, key),
    selects: selector(text, excluded, null),
    isFollowed: matcher(text, null) !== null && matcher(excluded, null) !== null,
    selected: selectedOf(text, excluded, subject[key]?.filter(isCopied) ?? null, slowFor(one, subject.slowRegex)),
  };
}

/** Under its old name too, which MM2 reads before 4.0, and the new one before the old. */
function exclusionOf(one: LintedConnector, key: Key, version: string | null): string {
  const old = one.given(`${key}.blacklist`);
  const isRead = version === null || isBefore(version, BLACKLIST_GONE);
  if (old !== null && isRead && !one.has(`${key}.exclude`)) return old.trim();
  return one.value(`${key}.exclude`) ?? '';
}

function selector(text: string, excluded: string, slow: SlowRegex | null): Selects {
  const [list, exclude] = [matcher(text, slow), matcher(excluded, slow)];
  const names = new Set(spelledOut(text));
  return (name) => {
    if (exclude === null) return null;
    if (exclude(name)) return false;
    return names.has(name) || (list === null ? null : list(name));
  };
}

function matcher(text: string, slow: SlowRegex | null): ((name: string) => boolean) | null {
  const parsed = text.includes('${') ? null : parsePatternList(text, slow);
  return parsed === null || 'problem' in parsed ? null : (name) => parsed.list.matches(name);
}

/** A pattern that has used up its time tells nothing. */
function selectedOf(
  text: string,
  excluded: string,
  names: readonly string[] | null,
  slow: SlowRegex | null,
): ReadonlySet<string> | null {
  if (names === null) return null;
  const selects = selector(text, excluded, slow);
  try {
    const answers = names.map(selects);
    return answers.includes(null) ? null : new Set(names.filter((_, index) => answers[index] === true));
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'BAD_INPUT') return null;
    throw error;
  }
}

/** A second for each pattern is for those of this plan, not for all that others run on the worker. */
function slowFor({ live }: LintedConnector, slow: SlowRegex | undefined): SlowRegex | null {
  return live === null ? (slow ?? null) : null;
}
