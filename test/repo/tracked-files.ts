/** The repository as git sees it: what is committed, and what would be. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export function trackedPaths(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0');
  return [...new Set(paths)].filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

/** Texts of all tracked files but the bundle, which is compared with a fresh build instead. */
export function readTracked(): ReadonlyMap<string, string> {
  const paths = trackedPaths().filter((path) => !path.startsWith('dist/') && statSync(join(ROOT, path)).isFile());
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}
