/** examples/workflows/sharded-sync.yml: four jobs, one report, and what becomes of it when one of them is lost. */
import { beforeEach, expect, test } from 'vitest';
import { inShard } from '../../../src/domain/shard.ts';
import { readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { beginWith, committedInJava, groupAt, inPlace } from './groups.ts';
import { openPullRequest, openRecipe } from './recipe.ts';

const NUMBER = 12;
const SHARDS = [1, 2, 3, 4] as const;

/** A group of each shard, in their order. The resident group is in one of them too. */
const groups = SHARDS.map((index) => {
  const candidates = Array.from({ length: 100 }, (_, number) => `billing-${number}`);
  const found = candidates.find((groupId) => inShard(groupId, { index, count: SHARDS.length }));
  if (found === undefined) throw new Error(`no group falls into shard ${index}`);
  return groupAt(found, 110, ['orders-0', 'orders-1']);
});

beforeEach(() => beginWith(groups));

function openSharded() {
  return openRecipe('sharded-sync', {
    pullRequests: [openPullRequest(NUMBER)],
    waits: [['run-for: 30m', 'run-for: 3m']],
  });
}

const BY_HAND = { event: 'workflow_dispatch', inputs: { 'pr-number': String(NUMBER) } };

test('green: the shards move all groups, and one report and one comment speak for them', async () => {
  const recipe = await openSharded();
  const run = await recipe.run(BY_HAND);
  const shards = run.jobs.filter(({ id }) => id === 'sync');
  expect(shards.map(({ result }) => result)).toEqual(['success', 'success', 'success', 'success']);
  expect(run.job('report').result).toBe('success');

  const merged = run.step('Merge them');
  expect(merged.outputs).toMatchObject({ result: 'changed', 'groups-total': '5', 'groups-synced': '5' });
  expect(await committedInJava('target')).toEqual(inPlace(...groups));
  const comments = recipe.github.ours(NUMBER);
  expect(comments.map((body) => readCommentMarker(body)?.command)).toEqual(['sync']);
  for (const { groupId } of groups) {
    expect(merged.summary).toContain(groupId);
    expect(comments[0]).toContain(groupId);
  }
});

test('red: a shard that is lost is named, and the others are not taken for all', async () => {
  const recipe = await openSharded();
  // Its export cannot be kept, so it does not sync and leaves no report.
  const run = await recipe.run({ ...BY_HAND, environment: { RECIPE_LOST_ARTIFACT: 'mm2-offsets-before-3' } });
  const synced = run.jobs.flatMap(({ matrix, steps }) =>
    steps.filter(({ name }) => name === 'Sync the offsets').map(({ outcome }) => `${matrix['shard']} ${outcome}`),
  );
  expect(synced.sort()).toEqual(['1 success', '2 success', '4 success']);

  const merged = run.step('Merge them');
  expect(merged.outcome).toBe('failure');
  expect(run.job('report').result).toBe('failure');
  expect(run.step('See whether all shards have ended well').outcome).toBe('failure');
  expect(merged.outputs['result']).toBe('failed');
  expect(merged.annotations.map(({ message }) => message).join('\n')).toContain('3/4');
  expect(merged.summary).toContain('3/4');
  expect(recipe.github.ours(NUMBER)[0]).toContain('3/4');
  const third = groups[2]?.groupId ?? '';
  const shown = (await committedInJava('target')).filter((line) => line.startsWith('billing'));
  expect(shown).toEqual(
    inPlace(...groups).filter((line) => line.startsWith('billing') && !line.startsWith(`${third} `)),
  );
});
