/** Replication policies: what they name alike, and what they need. */
import { literalOf, splitList } from '../../../patterns.ts';
import { allOf } from '../certainty.ts';
import type { Flow } from '../flows.ts';
import type { LintView } from '../lint-view.ts';
import { type LintedConnector, ofPlan } from '../linted-connector.ts';
import { oppositeClusters } from '../live-connectors.ts';
import { keepsNames } from '../naming.ts';
import { type Hit, hit, hitBeside, type Rule, rule } from '../rule.ts';
import { isWorkerBefore } from '../worker-version.ts';
import { OWN_ALIASES } from './rivals.ts';

const POLICY = 'replication.policy.class';
const SEPARATOR = 'replication.policy.separator';
const ENDLESS_IF_SO = 'Then every record is copied back and forth without end (KAFKA-9914).';
const CUSTOM = /(?:^|\.)CustomMM2ReplicationPolicy$/;

export const POLICY_RULES: readonly Rule[] = [
  rule({
    id: 'identity-two-way',
    severity: 'error',
    needs: ['live', 'names'],
    title: 'Two opposite flows with a policy that keeps names',
    effect: 'Every record is copied back and forth without end: such policies see no cycles (KAFKA-9914).',
    hint: 'Copy one way only, or give the two flows topics that have no name in common, spelled out.',
    test: (view) => [...twoWay(view), ...backOnWorker(view)],
  }),
  rule({
    id: 'identity-policy-too-new',
    severity: 'error',
    needs: ['version'],
    title: 'IdentityReplicationPolicy on MM2 before 3.0',
    effect: 'The worker has no such class.',
    hint: 'Run the connectors on Kafka Connect 3.7.1 or later; brokers may stay as they are.',
    test: (view) => (isWorkerBefore(view, [3, 0, 0]) ? withPolicy(view, /(?:^|\.)IdentityReplicationPolicy$/) : []),
  }),
  rule({
    id: 'custom-policy-fails',
    severity: 'error',
    needs: ['version'],
    title: 'CustomMM2ReplicationPolicy on MM2 3.0 to 3.3',
    effect: 'It knows no upstream topic, on which these versions of MM2 fail with a NullPointerException.',
    hint: 'Take org.apache.kafka.connect.mirror.IdentityReplicationPolicy, which keeps names as well.',
    test: (view) =>
      isWorkerBefore(view, [3, 4, 0]) && !isWorkerBefore(view, [3, 0, 0]) ? withPolicy(view, CUSTOM) : [],
  }),
  rule({
    id: 'custom-policy-superseded',
    severity: 'notice',
    title: 'CustomMM2ReplicationPolicy of the Amazon MSK lab',
    effect: 'Its jar has to be on every worker; MM2 has had a policy that keeps names since 3.0.',
    hint: 'Take org.apache.kafka.connect.mirror.IdentityReplicationPolicy in all connectors at once.',
    test: (view) => (isWorkerBefore(view, [3, 0, 0]) ? [] : withPolicy(view, CUSTOM)),
  }),
  rule({
    id: 'policy-unknown',
    severity: 'warning',
    title: 'A replication policy that nothing is known of',
    effect: 'How it names topics cannot be told: what is said here of names may not hold.',
    hint: 'Give the action topic-mapping, or take a policy of Kafka.',
    test: (view) =>
      withPolicy(
        view,
        /^(?!.*(?:^|\.)(?:Default|Identity|CustomMM2)ReplicationPolicy$)(?!org\.apache\.kafka\.)(?!.*\$\{)./,
      ),
  }),
  rule({
    id: 'separator-before-3-1',
    severity: 'warning',
    needs: ['version'],
    title: 'A separator of your own on MM2 before 3.1',
    effect:
      'These versions name internal topics with a dot all the same: after an upgrade MM2 looks for others (KIP-690).',
    hint: 'Upgrade the worker first, or keep the dot.',
    test: (view) =>
      isWorkerBefore(view, [3, 1, 0])
        ? view
            .of('source', 'checkpoint')
            .filter((connector) => (connector.given(SEPARATOR) ?? '.') !== '.')
            .map((connector) =>
              hit(connector, SEPARATOR, `${SEPARATOR} is ${view.quote(SEPARATOR, connector.given(SEPARATOR) ?? '')}.`),
            )
        : [],
  }),
];

function withPolicy(view: LintView, policy: RegExp): readonly Hit[] {
  return view
    .of('source', 'checkpoint')
    .filter((connector) => policy.test(connector.given(POLICY)?.trim() ?? ''))
    .map((connector) => hit(connector, POLICY, `${POLICY} is ${view.quote(POLICY, connector.value(POLICY) ?? '')}.`));
}

function twoWay(view: LintView): readonly Hit[] {
  return view.flows.flatMap((flow, index) => {
    const back = view.flows.find(
      (other, place) => place > index && other.source === flow.target && other.target === flow.source,
    );
    return back === undefined ? [] : loops(flow, back);
  });
}

function loops(flow: Flow, back: Flow): readonly Hit[] {
  return ofPlan(flow.sources).flatMap((there) =>
    ofPlan(back.sources)
      .filter((again) => keepsNames(there) && keepsNames(again) && mayOverlap(there, again))
      .map((again) =>
        hit(again, POLICY, `${again.name} copies back what ${there.name} copies, and both keep the names of topics.`),
      ),
  );
}

function backOnWorker({ atWork, running, overlap }: LintView): readonly Hit[] {
  const others = running.filter((one) => one.role === 'source' && keepsNames(one));
  return atWork('source')
    .filter(keepsNames)
    .flatMap((there) =>
      others.flatMap((again) => {
        const clusters = oppositeClusters(there, again);
        const sure = clusters === 'no' ? 'no' : allOf(clusters, overlap(there, again, 'topics'));
        if (sure === 'no') return [];
        const verb = sure === 'yes' ? 'copies' : 'may copy';
        const found = `${again.name} ${verb} back what ${there.name} copies, and both keep the names of topics.`;
        const both = hitBeside(again, POLICY, found, there, clusters === 'maybe' ? OWN_ALIASES : undefined);
        return [sure === 'yes' ? both : { ...both, isUnsure: true, effect: ENDLESS_IF_SO }];
      }),
    );
}

/** False only where both spell their topics out, and none is in both. */
function mayOverlap(a: LintedConnector, b: LintedConnector): boolean {
  const [names, others] = [a, b].map((connector) => splitList(connector.value('topics') ?? '.*').map(literalOf));
  if (names === undefined || others === undefined || [...names, ...others].includes(null)) return true;
  return names.some((name) => others.includes(name));
}
