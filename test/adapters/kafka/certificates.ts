/** Throw-away keys and certificates, made by the openssl command. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const run = promisify(execFile);

/** Self-signed, so it is its own authority. `names`: for example `DNS:localhost,IP:127.0.0.1`. */
export async function selfSigned(names: string): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'certificates-'));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  try {
    const subject = ['-subj', '/CN=test', '-addext', `subjectAltName=${names}`];
    const out = ['-keyout', key, '-out', cert, '-days', '2'];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-batch', ...subject, ...out]);
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
