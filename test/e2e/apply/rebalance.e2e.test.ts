import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ConnectWorker, startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { ownName } from '../../support/names.ts';
import { OwnWorker } from './own-worker.ts';

const name = ownName('rebalance');
let own: OwnWorker;
let second: ConnectWorker | null = null;

beforeAll(async () => {
  own = await OwnWorker.start(name, inject('bed'));
});
afterAll(async () => {
  await second?.stop();
  await own?.stop();
});

/** Each is a rebalance of the group of workers. */
async function generations(): Promise<number> {
  const log = await readFile(own.worker.logFile, 'utf8');
  return log.split('\n').filter((line) => line.includes('Joined group at generation')).length;
}

test('a worker that joins and leaves while connectors are applied: the apply succeeds', async () => {
  const before = await generations();
  let leaving: Promise<void> | null = null;
  own.proxy.afterAnswer = async ({ method, path }) => {
    if (method !== 'POST' || path !== '/connectors') return 'deliver';
    // One that has to be killed in the end is missed after this time.
    const properties = { 'session.timeout.ms': '10000' };
    if (second === null) second = await startConnectWorker({ cluster: own.bed.target, groupId: name, properties });
    else leaving ??= second.stop();
    return 'deliver';
  };
  const desired = ['a', 'b', 'c', 'd'].map((suffix) => own.heartbeat(suffix));
  const result = await own.apply(desired);
  await leaving;
  expect(leaving).not.toBeNull();
  expect(result.errors).toEqual([]);
  expect(result.connectors.map(({ change, state }) => `${change} ${state}`)).toEqual(
    Array.from({ length: 4 }, () => 'create RUNNING'),
  );
  expect(own.proxy.written()).toEqual(desired.map((one) => one.name));
  // One for the worker that joined, one for the worker that left.
  const look = async () => {
    const now = await generations();
    return now >= before + 2 ? { done: now } : { seen: `${now - before} rebalances` };
  };
  expect(await waitFor('both rebalances', look, { timeoutMs: 120_000 })).toBeGreaterThanOrEqual(before + 2);
});
