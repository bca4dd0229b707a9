/** One connector as its rules see it: what is given, and what MM2 takes in its place. */
import { applyRank, type ConnectorConfig } from '../connector-config.ts';
import { defaultOf, type KeyFate, keyFate, type Mm2Connector } from '../keys/key-fate.ts';
import { meantClass } from './meant-class.ts';

export interface LintedConnector {
  readonly name: string;
  readonly connector: ConnectorConfig;
  /** Null for what is linted; else it is on the worker, in no file, and hits need `Hit.beside`. */
  readonly live: 'running' | 'idle' | null;
  /** That of the class that is meant, when it is misspelt. Null for connectors that are not MM2's. */
  readonly role: Mm2Connector | null;
  /** In the order of the file. */
  readonly entries: readonly (readonly [key: string, value: string])[];
  has(key: string): boolean;
  /** The text as it is written, blanks included; null when the key is not there. */
  given(key: string): string | null;
  /** What MM2 works with: the given text without blanks around it, else its default; null when it has neither. */
  value(key: string): string | null;
  /** What becomes of each of its keys, in the order of the file; empty for connectors that are not MM2's. */
  readonly fates: readonly (readonly [key: string, fate: KeyFate])[];
  /** A whole number; null for anything else. */
  number(key: string): number | null;
}

/** Without those that are on the worker. */
export function ofPlan(connectors: readonly LintedConnector[]): readonly LintedConnector[] {
  return connectors.filter(({ live }) => live === null);
}

const ROLES: readonly (Mm2Connector | null)[] = ['source', 'checkpoint', 'heartbeat', null];

export function linted(connector: ConnectorConfig, workerVersion: string | null): LintedConnector {
  const role = ROLES[applyRank(meantClass(connector.class) ?? connector.class)] ?? null;
  const given = (key: string): string | null =>
    Object.hasOwn(connector.config, key) ? (connector.config[key] ?? null) : null;
  const value = (key: string): string | null => {
    const text = given(key);
    if (text !== null) return text.trim();
    return role === null ? null : defaultOf(role, key, workerVersion);
  };
  const entries = Object.entries(connector.config);
  return {
    name: connector.name,
    connector,
    live: null,
    role,
    entries,
    fates: role === null ? [] : entries.map(([key]) => [key, keyFate(role, key, workerVersion)] as const),
    has: (key) => given(key) !== null,
    given,
    value,
    number: (key) => wholeNumber(value(key)),
  };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
}
