/** examples/workflows/rollback.yml, after runs of scheduled-sync.yml. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Witness } from '../../support/witness.ts';
import { beginWith, committedInJava, groupAt, inPlace, stopAt } from './groups.ts';
import { bed, openRecipe, type RecipeRun } from './recipe.ts';

let java: Witness;
beforeAll(async () => {
  java = await Witness.start();
});
afterAll(() => java?.close());

const billing = (offset: number) => groupAt('billing', offset, ['orders-0', 'orders-1']);
beforeEach(() => beginWith([billing(100)]));

interface Migration {
  sync(): Promise<RecipeRun>;
  rollback(given: Readonly<Record<string, string>>): Promise<RecipeRun>;
}

/** One repository with both workflows, so that the second finds the artifacts of the first. */
async function openMigration(): Promise<Migration> {
  const { run } = await openRecipe('scheduled-sync', {
    beside: ['rollback'],
    waits: [['run-for: 15m', 'run-for: 0']],
  });
  return {
    sync: () => run({ event: 'schedule', payload: { schedule: '17 * * * *' } }),
    rollback: (given) => run({ event: 'workflow_dispatch', workflow: 'rollback', inputs: { ...FORM, ...given } }),
  };
}

/** What GitHub's form has already filled in; an event has all values as text. */
const FORM = { artifact: 'mm2-offsets', 'overwrite-groups': '', 'dry-run': 'true' };

test('green: shown first, then done, undone again, and back to where nothing was', async () => {
  const { sync, rollback } = await openMigration();
  const first = await sync();
  await stopAt(billing(220));
  const second = await sync();
  expect(await committedInJava('target')).toEqual(inPlace(billing(220)));

  const shown = await rollback({ 'run-id': second.id });
  expect(shown.job('rollback').result).toBe('success');
  expect(shown.step('Roll back').summary).toContain('billing');
  expect(await committedInJava('target')).toEqual(inPlace(billing(220)));

  const done = await rollback({ 'run-id': second.id, 'dry-run': 'false' });
  expect(done.job('rollback').result).toBe('success');
  expect(await committedInJava('target')).toEqual(inPlace(billing(100)));

  const own = { 'run-id': done.id, artifact: 'mm2-offsets-before-rollback' };
  expect((await rollback({ ...own, 'dry-run': 'false' })).job('rollback').result).toBe('success');
  expect(await committedInJava('target')).toEqual(inPlace(billing(220)));

  const start = { 'run-id': first.id, 'overwrite-groups': 'billing', 'dry-run': 'false' };
  expect((await rollback(start)).step('Roll back').outputs).toMatchObject({ result: 'changed', 'groups-failed': '0' });
  expect(await committedInJava('target')).toEqual([]);
});

test('red: what cannot be taken back is named, be it a group at work on the target or a whole run', async () => {
  const { sync, rollback } = await openMigration();
  const synced = await sync();
  const idle = await sync();
  const empty = await rollback({ 'run-id': idle.id, 'dry-run': 'false' });
  expect(empty.job('rollback').result).toBe('failure');
  expect(empty.step('Find it').annotations).toEqual([
    { kind: 'error', title: '', message: expect.stringContaining('that run has committed nothing') },
  ]);

  const consumer = await java.startConsumer(bed.target.address, { groupId: 'billing', topics: ['orders'] });
  await consumer.assigned();
  const refused = await rollback({ 'run-id': synced.id, 'dry-run': 'false' });
  await consumer.close();
  expect(refused.job('rollback').result).toBe('failure');
  expect(refused.step('Roll back').summary).toMatch(/billing.*group-active/);
  expect(refused.step('See whether all are back').outcome).toBe('failure');
  // The resident group, which that sync has moved as well, is back to where nothing was.
  expect(await committedInJava('target')).toEqual(['billing orders-0 100', 'billing orders-1 100']);
});
