/**
 * Files by a glob: `*`, `?`, `[abc]`, `{a,b}` and `**` (any folders). Node's own glob came with version 22.
 * Hidden names match only a pattern that starts with a dot, and `**` stays out of node_modules.
 */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths relative to `folder` (or absolute, as the pattern is), sorted. An existing path stands for itself. */
export async function findFiles(pattern: string, folder: string): Promise<readonly string[]> {
  const normal = pattern.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (await isFile(resolvePath(folder, normal))) return [normal];
  const found = new Set<string>();
  for (const one of expandBraces(normal)) {
    const root = one.startsWith('/') ? '/' : '';
    const parts = one.split('/').filter((part) => part !== '' && part !== '.');
    await walk(folder, root, parts, found);
  }
  return [...found].sort();
}

async function walk(folder: string, at: string, parts: readonly string[], found: Set<string>): Promise<void> {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  if (part === '**') {
    await walk(folder, at, rest.length === 0 ? ['*'] : rest, found);
    for (const entry of await list(folder, at)) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      await walk(folder, `${at}${entry.name}/`, parts, found);
    }
    return;
  }
  if (!/[*?[]/.test(part)) {
    if (rest.length > 0) return walk(folder, `${at}${part}/`, rest, found);
    if (await isFile(resolvePath(folder, `${at}${part}`))) found.add(`${at}${part}`);
    return;
  }
  const matches = partMatcher(part);
  for (const entry of await list(folder, at)) {
    if (!matches(entry.name) || (entry.name.startsWith('.') && !part.startsWith('.'))) continue;
    if (rest.length > 0) await walk(folder, `${at}${entry.name}/`, rest, found);
    else if (await isFile(resolvePath(folder, `${at}${entry.name}`))) found.add(`${at}${entry.name}`);
  }
}

/** Nothing there, a file, a folder without permission: each holds no match. */
async function list(folder: string, at: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(resolvePath(folder, at), { withFileTypes: true });
  } catch {
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function resolvePath(folder: string, path: string): string {
  return path.startsWith('/') ? path : join(folder, path === '' ? '.' : path);
}

/** Of one part between slashes. */
export function partMatcher(part: string): (name: string) => boolean {
  const source = part.replace(/\[!?[^\]/]+\]|[\s\S]/g, (token) => {
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.length > 1) return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return token.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
  });
  const pattern = regexOf(`^${source}$`);
  return (name) => (pattern === null ? name === part : pattern.test(name));
}

/** null: no pattern, such as `[z-a]`, which then stands for itself. */
function regexOf(source: string): RegExp | null {
  try {
    return new RegExp(source, 'u');
  } catch {
    return null;
  }
}

/** `a{b,c{d,e}}` → ab, acd, ace. An unmatched brace stands for itself. */
export function expandBraces(pattern: string): readonly string[] {
  const inner = /\{([^{}]*)\}/.exec(pattern);
  if (inner === null) return [pattern];
  const before = pattern.slice(0, inner.index);
  const after = pattern.slice(inner.index + inner[0].length);
  return (inner[1] ?? '').split(',').flatMap((choice) => expandBraces(`${before}${choice}${after}`));
}
