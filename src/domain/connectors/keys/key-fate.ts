/** What becomes of a key in the config of one of MM2's connectors: from the complete key table of 2.7 to 4.x. */
import { closestName } from '../../closest-name.ts';
import { clientKeyFate, clientKeyFor } from './client-keys.ts';
import { isDedicatedMode } from './dedicated-mode.ts';
import type { KeyTableName } from './key-table.ts';
import { ageOf, defaultIn, isIn, keysOf } from './known-keys.ts';

export const MM2_CONNECTORS = ['source', 'checkpoint', 'heartbeat'] as const;
export type Mm2Connector = (typeof MM2_CONNECTORS)[number];

export type KeyFate =
  /** Read by this connector, in this version. */
  | { readonly kind: 'known' }
  /** Accepted and silently thrown away, e.g. `source.cluster.max.poll.records`; `instead` is the key that works. */
  | { readonly kind: 'dropped'; readonly why: string; readonly instead: string | null }
  /** A key of another MM2 connector, without effect here. */
  | { readonly kind: 'elsewhere'; readonly readBy: readonly Mm2Connector[] }
  /** A key of MM2's dedicated mode (mm2.properties), e.g. `clusters` or `a->b.enabled`. */
  | { readonly kind: 'dedicated-mode' }
  | { readonly kind: 'removed'; readonly since: string; readonly instead: string | null }
  /** The worker is too old for it. */
  | { readonly kind: 'newer'; readonly since: string }
  | { readonly kind: 'unknown'; readonly suggestion: string | null };

/** A connector's own keys, those of the default filters it loads, and Connect's. */
const TABLES: Readonly<Record<Mm2Connector, readonly KeyTableName[]>> = {
  source: ['source', 'topic-filter', 'config-property-filter', 'framework'],
  checkpoint: ['checkpoint', 'group-filter', 'topic-filter', 'framework'],
  heartbeat: ['heartbeat', 'framework'],
};

/** Mistakes that no spelling distance finds. */
const OFTEN_MEANT: ReadonlyMap<string, string> = new Map([
  ['max.tasks', 'tasks.max'],
  ['tasks', 'tasks.max'],
  ['topics.whitelist', 'topics'],
  ['topics.include', 'topics'],
  ['topics.regex', 'topics'],
  ['topic', 'topics'],
  ['groups.whitelist', 'groups'],
  ['groups.include', 'groups'],
  ['class', 'connector.class'],
]);

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['topics.blacklist', 'topics.exclude'],
  ['groups.blacklist', 'groups.exclude'],
  ['config.properties.blacklist', 'config.properties.exclude'],
  ['auto.include.jmx.reporter', 'metric.reporters'],
]);

/** Below these Connect or a plug-in reads what it likes. */
const OPEN_PREFIX =
  /^(?:(?:key|value|header)\.converter\.(?!plugin\.version$)|transforms\.[^.]+\.|predicates\.[^.]+\.|config\.providers(?:\.|$)|metrics\.context\.)/;
const TOPIC_CREATION = /^topic\.creation\.(?!groups$|enable$)[^.]+\.[^.]/;

/** @param version of the worker; null = the newest that the table knows. */
export function keyFate(connector: Mm2Connector, key: string, version: string | null): KeyFate {
  if (isIn(['connection'], key)) return withoutPrefix(connector, key);
  if (OPEN_PREFIX.test(key) || TOPIC_CREATION.test(key)) return { kind: 'known' };
  const age = ageOf(TABLES[connector], key, version);
  if (age?.kind === 'removed') return { ...age, instead: REPLACEMENTS.get(key) ?? null };
  if (age !== null) return age;
  const readBy = MM2_CONNECTORS.filter((other) => isIn(TABLES[other], key));
  if (readBy.length > 0) return { kind: 'elsewhere', readBy };
  const meant = OFTEN_MEANT.get(key);
  if (meant !== undefined) return { kind: 'unknown', suggestion: meant };
  return clientKeyFate(connector, key, version) ?? strayFate(connector, key, version);
}

/** What MM2 takes when the key is not there; null = nothing, or not a key of this connector. */
export function defaultOf(connector: Mm2Connector, key: string, version: string | null = null): string | null {
  return defaultIn(TABLES[connector], key, version);
}

/** The ConfigDef lists security.protocol, ssl.* and sasl.* as they stand, yet no client of the connector gets them. */
function withoutPrefix(connector: Mm2Connector, key: string): KeyFate {
  const side = connector === 'heartbeat' ? 'target' : 'source';
  const why = 'without the prefix of a cluster it reaches no client';
  return { kind: 'dropped', why, instead: `${side}.cluster.${key}` };
}

function strayFate(connector: Mm2Connector, key: string, version: string | null): KeyFate {
  if (isIn(['sink'], key)) return { kind: 'dropped', why: 'it is a key of sink connectors', instead: null };
  if (isDedicatedMode(key)) return { kind: 'dedicated-mode' };
  if (isIn(['worker'], key)) {
    return { kind: 'dropped', why: 'it is a setting of the Connect worker, not of a connector', instead: null };
  }
  const instead = clientKeyFor(connector, key, 'source') ?? clientKeyFor(connector, key, 'target');
  if (instead !== null) {
    return { kind: 'dropped', why: 'it is a setting of a client, and names none', instead };
  }
  return { kind: 'unknown', suggestion: suggestionFor(connector, key, version) };
}

const PREFIXES = [
  ...['source.cluster', 'target.cluster', 'source.consumer', 'source.admin', 'source.producer', 'target.consumer'],
  ...['target.admin', 'target.producer', 'producer.override', 'admin.override', 'consumer', 'admin'],
];

/** Own keys first, then keys with a misspelt prefix, then keys of the other connectors. */
function suggestionFor(connector: Mm2Connector, key: string, version: string | null): string | null {
  const own = closestName(key, keysOf(TABLES[connector], version));
  if (own !== null) return own;
  const words = key.split('.');
  for (const length of [2, 1]) {
    const prefix = closestName(words.slice(0, length).join('.'), PREFIXES);
    if (prefix === null) continue;
    const candidate = `${prefix}.${words.slice(length).join('.')}`;
    if (clientKeyFate(connector, candidate, version)?.kind === 'known') return candidate;
  }
  return closestName(
    key,
    MM2_CONNECTORS.flatMap((other) => keysOf(TABLES[other], version)),
  );
}
