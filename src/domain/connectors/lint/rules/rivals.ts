/** Connectors that run on the worker and do the work of one of the plan, between the same clusters. */
import type { Mm2Connector } from '../../keys/key-fate.ts';
import { allOf, type Certainty } from '../certainty.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { sameAliases, sameClusters } from '../live-connectors.ts';
import { namesAlike } from '../naming.ts';
import { type Hit, hitBeside } from '../rule.ts';

export const TWICE_IF_SO = 'Then every record is on the target twice.';

const OWN_TOPICS = 'Give each its own topics.';
const SAME_WORK =
  'Where both are this migration, give the file the name that runs: it is updated then, and goes on where it is, while a new name starts at the beginning of the topics. One of your own that is to go belongs in remove-connectors.';
export const OWN_ALIASES = 'Where they are other clusters, give the flows aliases of their own.';
const KNOWN_POLICY = 'Take a policy of Kafka, or give each its own topics.';

interface Rival {
  readonly desired: LintedConnector;
  readonly rival: LintedConnector;
  readonly clusters: Certainty;
}

function rivalsOf({ running, atWork }: LintView, ...roles: readonly Mm2Connector[]): readonly Rival[] {
  return atWork(...roles).flatMap((desired) =>
    running
      .filter(({ role }) => role === desired.role)
      .map((rival) => ({ desired, rival, clusters: sameClusters(rival, desired) }))
      .filter(({ clusters }) => clusters !== 'no'),
  );
}

/** The same records come under the same names to the same cluster. */
export function copiedOnWorker(view: LintView): readonly Hit[] {
  return rivalsOf(view, 'source').flatMap(({ desired, rival, clusters }) => {
    const naming = namesAlike(desired, rival);
    if (naming === 'no') return [];
    const topics = view.overlap(desired, rival, 'topics');
    const sure = allOf(clusters, naming, topics);
    if (sure === 'no') return [];
    if (sure === 'yes') {
      const found = `It runs already, and copies the same topics as ${desired.name}.`;
      return [hitBeside(rival, 'topics', found, desired, `${OWN_TOPICS} ${SAME_WORK}`)];
    }
    const doubts = [
      { is: clusters, why: 'their servers do not tell whether they are the same clusters', hint: OWN_ALIASES },
      { is: naming, why: 'nothing is known of how its policy, or that of the plan, names topics', hint: KNOWN_POLICY },
      { is: topics, why: 'their patterns leave it open', hint: OWN_TOPICS },
    ].filter(({ is }) => is === 'maybe');
    const found = `It runs already, and may copy the same topics as ${desired.name}: ${doubts.map(({ why }) => why).join(', and ')}.`;
    const hint = doubts.map((doubt) => doubt.hint).join(' ');
    return [{ ...hitBeside(rival, 'topics', found, desired, hint), isUnsure: true, effect: TWICE_IF_SO }];
  });
}

/** Internal topics are named after the aliases: with others, nothing is written twice. */
export function againOnWorker(view: LintView): readonly Hit[] {
  return rivalsOf(view, 'checkpoint', 'heartbeat')
    .filter(({ rival, desired }) => sameAliases(rival, desired))
    .filter(({ rival, desired }) => desired.role === 'heartbeat' || sameCheckpoints(view, desired, rival) !== 'no')
    .map(({ rival, desired, clusters }) => {
      const isSure = clusters === 'yes';
      const found = `It runs already, and ${isSure ? 'does' : 'may do'} the same as ${desired.name}.`;
      return hitBeside(rival, null, found, desired, isSure ? SAME_WORK : OWN_ALIASES);
    });
}

/** Checkpoints of the same groups for the same topics. */
export function sameCheckpoints({ overlap }: LintView, one: LintedConnector, other: LintedConnector): Certainty {
  return allOf(overlap(one, other, 'groups'), overlap(one, other, 'topics'));
}
