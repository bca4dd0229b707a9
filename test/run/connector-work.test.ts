import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { parseReport } from '../../src/report/json/parse-report.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { connectInputs, FakeWorker } from '../adapters/connect/fake-worker.ts';
import { type InputOverrides, runInputs } from '../support/run-inputs.ts';

const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
const CONFIG = {
  name: 'mm2-heartbeat',
  'connector.class': 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector',
  'source.cluster.alias': 'source',
  'target.cluster.alias': 'target',
  'source.cluster.bootstrap.servers': 'source.example:9092',
  'target.cluster.bootstrap.servers': 'target.example:9092',
  'key.converter': BYTES,
  'value.converter': BYTES,
  'header.converter': BYTES,
  'tasks.max': '1',
};

let worker: FakeWorker;
let folder: string;

beforeEach(async () => {
  worker = await FakeWorker.start();
  folder = await mkdtemp(join(tmpdir(), 'connector-work-'));
  await writeFile(join(folder, 'heartbeat.json'), JSON.stringify(CONFIG));
});
afterEach(async () => {
  await worker.stop();
  await rm(folder, { recursive: true });
});

function run(command: 'plan' | 'apply', apply: InputOverrides['apply'] = {}): Promise<ReportModel> {
  const connect = connectInputs(worker.url);
  const inputs = runInputs(folder, { command, connect, apply: { connectors: 'heartbeat.json', ...apply } });
  const log = { stage() {}, info() {}, warn() {}, debug() {} };
  const signal = new AbortController().signal;
  return runCommand(inputs, { log, clock: systemClock, signal, proxy: null, workingFolder: folder });
}

test('a plan without worker and clusters lints, and tells of no connection', async () => {
  const stages: string[] = [];
  const inputs = runInputs(folder, { command: 'plan', apply: { connectors: 'heartbeat.json' } });
  const log = { stage: (title: string) => void stages.push(title), info() {}, warn() {}, debug() {} };
  const signal = new AbortController().signal;
  const alone = { ...inputs, source: null, target: null, connect: null };
  const report = await runCommand(alone, { log, clock: systemClock, signal, proxy: null, workingFolder: folder });
  expect(stages).toEqual(['Lint the connectors']);
  expect(renderTerminal(report).at(-1)).toMatch(/^Plan: linted, nothing was compared · 0 errors, \d+ warnings?$/);
});

describe('plan, then apply', () => {
  test('the hash of the plan lets exactly that plan be applied, also a second time', async () => {
    const plan = await run('plan');
    expect(plan).toMatchObject({ result: 'changed', errors: [], connectors: [{ change: 'create' }] });
    const approvedPlan = plan.planHash;
    expect(approvedPlan).not.toBeNull();
    const written = parseReport(await readFile(join(folder, 'report.json'), 'utf8'));
    expect(written).toMatchObject({ kind: 'report', report: { planHash: approvedPlan, connectors: plan.connectors } });
    expect(await run('apply', { approvedPlan })).toMatchObject({ result: 'changed', errors: [] });
    expect(await run('apply', { approvedPlan })).toMatchObject({ result: 'ok', errors: [] });
    worker.store('mm2-heartbeat', JSON.stringify({ ...CONFIG, 'tasks.max': '2' }));
    const refused = await run('apply', { approvedPlan });
    expect(refused).toMatchObject({ result: 'failed', errors: [{ code: 'PLAN_CHANGED' }] });
    expect(refused.errors[0]?.message).toContain('mm2-heartbeat differs since; now: update: tasks.max "2" → "1"');
  });

  test('a connector that is to go and to stay is bad input, before anything is opened', async () => {
    await expect(run('apply', { removeConnectors: ['mm2-heartbeat'] })).rejects.toThrow(
      'remove-connectors: expected names of connectors that are to go, seen "mm2-heartbeat"',
    );
    expect(worker.requests).toEqual([]);
  });

  test('a pause alone is a change', async () => {
    await run('apply');
    const state = { state: 'paused' } as const;
    expect(await run('plan', state)).toMatchObject({ result: 'changed', connectors: [{ stateChange: 'paused' }] });
    expect(await run('apply', state)).toMatchObject({ result: 'changed', connectors: [{ state: 'PAUSED' }] });
    expect(await run('plan', state)).toMatchObject({ result: 'ok' });
  });
});
