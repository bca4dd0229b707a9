/** nektos/act runs a workflow as a runner does; host mode needs no container engine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cachedTool } from '../support/tool-cache.ts';

const VERSION = 'v0.2.89';

/** On PATH, in Go's folder, or built once. */
export async function actBinary(): Promise<string> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), 'go/bin')];
  const found = folders.map((folder) => join(folder, 'act')).find((path) => existsSync(path));
  return found ?? join(await cachedTool(`go-act-${VERSION}`, 'is Go there?', build), 'act');
}

function build(folder: string): Promise<unknown> {
  const env = { ...process.env, GOBIN: folder };
  return promisify(execFile)('go', ['install', `github.com/nektos/act@${VERSION}`], { env });
}
