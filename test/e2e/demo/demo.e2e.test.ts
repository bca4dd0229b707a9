import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { kill } from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { describeGroupOffsets } from '../../../src/testbed/consumer-group-command.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { node24, systemNode } from '../../action/bundle.ts';
import { isAlive } from '../../support/alive.ts';
import { type DemoRun, leftIn, processesOf, startDemo, untilNothingIsLeft, untilProcesses } from './demo-run.ts';

const printedPids = (output: string) => (/^Processes: (.+)$/m.exec(output)?.[1] ?? '').split(' ').map(Number);

/** report.json of the demo's sync: the JSON form, in which offsets are text. */
async function reportOf({ tempFolder }: DemoRun): Promise<ReportModel> {
  const [folder = ''] = await leftIn(tempFolder);
  return JSON.parse(await readFile(join(tempFolder, folder, 'sync', 'report.json'), 'utf8')) as ReportModel;
}

describe('the demo, from start to end', () => {
  it.each([
    ["the machine's Node.js", systemNode()],
    ['Node.js 24', node24],
  ])('on %s applies, syncs, agrees with Java, warns of nothing, and leaves only its reports', async (_which, node) => {
    const demo = await startDemo({ node });
    expect(await demo.exitCode, demo.output()).toBe(0);
    const output = demo.output();
    expect(output).not.toContain('Warning');

    const report = await reportOf(demo);
    expect(report).toMatchObject({ command: 'sync', result: 'changed', errors: [], interrupted: null });
    const reasons = new Map(report.groups.map((one) => [one.groupId, one.partitions.map(({ reason }) => reason)]));
    expect(reasons.size).toBe(8);
    expect(reasons.get('inventory')).toEqual(['group-active', 'group-active', 'group-active']);
    expect(reasons.get('refunds')).toEqual(['taken-over', 'taken-over', 'taken-over']);
    expect(reasons.get('returns')).toEqual([null, null]);
    expect(output).toMatch(/inventory +active +\w+ +3 .*group-active \(3\)/);

    const { partitions } = report.groups.find(({ groupId }) => groupId === 'fulfilment') ?? { partitions: [] };
    expect(new Set(partitions.map(({ translation }) => translation))).toEqual(new Set(['exact']));
    expect(output).toMatch(/^fulfilment +\d+ +0$/m);

    expect(output).toContain("Equal: ours and Java's are the same for all 29 group partitions.");
    expect(output.match(/^\S+ +source\.\S+ .* =$/gm)).toHaveLength(29);
    expect(output).toMatch(
      /^What you saw: .*\nRead again after the move: 0 records\. From .*\nWhat was left alone.*\nNext: .*\nTotal time: /m,
    );

    const pids = printedPids(output);
    expect(pids).toHaveLength(3);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(processesOf(demo.tempFolder)).toEqual([]);
    const [folder = '', ...others] = await leftIn(demo.tempFolder);
    expect(others).toEqual([]);
    const files = await readdir(join(demo.tempFolder, folder, 'sync'));
    expect(files).toEqual(expect.arrayContaining(['report.json', 'summary.md', expect.stringMatching(/\.jsonl$/)]));
    const beside = ['report.csv', 'junit.xml'];
    expect(files).toEqual(expect.arrayContaining(['report.html', ...beside]));
    for (const name of files) {
      expect(output).toContain(beside.includes(name) ? name : join(demo.tempFolder, folder, 'sync', name));
    }
  });

  it('--keep leaves clusters that the printed commands work on, the last of which removes them', async () => {
    const demo = await startDemo({ args: ['--keep'] });
    expect(await demo.exitCode, demo.output()).toBe(0);
    const output = demo.output();
    const sh = (command: string) => promisify(execFile)('/bin/sh', ['-c', command], { cwd: demo.tempFolder });
    const commands = output
      .slice(output.indexOf('The clusters stay up'))
      .split(/^# .*\n/m)
      .slice(1);
    const [readOn = '', plan = '', sync = '', describeTarget = '', killConsumer = '', stop = ''] = commands;

    await sh(readOn);
    // MM2 emits the checkpoint of the new position in its own time.
    const planned = async () => {
      const { stdout } = await sh(plan);
      return stdout.includes('3 planned') ? { done: undefined } : { seen: stdout };
    };
    await waitFor('a plan for the new position of analytics', planned, { timeoutMs: 180_000 });
    expect((await sh(sync)).stdout).toContain('3 committed');
    expect((await sh(describeTarget)).stdout).toMatch(/^analytics +source\.orders +0 +2000 /m);
    const target = /target (127\.0\.0\.1:\d+)/.exec(output)?.[1] ?? '';
    const members = await describeGroupOffsets(target, ['inventory']);
    expect(members.filter(({ consumerId }) => consumerId !== null)).toHaveLength(3);

    await sh(killConsumer);
    await sh(stop);
    await untilNothingIsLeft(demo);
    expect(printedPids(output).filter(isAlive)).toEqual([]);
  });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-empty-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('Ctrl-C', () => {
  it.each([
    ['while the brokers start', (demo: DemoRun) => untilProcesses(demo.tempFolder, 2)],
    ['while connectors are applied', (demo: DemoRun) => demo.printed('mm2-source: created')],
    ['while a consumer runs on the target', (demo: DemoRun) => demo.printed('6/7')],
  ])('%s leaves no process and no folder', async (_when, moment) => {
    const demo = await startDemo();
    await moment(demo);
    kill(demo.pid, 'SIGINT');
    expect(await demo.exitCode).toBe(1);
    expect(demo.output()).toContain('cancelled by SIGINT');
    await untilNothingIsLeft(demo);
  });

  it('while Maven fetches the jars ends Maven and leaves no half-filled cache', async () => {
    const home = await emptyFolder();
    const demo = await startDemo({ environment: { HOME: home } });
    await untilProcesses(home, 1);
    kill(demo.pid, 'SIGINT');
    expect(await demo.exitCode).toBe(1);
    const cache = join(home, '.cache/kafka-mm2-migration-action/jars');
    await untilNothingIsLeft({ tempFolder: home }, async () => readdir(cache));
  });
});

describe('without what it needs, the demo says so in one line', () => {
  it('no mvn, and no jars in the cache', async () => {
    const [bin, home] = [await emptyFolder(), await emptyFolder()];
    const java = (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'java'))
      .find(existsSync);
    await symlink(await realpath(java ?? ''), join(bin, 'java'));
    const demo = await startDemo({ environment: { PATH: bin, HOME: home } });
    expect(await demo.exitCode).toBe(1);
    expect(demo.output()).toBe(
      'Error TESTBED: Maven was not found on PATH (no `mvn`) and the jars of Kafka 4.3.1 are not cached. Install Maven 3.\n',
    );
    expect(await readdir(home)).toEqual([]);
    await untilNothingIsLeft(demo);
  });

  it('no java', async () => {
    const demo = await startDemo({ environment: { PATH: await emptyFolder() } });
    expect(await demo.exitCode).toBe(1);
    expect(demo.output()).toBe(
      'Error TESTBED: Java >= 17 was not found on PATH (no `java`). Install a JRE 17 or newer; Kafka runs on it.\n',
    );
    await untilNothingIsLeft(demo);
  });
});
