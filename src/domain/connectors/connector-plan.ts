/** The difference between what runs and what the files say, as data: printed by a plan, PUT by an apply. */
import { byApplyOrder, type ConfigMap, type ConnectorConfig } from './connector-config.ts';
import { isSecretEntry, redactValue } from './redact.ts';

export interface KeyChange {
  readonly key: string;
  /** Redacted; null = the key is not there before. */
  readonly before: string | null;
  /** Redacted; null = the key is removed (a PUT replaces the whole config). */
  readonly after: string | null;
  readonly secret: boolean;
}

export interface ConnectorChange {
  readonly name: string;
  readonly class: string;
  readonly change: 'create' | 'update' | 'none' | 'unknown';
  /** Keys that differ, sorted; every key of a connector that is created. */
  readonly keys: readonly KeyChange[];
  /** Names of `keys` for an update, empty otherwise. */
  readonly changedKeys: readonly string[];
}

/** `unreadable` is not `absent` (invariant D): what could not be read is never created over. */
export type ActualConfig =
  | { readonly kind: 'present'; readonly config: ConfigMap }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/**
 * One change for every desired connector, in the order of work. Values are compared exactly: Connect stores and
 * returns them as given, blanks and `${…}` references included. A name that `actual` does not hold is unreadable.
 */
export function planConnectors(
  actual: ReadonlyMap<string, ActualConfig>,
  desired: readonly ConnectorConfig[],
): readonly ConnectorChange[] {
  return [...desired].sort(byApplyOrder).map((connector) => {
    const found = actual.get(connector.name) ?? { kind: 'unreadable' as const };
    return planConnector(found, connector);
  });
}

function planConnector(actual: ActualConfig, desired: ConnectorConfig): ConnectorChange {
  const { name, class: connectorClass } = desired;
  const base = { name, class: connectorClass };
  if (actual.kind === 'unreadable') return { ...base, change: 'unknown', keys: [], changedKeys: [] };
  if (actual.kind === 'absent') {
    return { ...base, change: 'create', keys: diffConfigs({}, desired.config), changedKeys: [] };
  }
  const keys = diffConfigs(actual.config, desired.config);
  if (keys.length === 0) return { ...base, change: 'none', keys, changedKeys: [] };
  return { ...base, change: 'update', keys, changedKeys: keys.map((change) => change.key) };
}

function diffConfigs(before: ConfigMap, after: ConfigMap): readonly KeyChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const old = Object.hasOwn(before, key) ? (before[key] ?? null) : null;
    const next = Object.hasOwn(after, key) ? (after[key] ?? null) : null;
    if (old === next) return [];
    const secret = [old, next].some((value) => value !== null && isSecretEntry(key, value));
    return [{ key, before: show(key, old), after: show(key, next), secret }];
  });
}

function show(key: string, value: string | null): string | null {
  return value === null ? null : redactValue(key, value);
}
