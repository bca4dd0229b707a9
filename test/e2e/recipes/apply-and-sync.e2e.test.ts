/** From the reviewed plan to the worker and the target: what was approved is applied, or nothing at all. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { changeByHand, connectorConfig, edited, restoreConnectors } from './connectors.ts';
import { beginWith, committedInJava, groupAt } from './groups.ts';
import { openPullRequest, openRecipe, pullRequestPayload } from './recipe.ts';

const NUMBER = 12;
const CHECKPOINT = 'connectors/mm2-checkpoint.json';
const INTERVAL = 'emit.checkpoints.interval.seconds';

beforeEach(() => beginWith([groupAt('billing', 120, ['orders-0', 'orders-1'])]));
afterAll(() => restoreConnectors());

/** A pull request that changes a setting, with its plan in a comment, merged. */
async function mergedPullRequest(interval: string) {
  const recipe = await openRecipe('apply-and-sync', {
    beside: ['plan-on-pull-request'],
    pullRequests: [openPullRequest(NUMBER)],
  });
  const text = edited(await recipe.read(CHECKPOINT), { [INTERVAL]: interval });
  const sha = await recipe.commit({ [CHECKPOINT]: text });
  const payload = pullRequestPayload(NUMBER);
  const plan = await recipe.run({ workflow: 'plan-on-pull-request', event: 'pull_request', payload });
  expect(plan.step('Plan').outputs['result']).toBe('changed');
  recipe.github.merge(NUMBER, sha);
  return { recipe, planHash: plan.step('Plan').outputs['plan-hash'] };
}

test('green: the plan of the comment is applied, the offsets are exported, and then moved', async () => {
  const { recipe, planHash } = await mergedPullRequest('2');
  const run = await recipe.run({ event: 'push' });
  expect(run.job('migrate').result).toBe('success');
  const applied = run.step('Apply the connectors');
  expect(applied.inner['prepare']?.log).toContain(`Approved: plan ${planHash} of pull request #${NUMBER}`);
  expect(applied.outputs['result']).toBe('changed');
  expect((await connectorConfig('mm2-checkpoint'))[INTERVAL]).toBe('2');

  expect(run.step('Sync the offsets').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(await committedInJava('target')).toEqual([
    'audit payments-0 300',
    'billing orders-0 120',
    'billing orders-1 120',
  ]);
  const kept = (name: string) => readdirSync(join(recipe.artifacts, run.id, name));
  for (const artifact of ['mm2-offsets-before', 'mm2-offsets']) {
    expect(kept(artifact)).toContain('report.json');
    expect(kept(artifact).filter((file) => file.endsWith('.jsonl'))).toHaveLength(1);
  }
});

test('red: somebody changed the connector by hand since, so nothing is applied and no offset is moved', async () => {
  const { recipe } = await mergedPullRequest('3');
  await changeByHand('mm2-checkpoint', { [INTERVAL]: '7' });
  const run = await recipe.run({ event: 'push' });
  expect(run.job('migrate').result).toBe('failure');
  const { outcome, outputs, annotations } = run.step('Apply the connectors');
  expect({ outcome, result: outputs['result'] }).toEqual({ outcome: 'failure', result: 'failed' });
  expect(annotations.map(({ title }) => title)).toContain('PLAN_CHANGED');
  expect((await connectorConfig('mm2-checkpoint'))[INTERVAL]).toBe('7');
  expect(run.job('migrate').steps.map(({ name }) => name)).not.toContain('Sync the offsets');
  expect(await committedInJava('target')).toEqual([]);
});
