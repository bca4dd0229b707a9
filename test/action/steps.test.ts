import { existsSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { fullReport, report } from '../report/build-report.ts';
import { distFolder, node24, prepareUse, runStep, startStep, systemNode } from './bundle.ts';
import { type SilentServer, startSilentServer } from './silent-server.ts';

function readReport(folder: string): ReportModel {
  const parsed = parseReport(readFileSync(join(folder, 'report.json'), 'utf8'));
  if (parsed.kind !== 'report') throw new Error(parsed.problems.join('\n'));
  return parsed.report;
}

const servers: SilentServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A sync that hangs while it connects. */
async function startHangingSync() {
  const server = await startSilentServer();
  servers.push(server);
  const folder = await prepareUse();
  const environment = {
    ACTION_FOLDER: folder,
    INPUT_COMMAND: 'sync',
    INPUT_TARGET_BOOTSTRAP_SERVERS: server.address,
    INPUT_TARGET_AUTH: 'sasl-plain',
    INPUT_TARGET_TLS: 'false',
    INPUT_TARGET_USERNAME: 'mm2',
    INPUT_TARGET_PASSWORD: 'correct horse battery staple',
  };
  const step = await startStep('run', { environment });
  await Promise.race([server.connected, step.printed('never printed')]);
  return { folder, environment, step };
}

describe.each([
  ['the machine’s Node.js', systemNode()],
  ['Node.js 24', node24],
])('the bundle on %s', (_name, node) => {
  test('prepares a folder of its own for each use', async () => {
    const folders = [await prepareUse(node), await prepareUse(node)];
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders) expect(statSync(folder).isDirectory()).toBe(true);
  });

  test('reports bad input', async () => {
    const folder = await prepareUse(node);
    const environment = { ACTION_FOLDER: folder, INPUT_COMMAND: 'sync' };
    expect((await runStep('run', { node, environment })).exitCode).toBe(0);
    expect((await runStep('report', { node, environment })).outputs.get('result')).toBe('failed');
  });
});

test('the bundle is an ES module, with the licences of what it holds', () => {
  const dist = distFolder();
  expect(JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
  const licences = readFileSync(join(dist, 'licenses.txt'), 'utf8');
  for (const name of ['@actions/core', 'kafkajs', 'undici', 'yaml'])
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(readFileSync(join(dist, 'cli.js'), 'utf8')).toBe("#!/usr/bin/env node\nimport './index.js';\n");
});

describe('run, with bad input', () => {
  const bad = { INPUT_COMMAND: 'snc', INPUT_INTERVAL: '20 apples', INPUT_FAIL_ON: 'error' };

  test('prints every problem on a line of its own, without a stack, and ends with 0', async () => {
    const folder = await prepareUse();
    const { exitCode, log } = await runStep('run', { environment: { ...bad, ACTION_FOLDER: folder } });
    const lines = log.trimEnd().split('\n');
    expect(lines.every((line) => /^Error BAD_INPUT: [a-z-]+: expected .+, seen .+\. .+/.test(line))).toBe(true);
    expect(lines.map((line) => line.split(': ')[1])).toEqual(expect.arrayContaining(['command', 'interval']));
    expect(exitCode).toBe(0);
    expect(readReport(folder).errors).toHaveLength(lines.length);
  });

  test('a wrong fail-on does not let the failure pass', async () => {
    const environment = { ...bad, INPUT_FAIL_ON: 'nevr', ACTION_FOLDER: await prepareUse() };
    await runStep('run', { environment });
    expect((await runStep('report', { environment })).exitCode).toBe(1);
  });
});

describe('run, when it is signalled while it works', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: it writes its report and ends by itself', async (signal) => {
    const { folder, step } = await startHangingSync();
    process.kill(step.pid, signal);
    const { exitCode, signal: killedBy } = await step.done;
    expect([exitCode, killedBy]).toEqual([0, null]);
    const left = readReport(folder);
    expect(left).toMatchObject({ result: 'failed', interrupted: `cancelled by ${signal}` });
    expect(left.finishedAt).not.toBeNull();
  });

  test('SIGTERM after SIGINT, as the runner sends them, changes nothing', async () => {
    const { folder, step } = await startHangingSync();
    process.kill(step.pid, 'SIGINT');
    await step.printed('SIGINT received');
    process.kill(step.pid, 'SIGTERM');
    expect((await step.done).signal).toBeNull();
    expect(readReport(folder).interrupted).toBe('cancelled by SIGINT');
  });

  test('kill -9: the report step says what is known', async () => {
    const { environment, step } = await startHangingSync();
    process.kill(step.pid, 'SIGKILL');
    expect((await step.done).signal).toBe('SIGKILL');
    const reported = await runStep('report', { environment: { ...environment, RUN_OUTCOME: 'failure' } });
    expect(reported.exitCode).toBe(1);
    expect(reported.outputs.get('result')).toBe('failed');
    expect(reported.log).toContain('::error title=RUN_KILLED::The run step ended without a finished report');
    expect(reported.summary).toMatch(/its process was killed from outside .*last pass known: none/);
  });

  test('no secret in the log, but the commands that mask it come first', async () => {
    const { step } = await startHangingSync();
    process.kill(step.pid, 'SIGTERM');
    const lines = (await step.done).log.split('\n');
    const masks = lines.filter((line) => line.startsWith('::add-mask::'));
    expect(masks).toContain('::add-mask::correct horse battery staple');
    expect(lines.slice(0, masks.length)).toEqual(masks);
    expect(lines.filter((line) => !line.startsWith('::add-mask::')).join('\n')).not.toContain('battery');
    expect(masks.filter((mask) => /127\.0\.0\.1|mskdest/.test(mask))).toEqual([]);
  });
});

describe('report', () => {
  async function reportOf(text: string | null, environment: Readonly<Record<string, string>> = {}) {
    const folder = await prepareUse();
    if (text !== null) await writeFile(join(folder, 'report.json'), text);
    return runStep('report', { environment: { ACTION_FOLDER: folder, INPUT_COMMAND: 'sync', ...environment } });
  }

  test('sets the outputs, writes the summary, annotates', async () => {
    const { outputs, summary, log, exitCode } = await reportOf(reportText(fullReport()));
    expect(Object.fromEntries(outputs)).toMatchObject({
      result: 'partial',
      'groups-total': '4',
      'groups-synced': '1',
      'groups-skipped': '1',
      'groups-failed': '1',
      'offset-delta': '560',
      'offsets-export': '/tmp/reports/offsets-export.jsonl',
    });
    expect(outputs.has('records-redelivered')).toBe(false);
    expect(existsSync(outputs.get('report-json') ?? '')).toBe(true);
    expect(summary).toMatch(/^## ❗ Offset sync partly failed/);
    expect(log).toContain('::error title=CONNECTOR_FAILED::');
    expect(exitCode).toBe(1);
  });

  test.each([
    ['changed', 'not-ready', 0],
    ['ok', 'not-ready', 0],
    ['not-ready', 'not-ready', 1],
    ['not-ready', 'error', 0],
    ['partial', 'error', 1],
    ['failed', 'error', 1],
    ['failed', 'never', 0],
  ] as const)('result %s with fail-on %s ends with %i', async (result, failOn, exitCode) => {
    const seen = await reportOf(reportText(report({ result })), { INPUT_FAIL_ON: failOn });
    expect(seen.exitCode).toBe(exitCode);
    expect(seen.outputs.get('result')).toBe(result);
  });

  test.each([
    ['missing', null, 'report.json is not there'],
    ['empty', '', 'report.json cannot be used: it is empty'],
    ['cut off', reportText(fullReport()).slice(0, 500), 'report.json cannot be used: it is not JSON, or was cut off'],
    ['of another shape', '{"schemaVersion":1}', 'report.json cannot be used: command: expected one of'],
  ])('a report.json that is %s fails with what is known', async (_name, text, problem) => {
    const { exitCode, outputs, summary } = await reportOf(text);
    expect(exitCode).toBe(1);
    expect(Object.fromEntries(outputs)).toEqual({
      result: 'failed',
      'report-html': expect.stringMatching(/report\.html$/),
    });
    expect(summary).toContain(problem);
  });

  test('hostile names cannot speak to the runner', async () => {
    const hostile = 'x\n::set-output name=result::ok\r##[error]y';
    const model = report({
      groups: [],
      errors: [{ code: 'INTERNAL', message: hostile, hint: hostile }],
      result: 'failed',
    });
    const { log, outputs } = await reportOf(reportText({ ...model, target: { alias: hostile, clusterId: hostile } }));
    expect(log.split(/\r|\n/).filter((line) => /^\s*::(?!error title=)/.test(line))).toEqual([]);
    expect(outputs.get('result')).toBe('failed');
  });
});

test('an error that nobody foresaw is one line, and has a stack only in debug', async () => {
  const { exitCode, log } = await runStep('rnu');
  expect(exitCode).toBe(1);
  expect(log).toMatch(/^::error::Error INTERNAL: Error: unknown step rnu .*\n$/);
  const debugged = await runStep('rnu', { environment: { RUNNER_DEBUG: '1' } });
  expect(debugged.log).toMatch(/\n::debug:: {4}at .*index\.js/);
});
