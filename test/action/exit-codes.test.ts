/** The bundle as another CI runs it: how it ends, and what a terminal sees that a pipe does not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Result } from '../../src/domain/verdicts.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import { report } from '../report/build-report.ts';
import { distFolder, systemNode } from './bundle.ts';
import { startSilentServer } from './silent-server.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

async function ended(
  program: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>>,
): Promise<Ended> {
  const env = { PATH: `${dirname(systemNode())}:/usr/bin:/bin`, TERM: 'xterm-256color', ...variables };
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}

const SCRIPT = join(distFolder(), 'cli.js');

function inPipe(
  cwd: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return ended(systemNode(), [SCRIPT, ...args], cwd, variables);
}

/** In a pseudo terminal of this many columns; `script` hands on how it ended. */
function inTerminal(
  cwd: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const command = `stty cols 70; exec node ${[SCRIPT, ...args].map((word) => `'${word}'`).join(' ')}`;
  return ended('script', ['-qec', command, '/dev/null'], cwd, { SHELL: '/bin/sh', ...variables });
}

/** A report that an earlier run left, merged alone. */
async function ofReport(result: Result, ...more: readonly string[]): Promise<Ended> {
  const folder = await openFolder();
  const phase = result === 'not-ready' ? ({ command: 'check', phase: 'cutover' } as const) : {};
  await writeFile(join(folder, 'report.json'), reportText(report({ ...phase, result })));
  return inPipe(folder, ['report', '--reports', 'report.json', '--report-dir', 'merged', ...more]);
}

describe('exit codes', () => {
  test.each([['--version'], ['help'], ['sync', '--help'], ['help', 'inputs']])('%s: 0', async (...args) => {
    expect((await inPipe(await openFolder(), args)).exitCode).toBe(0);
  });

  test.each([
    ['ok', 0],
    ['changed', 0],
    ['failed', 1],
    ['not-ready', 3],
    ['partial', 4],
  ] as const)('result %s: %i', async (result, code) => {
    const { exitCode, output } = await ofReport(result);
    expect(exitCode, output).toBe(code);
  });

  test.each([
    ['not-ready', 'error', 0],
    ['partial', 'error', 4],
    ['failed', 'error', 1],
    ['failed', 'never', 0],
  ] as const)('result %s with fail-on %s: %i', async (result, failOn, code) => {
    const { exitCode, output } = await ofReport(result, '--fail-on', failOn);
    expect(exitCode, output).toBe(code);
  });

  test('whoever reads along may leave: the work is done all the same', async () => {
    const folder = await openFolder();
    await writeFile(join(folder, 'report.json'), reportText(report()));
    const merge = [SCRIPT, 'report', '--reports', 'report.json', '--report-dir', 'merged'];
    const child = spawn(systemNode(), merge, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(existsSync(join(folder, 'merged/report.html'))).toBe(true);
  });

  test('bad input: 2, with every problem on a line of its own, and nothing was done', async () => {
    const folder = await openFolder();
    const { exitCode, output } = await inPipe(folder, ['sync', '--interval', '20 apples', '--phase', 'now']);
    expect(exitCode).toBe(2);
    expect(output.trimEnd().split('\n')).toEqual(
      ['interval', 'phase', 'target-bootstrap-servers'].map((name) =>
        expect.stringContaining(`Error BAD_INPUT: ${name}: `),
      ),
    );
    expect(existsSync(join(folder, 'mm2-report'))).toBe(false);
  });

  test('a lint of good files: 0; of one that breaks records: 1; with a report for the CI beside it', async () => {
    const folder = await openFolder();
    await cp(join(EXAMPLES, 'connectors'), join(folder, 'connectors'), { recursive: true });
    const lint = ['plan', '--connectors', 'connectors/*.json'];
    expect((await inPipe(folder, lint)).exitCode).toBe(0);
    expect(existsSync(join(folder, 'mm2-report/junit.xml'))).toBe(true);
    await writeFile(
      join(folder, 'connectors/mm2-broken.json'),
      '{"name":"x","connector.class":"MirrorSourceConnector"}',
    );
    expect((await inPipe(folder, lint)).exitCode).toBe(1);
  });
});

describe('a run that hangs while it connects', () => {
  /** Longer than a slow machine takes to get there, so that the line ticks before the run ends. */
  const LASTS = '4s';

  async function hanging() {
    const [folder, server] = [await openFolder(), await startSilentServer()];
    onTestFinished(() => server.close());
    return { folder, args: ['sync', '--target-bootstrap-servers', server.address, '--timeout', LASTS] };
  }

  test('on a terminal: one line is drawn anew and goes away, the rest stays and fits', async () => {
    const { folder, args } = await hanging();
    const { exitCode, output } = await inTerminal(folder, args);
    expect(exitCode, output).toBe(1);
    expect(output.split('\r\u001b[K').length).toBeGreaterThan(3);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
    expect(output).toMatch(/\u001b\[2mConnect to the clusters · [1-9]\d* s\u001b\[0m/);
    const shown = output.split('\n').map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '');
    expect(shown.join('\n')).not.toContain('Connect to the clusters ·');
    expect(shown.join('\n')).toContain('\u001b[31mOffset sync ended early\u001b[0m');
  });

  test('NO_COLOR leaves the line and takes the colours', async () => {
    const { folder, args } = await hanging();
    const { output } = await inTerminal(folder, args, { NO_COLOR: '1' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
    expect(output).toMatch(/\r\u001b\[KConnect to the clusters · [1-9]\d* s/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
    expect(output).not.toMatch(/\u001b\[\d+m/);
  });

  test('in a pipe, and in a CI with a pseudo terminal, nothing is drawn anew', async () => {
    const [pipe, ci] = [await hanging(), await hanging()];
    const [inAPipe, inACi] = await Promise.all([
      inPipe(pipe.folder, pipe.args),
      inTerminal(ci.folder, ci.args, { CI: 'true' }),
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
    expect(inAPipe.output).not.toMatch(/[\r\u001b]/);
    expect(inAPipe.output).toContain('==> Connect to the clusters\n');
    expect(inACi.output).not.toContain('\u001b[K');
    expect([inAPipe.exitCode, inACi.exitCode]).toEqual([1, 1]);
  });
});
