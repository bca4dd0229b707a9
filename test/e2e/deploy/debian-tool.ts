/** Programs of Debian packages, unpacked into a cache folder: nothing is installed on the machine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TOOLS = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kafka-mm2-migration-action', 'tools');

/** The folder with the programs of a package, in the version that Debian has when it is first asked for. */
export async function debianPrograms(packageName: string): Promise<string> {
  const folder = join(TOOLS, `debian-${packageName}`);
  const programs = join(folder, 'usr', 'bin');
  if (existsSync(programs)) return programs;
  await mkdir(TOOLS, { recursive: true });
  const fresh = await mkdtemp(join(TOOLS, 'new-'));
  try {
    await download(packageName, fresh);
    const [archive = ''] = (await readdir(fresh)).filter((file) => file.endsWith('.deb'));
    await run('dpkg', ['-x', join(fresh, archive), fresh]);
    await rm(join(fresh, archive));
    // Another process may have been quicker; its programs are the same.
    await rename(fresh, folder).catch(() => undefined);
  } catch (cause) {
    throw new Error(`The Debian package ${packageName} could not be fetched: is this a Debian with apt and dpkg?`, {
      cause,
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return programs;
}

/** A fresh machine has no lists of packages. */
async function download(packageName: string, folder: string): Promise<void> {
  const get = () => run('apt-get', ['download', packageName], { cwd: folder });
  try {
    await get();
  } catch {
    await run('apt-get', ['update']);
    await get();
  }
}
