/** Programs of Debian packages, unpacked into a cache folder: nothing is installed on the machine. */
import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cachedTool } from '../../support/tool-cache.ts';

const run = promisify(execFile);
const PATIENCE = ['-o', 'Acquire::Retries=5'];

/** The folder with the programs of a package, in the version that Debian has when it is first asked for. */
export async function debianPrograms(packageName: string): Promise<string> {
  const folder = await cachedTool(`debian-${packageName}`, 'is this a Debian with apt and dpkg?', async (fresh) => {
    await download(packageName, fresh);
    const [archive = ''] = (await readdir(fresh)).filter((file) => file.endsWith('.deb'));
    await run('dpkg', ['-x', join(fresh, archive), fresh]);
    await rm(join(fresh, archive));
  });
  return join(folder, 'usr', 'bin');
}

/** A fresh machine has no lists of packages. */
async function download(packageName: string, folder: string): Promise<void> {
  const get = () => run('apt-get', [...PATIENCE, 'download', packageName], { cwd: folder });
  try {
    await get();
  } catch {
    await run('apt-get', [...PATIENCE, 'update']);
    await get();
  }
}
