import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { bedError } from '../errors.ts';
import { requireJava, runCommand } from '../java.ts';

/** `server` is for 127.0.0.1, localhost and connect.bed.test (which only a proxy can find); all others are wrong in the way that they say. */
export type CertificateName =
  | 'server'
  | 'expired-server'
  | 'other-host-server'
  | 'unknown-ca-server'
  | 'client'
  | 'expired-client'
  | 'unknown-ca-client';

export type AuthorityName = 'ca' | 'unknown-ca';
export type StoreType = 'PKCS12' | 'JKS';

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly certificatePem: string;
  /** PKCS#8, not encrypted. */
  readonly keyPem: string;
}

export interface StoreFile {
  readonly file: string;
  readonly type: StoreType;
  readonly password: string;
}

export interface Authority {
  readonly folder: string;
  readonly caFile: (name?: AuthorityName) => string;
  readonly caPem: (name?: AuthorityName) => string;
  readonly certificate: (name: CertificateName) => CertificateFiles;
  /** Key and chain, as Java wrote them. */
  readonly keyStore: (name: CertificateName, type?: StoreType) => StoreFile;
  /** The authority's certificate only. */
  readonly trustStore: (name?: AuthorityName, type?: StoreType) => StoreFile;
}

const PROGRAM = fileURLToPath(new URL('./Authority.java', import.meta.url));
const PASSWORD_FILE = 'store-password';

/** Makes all keys and certificates in the folder, in about 3 s. Throws a bed error without a JDK. */
export async function makeAuthority(folder: string): Promise<Authority> {
  await requireJava();
  await mkdir(folder, { recursive: true });
  const password = randomBytes(16).toString('hex');
  await writeFile(join(folder, PASSWORD_FILE), password, { mode: 0o600 });
  const keytool = ['--add-exports', 'java.base/sun.security.tools.keytool=ALL-UNNAMED'];
  const args = ['-XX:TieredStopAtLevel=1', ...keytool, PROGRAM, folder];
  const missing = 'Java was not found on PATH.';
  const withPassword = { ...env, BED_STORE_PASSWORD: password };
  const { exitCode, output } = await runCommand('java', args, { missing, env: withPassword });
  if (exitCode !== 0) throw bedError(`Making certificates failed with exit code ${exitCode}: ${output.trim()}`);
  return openAuthority(folder);
}

/** The same for another process: what `makeAuthority` left in the folder. */
export function openAuthority(folder: string): Authority {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const password = read(PASSWORD_FILE);
  const store = (name: string, type: StoreType) => ({
    file: join(folder, `${name}.${type === 'JKS' ? 'jks' : 'p12'}`),
    type,
    password,
  });
  return {
    folder,
    caFile: (name = 'ca') => join(folder, `${name}.pem`),
    caPem: (name = 'ca') => read(`${name}.pem`),
    certificate: (name) => ({
      certificateFile: join(folder, `${name}.pem`),
      keyFile: join(folder, `${name}-key.pem`),
      certificatePem: read(`${name}.pem`),
      keyPem: read(`${name}-key.pem`),
    }),
    keyStore: (name, type = 'PKCS12') => store(name, type),
    trustStore: (name = 'ca', type = 'PKCS12') => store(`${name}-trust`, type),
  };
}

/** Broker or worker properties for a listener with this certificate. */
export function keyStoreProperties({ file, type, password }: StoreFile): Record<string, string> {
  return {
    'ssl.keystore.type': type,
    'ssl.keystore.location': file,
    'ssl.keystore.password': password,
    'ssl.key.password': password,
  };
}

export function trustStoreProperties({ file, type, password }: StoreFile): Record<string, string> {
  return { 'ssl.truststore.type': type, 'ssl.truststore.location': file, 'ssl.truststore.password': password };
}
