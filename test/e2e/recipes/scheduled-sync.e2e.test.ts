/** examples/workflows/scheduled-sync.yml: the way back leaves the machine before anything is committed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { beginWith, committedInJava, groupAt, inPlace, stopAt } from './groups.ts';
import { openRecipe, type Recipe, type RecipeRun } from './recipe.ts';

const billing = (offset: number) => groupAt('billing', offset, ['orders-0', 'orders-1']);
const WAITS = [
  ['run-for: 15m', 'run-for: 3m'],
  ['interval: 1m', 'interval: 1s'],
] as const;
const HOURLY = { event: 'schedule', payload: { schedule: '17 * * * *' } };
const DAILY = { event: 'schedule', payload: { schedule: '47 3 * * *' } };

/** The offsets export in an artifact, as `jsonl` or as `csv`. */
async function exportIn(recipe: Recipe, { id }: RecipeRun, artifact: string, form: string): Promise<string> {
  const folder = join(recipe.artifacts, id, artifact);
  const files = (await readdir(folder)).filter(
    (file) => file.startsWith('offsets-export') && file.endsWith(`.${form}`),
  );
  expect(files).toHaveLength(1);
  return readFile(join(folder, files[0] ?? ''), 'utf8');
}

beforeEach(() => beginWith([billing(120)]));

test('green: the export is kept, the offsets are in place, and once a day they are committed again', async () => {
  const recipe = await openRecipe('scheduled-sync', { waits: WAITS });
  const first = await recipe.run(HOURLY);
  expect(first.job('sync').result).toBe('success');
  expect(first.step('Sync the offsets').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(await committedInJava('target')).toEqual(inPlace(billing(120)));

  await stopAt(billing(200));
  const second = await recipe.run(HOURLY);
  expect(await committedInJava('target')).toEqual(inPlace(billing(200)));
  const before = await exportIn(recipe, second, 'mm2-offsets-before', 'csv');
  expect(before.split('\n').filter((line) => line.includes('billing'))).toEqual([
    expect.stringMatching(/,orders,0,120$/),
    expect.stringMatching(/,orders,1,120$/),
  ]);

  const unchanged = await recipe.run(HOURLY);
  expect(unchanged.step('Sync the offsets').outputs).toMatchObject({ result: 'ok', 'offsets-export': '' });
  const refreshed = await recipe.run(DAILY);
  expect(refreshed.step('Sync the offsets').outputs['result']).toBe('changed');
  expect(await exportIn(recipe, refreshed, 'mm2-offsets', 'jsonl')).toContain('billing');
  expect(await committedInJava('target')).toEqual(inPlace(billing(200)));
});

test('red: where the export cannot be kept, nothing is committed', async () => {
  const recipe = await openRecipe('scheduled-sync', { waits: WAITS });
  const run = await recipe.run({ ...HOURLY, environment: { RECIPE_LOST_ARTIFACT: 'mm2-offsets-before' } });
  expect(run.job('sync').result).toBe('failure');
  expect(run.step('Keep the export').outcome).toBe('failure');
  expect(run.job('sync').steps.map(({ name }) => name)).not.toContain('Sync the offsets');
  expect(await committedInJava('target')).toEqual([]);
});
