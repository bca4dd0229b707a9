/** What the command line prints is text to every CI, whatever others called their groups, topics, files and connectors. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { cli } from '../../src/cli.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { HOSTILE_NAMES, hostileGate, hostileSync } from '../report/hostile-models.ts';
import { expectNoCommand } from '../support/ci-commands.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A process of the command line has one run, and listens until its end. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Everything that it writes, line by line, as the log of a CI has it. */
async function printed(
  argv: readonly string[],
): Promise<{ readonly exitCode: number; readonly lines: readonly string[] }> {
  vi.stubEnv('CI', 'true');
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  let text = '';
  const take = (more: string | Uint8Array) => {
    text += more.toString();
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  const known = SIGNALS.map((signal) => process.listeners(signal));
  const exitCode = await cli(argv);
  for (const [index, signal] of SIGNALS.entries()) {
    for (const one of process.listeners(signal)) if (!known[index]?.includes(one)) process.off(signal, one);
  }
  vi.restoreAllMocks();
  return { exitCode, lines: text.split('\n') };
}

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** `report` reads it and prints it, as any run prints its own. */
async function reported(model: ReportModel): Promise<readonly string[]> {
  const folder = await openFolder();
  await writeFile(join(folder, 'report.json'), reportText(model));
  const { exitCode, lines } = await printed([
    'report',
    '--reports',
    `${folder}/*.json`,
    '--report-dir',
    `${folder}/out`,
  ]);
  expect(exitCode).not.toBe(0);
  expect(lines.length).toBeGreaterThan(5);
  return lines;
}

test.each(HOSTILE_NAMES.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))(
  'a report in which everything is called %s',
  async (_, name) => {
    expectNoCommand(await reported(hostileSync(name)));
    expectNoCommand(await reported(hostileGate(name)));
  },
);

test('a line break in a name opens no line: not in the table, and not in the verdict', async () => {
  const name = 'orders\n::stop-commands::pwned\n##[error]boom';
  const lines = await reported(hostileSync(name));
  const shown = 'orders\\u{a}::stop-commands::pwned\\u{a}##\\[error]boom';
  expect(lines.filter((line) => line.startsWith(`${shown} `))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('not: ') && line.includes(`${shown} has an offset`))).toHaveLength(1);
  expect(lines.filter((line) => /^\\?::stop-commands|^##/.test(line))).toEqual([]);
});

test('files of others, whose names a merge says', async () => {
  const folder = await openFolder();
  const names = ['::error::a', '##vso[task.complete result=Succeeded]b', '##teamcity[c', '+++ d', 'e\n::error::e'];
  for (const name of names) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'report.json'), name.startsWith('#') ? '{' : reportText(hostileSync('x')));
  }
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  const argv = ['report', '--reports', '*/report.json', '--report-dir', join(folder, 'out')];
  vi.stubEnv('CI', 'true');
  const { lines } = await printed(argv);
  expect(lines.join('\n')).toContain('teamcity');
  expectNoCommand(lines);
});

test.each([
  ['a value', ['sync', '--fail-on', 'x\n::error::y\n##vso[z]']],
  ['a flag', ['sync', '--x\n::error::y']],
  ['a command', ['::error::y']],
  ['a file that is not there', ['plan', '--config', '\n::error::y.yml']],
])('bad input: %s', async (_, argv) => {
  const { exitCode, lines } = await printed(argv);
  expect(exitCode).toBe(2);
  expect(lines.join('\n')).toContain('error::y');
  expectNoCommand(lines);
});
