/** Who commits the offsets of groups on the target. */

import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { sameClusters } from '../live-connectors.ts';
import { overlap } from '../overlap.ts';
import { type Hit, hit, hitBeside, type Rule, rule } from '../rule.ts';

const SYNC = 'sync.group.offsets.enabled';

const BOTH_WRITE = `${SYNC} is true while this action syncs groups as well.`;

export const GROUP_OFFSET_RULES: readonly Rule[] = [
  rule({
    id: 'two-offset-writers',
    severity: 'warning',
    title: 'MM2 and this action both commit offsets of groups',
    effect:
      'MM2 commits its own, coarser places, also after a target topic was made again: the two overwrite each other, and what MM2 writes is verified by nobody.',
    hint: 'Set sync.group.offsets.enabled to false and leave the groups to sync.',
    test: (view) => (view.subject.actionSyncsGroups ? [...writersOfPlan(view), ...writersOnWorker(view)] : []),
  }),
  rule({
    id: 'nobody-syncs-groups',
    severity: 'warning',
    title: 'Neither MM2 nor this action commits offsets of groups',
    effect: 'Consumers start on the target where auto.offset.reset says: they skip everything, or read it all again.',
    hint: 'Move the groups with the command sync or migrate, or set sync.group.offsets.enabled to true.',
    test: ({ subject, of }) =>
      subject.actionSyncsGroups
        ? []
        : of('checkpoint')
            .filter((connector) => connector.value(SYNC)?.toLowerCase() !== 'true')
            .map((connector) => {
              const seen = connector.has(SYNC) ? 'is false' : 'is not set, which means false';
              return hit(connector, SYNC, `${SYNC} ${seen}, and this run syncs no groups.`);
            }),
  }),
  rule({
    id: 'group-sync-by-default',
    severity: 'notice',
    title: 'Nothing is said of who commits offsets of groups',
    effect: 'MM2 commits none then; where no `sync` follows, consumers start where auto.offset.reset says.',
    hint: 'Set sync.group.offsets.enabled to false where this action moves the groups, and else to true.',
    test: ({ subject, of }) =>
      subject.actionSyncsGroups
        ? of('checkpoint')
            .filter((connector) => !connector.has(SYNC))
            .map((connector) => hit(connector, SYNC, `${SYNC} is not set, which means false.`))
        : [],
  }),
];

function commits(connector: LintedConnector): boolean {
  return connector.value(SYNC)?.toLowerCase() === 'true';
}

function writersOfPlan({ of }: LintView): readonly Hit[] {
  return of('checkpoint')
    .filter(commits)
    .map((connector) => hit(connector, SYNC, BOTH_WRITE));
}

/** Of connectors that run already, those between the clusters of the plan; not those that look at other groups. */
function writersOnWorker({ of, live, subject }: LintView): readonly Hit[] {
  return live.flatMap((writer) => {
    if (writer.live !== 'running' || writer.role !== 'checkpoint' || !commits(writer)) return [];
    const own = of('checkpoint').filter((one) => sameClusters(one, writer));
    const [desired] = own.length > 0 ? own : of('source').filter((one) => sameClusters(one, writer));
    if (desired === undefined || (own.length > 0 && !own.some((one) => overlap(one, writer, 'groups', subject))))
      return [];
    return [hitBeside(writer, SYNC, BOTH_WRITE, desired, WRITER_HINT)];
  });
}

const WRITER_HINT = `Set ${SYNC} to false in it, or name it in remove-connectors, before groups are synced here.`;
