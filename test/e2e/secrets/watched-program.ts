/** The bundle as a process, with everything that anybody could read of it while it runs and afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distFolder, systemNode } from '../../action/bundle.ts';

export interface Watched {
  readonly exitCode: number | null;
  /** What was seen, by where: a stream, a file, the arguments of a process. */
  readonly seen: ReadonlyMap<string, string>;
}

export type Environment = Readonly<Record<string, string>>;

/** The command line, with debug logging; `report-dir` and the working folder are its own. */
export async function runCli(args: readonly string[], environment: Environment = {}): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'canary-cli-'));
  const reportDir = args[0] === 'generate' ? [] : ['--report-dir', join(folder, 'report')];
  const seen = new Map<string, string>();
  const env = { ...environment, DEBUG: '1', TMPDIR: folder };
  const exitCode = await watch('cli', [join(distFolder(), 'cli.js'), ...args, ...reportDir], { folder, env, seen });
  await readFolder(folder, seen);
  return { exitCode, seen };
}

/** The action's run and report steps, with debug logging. */
export async function runSteps(inputs: Environment, environment: Environment = {}): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'canary-step-'));
  const [output, summary] = [join(folder, 'github-output'), join(folder, 'step-summary')];
  await Promise.all([writeFile(output, ''), writeFile(summary, '')]);
  const given = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
    value,
  ]);
  const ofRunner = { RUNNER_TEMP: folder, ACTION_FOLDER: folder, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
  const env = {
    ...environment,
    ...Object.fromEntries(given),
    ...ofRunner,
    RUNNER_DEBUG: '1',
    ACTIONS_STEP_DEBUG: 'true',
  };
  const seen = new Map<string, string>();
  const program = join(distFolder(), 'index.js');
  await watch('run step', [program, 'step', 'run'], { folder, env, seen });
  // The report step has the token and none of the other secrets.
  const token = { ...environment, ...ofRunner, INPUT_GITHUB_TOKEN: inputs['github-token'] ?? '', RUNNER_DEBUG: '1' };
  const exitCode = await watch('report step', [program, 'step', 'report'], { folder, env: token, seen });
  await readFolder(folder, seen);
  return { exitCode, seen };
}

interface Watching {
  readonly folder: string;
  readonly env: Environment;
  readonly seen: Map<string, string>;
}

async function watch(what: string, args: readonly string[], { folder, env, seen }: Watching): Promise<number | null> {
  const child = spawn(systemNode(), args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const look = setInterval(() => {
    for (const pid of withChildren(child.pid ?? -1)) seen.set(`arguments of ${what} (${pid})`, argumentsOf(pid));
  }, 20);
  for (const [name, stream] of [
    ['stdout', child.stdout],
    ['stderr', child.stderr],
  ] as const) {
    const key = `${name} of ${what}`;
    seen.set(key, '');
    stream.setEncoding('utf8').on('data', (text: string) => seen.set(key, `${seen.get(key)}${text}`));
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  return exitCode;
}

function withChildren(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return [pid, ...children.flatMap(withChildren)];
  } catch {
    return [pid];
  }
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

async function readFolder(folder: string, seen: Map<string, string>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) seen.set(path.slice(folder.length + 1), await readFile(path, 'utf8'));
  }
}

/** Where a canary, or one of the forms that it takes on its way, was seen; lines that mask it are the one place for it. */
export function leaksOf({ seen }: Watched, canaries: readonly string[]): readonly string[] {
  const leaks: string[] = [];
  for (const [where, text] of seen) {
    const open = where.startsWith('stdout of ')
      ? text
          .split('\n')
          .filter((line) => !line.startsWith('::add-mask::'))
          .join('\n')
      : text;
    for (const canary of canaries) {
      for (const [form, secret] of formsOf(canary))
        if (open.includes(secret)) leaks.push(`${where}: ${form} of ${canary}`);
    }
  }
  return leaks;
}

function formsOf(canary: string): ReadonlyMap<string, string> {
  const base64 = Buffer.from(canary).toString('base64');
  return new Map([
    ['text', canary],
    ['JSON', JSON.stringify(canary).slice(1, -1)],
    ['URL', encodeURIComponent(canary)],
    ['base64', base64],
    ['base64url', Buffer.from(canary).toString('base64url')],
  ]);
}
