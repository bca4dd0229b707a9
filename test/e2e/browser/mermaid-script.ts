/** Mermaid, which GitHub draws charts with: one file of its package, kept outside of the repository. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cachedTool } from '../../support/tool-cache.ts';

const VERSION = '11.17.2';
const FILE = 'package/dist/mermaid.min.js';

/** Path of the script; the package has a hundred others, of which this file needs none. */
export async function mermaidScript(): Promise<string> {
  const folder = await cachedTool(`npm-mermaid-${VERSION}`, 'are npm and tar there?', async (cwd) => {
    await promisify(execFile)('npm', ['pack', `mermaid@${VERSION}`], { cwd });
    await promisify(execFile)('tar', ['-xzf', `mermaid-${VERSION}.tgz`, FILE], { cwd });
    await rm(join(cwd, `mermaid-${VERSION}.tgz`));
  });
  return join(folder, FILE);
}
