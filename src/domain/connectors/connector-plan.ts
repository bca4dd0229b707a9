/** The difference between what runs and what the files say, as data: printed by a plan, PUT by an apply. */
import { byApplyOrder, type ConfigMap, type ConnectorConfig } from './connector-config.ts';
import type { ConnectorState } from './connector-state.ts';
import { HIDDEN, isSecretEntry, redactValue } from './redact.ts';

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
  /** Of the config; the state is another matter. */
  readonly change: 'create' | 'update' | 'remove' | 'none' | 'unknown';
  /** Keys that differ, sorted; every key of a connector that is created or removed. */
  readonly keys: readonly KeyChange[];
  /** Names of `keys` for an update, empty otherwise. */
  readonly changedKeys: readonly string[];
  /** State that it is to be in; null = the one that it has is left alone, or it goes. */
  readonly wantedState: ConnectorState | null;
}

/** `unreadable` is not `absent` (invariant D): what could not be read is never created over. */
export type ActualConfig =
  | { readonly kind: 'present'; readonly config: ConfigMap }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

export interface ConnectorWishes {
  /** null: new connectors start, the others keep the state they have. */
  readonly state: ConnectorState | null;
  /** Names of connectors that are to go. */
  readonly remove: readonly string[];
}

const NO_WISHES: ConnectorWishes = { state: null, remove: [] };

/**
 * One change for every desired connector, in the order of work, and before them one for each that is to go and is there
 * or could not be read. Values are compared exactly: Connect stores and returns them as given, blanks and `${…}`
 * references included. A name that `actual` does not hold is unreadable.
 */
export function planConnectors(
  actual: ReadonlyMap<string, ActualConfig>,
  desired: readonly ConnectorConfig[],
  { state, remove }: ConnectorWishes = NO_WISHES,
): readonly ConnectorChange[] {
  const find = (name: string): ActualConfig => actual.get(name) ?? { kind: 'unreadable' };
  const removals = [...new Set(remove)].sort().flatMap((name) => planRemoval(name, find(name)));
  const changes = [...desired].sort(byApplyOrder).map((one) => planConnector(find(one.name), one, state));
  return [...removals, ...changes];
}

/** Hides secrets that are known by their value, whatever the name of the key that holds one. */
export function hideSecrets(
  changes: readonly ConnectorChange[],
  secrets: readonly string[],
): readonly ConnectorChange[] {
  const holds = (value: string | null) => value !== null && secrets.some((secret) => isIn(secret, value));
  const hide = (value: string | null) => (holds(value) ? HIDDEN : value);
  return changes.map((change) => {
    const keys = change.keys.map(({ key, before, after, secret }) => {
      return { key, before: hide(before), after: hide(after), secret: secret || holds(before) || holds(after) };
    });
    return { ...change, keys };
  });
}

/** A very short secret counts only as a whole value: else it would hide half of every config. */
function isIn(secret: string, value: string): boolean {
  return secret !== '' && (value === secret || (secret.length >= 4 && value.includes(secret)));
}

function planRemoval(name: string, actual: ActualConfig): readonly ConnectorChange[] {
  const base = { name, changedKeys: [], wantedState: null };
  if (actual.kind === 'absent') return [];
  if (actual.kind === 'unreadable') return [{ ...base, class: '', change: 'unknown', keys: [] }];
  const { config } = actual;
  const connectorClass = (config['connector.class'] ?? '').trim();
  return [{ ...base, class: connectorClass, change: 'remove', keys: diffConfigs(config, {}) }];
}

function planConnector(actual: ActualConfig, desired: ConnectorConfig, state: ConnectorState | null): ConnectorChange {
  const { name, class: connectorClass } = desired;
  const wantedState = state ?? (actual.kind === 'absent' ? 'running' : null);
  const base = { name, class: connectorClass, wantedState };
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
