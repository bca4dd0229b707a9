/**
 * Keys that MM2 or Connect hands on to a client, by their prefix. What arrives where is measured on Kafka's own
 * classes (scripts/config-keys/ConfigKeys.java prints it): MirrorConnectorConfig takes of `source.cluster.` and
 * `target.cluster.` only how to connect, and throws the rest away without a word.
 */

import { closestName } from '../../closest-name.ts';
import type { KeyFate, Mm2Connector } from './key-fate.ts';
import type { KeyTableName } from './key-table.ts';
import { ageOf, isIn, keysOf } from './known-keys.ts';

type Side = 'source' | 'target';
type Role = 'consumer' | 'producer' | 'admin';

/** Clients that MM2 itself opens; the producer is that of offset syncs. The records are written by Connect's. */
const CLIENTS: Readonly<Record<Mm2Connector, Readonly<Record<Side, readonly Role[]>>>> = {
  source: { source: ['consumer', 'admin', 'producer'], target: ['admin', 'producer'] },
  checkpoint: { source: ['admin', 'consumer'], target: ['admin', 'consumer'] },
  heartbeat: { source: [], target: ['admin'] },
};

/** MM2 gives these itself, whatever the config says (MirrorConnectorConfig.sourceConsumerConfig, MirrorUtils). */
const SET_BY_MM2 = new Set(['enable.auto.commit', 'key.deserializer', 'value.deserializer']);

const PREFIX = /^(?:(source|target)\.)?(?:(cluster)\.)?(?:(consumer|producer|admin)\.)?(?:(override)\.)?(.*)$/;

/** null: not a key of a client. */
export function clientKeyFate(connector: Mm2Connector, key: string, version: string | null): KeyFate | null {
  const [, side, cluster, role, override, rest = ''] = PREFIX.exec(key) ?? [];
  if (rest === '') return null;
  const parts = { connector, rest, version };
  if (side === undefined && cluster === undefined && role !== undefined) {
    return override === undefined ? sharedFate(parts, role as Role) : overrideFate(parts, role as Role);
  }
  if (side === undefined || override !== undefined) return null;
  if (cluster !== undefined) return clusterFate(parts, side as Side, role as Role | undefined);
  return role === undefined ? bareSideFate(parts, side as Side) : sideFate(parts, side as Side, role as Role);
}

/** The key of one of the connector's clients that a setting of clients belongs to; null: no client knows it. */
export function clientKeyFor(connector: Mm2Connector, setting: string, side: Side): string | null {
  if (isIn(['connection'], setting)) return `${side}.cluster.${setting}`;
  const clients = CLIENTS[connector];
  if (side === 'source' && clients.source.includes('consumer') && isIn(['consumer'], setting)) {
    return `source.consumer.${setting}`;
  }
  if (isIn(['producer'], setting)) return `producer.override.${setting}`;
  const role = (['consumer', 'admin'] as const).find((one) => clients[side].includes(one) && isIn([one], setting));
  return role === undefined ? null : `${side}.${role}.${setting}`;
}

interface Parts {
  readonly connector: Mm2Connector;
  /** What follows the prefix. */
  readonly rest: string;
  readonly version: string | null;
}

function clusterFate({ connector, rest, version }: Parts, side: Side, role: Role | undefined): KeyFate {
  const prefix = `${side}.cluster.`;
  const why = `of ${prefix}* MirrorMaker 2 takes only bootstrap.servers, security.protocol, ssl.* and sasl.*`;
  if (role !== undefined) return { kind: 'dropped', why, instead: `${side}.${role}.${rest}` };
  const age = ageOf(['connection'], rest, version);
  if (age?.kind === 'newer' || age?.kind === 'known') return age;
  if (isIn(['consumer', 'producer', 'admin'], rest)) {
    return { kind: 'dropped', why, instead: clientKeyFor(connector, rest, side) };
  }
  const meant = closestName(rest, ['alias', ...keysOf(['connection'], version)]);
  return meant === null
    ? { kind: 'dropped', why, instead: null }
    : { kind: 'unknown', suggestion: `${prefix}${meant}` };
}

function sideFate({ connector, rest, version }: Parts, side: Side, role: Role): KeyFate {
  if (!CLIENTS[connector][side].includes(role)) {
    const why = `the ${connector} connector has no ${role} of its own at the ${side}`;
    const instead = role === 'producer' ? `producer.override.${rest}` : null;
    return { kind: 'dropped', why, instead };
  }
  if (role === 'consumer' && SET_BY_MM2.has(rest)) {
    return { kind: 'dropped', why: 'MirrorMaker 2 sets it itself', instead: null };
  }
  return settingFate(`${side}.${role}.`, role, rest, version);
}

/** `consumer.`, `producer.` and `admin.` reach the clients of both sides. */
function sharedFate({ connector, rest, version }: Parts, role: Role): KeyFate {
  if (role === 'producer') {
    const why =
      connector === 'source'
        ? 'it reaches the producer of offset syncs only, not the one that writes the records'
        : `the ${connector} connector writes through Connect's producer, which does not read it`;
    return { kind: 'dropped', why, instead: `producer.override.${rest}` };
  }
  const { source, target } = CLIENTS[connector];
  if (![...source, ...target].includes(role)) {
    return { kind: 'dropped', why: `the ${connector} connector has no ${role} of its own`, instead: null };
  }
  if (role === 'consumer' && SET_BY_MM2.has(rest)) {
    return { kind: 'dropped', why: 'MirrorMaker 2 sets it itself', instead: null };
  }
  return settingFate(`${role}.`, role, rest, version);
}

/** Connect's own clients (KIP-458); the admin client of a source connector looks up and creates topics (KIP-158). */
function overrideFate({ connector, rest, version }: Parts, role: Role): KeyFate {
  if (role !== 'consumer') return settingFate(`${role}.override.`, role, rest, version);
  const why = 'Connect opens no consumer for the records of a source connector; MirrorMaker 2 opens its own';
  const instead = CLIENTS[connector].source.includes('consumer') ? `source.consumer.${rest}` : null;
  return { kind: 'dropped', why, instead };
}

/** `source.bootstrap.servers` and the like: neither of the cluster nor of a client. */
function bareSideFate({ connector, rest }: Parts, side: Side): KeyFate | null {
  const instead = clientKeyFor(connector, rest, side);
  if (instead === null) return null;
  return { kind: 'dropped', why: `${side}.* says neither cluster nor client`, instead };
}

function settingFate(prefix: string, role: KeyTableName & Role, rest: string, version: string | null): KeyFate {
  const age = ageOf([role], rest, version);
  if (age?.kind === 'removed') return { ...age, instead: null };
  if (age !== null) return age;
  const meant = closestName(rest, keysOf([role], version));
  return { kind: 'unknown', suggestion: meant === null ? null : `${prefix}${meant}` };
}
