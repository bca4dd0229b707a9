/** A real headless Chromium: CHROMIUM, else one of PATH, else Debian's own is installed. */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** The pictures of the summary hold emoji. */
const PACKAGES = ['chromium', 'fonts-noto-color-emoji'];
/** On a busy machine. */
const STARTS_MS = 180_000;
/** A mirror that drops a connection, or another apt-get at work, is no reason to end. */
const PATIENCE = ['-o', 'Acquire::Retries=5', '-o', 'DPkg::Lock::Timeout=300'];

export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath() ?? (await install());
  // Its sandbox does not start for root, and the pages here are our own.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath, args, timeout: STARTS_MS });
}

function chromiumPath(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which is not there.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

/** Not in one blocking call: vitest takes a worker that is silent for a minute for dead. */
async function install(): Promise<string> {
  const missing = `No Chromium was found: set CHROMIUM, or install it with apt-get install ${PACKAGES.join(' ')}.`;
  if (process.getuid?.() !== 0) throw new Error(missing);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...PACKAGES]]) {
    try {
      await promisify(execFile)('apt-get', ['--quiet', ...PATIENCE, ...args], { env, maxBuffer: 2 ** 26 });
    } catch (cause) {
      throw new Error(`${missing} (apt-get ${args[0]} failed)`, { cause });
    }
  }
  const installed = chromiumPath();
  if (installed === null) throw new Error(missing);
  return installed;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
