import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runAct, startAct } from '../../action/act.ts';
import { node24 } from '../../action/bundle.ts';
import { type SilentServer, startSilentServer } from '../../action/silent-server.ts';

const servers: SilentServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A workflow whose sync hangs while it connects. */
async function startHangingWorkflow() {
  const server = await startSilentServer();
  servers.push(server);
  const act = await startAct({
    inputs: {
      command: 'sync',
      'target-bootstrap-servers': server.address,
      'target-auth': 'sasl-plain',
      'target-tls': 'false',
      'target-username': 'mm2',
      // Not from `secrets`, which act masks by itself: the mask must be ours.
      'target-password': 'correct-horse-battery-staple',
    },
  });
  await Promise.race([server.connected, act.printed('never printed')]);
  return act;
}

describe('a consumer’s workflow that says uses: acme/kafka-mm2@v1', () => {
  test('bad input: the step fails, and every problem is on the summary and on the run’s page', async () => {
    const run = await runAct({ inputs: { command: 'snc', interval: '20 apples' } });
    expect(run.outcome).toBe('failure');
    expect(run.steps).toMatchObject({ run: { outcome: 'success' }, report: { outcome: 'failure' } });
    expect(run.outputs).toMatchObject({ result: 'failed', 'groups-total': '', 'offsets-export': '' });
    for (const words of ['command: expected', 'interval: expected']) {
      expect(run.summary).toContain(words);
      expect(run.annotations.map(({ message }) => message).join('\n')).toContain(words);
    }
  });

  test('fail-on: never lets the job go on, with the result in the outputs', async () => {
    const run = await runAct({ inputs: { command: 'sync', interval: '20 apples', 'fail-on': 'never' } });
    expect(run.outcome).toBe('success');
    expect(run.outputs['result']).toBe('failed');
  });

  test('it runs on Node.js 24 as well', async () => {
    const run = await runAct({ inputs: { command: 'sync' }, nodeFolder: dirname(node24) });
    expect(run.summary).toContain('target-bootstrap-servers');
  });

  test('without Node.js it says what to add', async () => {
    const run = await runAct({ inputs: { command: 'sync' }, nodeFolder: '' });
    const message = 'Node.js ≥ 20.18 was not found on PATH (seen: none). Add actions/setup-node before this step.';
    expect(run.outcome).toBe('failure');
    expect(run.annotations).toEqual([{ kind: 'error', title: '', message }]);
    expect(run.summary).toContain(message);
    expect(run.steps['run']?.log).toBe('');
    expect(run.outputs['result']).toBe('failed');
  });

  test('a cancel that reaches only the step’s own process ends it, with its report', async () => {
    const act = await startHangingWorkflow();
    process.kill(await act.stepPid(), 'SIGINT');
    const run = await act.done;
    expect(run.steps['run']?.outcome).toBe('success');
    expect(run.summary).toContain('cancelled by SIGINT');
    expect(run.outputs['result']).toBe('failed');
    expect(await act.processes()).toEqual([]);
  });

  test('kill -9 of node: the report step says what is known', async () => {
    const act = await startHangingWorkflow();
    process.kill(await act.stepPid(), 'SIGKILL');
    const run = await act.done;
    expect(run.steps).toMatchObject({ run: { outcome: 'failure' }, report: { outcome: 'failure' } });
    expect(run.annotations.map(({ title }) => title)).toContain('RUN_KILLED');
    expect(run.summary).toContain('its process was killed from outside');
    expect(run.outputs['result']).toBe('failed');
  });

  test('the secret is nowhere in what is printed', async () => {
    const act = await startHangingWorkflow();
    process.kill(await act.stepPid(), 'SIGTERM');
    const { log, summary, steps } = await act.done;
    expect(steps['run']?.log).toContain('SIGTERM received');
    expect(log + summary).not.toContain('battery');
  });
});
