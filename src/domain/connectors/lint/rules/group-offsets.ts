/** Who commits the offsets of groups on the target. */
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { sameClusters } from '../live-connectors.ts';
import { namesAlike } from '../naming.ts';
import { type Hit, hit, hitBeside, type Rule, rule } from '../rule.ts';
import { sameCheckpoints } from './rivals.ts';

const SYNC = 'sync.group.offsets.enabled';

const BOTH_WRITE = `${SYNC} is true while this action syncs groups as well.`;

export const GROUP_OFFSET_RULES: readonly Rule[] = [
  rule({
    id: 'two-offset-writers',
    severity: 'warning',
    needs: ['live', 'names'],
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

/** Of connectors that run already, those that place groups of the plan in topics of the plan. */
function writersOnWorker(view: LintView): readonly Hit[] {
  return view.running.flatMap((writer) => {
    if (writer.role !== 'checkpoint' || !commits(writer)) return [];
    const meets = (one: LintedConnector) => sameClusters(one, writer) !== 'no' && namesAlike(one, writer) !== 'no';
    const own = view.of('checkpoint').filter(meets);
    const desired =
      own.length > 0
        ? own.find((one) => sameCheckpoints(view, one, writer) !== 'no')
        : view.of('source').find((one) => meets(one) && view.overlap(one, writer, 'topics') !== 'no');
    return desired === undefined ? [] : [hitBeside(writer, SYNC, BOTH_WRITE, desired, WRITER_HINT)];
  });
}

const WRITER_HINT = `Let one of the two commit: set ${SYNC} to false in it, or leave its groups out of what is synced here.`;
