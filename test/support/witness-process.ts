import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { resolveJars } from '../../src/testbed/jars.ts';
import { javaArguments, javaEnvironment, log4jProperties, runCommand } from '../../src/testbed/java.ts';
import { createWorkFolder, removeWorkFolder, tailOf } from '../../src/testbed/processes.ts';

const SOURCES = fileURLToPath(new URL('./java', import.meta.url));

/** The one JVM behind a Witness: requests and answers as lines of JSON. It ends when its stdin does. */
export interface WitnessProcess {
  /** Rejects with the error's Java class and message, or after the deadline. */
  request(command: string, fields: Readonly<Record<string, unknown>>, timeoutMs: number): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export async function startWitnessProcess(): Promise<WitnessProcess> {
  const jars = await resolveJars();
  const classes = await compiledClasses(jars.folder, jars.classPath);
  const folder = await createWorkFolder('witness-');
  const log4jFile = join(folder, 'log4j.properties');
  await writeFile(log4jFile, `${log4jProperties(true)}appender.out.target=SYSTEM_ERR\n`);
  const logFile = join(folder, 'witness.log');
  const log = openSync(logFile, 'a');
  const classPath = `${classes}:${jars.classPath}`;
  const child = spawn('java', [...javaArguments({ classPath, mainClass: 'Witness', args: [], log4jFile })], {
    cwd: folder,
    env: javaEnvironment(),
    stdio: ['pipe', 'pipe', log],
  }) as unknown as ChildProcessWithoutNullStreams;
  const waiting = new Map<number, Waiting>();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      const error = new Error(`The witness ended (${signal ?? code}).\n${tailOf(logFile, 20)}`);
      for (const one of waiting.values()) one.reject(error);
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { id: number; result?: unknown; error?: string };
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error === undefined) one?.resolve(answer.result);
    else one?.reject(new Error(answer.error));
  });
  let lastId = 0;
  return {
    request(command, fields, timeoutMs) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const late = () => reject(new Error(`The witness did not answer ${command} within ${timeoutMs} ms.`));
        const timer = setTimeout(late, timeoutMs);
        const settle =
          <T>(how: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            how(value);
          };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
        child.stdin.write(`${JSON.stringify({ ...fields, id, command }, bigintsAsText)}\n`);
      });
    },
    async close() {
      child.stdin.end();
      await ended;
      await removeWorkFolder(folder);
    },
  };
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Compiled once for each state of the sources, beside the jars. */
async function compiledClasses(jarFolder: string, classPath: string): Promise<string> {
  const files = (await readdir(SOURCES)).filter((name) => name.endsWith('.java')).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(join(SOURCES, file)));
  const cache = join(dirname(dirname(jarFolder)), 'witness');
  const classes = join(cache, hash.digest('hex').slice(0, 16));
  if (await exists(classes)) return classes;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, '.compiling-'));
  const missing = 'javac was not found on PATH. Install a JDK >= 17; the tests compile a Java witness.';
  const sources = files.map((file) => join(SOURCES, file));
  const { exitCode, output } = await runCommand('javac', ['-nowarn', '-d', fresh, '-cp', classPath, ...sources], {
    missing,
  });
  if (exitCode !== 0) throw new Error(`javac failed:\n${output}`);
  // Another process may have been quicker; its classes are the same.
  await rename(fresh, classes).catch(() => rm(fresh, { recursive: true, force: true }));
  return classes;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
