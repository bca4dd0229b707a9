/** The day itself: rehearse, final sync, answer; and days later the question whether the source can go. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JavaConsumer, Witness } from '../../support/witness.ts';
import { beginWith, committedInJava, groupAt, inPlace, stopAt } from './groups.ts';
import { bed, keptReport, openRecipe } from './recipe.ts';

const billingAt = (offset: number) => groupAt('billing', offset, ['orders-0', 'orders-1']);
const END = 300;
const event = (phase: string) => ({ event: 'workflow_dispatch', inputs: { phase } });
let witness: Witness;

beforeAll(async () => {
  witness = await Witness.start();
  await beginWith([billingAt(120)]);
});
afterAll(() => witness?.close());

function startConsumer(side: 'source' | 'target', groupId: string, topics: readonly string[]): Promise<JavaConsumer> {
  return witness.startConsumer(bed[side].address, { groupId, protocol: 'consumer', topics });
}

test('red: of a group that nobody stopped the answer says so, and the job fails with its report kept', async () => {
  const recipe = await openRecipe('cutover');
  const consumer = await startConsumer('source', 'billing', ['orders']);
  await consumer.assigned();
  try {
    const run = await recipe.run(event('cutover'));
    expect(run.job('rehearse').result).toBe('success');
    expect(run.job('cutover').result).toBe('failure');
    const { outcome, outputs } = run.step('Ready?');
    expect({ outcome, ready: outputs['ready'] }).toEqual({ outcome: 'failure', ready: 'false' });
    const { readiness } = await keptReport(recipe, run, 'mm2-gate');
    expect(readiness.map(({ groupId, verdict, failed }) => [groupId, verdict, failed])).toEqual([
      ['audit', 'ready', []],
      ['billing', 'not-ready', ['activity']],
    ]);
    // What is in place already is less to do at the next try.
    expect(await committedInJava('target')).toEqual(inPlace(billingAt(120)));
    expect((await consumer.status()).rebalances).toBe(1);
  } finally {
    await consumer.close();
  }
});

test('green: at the next try, with the group stopped at its end, all is ready, though the sync moves one group only', async () => {
  await stopAt(billingAt(END));
  const recipe = await openRecipe('cutover');
  const run = await recipe.run(event('cutover'));
  expect(run.jobs.map(({ id, result }) => `${id} ${result}`)).toEqual(['rehearse success', 'cutover success']);
  expect(run.step('Rehearse').outputs).toMatchObject({ ready: 'true' });
  expect(run.step('Final sync').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(run.step('Ready?').outputs).toMatchObject({ ready: 'true', 'records-redelivered': '0' });
  expect(await committedInJava('target')).toEqual(inPlace(billingAt(END)));
  expect(existsSync(join(recipe.artifacts, run.id, 'mm2-offsets-before'))).toBe(true);
});

test('decommission: red while the groups are at rest, green once their consumers are on the target', async () => {
  const recipe = await openRecipe('cutover');
  const early = await recipe.run(event('decommission'));
  expect(early.job('decommission').result).toBe('failure');
  const { readiness } = await keptReport(recipe, early, 'mm2-decommission');
  expect(readiness.map(({ groupId, failed }) => [groupId, failed])).toEqual([
    ['audit', ['moved']],
    ['billing', ['moved']],
  ]);

  const billing = await startConsumer('target', 'billing', ['orders']);
  const audit = await startConsumer('target', 'audit', ['payments']);
  try {
    for (const consumer of [billing, audit]) await consumer.assigned();
    const later = await recipe.run(event('decommission'));
    expect(later.job('decommission').result).toBe('success');
    expect(later.step('Check').outputs).toMatchObject({ result: 'ok', ready: 'true' });
  } finally {
    for (const consumer of [billing, audit]) await consumer.close();
  }
});
