/** Tools that tests fetch once and keep outside of the repository, each in a folder of its version. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pauseMs } from '../../src/testbed/wait.ts';

const TOOLS = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kafka-mm2-migration-action', 'tools');
const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--target'];

/** A registry or mirror that drops a connection in the middle is no reason to end. */
const ATTEMPTS = 4;
const PAUSE_MS = 3_000;

/**
 * The folder of a tool, filled by `fetch` where it is not there. It appears only when it is complete, so that an end in the
 * middle leaves nothing that looks whole.
 * @param name with the version. @param needs what to look for when it fails, as a question: `is Go there?`
 */
export async function cachedTool(
  name: string,
  needs: string,
  fetch: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(TOOLS, name);
  if (existsSync(folder)) return folder;
  await mkdir(TOOLS, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const fresh = await mkdtemp(join(TOOLS, 'new-'));
    try {
      await fetch(fresh);
      // Another process may have been quicker; its files are the same.
      await rename(fresh, folder).catch((cause: unknown) => {
        if (!existsSync(folder)) throw cause;
      });
      return folder;
    } catch (cause) {
      if (attempt === ATTEMPTS) throw new Error(`${name} could not be fetched: ${needs}`, { cause });
      await pauseMs(attempt * PAUSE_MS);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
}

/** Packages of PyPI, pinned: the folder for PYTHONPATH, with their programs in `bin`. */
export function pythonPackages(name: string, pinned: readonly string[]): Promise<string> {
  const install = (folder: string) =>
    promisify(execFile)('python3', [...PIP, folder, ...pinned], { maxBuffer: 2 ** 26 });
  return cachedTool(name, 'are Python 3 and pip there?', install);
}
