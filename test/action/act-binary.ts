/** nektos/act runs a workflow as a runner does; host mode needs no container engine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = 'v0.2.89';
const FOLDER = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'kafka-mm2-migration',
  `act-${VERSION}`,
);

/** On PATH, in Go's folder, or installed once into a cache folder outside of git. */
export async function actBinary(): Promise<string> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), 'go/bin'), FOLDER];
  const found = folders.map((folder) => join(folder, 'act')).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const environment = { ...process.env, GOBIN: FOLDER };
  try {
    await promisify(execFile)('go', ['install', `github.com/nektos/act@${VERSION}`], { env: environment });
  } catch (cause) {
    throw new Error(`act was not found on PATH and could not be installed: is Go there?`, { cause });
  }
  return join(FOLDER, 'act');
}
