import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { bedError } from './errors.ts';
import { guardFolder, guardProcess, unguardProcess } from './watchdog.ts';

export interface ProcessSpec {
  /** Used in error texts. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Receives stdout and stderr; appended to. */
  readonly logFile: string;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** How it ended, or null while it lives. */
  exitStatus(): string | null;
  /** SIGTERM, then SIGKILL after the grace; returns when the process is gone. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL; returns when the process is gone. */
  kill(): Promise<void>;
  logTail(lines?: number): string;
}

const STOP_GRACE_MS = 5_000;

/** Starts a process that never outlives this one (see watchdog.ts). Throws a bed error if it cannot be started. */
export async function startProcess(spec: ProcessSpec): Promise<ManagedProcess> {
  const log = openSync(spec.logFile, 'a');
  const child = spawn(spec.command, [...spec.args], {
    cwd: spec.cwd,
    stdio: ['ignore', log, log],
    detached: true,
    ...(spec.env === undefined ? {} : { env: { ...env, ...spec.env } }),
  });
  closeSync(log);
  await started(child, spec);
  const pid = child.pid ?? 0;
  guardProcess(pid);
  child.unref();
  let status: string | null = null;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      status = signal === null ? `exit code ${code}` : `signal ${signal}`;
      unguardProcess(pid);
      resolve();
    });
  });
  // The timer also keeps Node running until the child, which is unref'd, is gone.
  const end = async (signal: NodeJS.Signals, graceMs: number) => {
    if (status !== null) return;
    child.kill(signal);
    const timer = setInterval(() => child.kill('SIGKILL'), Math.max(graceMs, 100));
    await gone;
    clearInterval(timer);
  };
  return {
    name: spec.name,
    pid,
    logFile: spec.logFile,
    exitStatus: () => status,
    kill: () => end('SIGKILL', STOP_GRACE_MS),
    stop: (graceMs = STOP_GRACE_MS) => end('SIGTERM', graceMs),
    logTail: (lines = 25) => tailOf(spec.logFile, lines),
  };
}

function started(child: ChildProcess, spec: ProcessSpec): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(bedError(`${spec.name}: cannot start ${spec.command}: ${cause.message}.`, { cause }));
    });
  });
}

export function tailOf(file: string, lines: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return `(no log at ${file})`;
  }
}

/** A fresh temp folder that is removed when this process ends, however it ends. */
export async function createWorkFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  guardFolder(folder);
  return folder;
}

export async function removeWorkFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
