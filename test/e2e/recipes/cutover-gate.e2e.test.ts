/** The check to require: green on the pull request and in the merge queue, red for a group that is still at work. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { Witness } from '../../support/witness.ts';
import { beginWith, committedInJava, groupAt } from './groups.ts';
import { bed, keptReport, openPullRequest, openRecipe, pullRequestPayload } from './recipe.ts';

const NUMBER = 21;
const ORDERS = ['orders-0', 'orders-1'];
let witness: Witness;

beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness?.close());
beforeEach(() => beginWith([groupAt('billing', 120, ORDERS)]));

test('green: on the pull request with a comment, in the merge queue without one, and nothing is committed', async () => {
  const recipe = await openRecipe('cutover-gate', { pullRequests: [openPullRequest(NUMBER)] });
  const onPullRequest = await recipe.run({ event: 'pull_request', payload: pullRequestPayload(NUMBER) });
  expect(onPullRequest.job('gate').result).toBe('success');
  expect(onPullRequest.step('Check').outputs).toMatchObject({ result: 'ok', ready: 'true' });
  const [comment = '', ...others] = recipe.github.ours(NUMBER);
  expect(readCommentMarker(comment)).toMatchObject({ command: 'check' });
  expect(others).toEqual([]);

  const queue = { head_sha: recipe.sha(), head_ref: `refs/heads/gh-readonly-queue/main/pr-${NUMBER}-abc` };
  const payload = { action: 'checks_requested', merge_group: { ...queue, base_ref: 'refs/heads/main' } };
  const inQueue = await recipe.run({ event: 'merge_group', payload });
  expect(inQueue.job('gate').result).toBe('success');
  expect(inQueue.step('Check').outputs).toMatchObject({ ready: 'true' });
  expect(recipe.github.ours(NUMBER)).toEqual([comment]);
  expect(await committedInJava('target')).toEqual([]);
});

test('red: asked for the cutover, a group with a member is named, and so is that nothing was synced', async () => {
  const recipe = await openRecipe('cutover-gate');
  const consumer = await witness.startConsumer(bed.source.address, {
    groupId: 'shop',
    protocol: 'consumer',
    topics: ['payments'],
    offsetReset: 'earliest',
    autoCommit: true,
  });
  await consumer.assigned();
  try {
    const run = await recipe.run({ event: 'workflow_dispatch', inputs: { phase: 'cutover', 'run-id': '' } });
    expect(run.job('gate').result).toBe('failure');
    expect(run.step('Check').outputs).toMatchObject({ result: 'not-ready', ready: 'false' });
    const { checks, readiness } = await keptReport(recipe, run, 'mm2-gate');
    const failed = new Map(readiness.map((group) => [group.groupId, group.failed]));
    expect(failed.get('shop')).toContain('activity');
    expect(failed.get('billing')).toContain('coverage');
    expect(failed.get('billing')).not.toContain('activity');
    expect(checks.find(({ id }) => id === 'rollback')?.verdict).toBe('fail');
    for (const { groupId } of readiness) expect(run.step('Check').summary).toContain(groupId);
    expect(await committedInJava('target')).toEqual([]);
    expect((await consumer.status()).rebalances).toBe(1);
  } finally {
    await consumer.close();
  }
});
