/** What must be equal in the connectors of one flow, or else one of them looks where the other does not write. */
import { type Flow, flowName } from '../flows.ts';
import type { LintView } from '../lint-view.ts';
import { type LintedConnector, ofPlan } from '../linted-connector.ts';
import { type Hit, hit, hitBeside, type Rule, rule } from '../rule.ts';

const POLICY_CLASS = 'replication.policy.class';

export const AGREEMENT_RULES: readonly Rule[] = [
  rule({
    id: 'aliases-differ',
    severity: 'error',
    title: 'Source and checkpoint connector have different aliases for the same clusters',
    effect:
      'The checkpoint connector reads an offset-syncs topic that nobody writes: there are no checkpoints, and no group is moved.',
    hint: 'Give source.cluster.alias and target.cluster.alias the same values in all connectors of the flow.',
    test: aliasesDiffer,
  }),
  rule({
    id: 'policy-differs',
    severity: 'error',
    needs: ['live'],
    title: 'Source and checkpoint connector have different replication policies',
    effect: 'Checkpoints name topics that do not exist on the target: the offsets of no group can be placed.',
    hint: 'Set replication.policy.class to the same class in both.',
    test: (view) => differing(view, POLICY_CLASS),
  }),
  rule({
    id: 'separator-differs',
    severity: 'error',
    needs: ['live'],
    title: 'Source and checkpoint connector have different separators',
    effect: 'They name topics differently: the checkpoint connector reads and names topics that do not exist.',
    hint: 'Set replication.policy.separator to the same text in both.',
    test: (view) => differing(view, 'replication.policy.separator'),
  }),
  rule({
    id: 'internal-separator-differs',
    severity: 'error',
    needs: ['live'],
    title: 'Source and checkpoint connector name internal topics differently',
    effect: 'The checkpoint connector looks for an offset-syncs topic of another name.',
    hint: 'Set replication.policy.internal.topic.separator.enabled to the same value in both.',
    test: (view) => differing(view, 'replication.policy.internal.topic.separator.enabled'),
  }),
  rule({
    id: 'offset-syncs-location-differs',
    severity: 'error',
    needs: ['live'],
    title: 'Source and checkpoint connector have different places for offset syncs',
    effect: 'The source connector writes offset syncs to one cluster, and the checkpoint connector reads the other.',
    hint: 'Set offset-syncs.topic.location to the same value in both.',
    test: (view) => differing(view, 'offset-syncs.topic.location'),
  }),
  rule({
    id: 'heartbeat-policy-differs',
    severity: 'notice',
    needs: ['live'],
    title: 'The heartbeat connector has another replication policy than the source connector',
    effect: 'All known policies name the heartbeats topic alike, so that it works until one of them does not.',
    hint: 'Set replication.policy.class to the same class in all connectors of the flow.',
    test: (view) => view.flows.flatMap(({ sources, heartbeats }) => unlike(view, sources[0], heartbeats, POLICY_CLASS)),
  }),
  rule({
    id: 'servers-differ',
    severity: 'warning',
    needs: ['live'],
    title: 'Source and checkpoint connector have different servers for the same alias',
    effect: 'Where these are different clusters, the checkpoints tell of others than the records.',
    hint: 'Give the connectors of a flow the same bootstrap servers.',
    test: (view) =>
      ['source.cluster.bootstrap.servers', 'target.cluster.bootstrap.servers'].flatMap((key) =>
        differing(view, key, serverSet),
      ),
  }),
  rule({
    id: 'security-differs',
    severity: 'warning',
    needs: ['live'],
    title: 'Source and checkpoint connector sign in differently at the same servers',
    effect: 'One of them most likely cannot connect.',
    hint: 'Give the connectors of a flow the same security settings.',
    test: (view) =>
      ['source.cluster.', 'target.cluster.'].flatMap((side) =>
        ['security.protocol', 'sasl.mechanism'].flatMap((key) => differing(view, side + key)),
      ),
  }),
];

/** The checkpoint connectors of a flow whose value is another than the source connector's. */
function differing(view: LintView, key: string, normal = (text: string) => text): readonly Hit[] {
  return view.flows.flatMap(({ sources, checkpoints }) => unlike(view, sources[0], checkpoints, key, normal));
}

function unlike(
  view: LintView,
  source: LintedConnector | undefined,
  others: readonly LintedConnector[],
  key: string,
  normal = (text: string) => text,
): readonly Hit[] {
  if (source === undefined) return [];
  const wanted = source.value(key) ?? '';
  return others.flatMap((other) => {
    const value = other.value(key) ?? '';
    if (normal(value) === normal(wanted)) return [];
    const found = `${key} is ${said(view, other, key)}, and in ${source.name} ${said(view, source, key)}.`;
    return [besideLive([source, other], hitBeside(other, key, found, source))];
  });
}

/** What is to be paired with it on a worker that others use too, nobody can tell for sure. */
function besideLive(parts: readonly LintedConnector[], found: Hit): Hit {
  return parts.some(({ live }) => live !== null) ? { ...found, isUnsure: true } : found;
}

function said(view: LintView, connector: LintedConnector, key: string): string {
  const value = connector.value(key);
  if (value === null) return 'not set';
  return connector.has(key) ? view.quote(key, value) : `${view.quote(key, value)} by default`;
}

function serverSet(text: string): string {
  const servers = text.split(',').map((server) => server.trim().toLowerCase());
  return servers
    .filter((server) => server !== '')
    .sort()
    .join();
}

/**
 * A flow that has only a source connector beside one that has only a checkpoint connector: the same migration under
 * two names when the servers are equal, or when nothing else is left to pair.
 */
function aliasesDiffer(view: LintView): readonly Hit[] {
  const flows = view.flows.map((flow) => ({ flow, plan: planOf(flow), live: liveParts(flow) }));
  const orphans = flows.filter(({ plan }) => plan.sources.length === 0 && plan.checkpoints.length > 0);
  const lone = flows.filter(({ plan }) => plan.sources.length > 0 && plan.checkpoints.length === 0);
  const single = orphans.length === 1 && lone.length === 1;
  return orphans.flatMap((orphan) => {
    const match = lone.find(({ plan }) => single || sameServers(plan, orphan.plan));
    if (match === undefined) return [];
    return orphan.plan.checkpoints.map((checkpoint) => {
      const key = match.flow.source === orphan.flow.source ? 'target.cluster.alias' : 'source.cluster.alias';
      const theirs = match.plan.sources[0]?.name ?? '';
      const found = `Its aliases are ${flowName(orphan.flow)}, and those of ${theirs} ${flowName(match.flow)}.`;
      return besideLive([...orphan.live, ...match.live], hit(checkpoint, key, found));
    });
  });
}

function planOf(flow: Flow): Flow {
  return { ...flow, sources: ofPlan(flow.sources), checkpoints: ofPlan(flow.checkpoints) };
}

function liveParts({ sources, checkpoints }: Flow): readonly LintedConnector[] {
  return [...sources, ...checkpoints].filter(({ live }) => live !== null);
}

function sameServers(a: Flow, b: Flow): boolean {
  return ['source.cluster.bootstrap.servers', 'target.cluster.bootstrap.servers'].every((key) => {
    const [one, other] = [a.sources[0]?.value(key) ?? '', b.checkpoints[0]?.value(key) ?? ''];
    return one !== '' && serverSet(one) === serverSet(other);
  });
}
