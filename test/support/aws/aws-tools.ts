/** moto, cfn-lint and parliament from PyPI, in a folder of their versions outside of the repository. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pythonPackages } from '../tool-cache.ts';

const PACKAGES = ['moto[server]==5.2.5', 'boto3==1.44.5', 'cfn-lint==1.58.0', 'parliament==1.6.4'];

/** For PYTHONPATH. */
export function awsTools(): Promise<string> {
  return pythonPackages('aws-moto5.2.5-cfnlint1.58.0-parliament1.6.4', PACKAGES);
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
