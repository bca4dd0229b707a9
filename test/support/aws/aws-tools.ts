/** moto, cfn-lint and parliament from PyPI, in a folder of their versions outside of the repository. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGES = ['moto[server]==5.2.5', 'boto3==1.44.5', 'cfn-lint==1.58.0', 'parliament==1.6.4'];
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kafka-mm2-migration-action', 'tools');
const FOLDER = join(CACHE, 'aws-moto5.2.5-cfnlint1.58.0-parliament1.6.4');

/** For PYTHONPATH. Installed once; the folder appears only when it is complete. */
export async function awsTools(): Promise<string> {
  if (existsSync(FOLDER)) return FOLDER;
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(join(CACHE, 'new-'));
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
  try {
    await promisify(execFile)('python3', [...pip, '--target', fresh, ...PACKAGES], { maxBuffer: 2 ** 26 });
  } catch (cause) {
    await rm(fresh, { recursive: true });
    throw new Error(`${PACKAGES.join(', ')} could not be installed: are Python 3 and pip there?`, { cause });
  }
  // Another run may have been quicker.
  await rename(fresh, FOLDER).catch(() => rm(fresh, { recursive: true }));
  return FOLDER;
}

/** What cfn-lint says of a template, a line each; nothing when it is clean. Warnings and notes count. */
export async function cfnLint(path: string): Promise<readonly string[]> {
  const main = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  const run = promisify(execFile)(
    'python3',
    ['-c', main, '--include-checks', 'I', '--format', 'parseable', '--', path],
    { env: { ...process.env, PYTHONPATH: await awsTools() } },
  );
  const { stdout, stderr } = await run.catch((error: { stdout?: string; stderr?: string }) => ({
    stdout: error.stdout ?? '',
    stderr: `${error.stderr ?? ''}\n(cfn-lint failed)`,
  }));
  return [...stdout.split('\n'), ...stderr.split('\n')].filter((line) => line.trim() !== '');
}
