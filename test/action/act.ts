/**
 * A consumer's workflow under act in host mode: a repository of its own that says `uses: acme/kafka-mm2@v1`. The
 * action is given as a consumer gets it: action.yml and dist, and nothing that only a clone has.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { actBinary } from './act-binary.ts';
import {
  type ActAnnotation,
  type ActJob,
  type ActLine,
  type ActStep,
  jobStep,
  jobsIn,
  type Outcome,
  toStep,
} from './act-log.ts';
import { distFolder, systemNode } from './bundle.ts';

export type { ActAnnotation, ActJob, ActJobStep, ActStep, Outcome } from './act-log.ts';

export interface ActRun {
  /** Of the `uses:` step as the consumer sees it. */
  readonly outcome: Outcome | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly ActAnnotation[];
  /** The composite's own steps: prepare, run, report. */
  readonly steps: Readonly<Record<string, ActStep>>;
  /** What a person sees of the whole workflow. */
  readonly log: string;
  /** All jobs of the workflow, those of a matrix one by one. */
  readonly jobs: readonly ActJob[];
}

export interface RunningAct {
  /** Resolves when a step has printed the text; rejects if the workflow ends without it. */
  printed(text: string): Promise<void>;
  /** The process of the step that runs now, which is all that a runner signals on cancel. */
  stepPid(): Promise<number>;
  /** Ids of all processes that the action has left. */
  processes(): Promise<readonly number[]>;
  readonly done: Promise<ActRun>;
}

export interface ActOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** In place of the workflow that uses the action with these inputs; its use has the id mm2. Runs by hand. */
  readonly workflow?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Files of other actions, by `owner/name@ref`. */
  readonly actions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `owner/name` of the consumer's repository, as its remote says; none by default. */
  readonly repository?: string;
  /** Files of the consumer's repository. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folder of the `node` to be found on PATH; '' for a machine without one. */
  readonly nodeFolder?: string;
}

/** Call it inside a test: its folder goes when the test ends. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  return (await startAct(options)).done;
}

export async function startAct(options: ActOptions): Promise<RunningAct> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-act-'));
  onTestFinished(() => removeFolder(folder));
  const workspace = join(folder, 'consumer');
  const action = join(folder, 'action');
  await writeAction(action);
  await writeConsumer(workspace, options);
  const local = ['--local-repository', `acme/kafka-mm2@v1=${action}`];
  for (const [name, files] of Object.entries(options.actions ?? {})) {
    const other = join(folder, name.replaceAll('/', '-'));
    await writeFiles(other, files);
    local.push('--local-repository', `${name}=${other}`);
  }
  const event = options.workflow === undefined ? 'push' : 'workflow_dispatch';
  return spawnAct({
    folder,
    workspace,
    args: [event, '-W', '.github/workflows/mm2.yml', ...local],
    secrets: options.secrets ?? {},
    nodeFolder: options.nodeFolder ?? dirname(systemNode()),
  });
}

export interface ActProcess {
  /** Holds what act writes down, its caches too; there until act has ended. */
  readonly folder: string;
  /** A git repository with the workflow. */
  readonly workspace: string;
  /** Event, workflow file and flags. */
  readonly args: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
  /** See ActOptions. */
  readonly nodeFolder: string;
}

/** Starts act in host mode, with nothing of this machine's environment but its tools. */
export async function spawnAct({ folder, workspace, args, secrets, nodeFolder }: ActProcess): Promise<RunningAct> {
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true });
  // act takes what follows a dollar for the name of a variable.
  const quoted = (value: string) => JSON.stringify(value).replaceAll('$', '\\$');
  const secretFile = join(folder, 'secrets');
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${quoted(value)}\n`);
  await writeFile(secretFile, lines.join(''), { mode: 0o600 });
  const machines = ['ubuntu-latest', 'self-hosted'].flatMap((label) => ['-P', `${label}=-self-hosted`]);
  const flags = ['--json', '--no-cache-server', ...machines, '--secret-file', secretFile];
  const act = spawn(await actBinary(), [...args, ...flags], {
    cwd: workspace,
    env: { PATH: await searchPath(folder, nodeFolder), HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(act, folder);
}

/** Also while something of a run that failed still writes there. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}

/** The action as a consumer gets it. */
export async function writeAction(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(resolve(import.meta.dirname, '../../action.yml'), join(folder, 'action.yml'));
  await cp(distFolder(), join(folder, 'dist'), { recursive: true });
}

async function writeConsumer(
  workspace: string,
  { inputs = {}, files = {}, workflow, repository }: ActOptions,
): Promise<void> {
  const use = { id: 'mm2', uses: 'acme/kafka-mm2@v1', 'continue-on-error': true, with: inputs };
  const checkout = { uses: 'actions/checkout@v4' };
  const job = { 'runs-on': 'ubuntu-latest', steps: [checkout, use] };
  const text = workflow ?? stringify({ on: 'push', jobs: { sync: job } });
  await writeFiles(workspace, { ...files, '.github/workflows/mm2.yml': text });
  const remote = repository === undefined ? null : `https://github.com/${repository}.git`;
  commitAll(workspace, remote);
}

/** Makes a repository of the folder and returns the commit's hash. */
export function commitAll(workspace: string, remote: string | null): string {
  const git = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: workspace, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git('init', '-q', '-b', 'main');
  if (remote !== null && git('remote') === '') git('remote', 'add', 'origin', remote);
  git('add', '-A');
  git('-c', 'user.name=consumer', '-c', 'user.email=consumer@localhost', 'commit', '-qm', 'Use the action');
  return git('rev-parse', 'HEAD');
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The tools of the machine, but only the `node` that was asked for. */
async function searchPath(folder: string, nodeFolder: string): Promise<string> {
  if (nodeFolder !== '') return [nodeFolder, '/usr/bin', '/bin'].join(delimiter);
  const tools = join(folder, 'tools');
  await mkdir(tools, { recursive: true });
  for (const tool of ['bash', 'git', 'cat', 'env']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' });
    await writeFile(join(tools, tool), `#!/bin/sh\nexec ${stdout.trim()} "$@"\n`, { mode: 0o755 });
  }
  return tools;
}

function follow(act: ChildProcess, folder: string): RunningAct {
  if (act.stdout === null || act.stderr === null) throw new Error('act has no streams');
  const lines: ActLine[] = [];
  let raw = '';
  const reader = createInterface({ input: act.stdout });
  reader.on('line', (line) => {
    raw += `${line}\n`;
    if (line.startsWith('{')) lines.push(JSON.parse(line) as ActLine);
  });
  act.stderr.setEncoding('utf8').on('data', (text: string) => (raw += text));
  const done = once(act, 'close').then(() => toRun(lines));
  const printed = (text: string) =>
    new Promise<void>((fulfil, reject) => {
      const look = () => lines.some(({ msg = '' }) => msg.includes(text)) && fulfil();
      look();
      reader.on('line', look);
      void done.then(() => reject(new Error(`the workflow ended without printing ${JSON.stringify(text)}:\n${raw}`)));
    });
  return { printed, stepPid: () => childOf(act.pid ?? -1), processes: () => runningFrom(join(folder, 'home')), done };
}

function toRun(lines: readonly ActLine[]): ActRun {
  const ofAction = lines.filter(({ stepID }) => stepID?.[0] === 'mm2');
  const { outcome, outputs, annotations, inner } = jobStep('mm2', ofAction);
  const summary = lines.find(({ command, content }) => command === 'summary' && content !== undefined)?.content ?? '';
  return {
    outcome,
    outputs,
    summary,
    annotations,
    steps: Object.fromEntries(['prepare', 'run', 'report'].map((id) => [id, inner[id] ?? toStep([])])),
    log: lines.map(({ msg = '' }) => msg).join('\n'),
    jobs: jobsIn(lines),
  };
}

/** What act started itself, as a runner does: the shell of the step, or what the shell has become. Linux only. */
async function childOf(parent: number): Promise<number> {
  const children: number[] = [];
  for (const { pid, stat } of await processes()) {
    // `pid (name) state ppid …`, and the name may hold anything.
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) children.push(pid);
  }
  const [child, ...others] = children;
  if (child === undefined || others.length > 0) throw new Error(`act has ${children.length} processes, expected one`);
  return child;
}

/** Processes that run from this workflow's own copy of the action. */
async function runningFrom(folder: string): Promise<number[]> {
  return (await processes()).filter(({ command }) => command.includes(folder)).map(({ pid }) => pid);
}

async function processes() {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      return { pid: Number(pid), stat: await read('stat'), command: await read('cmdline') };
    }),
  );
}
