/** Mermaid, which GitHub draws charts with: one file of its package, kept outside of the repository. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '11.17.2';
const FILE = 'package/dist/mermaid.min.js';

/** Path of the script; the package has a hundred others, of which this file needs none. */
export function mermaidScript(): string {
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const kept = join(caches, 'kafka-mm2-migration-action', 'tools', `mermaid-${VERSION}.min.js`);
  if (existsSync(kept)) return kept;
  const folder = mkdtempSync(join(tmpdir(), 'mermaid-'));
  try {
    const options = { cwd: folder, stdio: 'ignore' } as const;
    execFileSync('npm', ['pack', `mermaid@${VERSION}`], options);
    execFileSync('tar', ['-xzf', `mermaid-${VERSION}.tgz`, FILE], options);
    mkdirSync(join(kept, '..'), { recursive: true });
    // Another file system cannot be renamed to, and a half copied file would stay for good.
    execFileSync('cp', [FILE, `${kept}.${process.pid}`], options);
    renameSync(`${kept}.${process.pid}`, kept);
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
