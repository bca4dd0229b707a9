import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { bedError } from './errors.ts';
import { runCommand } from './java.ts';
import type { ListenerSpec } from './listeners.ts';

export interface TlsListener {
  readonly listener: ListenerSpec;
  /** The self-signed certificate in PEM: what a client must trust. */
  readonly caPem: string;
}

export interface TlsListenerOptions {
  /** Keeps the key store; it must outlive the cluster. */
  readonly folder: string;
  /** `TLS` by default. */
  readonly name?: string;
  readonly protocol?: 'SSL' | 'SASL_SSL';
  /** Added to the listener's own properties, for example SASL users. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** A TLS listener with a fresh self-signed certificate for 127.0.0.1 and localhost, made by Java's keytool. */
export async function tlsListener(options: TlsListenerOptions): Promise<TlsListener> {
  const name = options.name ?? 'TLS';
  const keyStore = join(options.folder, `${name}.p12`);
  const certificate = join(options.folder, `${name}.pem`);
  const password = randomBytes(16).toString('hex');
  const store = [
    '-keystore',
    keyStore,
    '-storetype',
    'PKCS12',
    '-alias',
    'broker',
    '-storepass:env',
    'BED_STORE_PASSWORD',
  ];
  const names = ['-dname', 'CN=localhost', '-ext', 'SAN=ip:127.0.0.1,dns:localhost', '-ext', 'bc=ca:true'];
  const algorithm = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '3650'];
  await keytool(['-genkeypair', ...algorithm, ...names, ...store], password);
  await keytool(['-exportcert', '-rfc', '-file', certificate, ...store], password);
  return {
    listener: {
      name,
      protocol: options.protocol ?? 'SSL',
      properties: {
        ...options.properties,
        'ssl.keystore.type': 'PKCS12',
        'ssl.keystore.location': keyStore,
        'ssl.keystore.password': password,
        'ssl.key.password': password,
      },
    },
    caPem: await readFile(certificate, 'utf8'),
  };
}

async function keytool(args: readonly string[], password: string): Promise<void> {
  const missing = 'keytool was not found on PATH; it comes with Java >= 17.';
  const withPassword = { ...env, BED_STORE_PASSWORD: password };
  const { exitCode, output } = await runCommand('keytool', args, { missing, env: withPassword });
  if (exitCode !== 0) throw bedError(`keytool ${args[0]} failed with exit code ${exitCode}: ${output.trim()}`);
}
