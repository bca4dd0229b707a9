/** The bundle's demo as a child process, in a temp folder of its own, so that all it leaves behind can be seen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { onTestFinished } from 'vitest';
import { waitFor } from '../../../src/testbed/wait.ts';
import { distFolder, systemNode } from '../../action/bundle.ts';

export interface DemoRun {
  readonly pid: number;
  /** What it takes for the system's temp folder. */
  readonly tempFolder: string;
  output(): string;
  /** Resolves when the text has been printed; rejects if the demo ends without it. */
  printed(text: string): Promise<void>;
  readonly exitCode: Promise<number | null>;
}

export interface DemoOptions {
  readonly args?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly node?: string;
}

const STARTS_MS = 280_000;

/** Nothing but PATH and HOME (for the jar cache) comes from this process's environment. */
export async function startDemo({
  args = [],
  environment = {},
  node = systemNode(),
}: DemoOptions = {}): Promise<DemoRun> {
  const tempFolder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  onTestFinished(async () => {
    for (const pid of processesOf(tempFolder)) killIfThere(pid);
    await rm(tempFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  });
  const { PATH, HOME } = process.env;
  const child = spawn(node, [join(distFolder(), 'cli.js'), 'demo', ...args], {
    env: { PATH, HOME, TMPDIR: tempFolder, ...environment },
    cwd: tempFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const exitCode = once(child, 'close').then(([code]: unknown[]) => {
    hasEnded = true;
    return code as number | null;
  });
  const printed = async (text: string) => {
    const look = async () => (output.includes(text) || hasEnded ? { done: null } : { seen: output.slice(-500) });
    await waitFor(`the demo to print ${text}`, look, { timeoutMs: STARTS_MS, intervalMs: 20 });
    if (!output.includes(text)) throw new Error(`the demo ended without printing ${text}:\n${output}`);
  };
  return { pid: child.pid ?? -1, tempFolder, output: () => output, printed, exitCode };
}

/** Every process whose command line names the folder: all JVMs of a demo have their files in it. Linux only. */
export function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && commandLineOf(pid).includes(folder));
}

/** It may have ended since it was seen. */
function killIfThere(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The port reservations of the bed are files that name a process; they count only as long as it lives. */
export async function leftIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name !== 'kafka-mm2-bed-ports');
}

/** Waits until that many processes of the folder live. */
export async function untilProcesses(folder: string, wanted: number): Promise<void> {
  const look = async () => {
    const seen = processesOf(folder).length;
    return seen >= wanted ? { done: undefined } : { seen: `${seen} processes` };
  };
  await waitFor(`${wanted} processes of ${folder}`, look, { timeoutMs: STARTS_MS, intervalMs: 10 });
}

/** Waits until no process of the folder lives, and `files` (by default all that is in it) are gone. */
export async function untilNothingIsLeft(
  { tempFolder }: Pick<DemoRun, 'tempFolder'>,
  files: () => Promise<readonly string[]> = () => leftIn(tempFolder),
): Promise<void> {
  const look = async () => {
    const left = [...processesOf(tempFolder), ...(await files())];
    return left.length === 0 ? { done: undefined } : { seen: left.join(', ') };
  };
  await waitFor('the demo to leave nothing', look, { timeoutMs: 120_000 });
}
