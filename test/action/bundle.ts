/** The bundle as it is committed, run as a child process the way the composite runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Another build may be tried with DIST_FOLDER before it is committed. */
export function distFolder(): string {
  const folder = resolve(root, process.env['DIST_FOLDER'] ?? 'dist');
  if (!existsSync(join(folder, 'index.js'))) throw new Error(`${folder} has no index.js: run npm run build first`);
  return folder;
}

/** The machine's Node.js: npm puts the one of node_modules before it on PATH. */
export function systemNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const found = folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path));
  if (found === undefined) throw new Error('no node on PATH');
  return found;
}

/** Node.js 24 of the devDependency `node`. */
export const node24 = join(root, 'node_modules/node/bin/node');

export interface StepResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both streams, in the order in which they came. */
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

export interface RunningStep {
  readonly pid: number;
  /** Resolves when the text has been printed; rejects if the step ends without it. */
  printed(text: string): Promise<void>;
  readonly done: Promise<StepResult>;
}

export interface StepOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly node?: string;
  /** Working folder; one of the step's own when not given. */
  readonly cwd?: string;
}

/** Call it inside a test: its folder goes when the test ends. */
export async function startStep(step: string, options: StepOptions = {}): Promise<RunningStep> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-step-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  await Promise.all([writeFile(output, ''), writeFile(summary, '')]);
  const environment = {
    PATH: process.env['PATH'],
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
  };
  const child = spawn(options.node ?? systemNode(), [join(distFolder(), 'index.js'), 'step', step], {
    env: { ...environment, ...options.environment },
    cwd: options.cwd ?? folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const done = once(child, 'close').then(async ([exitCode, signal]: unknown[]) => ({
    exitCode: exitCode as number | null,
    signal: signal as NodeJS.Signals | null,
    log,
    outputs: parseOutputs(await readFile(output, 'utf8')),
    summary: await readFile(summary, 'utf8'),
  }));
  const printed = (text: string) =>
    new Promise<void>((fulfil, reject) => {
      const look = () => log.includes(text) && fulfil();
      look();
      child.stdout.on('data', look);
      void done.then(() => reject(new Error(`the step ended without printing ${JSON.stringify(text)}:\n${log}`)));
    });
  return { pid: child.pid ?? -1, printed, done };
}

export async function runStep(step: string, options: StepOptions = {}): Promise<StepResult> {
  return (await startStep(step, options)).done;
}

/** The file's `name<<delimiter` form. */
function parseOutputs(text: string): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const match of text.matchAll(/^([^\n<]+)<<(\S+)\n([\s\S]*?)\n\2$/gm))
    outputs.set(match[1] ?? '', match[3] ?? '');
  return outputs;
}

/** A use of the action: its three steps share a folder. */
export async function prepareUse(node?: string): Promise<string> {
  const { outputs } = await runStep('prepare', node === undefined ? {} : { node });
  return outputs.get('folder') ?? '';
}
