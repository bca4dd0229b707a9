/** What merging would change, as a comment on the pull request; what is wrong with it, as an annotation. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commentMarker, readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { connectorConfig, edited } from './connectors.ts';
import { beginWith, committedInJava, groupAt } from './groups.ts';
import { openPullRequest, openRecipe, pullRequestPayload } from './recipe.ts';

const NUMBER = 7;
const event = { event: 'pull_request', payload: pullRequestPayload(NUMBER) };
const CHECKPOINT = 'connectors/mm2-checkpoint.json';
const SOURCE = 'connectors/mm2-source.json';
const INTERVAL = 'emit.checkpoints.interval.seconds';

beforeAll(() => beginWith([groupAt('billing', 120, ['orders-0', 'orders-1'])]));

test('green: one comment with the plan and its hash, behind 150 others, and nothing is written to a cluster', async () => {
  const marker = commentMarker({ label: 'default', command: 'plan', planHash: 'of-somebody-else' });
  const others = Array.from({ length: 150 }, () => ({ body: `${marker}\nLGTM`, ours: false }));
  const recipe = await openRecipe('plan-on-pull-request', {
    pullRequests: [{ ...openPullRequest(NUMBER), comments: others }],
  });
  const live = await connectorConfig('mm2-checkpoint');
  await recipe.commit({ [CHECKPOINT]: edited(await recipe.read(CHECKPOINT), { [INTERVAL]: '9' }) });

  // Two runs at once, as after two quick pushes where the first is not yet cancelled.
  const [first, second] = await Promise.all([recipe.run(event), recipe.run(event)]);
  for (const run of [first, second]) {
    expect(run.job('plan').result).toBe('success');
    expect(run.step('Plan').outputs['result']).toBe('changed');
  }
  const planHash = first.step('Plan').outputs['plan-hash'];
  const comments = recipe.github.ours(NUMBER);
  expect(comments.map(readCommentMarker)).toEqual([{ label: 'default', command: 'plan', planHash }]);
  expect(comments[0]).toContain(INTERVAL);
  const kept = readdirSync(join(recipe.artifacts, first.id, 'mm2-plan'));
  expect(kept).toEqual(expect.arrayContaining(['report.json', 'report.html', 'junit.xml']));
  expect(await connectorConfig('mm2-checkpoint')).toEqual(live);
  expect(await committedInJava('target')).toEqual([]);
});

test('red: a converter that would change the records is an error at its line of the file', async () => {
  const recipe = await openRecipe('plan-on-pull-request', { pullRequests: [openPullRequest(NUMBER)] });
  const json = 'org.apache.kafka.connect.json.JsonConverter';
  const text = edited(await recipe.read(SOURCE), { 'value.converter': json });
  await recipe.commit({ [SOURCE]: text });
  const run = await recipe.run(event);
  expect(run.job('plan').result).toBe('failure');
  const line = text.split('\n').findIndex((one) => one.includes(json)) + 1;
  const errors = run.step('Plan').annotations.filter(({ kind }) => kind === 'error');
  expect(errors).toContainEqual(expect.objectContaining({ at: { file: SOURCE, line: String(line) } }));
  expect(recipe.github.ours(NUMBER)[0]).toContain('JsonConverter');
  expect((await connectorConfig('mm2-source'))['value.converter']).not.toBe(json);
});

test('a fork: no secrets, a token that may only read, and still the lint, a warning and a summary', async () => {
  const recipe = await openRecipe('plan-on-pull-request', {
    pullRequests: [openPullRequest(NUMBER)],
    mayWrite: false,
  });
  const none = { SOURCE_PASSWORD: '', TARGET_PASSWORD: '', CONNECT_PASSWORD: '' };
  const payload = pullRequestPayload(NUMBER, 'fork');
  const run = await recipe.run({ event: 'pull_request', payload, secrets: none });
  const { annotations, summary, log, outputs } = run.step('Plan');
  expect(run.job('plan').result).toBe('success');
  expect(annotations.map(({ message }) => message).join('\n')).toContain('pull-requests: write');
  expect(log).toContain('a pull request from a fork');
  expect(outputs).toMatchObject({ result: 'ok', 'plan-hash': '' });
  expect(summary).not.toBe('');
  expect(recipe.github.ours(NUMBER)).toEqual([]);
});
