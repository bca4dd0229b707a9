/** Real stores, made by Java's keytool in a folder of the test. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** Half the processor time of a Java that makes itself ready for a long run. */
const LIGHT_JAVA = ['-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC', '-J-Xshare:auto'];

export const STORE_PASSWORD = 'canary-store-7f3a9';

export interface KeyOptions {
  readonly type: 'JKS' | 'JCEKS' | 'PKCS12';
  readonly alias?: string;
  readonly algorithm?: 'RSA' | 'EC';
  /** `-J-D…` options of the Java that runs it. */
  readonly java?: readonly string[];
  /** Days from now that it starts at, and days that it lasts. */
  readonly startDays?: number;
  readonly validDays?: number;
  readonly password?: string;
  readonly keyPassword?: string;
}

/** A folder that goes when the test or file does. */
export async function storeFolder(whenDone: (clean: () => Promise<void>) => void = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stores-'));
  whenDone(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** One key with its own self-signed certificate, added if the store is there already. */
export async function addKey(store: string, options: KeyOptions): Promise<void> {
  const { alias = 'mm2', algorithm = 'RSA', startDays = 0, validDays = 30 } = options;
  const size = algorithm === 'RSA' ? ['-keysize', '2048'] : ['-groupname', 'secp256r1'];
  const times = ['-startdate', `${startDays < 0 ? '' : '+'}${startDays}d`, '-validity', String(validDays)];
  const key = ['-alias', alias, '-keyalg', algorithm, ...size, '-dname', `CN=${alias}`, ...times];
  await keytool(['-genkeypair', ...key, ...storeArguments(store, options), ...keyPassword(options)], options.java);
}

/** The certificate of `alias` in PEM. */
export async function exportCertificate(store: string, options: KeyOptions): Promise<string> {
  const { alias = 'mm2' } = options;
  return keytool(['-exportcert', '-rfc', '-alias', alias, ...storeArguments(store, options)], options.java);
}

export async function trust(store: string, file: string, options: KeyOptions): Promise<void> {
  const { alias = 'ca' } = options;
  const args = ['-importcert', '-noprompt', '-alias', alias, '-file', file];
  await keytool([...args, ...storeArguments(store, options)], options.java);
}

export async function addSecretKey(store: string, options: KeyOptions): Promise<void> {
  const key = ['-genseckey', '-alias', 'secret', '-keyalg', 'AES', '-keysize', '128'];
  await keytool([...key, ...storeArguments(store, options), ...keyPassword(options)], options.java);
}

export async function keytool(args: readonly string[], java: readonly string[] = []): Promise<string> {
  const options = { env: { ...env, JAVA_TOOL_OPTIONS: '' }, timeout: 120_000 };
  const { stdout } = await run('keytool', [...LIGHT_JAVA, ...java, ...args], options);
  return stdout;
}

const TWO_PASSWORDS = fileURLToPath(new URL('TwoPasswords.java', import.meta.url));

/** A copy of a PKCS12 store of one key, by Java's API. */
export async function giveKeyAnotherPassword(store: string, copy: string, keyPassword: string): Promise<void> {
  const options = { env: { ...env, JAVA_TOOL_OPTIONS: '' }, timeout: 120_000 };
  await run('java', [TWO_PASSWORDS, store, copy, STORE_PASSWORD, keyPassword], options);
}

function storeArguments(store: string, { type, password = STORE_PASSWORD }: KeyOptions): readonly string[] {
  return ['-keystore', store, '-storetype', type, '-storepass', password];
}

/** Always there: for JKS keytool asks for it otherwise. */
function keyPassword({ password = STORE_PASSWORD, keyPassword: own = password }: KeyOptions): readonly string[] {
  return ['-keypass', own];
}
