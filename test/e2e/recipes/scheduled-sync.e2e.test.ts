/** examples/workflows/scheduled-sync.yml: the way back leaves the machine before anything is committed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownName } from '../../support/names.ts';
import { inPlaceAt, onTarget, stopOnSource } from './moved-groups.ts';
import { openRecipe, type Recipe, type RecipeRun } from './recipe.ts';

const WAITS = [
  ['run-for: 15m', 'run-for: 20s'],
  ['interval: 1m', 'interval: 1s'],
] as const;
const HOURLY = { event: 'schedule', payload: { schedule: '17 * * * *' } };
const DAILY = { event: 'schedule', payload: { schedule: '47 3 * * *' } };

/** Text of the only file of an artifact that ends so; empty without one. */
async function kept(recipe: Recipe, run: RecipeRun, artifact: string, ends: string): Promise<string> {
  const folder = join(recipe.artifacts, run.id, artifact);
  const files = (await readdir(folder)).filter((file) => file.endsWith(ends));
  expect(files.length).toBeLessThan(2);
  return files[0] === undefined ? '' : readFile(join(folder, files[0]), 'utf8');
}

test('green: the export is kept, the offsets are in place, and once a day they are committed again', async () => {
  const groupId = ownName('hourly');
  await stopOnSource({ [groupId]: 120 });
  const recipe = await openRecipe('scheduled-sync', { waits: WAITS });
  const first = await recipe.run(HOURLY);
  expect(first.job('sync').result).toBe('success');
  expect(first.step('Sync the offsets').outputs).toMatchObject({ result: 'changed', 'groups-failed': '0' });
  expect(await onTarget(groupId)).toEqual(inPlaceAt(120));
  expect(await kept(recipe, first, 'mm2-offsets', '.jsonl')).toContain(groupId);

  await stopOnSource({ [groupId]: 200 });
  const second = await recipe.run(HOURLY);
  expect(await onTarget(groupId)).toEqual(inPlaceAt(200));
  const before = await kept(recipe, second, 'mm2-offsets-before', '.csv');
  expect(before.split('\n').filter((line) => line.includes(groupId))).toEqual([
    expect.stringMatching(/,orders,0,120$/),
    expect.stringMatching(/,orders,1,120$/),
  ]);

  // A run exports what it commits.
  const unchanged = await recipe.run(HOURLY);
  expect(await kept(recipe, unchanged, 'mm2-offsets', '.jsonl')).not.toContain(groupId);
  const refreshed = await recipe.run(DAILY);
  expect(await kept(recipe, refreshed, 'mm2-offsets', '.jsonl')).toContain(groupId);
  expect(await onTarget(groupId)).toEqual(inPlaceAt(200));
});

test('red: where the export cannot be kept, nothing is committed', async () => {
  const groupId = ownName('unkept');
  await stopOnSource({ [groupId]: 90 });
  const recipe = await openRecipe('scheduled-sync', { waits: WAITS });
  const run = await recipe.run({ ...HOURLY, environment: { RECIPE_LOST_ARTIFACT: 'mm2-offsets-before' } });
  expect(run.job('sync').result).toBe('failure');
  expect(run.step('Keep the export').outcome).toBe('failure');
  expect(run.job('sync').steps.map(({ name }) => name)).not.toContain('Sync the offsets');
  expect(await onTarget(groupId)).toEqual([]);
});
