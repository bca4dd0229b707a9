/** What a glob leads one to expect and did not find. */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expandBraces, partMatcher } from './glob.ts';

export interface Missed {
  /** Files that the glob spells out. */
  readonly files: readonly string[];
  /** Folders that its first wildcard matches, and in which it found nothing. */
  readonly folders: readonly string[];
}

/** @param found what `findFiles` answered. */
export async function missedByGlob(glob: string, found: readonly string[], folder: string): Promise<Missed> {
  const normal = glob.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  // A file of that very name, whatever its brackets would match.
  if (found.length === 1 && found[0] === normal) return { files: [], folders: [] };
  const missed = await Promise.all(expandBraces(normal).map((one) => missedByOne(one, found, folder)));
  return { files: missed.flatMap(({ files }) => files), folders: unique(missed.flatMap(({ folders }) => folders)) };
}

async function missedByOne(glob: string, found: readonly string[], folder: string): Promise<Missed> {
  const parts = glob.split('/').filter((part, place) => part !== '.' && (part !== '' || place === 0));
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  if (wild === -1) return { files: found.includes(parts.join('/')) ? [] : [parts.join('/')], folders: [] };
  if (wild === parts.length - 1) return { files: [], folders: [] };
  const root = wild === 0 ? '' : `${parts.slice(0, wild).join('/')}/`;
  const [part = ''] = parts.slice(wild, wild + 1);
  const folders = await foldersLike(part === '**' ? '*' : part, resolve(folder, root === '' ? '.' : root));
  return { files: [], folders: folders.map((name) => root + name).filter((one) => !holds(one, found)) };
}

function holds(folder: string, found: readonly string[]): boolean {
  return found.some((path) => path.startsWith(`${folder}/`));
}

/** By one part of a glob. A folder that cannot be listed has none. */
async function foldersLike(part: string, folder: string): Promise<readonly string[]> {
  const matches = partMatcher(part);
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    return names.filter((name) => !name.startsWith('.') && name !== 'node_modules' && matches(name)).sort();
  } catch {
    return [];
  }
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
