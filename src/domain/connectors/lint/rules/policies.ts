/** Replication policies: what they name alike, and what they need. */
import { literalOf, splitList } from '../../../patterns.ts';
import type { Flow } from '../flows.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const POLICY = 'replication.policy.class';
const SAME_NAMES = /(?:^|\.)(?:IdentityReplicationPolicy|CustomMM2ReplicationPolicy)$/;

export const POLICY_RULES: readonly Rule[] = [
  rule({
    id: 'identity-two-way',
    severity: 'error',
    title: 'Two opposite flows with a policy that keeps names',
    effect: 'Every record is copied back and forth without end: such policies see no cycles (KAFKA-9914).',
    hint: 'Copy one way only, or give the two flows topics that have no name in common, spelled out.',
    test: twoWay,
  }),
];

function twoWay(view: LintView): readonly Hit[] {
  return view.flows.flatMap((flow, index) => {
    const back = view.flows.find(
      (other, place) => place > index && other.source === flow.target && other.target === flow.source,
    );
    return back === undefined ? [] : loops(flow, back);
  });
}

function loops(flow: Flow, back: Flow): readonly Hit[] {
  return flow.sources.flatMap((there) =>
    back.sources
      .filter((again) => keepsNames(there) && keepsNames(again) && mayOverlap(there, again))
      .map((again) =>
        hit(again, POLICY, `${again.name} copies back what ${there.name} copies, and both keep the names of topics.`),
      ),
  );
}

export function keepsNames(connector: LintedConnector): boolean {
  return SAME_NAMES.test(connector.value(POLICY) ?? '');
}

/** False only where both spell their topics out, and none is in both. */
function mayOverlap(a: LintedConnector, b: LintedConnector): boolean {
  const [names, others] = [a, b].map((connector) => splitList(connector.value('topics') ?? '.*').map(literalOf));
  if (names === undefined || others === undefined || [...names, ...others].includes(null)) return true;
  return names.some((name) => others.includes(name));
}
