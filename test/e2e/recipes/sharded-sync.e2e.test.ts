/** examples/workflows/sharded-sync.yml: four jobs, one report, and what becomes of it when one of them is lost. */
import { expect, test } from 'vitest';
import { inShard } from '../../../src/domain/shard.ts';
import { readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { ownName } from '../../support/names.ts';
import { allOnTarget, inPlaceAt, stopOnSource } from './moved-groups.ts';
import { openPullRequest, openRecipe } from './recipe.ts';

const NUMBER = 12;
const SHARDS = [1, 2, 3, 4] as const;

/** A group of each shard, in their order. */
function oneOfEach(name: string): readonly string[] {
  return SHARDS.map((index) => {
    const candidates = Array.from({ length: 100 }, (_, number) => `${name}-${number}`);
    const found = candidates.find((groupId) => inShard(groupId, { index, count: SHARDS.length }));
    if (found === undefined) throw new Error(`no group of ${name} falls into shard ${index}`);
    return found;
  });
}

async function openSharded(groupIds: readonly string[], offset: number) {
  await stopOnSource(Object.fromEntries(groupIds.map((groupId) => [groupId, offset])));
  return openRecipe('sharded-sync', {
    pullRequests: [openPullRequest(NUMBER)],
    waits: [['run-for: 30m', 'run-for: 20s']],
  });
}

const BY_HAND = { event: 'workflow_dispatch', inputs: { 'pr-number': String(NUMBER) } };

test('green: the shards move all groups, and one report and one comment speak for them', async () => {
  const groupIds = oneOfEach(ownName('shards'));
  const recipe = await openSharded(groupIds, 110);
  const run = await recipe.run(BY_HAND);
  const shards = run.jobs.filter(({ id }) => id === 'sync');
  expect(shards.map(({ result }) => result)).toEqual(['success', 'success', 'success', 'success']);
  expect(run.job('report').result).toBe('success');

  const merged = run.step('Merge them');
  expect(merged.outputs).toMatchObject({ result: 'changed', 'groups-failed': '0' });
  const synced = shards.map(({ steps }) => steps.find(({ name }) => name === 'Sync the offsets')?.outputs);
  const sum = (name: string) => synced.reduce((total, outputs) => total + Number(outputs?.[name]), 0);
  expect(merged.outputs['groups-total']).toBe(String(sum('groups-total')));
  expect(merged.outputs['groups-synced']).toBe(String(sum('groups-synced')));
  for (const groupId of groupIds) expect(merged.summary).toContain(groupId);
  expect(await allOnTarget(groupIds)).toEqual(groupIds.map(() => inPlaceAt(110)));
  const comments = recipe.github.ours(NUMBER);
  expect(comments.map((body) => readCommentMarker(body)?.command)).toEqual(['sync']);
  for (const groupId of groupIds) expect(comments[0]).toContain(groupId);
});

test('red: a shard that is lost is named, and the others are not taken for all', async () => {
  const groupIds = oneOfEach(ownName('lost'));
  const recipe = await openSharded(groupIds, 80);
  // Its export cannot be kept, so it does not sync and leaves no report.
  const run = await recipe.run({ ...BY_HAND, environment: { RECIPE_LOST_ARTIFACT: 'mm2-offsets-before-3' } });
  const synced = run.jobs.flatMap(({ matrix, steps }) =>
    steps.filter(({ name }) => name === 'Sync the offsets').map(({ outcome }) => `${matrix['shard']} ${outcome}`),
  );
  expect(synced.sort()).toEqual(['1 success', '2 success', '4 success']);

  const merged = run.step('Merge them');
  expect(merged.outcome).toBe('failure');
  expect(run.job('report').result).toBe('failure');
  expect(merged.outputs['result']).toBe('failed');
  expect(merged.annotations.map(({ message }) => message).join('\n')).toContain('3/4');
  expect(merged.summary).toContain('3/4');
  expect(recipe.github.ours(NUMBER)[0]).toContain('3/4');
  expect(await allOnTarget(groupIds)).toEqual([inPlaceAt(80), inPlaceAt(80), [], inPlaceAt(80)]);
});
