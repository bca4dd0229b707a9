import { applyRank } from '../../connectors/connector-config.ts';
import { judgeConnector } from '../../connectors/connector-health.ts';
import { type Check, fail, type Gate, type Opinion, ofWhole, pass, type Seen, unknown } from '../check.ts';
import type { ConnectFacts, ConnectorFacts } from '../facts.ts';
import { judgedGroups } from '../judged-groups.ts';

export const connectors: Check = {
  id: 'connectors',
  title: 'every connector and its tasks run',
  next: 'See the connector on the worker (its trace says why), restart what failed, and check again.',
  threshold: () => 'RUNNING, with a task, all RUNNING',
  judge(gate) {
    const { connect } = gate.facts;
    if (connect.kind === 'unknown')
      return [ofWhole(unknown(`the connectors are not known: ${connect.why}`, GIVE_CONNECT))];
    const each = connect.value.connectors.map((connector) => ofConnector(connector, judgeOne(connector)));
    return [...missing(connect.value, gate), ...each];
  },
};

export const GIVE_CONNECT =
  'Give connect-url; where there is none (MSK Connect), look there yourself and leave the check out with skip-checks.';

export function ofConnector({ name }: ConnectorFacts, seen: Seen): Opinion {
  return { ...seen, subject: { kind: 'connector', name } };
}

function judgeOne({ live }: ConnectorFacts): Seen {
  if (live === null) return fail('is not on the worker', 'Create it with apply, then check again.');
  const health = judgeConnector(live.status);
  if (live.status === null) return unknown('has no status yet');
  if (health.kind === 'running') return pass('runs');
  return fail(`does not run: ${health.seen}`);
}

/** The checkpoint connector is needed only where a translation rests on its checkpoints. */
function missing(connect: ConnectFacts, gate: Gate): readonly Opinion[] {
  const ranks = connect.connectors.map((connector) => applyRank(connector.class));
  const relies = judgedGroups(gate).some(({ partitions }) =>
    partitions.some((p) => p.outcome.translation === 'checkpoint'),
  );
  const wanted = [...(ranks.includes(0) ? [] : ['source']), ...(ranks.includes(1) || !relies ? [] : ['checkpoint'])];
  const next = 'Check that connect-url is the worker of this migration, and the aliases of the connectors.';
  return wanted.map((kind) => ofWhole(fail(`no MM2 ${kind} connector for these aliases on ${connect.url}`, next)));
}
