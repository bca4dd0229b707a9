/** Connectors that run on the worker under names of their own: which of them share the clusters of a desired one. */
import type { ConfigMap } from '../connector-config.ts';
import { isPlaceholder } from '../redact.ts';
import { allOf, type Certainty } from './certainty.ts';
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
  const told = linted({ name, class: connectorClass, config, file: 'worker', lines: new Map() }, workerVersion);
  return { ...told, name: `${name} (on the worker)`, live: live.isIdle || isOff(told) ? 'idle' : 'running' };
}

/** By its own config. */
export function isOff(connector: LintedConnector): boolean {
  return connector.given('enabled')?.trim().toLowerCase() === 'false';
}

/** Source and target, each by servers or, where these cannot tell, maybe by its alias. */
export function sameClusters(a: LintedConnector, b: LintedConnector): Certainty {
  return allOf(sameCluster(a, 'source', b, 'source'), sameCluster(a, 'target', b, 'target'));
}

export function oppositeClusters(a: LintedConnector, b: LintedConnector): Certainty {
  return allOf(sameCluster(a, 'source', b, 'target'), sameCluster(a, 'target', b, 'source'));
}

/** Same aliases, and no servers that speak against it. A heartbeat connector may write to either cluster. */
export function isOfFlow(live: LintedConnector, member: LintedConnector): boolean {
  if (!sameAliases(live, member)) return false;
  if (live.role !== 'heartbeat' && member.role !== 'heartbeat') return sameClusters(live, member) !== 'no';
  const [heartbeat, other] = live.role === 'heartbeat' ? [live, member] : [member, live];
  const sides: readonly Side[] = other.role === 'heartbeat' ? ['target'] : ['source', 'target'];
  return sides.some((side) => meeting(serversOf(heartbeat, 'target'), serversOf(other, side)) !== 'no');
}

export function sameAliases(a: LintedConnector, b: LintedConnector): boolean {
  return (['source', 'target'] as const).every(
    (side) => aliasOf(a, side) !== '' && aliasOf(a, side) === aliasOf(b, side),
  );
}

function sameCluster(a: LintedConnector, sideOfA: Side, b: LintedConnector, sideOfB: Side): Certainty {
  const meet = meeting(serversOf(a, sideOfA), serversOf(b, sideOfB));
  if (meet !== 'maybe') return meet;
  const alias = aliasOf(a, sideOfA);
  return alias !== '' && alias === aliasOf(b, sideOfB) ? 'maybe' : 'no';
}

/** Lists of one cluster may name other brokers of it, and references hide them: both leave it open. */
function meeting(own: readonly string[], other: readonly string[]): Certainty {
  if (own.some((server) => other.includes(server))) return 'yes';
  if (own.length === 0 || other.length === 0) return 'maybe';
  const [shapes, others] = [own.flatMap(hostShape), other.flatMap(hostShape)];
  const common = shapes.filter((shape) => others.includes(shape));
  if (common.some((shape) => MSK_BROKER.test(shape))) return 'yes';
  if ([...own, ...other].some((server) => isPlaceholder(server) || server.includes('${'))) return 'maybe';
  return common.length > 0 ? 'maybe' : 'no';
}

/** Amazon MSK numbers the brokers of a cluster in the first label, and gives each way to sign in a port. */
const MSK_BROKER = /^b-#(?:-public)?\..+\.kafka\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/** Brokers are counted in the first label of their names. On the own machine other ports are other clusters. */
function hostShape(server: string): readonly string[] {
  const host = server.replace(/^[a-z_]+:\/\//, '').replace(/:\d+$/, '');
  if (/^127\.[\d.]+$|^\[::1\]$|^localhost$/.test(host)) return [];
  if (/^[\d.]+$|^\[/.test(host)) return [host];
  return [host.replace(/^[^.]+/, (label) => label.replace(/\d+/g, '#'))];
}

function serversOf(connector: LintedConnector, side: Side): readonly string[] {
  const servers = (connector.value(`${side}.cluster.bootstrap.servers`) ?? '').split(',');
  return servers.map((server) => server.trim().toLowerCase()).filter((server) => server !== '');
}

function aliasOf(connector: LintedConnector, side: Side): string {
  return connector.value(`${side}.cluster.alias`) ?? '';
}
