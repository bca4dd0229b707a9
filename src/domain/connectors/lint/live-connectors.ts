/** Connectors that run on the worker under names of their own: which of them share the clusters of a desired one. */
import type { ConfigMap } from '../connector-config.ts';
import { isPlaceholder } from '../redact.ts';
import { type LintedConnector, linted } from './linted-connector.ts';

export interface LiveConnector {
  readonly name: string;
  readonly config: ConfigMap;
  /** Somebody has paused or stopped it. */
  readonly isIdle: boolean;
}

type Side = 'source' | 'target';

/** The name says where it is: it stands in messages beside names of files' connectors. */
export function lintedLive(live: LiveConnector, workerVersion: string | null): LintedConnector {
  const { name, config } = live;
  const connectorClass = (config['connector.class'] ?? '').trim();
  const isOff = live.isIdle || config['enabled']?.trim().toLowerCase() === 'false';
  const told = linted({ name, class: connectorClass, config, file: 'worker', lines: new Map() }, workerVersion);
  return { ...told, name: `${name} (on the worker)`, live: isOff ? 'idle' : 'running' };
}

/** Of what runs, those that do the work of a desired connector between the same two clusters. */
export function rivalsOf(live: readonly LintedConnector[], desired: LintedConnector): readonly LintedConnector[] {
  return live.filter((one) => one.live === 'running' && one.role === desired.role && sameClusters(one, desired));
}

/** Source and target, each by servers or, where these cannot tell, by its alias. */
export function sameClusters(a: LintedConnector, b: LintedConnector): boolean {
  return sameCluster(a, 'source', b, 'source') && sameCluster(a, 'target', b, 'target');
}

export function oppositeClusters(a: LintedConnector, b: LintedConnector): boolean {
  return sameCluster(a, 'source', b, 'target') && sameCluster(a, 'target', b, 'source');
}

/** Same aliases, and no servers that speak against it. A heartbeat connector may write to either cluster. */
export function isOfFlow(live: LintedConnector, member: LintedConnector): boolean {
  if (!sameAliases(live, member)) return false;
  if (live.role !== 'heartbeat' && member.role !== 'heartbeat') return sameClusters(live, member);
  const [heartbeat, other] = live.role === 'heartbeat' ? [live, member] : [member, live];
  const sides: readonly Side[] = other.role === 'heartbeat' ? ['target'] : ['source', 'target'];
  return sides.some((side) => meeting(serversOf(heartbeat, 'target'), serversOf(other, side)) !== 'no');
}

export function sameAliases(a: LintedConnector, b: LintedConnector): boolean {
  return (['source', 'target'] as const).every(
    (side) => aliasOf(a, side) !== '' && aliasOf(a, side) === aliasOf(b, side),
  );
}

function sameCluster(a: LintedConnector, sideOfA: Side, b: LintedConnector, sideOfB: Side): boolean {
  const meet = meeting(serversOf(a, sideOfA), serversOf(b, sideOfB));
  if (meet !== 'unknown') return meet === 'yes';
  const alias = aliasOf(a, sideOfA);
  return alias !== '' && alias === aliasOf(b, sideOfB);
}

/** Lists of one cluster may name other brokers of it: hosts that differ by their digits alone leave it open. */
function meeting(own: readonly string[], other: readonly string[]): 'yes' | 'no' | 'unknown' {
  if (own.some((server) => other.includes(server))) return 'yes';
  if (own.length === 0 || other.length === 0) return 'unknown';
  if ([...own, ...other].some((server) => isPlaceholder(server) || server.includes('${'))) return 'unknown';
  const hosts = new Set(own.flatMap(hostShape));
  return other.flatMap(hostShape).some((shape) => hosts.has(shape)) ? 'unknown' : 'no';
}

/** Nothing for addresses and for the own machine, where other ports are other clusters. */
function hostShape(server: string): readonly string[] {
  const host = server.replace(/:\d+$/, '');
  if (/^[\d.]+$|^\[|^localhost$/.test(host)) return [];
  return [host.replace(/\d+/g, '#')];
}

function serversOf(connector: LintedConnector, side: Side): readonly string[] {
  const servers = (connector.value(`${side}.cluster.bootstrap.servers`) ?? '').split(',');
  return servers.map((server) => server.trim().toLowerCase()).filter((server) => server !== '');
}

function aliasOf(connector: LintedConnector, side: Side): string {
  return connector.value(`${side}.cluster.alias`) ?? '';
}
