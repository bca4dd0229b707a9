import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { connectInputs, FakeWorker } from '../adapters/connect/fake-worker.ts';
import { runInputs } from '../support/run-inputs.ts';

const LAB = join(import.meta.dirname, '../corpus/lab');
const GOOD = join(import.meta.dirname, '../corpus/lint/heartbeat-connector-missing/good/mm2-heartbeat.json');
const WORKER =
  'bootstrap.servers=b:9092\ngroup.id=connect\nconfig.storage.topic=configs\nkey.converter=x.StringConverter\n';

let worker: FakeWorker;
let folder: string;

beforeEach(async () => {
  worker = await FakeWorker.start();
  folder = await mkdtemp(join(tmpdir(), 'connector-files-of-a-run-'));
});
afterEach(async () => {
  await worker.stop();
  await rm(folder, { recursive: true });
});

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

interface Wish {
  readonly worker?: boolean;
  readonly lintIgnore?: Inputs['lintIgnore'];
  readonly connectors?: string;
  readonly remove?: readonly string[];
}

function run(command: Inputs['command'], wish: Wish = {}): Promise<ReportModel> {
  const connect = wish.worker === true ? connectInputs(worker.url) : null;
  const apply = { connectors: wish.connectors ?? 'c/**/*', removeConnectors: wish.remove ?? [] };
  const inputs = runInputs(folder, { command, connect, apply });
  const log = { stage() {}, info() {}, warn() {}, debug() {} };
  const signal = new AbortController().signal;
  const given = { ...inputs, lintIgnore: wish.lintIgnore ?? [] };
  return runCommand(given, { log, clock: systemClock, signal, proxy: null, workingFolder: folder });
}

function rulesOf({ findings }: ReportModel): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

describe('files that name the same connector', () => {
  const SILENCED = [{ rule: 'name-duplicate', reason: 'one to a lab' }];
  beforeEach(async () => {
    await cp(GOOD, join(folder, 'c/a/mm2-heartbeat.json'), { recursive: true });
    await cp(GOOD, join(folder, 'c/b/mm2-heartbeat.json'), { recursive: true });
  });

  test('of several setups are all linted', async () => {
    await cp(LAB, join(folder, 'lab'), { recursive: true });
    const report = await run('plan', { connectors: 'lab/{iam,mtls,no-auth,sasl-scram}/**' });
    expect(report).toMatchObject({ result: 'failed', errors: [{ code: 'CONNECT_LINT' }] });
    const places = new Set(report.findings.map(({ at }) => at?.file.split('/')[1]));
    expect([...places].sort()).toEqual(['iam', 'mtls', 'no-auth', 'sasl-scram']);
    expect(rulesOf(report)).toContain('header-converter-missing');
    expect(rulesOf(report)).not.toContain('records-copied-twice');
  });

  test.each(['plan', 'apply'] as const)('stop %s before the worker is asked, even when silenced', async (command) => {
    for (const lintIgnore of [[], SILENCED]) {
      const report = await run(command, { worker: true, lintIgnore });
      expect(report).toMatchObject({ result: 'failed', planHash: null, connectors: [] });
      expect(report.errors).toEqual([expect.objectContaining({ code: 'CONNECT_LINT' })]);
      const duplicate = report.findings.find(({ rule }) => rule === 'name-duplicate');
      expect(duplicate).toMatchObject({ severity: 'error', at: { file: 'c/b/mm2-heartbeat.json', line: 2 } });
      expect(duplicate?.message).toContain('is also in c/a/mm2-heartbeat.json.');
    }
    expect(worker.requests).toEqual([]);
  });

  test('may be silenced where they are only linted', async () => {
    expect(await run('plan', { lintIgnore: SILENCED })).toMatchObject({ errors: [] });
  });

  test('are bad input for a command that neither compares nor writes them', async () => {
    await expect(run('check')).rejects.toThrow('expected a name that no other file uses');
  });
});

describe('files that are no connector’s', () => {
  const OTHERS = {
    'c/package.json': '{"name": "x", "version": "1"}',
    'c/strimzi.yaml': 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaConnector\nmetadata:\n  name: a\n',
  };

  test('are told, and the others linted, where nothing is compared', async () => {
    await put({ ...OTHERS, 'c/worker.properties': WORKER });
    const report = await run('plan');
    expect(report.errors).toEqual([]);
    const told = report.findings.filter(({ rule }) => rule === 'file-not-a-connector');
    expect(told.map(({ severity, where }) => `${severity} ${where}`)).toEqual([
      'notice c/package.json',
      'warning c/strimzi.yaml',
    ]);
    expect(rulesOf(report)).toContain('worker-converters');
  });

  test.each(['plan', 'apply'] as const)('are bad input for %s with a worker', async (command) => {
    await put(OTHERS);
    await cp(GOOD, join(folder, 'c/mm2-heartbeat.json'));
    await expect(run(command, { worker: true })).rejects.toThrow('seen a KafkaConnector of Strimzi in c/strimzi.yaml');
    expect(worker.requests).toEqual([]);
  });

  test('are bad input where nothing else is there to lint', async () => {
    await put(OTHERS);
    await expect(run('plan')).rejects.toThrow('narrow the glob');
  });
});

describe('properties files of workers alone', () => {
  beforeEach(() => put({ 'c/worker.properties': WORKER }));

  test('are linted', async () => {
    const report = await run('plan');
    expect(report.errors).toEqual([]);
    expect(report.findings.map(({ at }) => at?.file)).toContain('c/worker.properties');
  });

  test.each(['plan', 'apply'] as const)('are nothing to %s with a worker', async (command) => {
    await expect(run(command, { worker: true })).rejects.toThrow('expected at least one connector file');
  });
});

describe('without a file that is left', () => {
  test('the last connector goes when it is named', async () => {
    worker.configs.set('mm2-heartbeat', { name: 'mm2-heartbeat', 'connector.class': 'x.MirrorHeartbeatConnector' });
    const planned = await run('plan', { worker: true, remove: ['mm2-heartbeat'] });
    expect(planned.connectors).toMatchObject([{ name: 'mm2-heartbeat', change: 'remove' }]);
    expect(planned.errors).toEqual([]);
  });

  test.each([
    ['nothing is named', []],
    ['the path is no pattern', ['mm2-heartbeat']],
  ])('it is a mistake where %s', async (_, remove) => {
    const connectors = remove.length === 0 ? 'c/**/*' : 'c/mm2.json';
    await expect(run('plan', { worker: true, remove, connectors })).rejects.toThrow('which matches no file');
  });
});
