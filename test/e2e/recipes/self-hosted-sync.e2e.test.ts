/** examples/workflows/self-hosted-sync.yml on a machine without Node.js, as a runner of one's own may be. */
import { beforeEach, expect, test } from 'vitest';
import { beginWith, committedInJava, groupAt, inPlace } from './groups.ts';
import { openRecipe, type RecipeRunOptions } from './recipe.ts';

const WAITS = [['run-for: 30m', 'run-for: 0']] as const;
const MACHINE: RecipeRunOptions = { event: 'workflow_dispatch', nodeFolder: '' };
const billing = groupAt('billing', 130, ['orders-0', 'orders-1']);

beforeEach(() => beginWith([billing]));

test('green: setup-node brings what the action needs', async () => {
  const recipe = await openRecipe('self-hosted-sync', { waits: WAITS });
  const run = await recipe.run(MACHINE);
  expect(run.job('sync').result).toBe('success');
  expect(run.step('Sync the offsets').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(await committedInJava('target')).toEqual(inPlace(billing));
});

test('red: without it the action says what to add, and commits nothing', async () => {
  const recipe = await openRecipe('self-hosted-sync', { waits: WAITS });
  const path = '.github/workflows/self-hosted-sync.yml';
  const text = await recipe.read(path);
  const without = text.replace(/\n {6}- uses: actions\/setup-node@[\s\S]*?\n(?=\n {6}- )/, '');
  expect(without).not.toContain('- uses: actions/setup-node');
  await recipe.commit({ [path]: without });
  const run = await recipe.run(MACHINE);
  expect(run.job('sync').result).toBe('failure');
  const message = 'Node.js ≥ 20.18 was not found on PATH (seen: none). Add actions/setup-node before this step.';
  expect(run.step('Sync the offsets').annotations).toEqual([{ kind: 'error', title: '', message }]);
  expect(run.step('Sync the offsets').summary).toContain(message);
  expect(await committedInJava('target')).toEqual([]);
});
