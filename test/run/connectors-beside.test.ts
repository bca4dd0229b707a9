/** A plan on a worker where connectors of other names do the same already. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { connectInputs, FakeWorker, PAUSED, RUNNING, STOPPED } from '../adapters/connect/fake-worker.ts';
import { type InputOverrides, runInputs } from '../support/run-inputs.ts';

const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
const SOURCE = {
  name: 'orders-source',
  'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
  'source.cluster.alias': 'source',
  'target.cluster.alias': 'target',
  'source.cluster.bootstrap.servers': 'source.example:9092',
  'target.cluster.bootstrap.servers': 'target.example:9092',
  'key.converter': BYTES,
  'value.converter': BYTES,
  'header.converter': BYTES,
  'sync.topic.acls.enabled': 'false',
  topics: 'orders.*',
  'tasks.max': '4',
};
const LIVE = {
  ...SOURCE,
  name: 'mm2-msc',
  'source.cluster.sasl.jaas.config': 'x.PlainLoginModule required password="hunter2";',
};

let worker: FakeWorker;
let folder: string;

beforeEach(async () => {
  worker = await FakeWorker.start();
  worker.store('mm2-msc', JSON.stringify(LIVE));
  worker.statuses.set('mm2-msc', [RUNNING]);
  folder = await mkdtemp(join(tmpdir(), 'connectors-beside-'));
  await writeFile(join(folder, 'source.json'), JSON.stringify(SOURCE, null, 2));
});
afterEach(async () => {
  expect(await readFile(join(folder, 'report.json'), 'utf8')).not.toContain('hunter2');
  await worker.stop();
  await rm(folder, { recursive: true });
});

function run(command: 'plan' | 'apply', apply: InputOverrides['apply'] = {}): Promise<ReportModel> {
  const connect = connectInputs(worker.url);
  const inputs = runInputs(folder, { command, connect, apply: { connectors: 'source.json', ...apply } });
  const log = { stage() {}, info() {}, warn() {}, debug() {} };
  const signal = new AbortController().signal;
  return runCommand(inputs, { log, clock: systemClock, signal, proxy: null, workingFolder: folder });
}

function copied({ findings }: ReportModel): readonly string[] {
  return findings.flatMap(({ rule, where }) => (rule === 'records-copied-twice' ? [where] : []));
}

test('a plan fails without a hash, and says which connector of the worker it is', async () => {
  const plan = await run('plan');
  expect(copied(plan)).toEqual(['mm2-msc (on the worker): topics']);
  expect(plan).toMatchObject({ result: 'failed', planHash: null, errors: [{ code: 'CONNECT_LINT' }] });
});

test('an apply writes nothing', async () => {
  const applied = await run('apply');
  expect(applied).toMatchObject({ result: 'failed', errors: [{ code: 'CONNECT_LINT' }] });
  expect(worker.written()).toEqual([]);
});

test('one that is to go stands in the way of nothing', async () => {
  const plan = await run('plan', { removeConnectors: ['mm2-msc'] });
  expect(copied(plan)).toEqual([]);
  expect(plan.errors).toEqual([]);
});

test('nor does one of the same name, which the file replaces', async () => {
  await writeFile(join(folder, 'source.json'), JSON.stringify({ ...SOURCE, name: 'mm2-msc' }));
  const plan = await run('plan');
  expect(copied(plan)).toEqual([]);
  expect(plan.connectors).toMatchObject([{ name: 'mm2-msc', change: 'update' }]);
});

test.each([
  ['stopped', STOPPED],
  ['paused', PAUSED],
])('nor does one that is %s', async (_, status) => {
  worker.statuses.set('mm2-msc', [status]);
  const plan = await run('plan');
  expect(copied(plan)).toEqual([]);
  expect(plan.errors).toEqual([]);
});

describe('a connector of the plan that will not run stands in the way of nothing', () => {
  test.each(['stopped', 'paused'] as const)('where connector-state is %s', async (state) => {
    const applied = await run('plan', { state });
    expect(copied(applied)).toEqual([]);
    expect(applied.errors).toEqual([]);
  });

  test.each([
    ['stopped', STOPPED],
    ['paused', PAUSED],
  ])('where somebody has left it %s', async (_, status) => {
    worker.store('orders-source', JSON.stringify({ ...SOURCE, 'tasks.max': '2' }));
    worker.statuses.set('orders-source', [status]);
    expect(copied(await run('plan'))).toEqual([]);
    worker.statuses.set('orders-source', [status]);
    expect(copied(await run('plan', { state: 'running' }))).toEqual(['mm2-msc (on the worker): topics']);
  });
});
