/** The day itself: rehearse, final sync, answer; and days later the question whether the source can go. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type JavaConsumer, Witness } from '../../support/witness.ts';
import { beginWith, committedInJava, groupAt } from './groups.ts';
import { bed, openRecipe } from './recipe.ts';

const ORDERS = ['orders-0', 'orders-1'];
const PLACED = ['audit payments-0 300', 'billing orders-0 300', 'billing orders-1 300'];
const event = (phase: string) => ({ event: 'workflow_dispatch', inputs: { phase } });
let witness: Witness;

beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness?.close());
beforeEach(() => beginWith([groupAt('billing', 300, ORDERS)]));

function startConsumer(side: 'source' | 'target', groupId: string, topics: readonly string[]): Promise<JavaConsumer> {
  return witness.startConsumer(bed[side].address, { groupId, protocol: 'consumer', topics, autoCommit: true });
}

test('green: rehearsed, synced, ready; and after the consumers have moved, the source can go', async () => {
  const recipe = await openRecipe('cutover');
  const cutover = await recipe.run(event('cutover'));
  expect(cutover.jobs.map(({ id, result }) => `${id} ${result}`)).toEqual(['rehearse success', 'cutover success']);
  expect(cutover.step('Rehearse').outputs).toMatchObject({ ready: 'true' });
  expect(cutover.step('Final sync').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(cutover.step('Ready?').outputs).toMatchObject({ ready: 'true', 'records-redelivered': '0' });
  expect(await committedInJava('target')).toEqual(PLACED);
  expect(existsSync(join(recipe.artifacts, cutover.id, 'mm2-gate/report.json'))).toBe(true);

  const early = await recipe.run(event('decommission'));
  expect(early.job('decommission').result).toBe('failure');
  expect(early.step('Check').summary).toMatch(/<code>billing<\/code> \|[^\n]*moved/);

  const consumers = [
    await startConsumer('target', 'billing', ['orders']),
    await startConsumer('target', 'audit', ['payments']),
  ];
  try {
    for (const consumer of consumers) await consumer.assigned();
    const later = await recipe.run(event('decommission'));
    expect(later.job('decommission').result).toBe('success');
    expect(later.step('Check').outputs).toMatchObject({ result: 'ok', ready: 'true' });
  } finally {
    for (const consumer of consumers) await consumer.close();
  }
});

test('red: a group that nobody stopped keeps its place, the others are moved, and the answer names it', async () => {
  const recipe = await openRecipe('cutover');
  const consumer = await startConsumer('source', 'billing', ['orders']);
  await consumer.assigned();
  try {
    const run = await recipe.run(event('cutover'));
    expect(run.job('rehearse').result).toBe('success');
    expect(run.job('cutover').result).toBe('failure');
    const { outcome, outputs, summary } = run.step('Ready?');
    expect({ outcome, ready: outputs['ready'] }).toEqual({ outcome: 'failure', ready: 'false' });
    expect(summary).toMatch(/<code>billing<\/code> \|[^\n]*activity/);
    expect(run.step('Keep the answer').outcome).toBe('success');
    expect((await consumer.status()).rebalances).toBe(1);
  } finally {
    await consumer.close();
  }
});
