/** Invariant D where brokers say nothing: a group or topic that is left out of a list is not taken for absent. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { type FinishedRun, rowOf, rowsOf, run } from '../../support/run.ts';
import { type InputOverrides, patterns } from '../../support/run-inputs.ts';
import { Witness } from '../../support/witness.ts';
import { checkInputs, type Judged, PLACE, startJudgedMigration, verdictsOf } from '../gate/judged-migration.ts';
import { aclsOf, type Permitted, resourceNames, signedIn, Users } from './rights.ts';
import { rightsOf, USES, type Use } from './uses.ts';

const bed = inject('securedBed');
const name = 'hid';
/** Never checkpointed, and not covered by the rights of anybody here. */
/** Sorts before the groups of other files on the bed, since a check names the first few. */
const SECRET_GROUP = `0-other-${name}`;
const NAMES = resourceNames(name);
const users = new Users(bed, { from: 260, alias: `${name}src` });
const CHECK = useOf('check');
const EXPORT = useOf('export');

function useOf(command: Use['command']): Use {
  const use = USES.find((one) => one.command === command);
  if (use === undefined) throw new Error(`no use of ${command}`);
  return use;
}

function permitted(use: Use, side: 'source' | 'target', without = ''): readonly Permitted[] {
  const rights = rightsOf(use).filter((right) => right.side === side && right.key !== `${side} ${without}`);
  return rights.flatMap(({ rows: [row] }) => aclsOf(NAMES[side], row));
}

const checker = {
  source: users.with('source', permitted(CHECK, 'source')),
  target: users.with('target', permitted(CHECK, 'target')),
};
const blind = users.with('source', permitted(CHECK, 'source', 'cluster DESCRIBE'));
const noTopics = users.with(
  'source',
  permitted(CHECK, 'source').filter(
    ({ resourceType, name: topic }) => resourceType !== 'TOPIC' || topic.startsWith('mm2-'),
  ),
);
const exporter = users.with('target', [
  ...permitted(EXPORT, 'target'),
  ...aclsOf(NAMES.target, { side: 'target', resource: 'target-topics', operation: 'DESCRIBE' }).map((acl) => {
    return { ...acl, permission: 'DENY' as const };
  }),
]);

let witness: Witness;
let judged: Judged;

beforeAll(async () => {
  witness = await Witness.start();
  judged = await startJudgedMigration(bed, name, [{ suffix: 'orders' }]);
  const offsets = [{ topic: judged.topic('orders'), partition: 0, offset: PLACE }];
  await commitGroupOffsets(bed.source, [{ groupId: SECRET_GROUP, offsets }]);
  await users.grant(witness);
});
afterAll(async () => {
  await users.revoke();
  await witness?.close();
});

const ANY_GROUP = { groups: patterns('.*') };

function as(source: string, target: string, more: InputOverrides): Promise<FinishedRun> {
  return run({ ...more, source: signedIn(bed, 'source', source), target: signedIn(bed, 'target', target) });
}

const rightsNamed = ({ report }: FinishedRun) =>
  report.findings.filter(({ rule }) => rule === 'permission-missing').map(({ message }) => message);

it('a pattern of groups is covered only by whom the brokers list every group', async () => {
  const inputs = checkInputs(judged, ['orders'], { selection: { ...ANY_GROUP, topics: patterns(`${name}-orders`) } });
  const { troubled, seen, finished } = verdictsOf(await as(blind, checker.target, inputs));
  expect(troubled).toContain('coverage: unknown');
  expect(seen('coverage')).toContain('The source lists only groups that the principal may DESCRIBE');
  expect(rowsOf(finished.report).map(({ groupId }) => groupId)).not.toContain(SECRET_GROUP);
});

it('with DESCRIBE on the cluster the group shows, and what it has is unknown', async () => {
  const inputs = checkInputs(judged, ['orders'], { selection: { ...ANY_GROUP, topics: patterns(`${name}-orders`) } });
  const { troubled, seen, finished } = verdictsOf(await as(checker.source, checker.target, inputs));
  expect(troubled).toContain('coverage: unknown');
  expect(seen('coverage')).toContain(SECRET_GROUP);
  expect(rightsNamed(finished).join()).toContain(SECRET_GROUP);
});

it.each(['plan', 'export'] as const)(
  '%s: a topic that the source does not list is told by its copy',
  async (command) => {
    const finished = await as(
      noTopics,
      checker.target,
      judged.migration.inputs({ command, translation: { mode: 'exact' } }),
    );
    expect(rightsNamed(finished)).toHaveLength(1);
    expect(rightsNamed(finished)[0]).toContain(`DESCRIBE on the topic ${judged.topic('orders')}`);
  },
);

it('E: offsets on a topic that may not be described are not exported as none, which a rollback would remove', async () => {
  const finished = await as(checker.source, exporter, judged.migration.inputs({ command: 'export' }));
  expect(rowOf(finished.report, judged.group('orders'))).toMatchObject({
    verdict: 'failed',
    reason: 'group-state-unknown',
    detail: 'not saved: TOPIC_AUTHORIZATION_FAILED',
  });
  expect(await finished.exported()).toEqual([]);
  expect(finished.report.result).toBe('failed');
});
