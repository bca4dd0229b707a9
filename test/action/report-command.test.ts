/** `command: report` and the files of a report, through the bundle as the composite runs it. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { report } from '../report/build-report.ts';
import { shard } from '../report/json/shard-reports.ts';
import { distFolder, prepareUse, runStep, systemNode } from './bundle.ts';

const ALL = ['junit.xml', 'report.csv', 'report.html', 'report.json'];

async function downloaded(reports: Readonly<Record<string, ReportModel>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-downloaded-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, model] of Object.entries(reports)) {
    const path = join(folder, 'reports', name, 'report.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, reportText(model));
  }
  return folder;
}

const shardsOf = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`shard-${name.replace('/', '-of-')}`, shard(name).report]));

function read(path: string | undefined): ReportModel {
  const parsed = parseReport(readFileSync(path ?? '', 'utf8'));
  if (parsed.kind !== 'report') throw new Error(parsed.problems.join('\n'));
  return parsed.report;
}

/** The three steps, one after the other. */
async function use(cwd: string, inputs: Readonly<Record<string, string>> = {}) {
  const folder = await prepareUse();
  const given = { INPUT_COMMAND: 'report', INPUT_REPORTS: 'reports/**/report.json', GITHUB_RUN_ID: '42', ...inputs };
  const environment = { ACTION_FOLDER: folder, ...given };
  const ran = await runStep('run', { environment, cwd });
  const reported = await runStep('report', { environment: { ...environment, RUN_OUTCOME: 'success' }, cwd });
  return { folder, ran, ...reported };
}

describe('the action merges the reports of all shards', () => {
  test('into one, with its outputs, summary and files', async () => {
    const { ran, exitCode, outputs, summary } = await use(await downloaded(shardsOf('1/3', '2/3', '3/3')));
    expect([ran.exitCode, exitCode]).toEqual([0, 0]);
    expect(Object.fromEntries(outputs)).toMatchObject({ result: 'changed', 'groups-total': '3', 'groups-synced': '3' });
    const folder = dirname(outputs.get('report-json') ?? '');
    expect(outputs.get('report-html')).toBe(join(folder, 'report.html'));
    expect(await readdir(folder)).toEqual(expect.arrayContaining(ALL));
    expect(read(outputs.get('report-json'))).toMatchObject({ command: 'sync', shard: null, runId: '42', errors: [] });
    expect(summary).toContain('3 of 3 groups');
  });

  test('and fails with the name of the shard that is lost', async () => {
    const { exitCode, outputs, summary, log } = await use(await downloaded(shardsOf('1/3', '3/3')));
    expect(exitCode).toBe(1);
    expect(outputs.get('result')).toBe('failed');
    expect(log).toMatch(/^::error title=REPORT_MISSING::No report of shard 2\/3/m);
    expect(summary).toContain('shard 2/3');
    expect(read(outputs.get('report-json')).result).toBe('failed');
  });

  test('fails by fail-on alone', async () => {
    const cwd = await downloaded(shardsOf('1/2'));
    const { exitCode, outputs } = await use(cwd, { INPUT_FAIL_ON: 'never' });
    expect([exitCode, outputs.get('result')]).toEqual([0, 'failed']);
  });

  test('needs no secret of what the runs connected to', async () => {
    const cwd = await downloaded(shardsOf('1/1'));
    await writeFile(join(cwd, 'mm2.yml'), 'source-bootstrap-servers: s:9096\nsource-auth: sasl-scram-512\n');
    expect((await use(cwd, { INPUT_CONFIG: 'mm2.yml' })).exitCode).toBe(0);
  });
});

describe('the action refuses reports that do not belong together', () => {
  const mixed = () => downloaded({ a: shard('1/2').report, b: shard('2/2', { command: 'plan', dryRun: true }).report });

  test('and names them', async () => {
    const { exitCode, log, outputs } = await use(await mixed());
    expect(exitCode).toBe(1);
    expect(log).toMatch(
      /title=BAD_INPUT::reports: expected reports of one command, seen sync in reports\/a\/report.json; plan in/,
    );
    expect(outputs.get('result')).toBe('failed');
  });

  test('and takes no earlier report in report-dir for the one that it could not make', async () => {
    const cwd = await mixed();
    await mkdir(join(cwd, 'merged'));
    await writeFile(join(cwd, 'merged/report.json'), reportText(report({ result: 'ok' })));
    const { exitCode, outputs, folder } = await use(cwd, { INPUT_REPORT_DIR: 'merged' });
    expect([exitCode, outputs.get('result'), outputs.get('groups-total')]).toEqual([1, 'failed', undefined]);
    expect(outputs.get('report-json')).toBe(join(folder, 'report.json'));
  });

  test('and one of those to merge is never overwritten', async () => {
    const cwd = await downloaded(shardsOf('1/1'));
    const path = join(cwd, 'reports/shard-1-of-1/report.json');
    const before = readFileSync(path, 'utf8');
    const { exitCode } = await use(cwd, { INPUT_REPORT_DIR: 'reports/shard-1-of-1' });
    expect(exitCode).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('a run of the action', () => {
  test('that fails before it knows its inputs says which shard of which run it was', async () => {
    const { outputs } = await use(await downloaded({}), {
      INPUT_COMMAND: 'sync',
      INPUT_REPORTS: '',
      INPUT_SHARD: '2/4',
    });
    expect(read(outputs.get('report-json'))).toMatchObject({
      command: 'sync',
      result: 'failed',
      shard: '2/4',
      runId: '42',
    });
  });

  test('that was killed has a page of what is known', async () => {
    const environment = { ACTION_FOLDER: await prepareUse(), INPUT_COMMAND: 'sync', RUN_OUTCOME: 'failure' };
    const { outputs } = await runStep('report', { environment });
    expect(outputs.get('report-json')).toBeUndefined();
    expect(readFileSync(outputs.get('report-html') ?? '', 'utf8')).toContain('without a report');
  });

  test('whose page cannot be written warns, and keeps its result', async () => {
    const folder = await prepareUse();
    await writeFile(join(folder, 'report.json'), reportText(report()));
    await mkdir(join(folder, 'report.html/in the way'), { recursive: true });
    const { exitCode, log, outputs } = await runStep('report', {
      environment: { ACTION_FOLDER: folder, INPUT_COMMAND: 'sync' },
    });
    expect([exitCode, outputs.get('result'), outputs.get('report-html')]).toEqual([0, 'changed', undefined]);
    expect(log).toMatch(/^::warning title=Report::.*report\.html is missing: /m);
    expect(existsSync(join(folder, 'junit.xml'))).toBe(true);
  });
});

describe('the command line', () => {
  function cli(cwd: string, ...more: string[]): Promise<{ readonly code: number; readonly out: string }> {
    const args = [join(distFolder(), 'cli.js'), 'report', '--reports', 'reports/**/report.json', ...more];
    const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
    return new Promise((resolve) => {
      execFile(systemNode(), args, { cwd, env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), out: stdout + stderr });
      });
    });
  }

  test.each([
    ['all shards in place', shardsOf('1/2', '2/2'), 0],
    ['a lost shard', shardsOf('1/2'), 1],
    ['other work among them', { a: shard('1/2').report, b: shard('2/2', { command: 'export' }).report }, 2],
    [
      'a gate that is not ready',
      { a: shard('1/1', { command: 'check', phase: 'cutover', result: 'not-ready' }).report },
      3,
    ],
    ['a shard that failed in part', { a: shard('1/1', { result: 'partial' }).report }, 4],
  ])('%s: exit code', async (_name, reports, code) => {
    expect((await cli(await downloaded(reports))).code).toBe(code);
  });

  test('leaves the files in report-dir and says where', async () => {
    const cwd = await downloaded(shardsOf('1/2', '2/2'));
    const { out } = await cli(cwd, '--report-dir', 'merged', '--label', 'orders eu');
    expect(out).toContain('merged/report.json');
    expect((await readdir(join(cwd, 'merged'))).sort()).toEqual(ALL);
    expect(readFileSync(join(cwd, 'merged/junit.xml'), 'utf8')).toContain('"orders eu sync: run"');
  });
});
