/** Which connectors belong together: those with the same aliases. */
import type { LintedConnector } from './linted-connector.ts';

export interface Flow {
  readonly source: string;
  readonly target: string;
  readonly sources: readonly LintedConnector[];
  readonly checkpoints: readonly LintedConnector[];
  readonly heartbeats: readonly LintedConnector[];
}

const ALIASES = ['source.cluster.alias', 'target.cluster.alias'] as const;

export function flowsOf(connectors: readonly LintedConnector[]): readonly Flow[] {
  const members = new Map<string, LintedConnector[]>();
  for (const connector of connectors) {
    if (connector.role === null) continue;
    const [source, target] = aliasesOf(connector);
    const key = JSON.stringify([source, target]);
    const group = members.get(key) ?? [];
    members.set(key, [...group, connector]);
  }
  return [...members.values()].map(toFlow);
}

/** As MM2 has them, without blanks around them; an alias that is missing is the empty text. */
export function aliasesOf(connector: LintedConnector): readonly [source: string, target: string] {
  const [source, target] = ALIASES.map((key) => connector.value(key) ?? '');
  return [source ?? '', target ?? ''];
}

export function flowName({ source, target }: Flow): string {
  return `${JSON.stringify(source)} → ${JSON.stringify(target)}`;
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
