import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBed } from '../../src/testbed/bed.ts';
import { withAdmin } from '../../src/testbed/client.ts';
import { resolveJars } from '../../src/testbed/jars.ts';
import { createWorkFolder, removeWorkFolder, startProcess } from '../../src/testbed/processes.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { isAlive } from '../support/alive.ts';

// The parent is TypeScript, which the oldest Node that we support cannot run; the development dependency can.
const NODE_24 = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

interface Child {
  readonly pid: number;
  readonly folder: string;
  readonly bootstrapServers: string;
}

async function startParent(script: string, ...args: readonly string[]) {
  const file = fileURLToPath(new URL(`../support/${script}`, import.meta.url));
  const parent = spawn(NODE_24, ['--no-warnings', file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  return { parent, child: JSON.parse(String(line)) as Child };
}

async function untilGone({ pid, folder }: Child): Promise<readonly boolean[]> {
  const look = async () => {
    const left = [isAlive(pid), existsSync(folder)];
    return left.includes(true) ? { seen: `alive, folder: ${left}` } : { done: left };
  };
  return waitFor('process and folder to be gone', look, { timeoutMs: 120_000 });
}

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  'a parent ended by %s leaves no process and no folder',
  async (signal) => {
    const { parent, child } = await startParent('parent-of-sleep.ts');
    expect([isAlive(child.pid), existsSync(child.folder)]).toEqual([true, true]);
    parent.kill(signal);
    expect(await untilGone(child)).toEqual([false, false]);
  },
);

test('a killed parent leaves no broker', async () => {
  const { parent, child } = await startParent('parent-of-broker.ts');
  expect([isAlive(child.pid), existsSync(child.folder)]).toEqual([true, true]);
  parent.kill('SIGKILL');
  expect(await untilGone(child)).toEqual([false, false]);
});

test('a released broker outlives its parent', async () => {
  const { parent, child } = await startParent('parent-of-broker.ts', 'release');
  if (parent.exitCode === null) await once(parent, 'exit');
  try {
    const seen = await withAdmin(child, (admin) => admin.describeCluster());
    expect(seen.brokers).toHaveLength(1);
    expect([isAlive(child.pid), existsSync(child.folder)]).toEqual([true, true]);
  } finally {
    process.kill(child.pid, 'SIGKILL');
    await removeWorkFolder(dirname(child.folder));
  }
});

describe('a process', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await createWorkFolder('processes-');
  });
  afterEach(() => removeWorkFolder(folder));

  const shell = (script: string) => {
    const spec = { name: 'shell', command: '/bin/sh', args: ['-c', script], cwd: folder };
    return startProcess({ ...spec, logFile: join(folder, 'shell.log') });
  };

  test('that ignores SIGTERM is killed after the grace', async () => {
    const stubborn = await shell('trap "" TERM; echo ready; while :; do sleep 1; done');
    const ready = async () => (stubborn.logTail() === 'ready' ? { done: true } : { seen: stubborn.logTail() });
    await waitFor('the shell to be ready', ready, { timeoutMs: 60_000 });
    await stubborn.stop(200);
    expect(stubborn.exitStatus()).toBe('signal SIGKILL');
    expect(isAlive(stubborn.pid)).toBe(false);
  });

  test('may be stopped twice', async () => {
    const quick = await shell('exec sleep 600');
    await quick.stop();
    await quick.stop();
    expect(quick.exitStatus()).toBe('signal SIGTERM');
  });

  test('that is not there is named', async () => {
    const starting = startProcess({
      name: 'x',
      command: 'no-such-program',
      args: [],
      cwd: folder,
      logFile: join(folder, 'x'),
    });
    await expect(starting).rejects.toThrow('x: cannot start no-such-program');
  });
});

describe('the jars', () => {
  let cacheFolder: string;
  beforeEach(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'jar-cache-'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(cacheFolder, { recursive: true });
  });

  test('a missing mvn is one clear line and leaves no half-filled cache', async () => {
    await resolveJars();
    vi.stubEnv('PATH', '');
    const line = 'Maven was not found on PATH (no `mvn`) and the jars of Kafka 4.3.1 are not cached. Install Maven 3.';
    await expect(resolveJars({ cacheFolder })).rejects.toThrow(line);
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  test('two processes fill the same cache at once', async () => {
    const first = await import('../../src/testbed/jars.ts');
    // One Maven fetches what its own repository lacks: two at once may break that.
    const alone = await mkdtemp(join(tmpdir(), 'jar-cache-'));
    await first.resolveJars({ cacheFolder: alone });
    await rm(alone, { recursive: true });
    vi.resetModules();
    const second = await import('../../src/testbed/jars.ts');
    expect(second).not.toBe(first);
    const [one, other] = await Promise.all([first.resolveJars({ cacheFolder }), second.resolveJars({ cacheFolder })]);
    expect(one).toEqual(other);
    expect(await readdir(cacheFolder)).toEqual(['4.3.1']);
    expect(await readdir(one.folder)).toEqual(expect.arrayContaining(['connect-mirror-4.3.1.jar', 'pom.xml']));
  });

  test('a missing java is one clear line', async () => {
    vi.resetModules();
    const fresh = await import('../../src/testbed/bed.ts');
    vi.stubEnv('PATH', '');
    const starting = fresh.startBed({ jarCacheFolder: cacheFolder });
    await expect(starting).rejects.toThrow(
      'Java >= 17 was not found on PATH (no `java`). Install a JRE 17 or newer; Kafka runs on it.',
    );
  });
});

test('a bed without Connect leaves no process and no folder', async () => {
  const lines: string[] = [];
  const bed = await startBed({ connect: false, onProgress: (line) => lines.push(line) });
  const pids = bed.pids();
  expect(pids.filter(isAlive)).toHaveLength(2);
  expect(bed.source.clusterId).not.toBe(bed.target.clusterId);
  expect(lines.join('\n')).toContain(`target: Kafka 4.3.1 is up at ${bed.target.bootstrapServers()}`);
  await bed.stop();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(existsSync(bed.workFolder)).toBe(false);
});
