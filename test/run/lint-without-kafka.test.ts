/** Connector files are linted where no cluster can be reached, or signed in to: the errors are told beside. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { freePort } from '../../src/testbed/ports.ts';
import { connectInputs, FakeWorker } from '../adapters/connect/fake-worker.ts';
import { plaintext, runInputs } from '../support/run-inputs.ts';

const WRONG = {
  name: 'mm2-source',
  'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
  'heder.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
};

let worker: FakeWorker;
let folder: string;
beforeEach(async () => {
  worker = await FakeWorker.start();
  folder = await mkdtemp(join(tmpdir(), 'lint-without-kafka-'));
  await writeFile(join(folder, 'source.json'), JSON.stringify(WRONG, null, 2));
});
afterEach(async () => {
  await worker.stop();
  await rm(folder, { recursive: true });
});

interface Wish {
  readonly worker?: boolean;
  readonly signal?: AbortSignal;
  readonly target?: Inputs['target'];
}

async function run(command: Inputs['command'], wish: Wish = {}): Promise<ReportModel> {
  const [first, second] = [await freePort(), await freePort()];
  const inputs = runInputs(folder, {
    command,
    source: plaintext(`127.0.0.1:${first}`),
    target: wish.target ?? plaintext(`127.0.0.1:${second}`),
    connect: wish.worker === true ? connectInputs(worker.url) : null,
    apply: { connectors: '*.json' },
  });
  const log = { stage() {}, info() {}, warn() {}, debug() {} };
  const signal = wish.signal ?? new AbortController().signal;
  return runCommand(inputs, { log, clock: systemClock, signal, proxy: null, workingFolder: folder });
}

describe.each(['plan', 'apply'] as const)('%s without Kafka', (command) => {
  test.each([true, false])('lints the files, worker given: %s', async (isGiven) => {
    const report = await run(command, { worker: isGiven });
    expect(report).toMatchObject({ result: 'failed', planHash: null });
    const codes = report.errors.map(({ code }) => code);
    expect(codes).toEqual(['KAFKA_UNREACHABLE', 'KAFKA_UNREACHABLE', 'CONNECT_LINT']);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'key-unknown', at: { file: 'source.json', line: 4 } }),
    );
    expect(worker.requests).toEqual([]);
  });
});

test('a plan whose sign-in fails lints the files', async () => {
  const nobody = { mechanism: 'iam', region: 'eu-west-1', profile: 'mm2-no-such-profile' } as const;
  const target = { ...plaintext('127.0.0.1:1'), sasl: nobody };
  const report = await run('plan', { target });
  expect(report.errors.map(({ code }) => code)).toContain('CONNECT_LINT');
  expect(report.errors.length).toBe(3);
  expect(report.findings.map(({ rule }) => rule)).toContain('key-unknown');
});

test('a sync, which neither compares nor applies, says nothing of them', async () => {
  const report = await run('sync');
  expect(report.findings).toEqual([]);
  expect(report.errors.map(({ code }) => code)).toEqual(['KAFKA_UNREACHABLE', 'KAFKA_UNREACHABLE']);
});
