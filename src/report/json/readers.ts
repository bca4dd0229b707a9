/** Readers of untrusted JSON: value → typed value, every mismatch noted with its place. */

export interface JsonProblem {
  /** Place inside the document, e.g. `groups[3].partitions[0].delta`; '' is the document. */
  where: string;
  readonly expected: string;
  readonly seen: string;
}

/** Adds to `problems` when the value does not fit; what it returns is then of no use. */
export type Reader<T> = (value: unknown, problems: JsonProblem[]) => T;

/** One reader for every key, so that the compiler sees a forgotten one. */
export type Readers<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

const DECIMAL = /^-?\d{1,20}$/;

export const asString: Reader<string> = (value, problems) =>
  typeof value === 'string' ? value : mismatch(value, 'a string', problems);

export const asBoolean: Reader<boolean> = (value, problems) =>
  typeof value === 'boolean' ? value : mismatch(value, 'true or false', problems);

export const asNumber: Reader<number> = (value, problems) =>
  typeof value === 'number' && Number.isFinite(value) ? value : mismatch(value, 'a number', problems);

/** An offset: a string of decimal digits, since a JSON number would lose digits beyond 2^53. */
export const asOffset: Reader<bigint> = (value, problems) =>
  typeof value === 'string' && DECIMAL.test(value) ? BigInt(value) : mismatch(value, 'a decimal string', problems);

export function asOneOf<T extends string | number>(words: readonly T[]): Reader<T> {
  const known: ReadonlySet<unknown> = new Set(words);
  return (value, problems) =>
    known.has(value) ? (value as T) : mismatch(value, `one of ${words.join(', ')}`, problems);
}

export function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value, problems) => (value === null ? null : read(value, problems));
}

/** null and absent alike: for what the model leaves out. */
export function orAbsent<T>(read: Reader<T>): Reader<T | undefined> {
  return (value, problems) => (value === undefined || value === null ? undefined : read(value, problems));
}

/** For what reports of earlier versions do not have. */
export function orElse<T>(read: Reader<T>, fallback: T): Reader<T> {
  return (value, problems) => (value === undefined ? fallback : read(value, problems));
}

export function asList<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, problems) => {
    if (!Array.isArray(value)) return mismatch(value, 'a list', problems);
    return value.map((item: unknown, index) => within(`[${index}]`, problems, () => read(item, problems)));
  };
}

/** Keys that are not named are left out: a report of a later version may have more. */
export function asRecord<T extends object>(readers: Readers<T>): Reader<T> {
  const entries = Object.entries(readers) as [string, Reader<unknown>][];
  return (value, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return mismatch(value, 'an object', problems);
    const given = value as Record<string, unknown>;
    const read: Record<string, unknown> = {};
    for (const [key, reader] of entries) {
      read[key] = within(`.${key}`, problems, () => reader(given[key], problems));
    }
    return read as T;
  };
}

/** One of several records, told apart by their `kind`. */
export function asKind<T extends { readonly kind: string }>(
  readers: {
    readonly [K in T['kind']]: Reader<Extract<T, { readonly kind: K }>>;
  },
): Reader<T> {
  const known = new Map<unknown, Reader<T>>(Object.entries(readers) as [string, Reader<T>][]);
  const readKind = asRecord({ kind: asOneOf([...known.keys()] as string[]) });
  return (value, problems) => {
    const read = known.get((value as { readonly kind?: unknown } | null)?.kind);
    return read === undefined ? (readKind(value, problems) as never) : read(value, problems);
  };
}

/** The path is put together only where something is wrong: a good report of 100,000 groups pays nothing for it. */
function within<T>(step: string, problems: JsonProblem[], read: () => T): T {
  const before = problems.length;
  const result = read();
  for (let i = before; i < problems.length; i++) {
    const problem = problems[i];
    if (problem !== undefined) problem.where = step + problem.where;
  }
  return result;
}

function mismatch(value: unknown, expected: string, problems: JsonProblem[]): never {
  problems.push({ where: '', expected, seen: seenWords(value) });
  return undefined as never;
}

/** The kind of value only, never the value: the file may be anything. */
function seenWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
