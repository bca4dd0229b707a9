/** Looks up keys of the table as of one version. */
import { kafkaVersion } from '../mm2-runtime.ts';
import { KEY_TABLE, type KeyRow, type KeyTableName, NEWEST_VERSION } from './key-table.ts';

export type KeyAge =
  | { readonly kind: 'known' }
  | { readonly kind: 'newer'; readonly since: string }
  | { readonly kind: 'removed'; readonly since: string };

const ROWS: ReadonlyMap<string, ReadonlyMap<string, KeyRow>> = new Map(
  Object.entries(KEY_TABLE).map(([table, rows]) => [table, new Map(rows.map((row) => [row[0], row]))]),
);

export function rowOf(tables: readonly KeyTableName[], key: string): KeyRow | null {
  for (const table of tables) {
    const row = ROWS.get(table)?.get(key);
    if (row !== undefined) return row;
  }
  return null;
}

export function isIn(tables: readonly KeyTableName[], key: string): boolean {
  return rowOf(tables, key) !== null;
}

/** null: no table holds the key. */
export function ageOf(tables: readonly KeyTableName[], key: string, version: string | null): KeyAge | null {
  const row = rowOf(tables, key);
  if (row === null) return null;
  const [, since, removed] = row;
  if (removed !== null && !isBefore(version, removed)) return { kind: 'removed', since: removed };
  return isBefore(version, since) ? { kind: 'newer', since } : { kind: 'known' };
}

/** Keys that a worker of this version reads. */
export function keysOf(tables: readonly KeyTableName[], version: string | null): readonly string[] {
  const rows = tables.flatMap((table) => KEY_TABLE[table]);
  const current = rows.filter(
    ([, since, removed]) => !isBefore(version, since) && (removed === null || isBefore(version, removed)),
  );
  return [...new Set(current.map(([key]) => key))];
}

/** The default as of a version; null: there is none, or no such key. */
export function defaultIn(tables: readonly KeyTableName[], key: string, version: string | null): string | null {
  const row = rowOf(tables, key);
  if (row === null) return null;
  const [, , , now, earlier = []] = row;
  const then = earlier.find(([until]) => isBefore(version, until));
  return then === undefined ? now : then[1];
}

/** By major and minor; a version that is none counts as the newest, like null. */
function isBefore(version: string | null, limit: string): boolean {
  const [major, minor] = kafkaVersion(version ?? NEWEST_VERSION) ?? [Number.POSITIVE_INFINITY, 0];
  const [limitMajor, limitMinor] = kafkaVersion(limit) ?? [0, 0];
  return major < limitMajor || (major === limitMajor && minor < limitMinor);
}
