import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { Log } from '../../src/operations/ports.ts';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { mergeCommand } from '../../src/run/merge-command.ts';
import { almostReady, gateReport } from '../report/gate-report.ts';
import { errorsOf, findingsOf, shard } from '../report/json/shard-reports.ts';
import { runInputs } from '../support/run-inputs.ts';

const log: Log = { stage() {}, info() {}, warn() {}, debug() {} };

/** Path → text. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-merge-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    if (!path.endsWith('/')) await writeFile(join(folder, path), text);
  }
  return folder;
}

function merge(workingFolder: string, glob: string, reportDir = 'merged', to = log): Promise<ReportModel> {
  const inputs = runInputs(reportDir, { command: 'report' });
  return mergeCommand({ ...inputs, report: { ...inputs.report, reports: glob } }, { log: to, workingFolder });
}

async function refusal(workingFolder: string, glob: string, reportDir?: string): Promise<string> {
  const error: unknown = await merge(workingFolder, glob, reportDir).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`not refused: ${String(error)}`);
  return error.message;
}

const text = (name: string, overrides: Partial<ReportModel> = {}) => reportText(shard(name, overrides).report);

test('the reports that a glob names become one report.json', async () => {
  const folder = await folderWith({ 'reports/a/report.json': text('1/2'), 'reports/b/report.json': text('2/2') });
  const report = await merge(folder, 'reports/**/report.json');
  expect(report).toMatchObject({ result: 'changed', errors: [], groups: [{}, {}] });
  const written = parseReport(await readFile(join(folder, 'merged/report.json'), 'utf8'));
  expect(written).toEqual({ kind: 'report', report });
});

test('the checks of the gate are said with what to do, since nobody judged them in this log', async () => {
  const gate = gateReport(almostReady(), {}, { shard: '1/1' });
  const folder = await folderWith({ 'r/a/report.json': reportText(gate) });
  const said: string[] = [];
  await merge(folder, 'r/*/report.json', 'merged', { ...log, info: (line) => said.push(line) });
  expect(said.join('\n')).toMatch(/^fail: activity: .*orders-etl.*\n/m);
});

test('a merge that is repeated gives the same, and leaves the reports as they are', async () => {
  const folder = await folderWith({ 'r/a/report.json': text('1/2'), 'r/b/report.json': text('2/2') });
  expect(await merge(folder, 'r/*/report.json')).toEqual(await merge(folder, 'r/*/report.json'));
  expect(await readFile(join(folder, 'r/a/report.json'), 'utf8')).toBe(text('1/2'));
});

describe('is failed and says which file', () => {
  test.each([
    ['was cut off', text('2/2').slice(0, -500), /FILE_UNREADABLE: r\/b\/report\.json .*not JSON, or was cut off/],
    ['is empty', '', /FILE_UNREADABLE: r\/b\/report\.json .*it is empty/],
    ['is of a later schema', text('2/2').replace('"schemaVersion": 1', '"schemaVersion": 2'), /schemaVersion/],
    ['is something else', '[]', /FILE_UNREADABLE/],
  ])('a report %s', async (_what, second, problem) => {
    const folder = await folderWith({ 'r/a/report.json': text('1/2'), 'r/b/report.json': second });
    const report = await merge(folder, 'r/**/report.json');
    expect(report.result).toBe('failed');
    expect(errorsOf(report).join('\n')).toMatch(problem);
    expect(errorsOf(report).join('\n')).toMatch(/REPORT_MISSING: No report of shard 2\/2/);
  });

  test('a folder of an artifact holds none', async () => {
    const folder = await folderWith({ 'r/shard-1/report.json': text('1/2'), 'r/shard-2/other.txt': '' });
    expect(errorsOf(await merge(folder, 'r/**/report.json'))[0]).toContain('No report is in r/shard-2');
    expect(errorsOf(await merge(folder, 'r/shard-*/report.json'))[0]).toContain('No report is in r/shard-2');
  });

  test('a file that is spelled out is not there', async () => {
    const folder = await folderWith({ 'a/report.json': text('1/2') });
    const report = await merge(folder, '{a,b}/report.json');
    expect(errorsOf(report)).toContain(
      'FILE_UNREADABLE: b/report.json is no report that can be used: it is not there.',
    );
  });
});

test('a folder beside the artifacts that the glob does not mean says nothing', async () => {
  const folder = await folderWith({ 'r/shard-1/report.json': text('1/1'), 'r/logs/x.txt': '', 'r/.cache/x': '' });
  expect(findingsOf(await merge(folder, 'r/shard-*/report.json'))).toEqual([]);
});

describe('is refused before anything is written', () => {
  test('where nothing matches', async () => {
    const folder = await folderWith({});
    expect(await refusal(folder, 'r/**/report.json')).toContain('"r/**/report.json", which matches no file');
  });

  test('where no file can be used', async () => {
    const folder = await folderWith({ 'r/a/report.json': '{' });
    expect(await refusal(folder, 'r/**/report.json')).toContain('r/a/report.json (it is not JSON, or was cut off)');
  });

  test('where the merged report would replace one of them', async () => {
    const folder = await folderWith({ 'r/a/report.json': text('1/1') });
    expect(await refusal(folder, 'r/*/report.json', './r/a')).toMatch(
      /^report-dir: .*"r\/a\/report\.json" would be overwritten/,
    );
    expect(await readFile(join(folder, 'r/a/report.json'), 'utf8')).toBe(text('1/1'));
  });

  test('where a link leads to the folder of one of them', async () => {
    const folder = await folderWith({ 'r/a/report.json': text('1/1') });
    await symlink(join(folder, 'r/a'), join(folder, 'merged'));
    expect(await refusal(folder, 'r/*/report.json')).toContain('"r/a/report.json" would be overwritten');
    expect(await readFile(join(folder, 'r/a/report.json'), 'utf8')).toBe(text('1/1'));
  });

  test('where they are of different clusters, and nothing is left in report-dir', async () => {
    const target = { alias: 'mskdest', clusterId: 'another' };
    const folder = await folderWith({ 'r/a/report.json': text('1/2'), 'r/b/report.json': text('2/2', { target }) });
    expect(await refusal(folder, 'r/*/report.json')).toMatch(
      /one target cluster.* r\/a\/report\.json; another in r\/b/,
    );
    await expect(readFile(join(folder, 'merged/report.json'), 'utf8')).rejects.toThrow(/ENOENT/);
  });
});
