/** What merging would change, as a comment on the pull request; what is wrong with it, as an annotation. */
import { expect, test } from 'vitest';
import { readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { openPullRequest, openRecipe, pullRequestPayload } from './recipe.ts';

const NUMBER = 7;
const event = { event: 'pull_request', payload: pullRequestPayload(NUMBER) };
const CHECKPOINT = 'connectors/mm2-checkpoint.json';

test('green: the comment has the plan and its hash, and no cluster was written to', async () => {
  const recipe = await openRecipe('plan-on-pull-request', { pullRequests: [openPullRequest(NUMBER)] });
  const before = await recipe.read(CHECKPOINT);
  await recipe.commit({
    [CHECKPOINT]: before.replace(
      '"emit.checkpoints.interval.seconds": "1"',
      '"emit.checkpoints.interval.seconds": "9"',
    ),
  });
  const run = await recipe.run(event);
  expect(run.job('plan').result).toBe('success');
  const { outputs } = run.step(recipe.uses);
  expect(outputs['result']).toBe('changed');
  expect(readCommentMarker(recipe.github.ours(NUMBER)[0] ?? '')).toEqual({
    label: 'default',
    command: 'plan',
    planHash: outputs['plan-hash'],
  });
});
