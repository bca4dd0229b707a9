/** Which connectors belong together: those with the same aliases; where names collide, of the same folder too. */
import type { LintedConnector } from './linted-connector.ts';
import { isOfFlow } from './live-connectors.ts';
import type { Overlap } from './overlap.ts';

export interface Flow {
  readonly source: string;
  readonly target: string;
  readonly sources: readonly LintedConnector[];
  readonly checkpoints: readonly LintedConnector[];
  readonly heartbeats: readonly LintedConnector[];
}

const ALIASES = ['source.cluster.alias', 'target.cluster.alias'] as const;

/**
 * Without the connectors that have no alias of their source: it is not known which flow they belong to. A part that no
 * desired connector is may run on the worker already.
 */
export function flowsOf(
  connectors: readonly LintedConnector[],
  running: readonly LintedConnector[],
  overlap: Overlap,
): readonly Flow[] {
  const members = new Map<string, LintedConnector[]>();
  // Several setups at once, one to a folder: they are not meant to run side by side.
  const byFolder = new Set(connectors.map(({ name }) => name)).size < connectors.length;
  for (const connector of connectors) {
    if (connector.role === null) continue;
    const [source, target] = aliasesOf(connector);
    if (source === '') continue;
    const key = JSON.stringify([source, target, byFolder ? folderOf(connector) : '']);
    const group = members.get(key) ?? [];
    members.set(key, [...group, connector]);
  }
  return [...members.values()].map((own) => toFlow([...own, ...partsOnWorker(own, running, overlap)]));
}

function folderOf({ connector: { file } }: LintedConnector): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** As MM2 has them, without blanks around them; an alias that is missing is the empty text. */
export function aliasesOf(connector: LintedConnector): readonly [source: string, target: string] {
  const [source, target] = ALIASES.map((key) => connector.value(key) ?? '');
  return [source ?? '', target ?? ''];
}

export function flowName({ source, target }: Flow): string {
  return `${JSON.stringify(source)} → ${JSON.stringify(target)}`;
}

/** Another team's flow may have the same aliases between the same clusters: then its topics are others. */
function partsOnWorker(
  own: readonly LintedConnector[],
  running: readonly LintedConnector[],
  overlap: Overlap,
): readonly LintedConnector[] {
  const there = new Set(own.map(({ role }) => role));
  const topicsMeet = (one: LintedConnector, member: LintedConnector) =>
    one.role === 'heartbeat' || member.role === 'heartbeat' || overlap(one, member, 'topics') !== 'no';
  return running.filter(
    (one) => !there.has(one.role) && own.some((member) => isOfFlow(one, member) && topicsMeet(one, member)),
  );
}

function toFlow(connectors: readonly LintedConnector[]): Flow {
  const [first] = connectors;
  const [source, target] = first === undefined ? ['', ''] : aliasesOf(first);
  const ofRole = (role: string) => connectors.filter((connector) => connector.role === role);
  return {
    source,
    target,
    sources: ofRole('source'),
    checkpoints: ofRole('checkpoint'),
    heartbeats: ofRole('heartbeat'),
  };
}
