import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { bedError } from '../errors.ts';
import { resolveJars } from '../jars.ts';
import { runCommand } from '../java.ts';

const PROGRAM = fileURLToPath(new URL('./ScramUsers.java', import.meta.url));
const TIMEOUT_MS = 300_000;

/** Creates the users (name to password) for SCRAM-SHA-256 and SCRAM-SHA-512, by Java's AdminClient, until they may sign in. */
export async function createScramUsers(
  cluster: { readonly address: { readonly bootstrapServers: string } },
  users: Readonly<Record<string, string>>,
): Promise<void> {
  const { classPath } = await resolveJars();
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const lines = Object.entries(users).map(([name, password]) => `${base64(name)} ${base64(password)}`);
  const args = ['-XX:TieredStopAtLevel=1', '-cp', classPath, PROGRAM, cluster.address.bootstrapServers];
  const missing = 'Java was not found on PATH.';
  const settings = { missing, timeoutMs: TIMEOUT_MS, env: { ...env, BED_USERS: lines.join('\n') } };
  const { exitCode, output } = await runCommand('java', args, settings);
  if (exitCode !== 0) throw bedError(`Creating SCRAM users failed with exit code ${exitCode}: ${output.trim()}`);
}
