import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStore } from '../../../../src/adapters/files/key-stores/key-store.ts';
import type { StoreRequest } from '../../../../src/inputs/key-files.ts';
import {
  addKey,
  addSecretKey,
  exportCertificate,
  giveKeyAnotherPassword,
  type KeyOptions,
  keytool,
  STORE_PASSWORD,
  storeFolder,
  trust,
} from './keytool.ts';

const cleanUp: (() => Promise<void>)[] = [];
let folder = '';
let caFile = '';
let ca = '';

beforeAll(async () => {
  folder = await storeFolder((clean) => cleanUp.push(clean));
  const authority: KeyOptions = { type: 'PKCS12', alias: 'authority', algorithm: 'EC' };
  await addKey(join(folder, 'authority.p12'), authority);
  ca = await exportCertificate(join(folder, 'authority.p12'), authority);
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca);
});
afterAll(() => Promise.all(cleanUp.map((clean) => clean())));

function asKey(others: Partial<StoreRequest> = {}): StoreRequest {
  return { holds: 'key', type: null, password: STORE_PASSWORD, keyPassword: null, ...others };
}

function asTrusted(others: Partial<StoreRequest> = {}): StoreRequest {
  return { ...asKey(), holds: 'trusted', ...others };
}

function readKey(path: string, request: StoreRequest) {
  const reading = readStore(path, request);
  if (reading.kind !== 'store' || reading.key === null) throw new Error(JSON.stringify(reading));
  return { key: createPrivateKey(reading.key), certificate: new X509Certificate(reading.certificates) };
}

const LEGACY = ['-J-Dkeystore.pkcs12.legacy'];
const KINDS: readonly (readonly [string, KeyOptions])[] = [
  ['JKS with RSA', { type: 'JKS', algorithm: 'RSA' }],
  ['JKS with EC and another password of the key', { type: 'JKS', algorithm: 'EC', keyPassword: 'canary-key' }],
  ['JCEKS with another password of the key', { type: 'JCEKS', algorithm: 'RSA', keyPassword: 'canary-key' }],
  ['PKCS12 with RSA', { type: 'PKCS12', algorithm: 'RSA' }],
  ['PKCS12 with EC', { type: 'PKCS12', algorithm: 'EC' }],
  ['PKCS12 with RSA of Java before 17 (RC2, 3DES)', { type: 'PKCS12', algorithm: 'RSA', java: LEGACY }],
  ['PKCS12 with EC of Java before 17 (RC2, 3DES)', { type: 'PKCS12', algorithm: 'EC', java: LEGACY }],
];

describe.each(KINDS)('%s', (name, options) => {
  const path = () => join(folder, `${name.replaceAll(/\W+/g, '-')}.store`);
  const truststore = () => `${path()}.trust`;
  const keyPassword = options.keyPassword ?? null;

  beforeAll(async () => {
    await Promise.all([addKey(path(), options), trust(truststore(), caFile, { ...options, alias: 'ca' })]);
  });

  test('gives the key with its certificate, whatever the type says that Java would read too', () => {
    const { key, certificate } = readKey(path(), asKey({ keyPassword }));
    expect(key.asymmetricKeyType).toBe(options.algorithm?.toLowerCase());
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.subject).toBe('CN=mm2');
    for (const type of options.type === 'JCEKS' ? ['jceks'] : ['JKS', 'pkcs12']) {
      expect(readStore(path(), asKey({ keyPassword, type }))).toMatchObject({ kind: 'store' });
    }
  });

  test('says that the password of the store is another, or missing', () => {
    const wrong = readStore(path(), asKey({ password: 'another', keyPassword }));
    expect(wrong).toEqual({ kind: 'fault', fault: { kind: 'password-wrong' } });
    const missing = readStore(path(), asKey({ password: null }));
    expect(missing).toEqual({ kind: 'fault', fault: { kind: 'password-missing' } });
  });

  test('says that the password of the key is another', () => {
    const reading = readStore(path(), asKey({ keyPassword: 'another' }));
    expect(reading).toEqual({ kind: 'fault', fault: { kind: 'key-password-wrong' } });
  });

  test('says that it holds no trusted certificates where a key is looked for', () => {
    const fault = { kind: 'no-key', aliases: ['ca'] };
    expect(readStore(truststore(), asKey())).toEqual({ kind: 'fault', fault });
  });

  test('gives trusted certificates', () => {
    const reading = readStore(truststore(), asTrusted());
    expect(reading).toMatchObject({ kind: 'store', key: null });
    const { certificates } = reading as { certificates: string };
    expect(new X509Certificate(certificates).toString()).toBe(new X509Certificate(ca).toString());
  });

  test('as a truststore trusts the certificate of its key, as Java does', () => {
    const reading = readStore(path(), asTrusted()) as { certificates: string };
    expect(new X509Certificate(reading.certificates).subject).toBe('CN=mm2');
  });

  test('is damaged where a part is missing', async () => {
    const { bytes } = await cut(path());
    expect(readStore(bytes, asKey({ keyPassword }))).toMatchObject({
      kind: 'fault',
      fault: { kind: expect.stringMatching(/^(?:damaged|password-wrong|other-format)$/) },
    });
  });
});

async function cut(path: string): Promise<{ readonly bytes: string }> {
  const whole = await readFile(path);
  const bytes = `${path}.cut`;
  await writeFile(bytes, whole.subarray(0, whole.length - 200));
  return { bytes };
}

test.each(['JKS', 'JCEKS', 'PKCS12'] as const)('%s with several keys: their aliases are said', async (type) => {
  const path = join(folder, `several.${type}`);
  await addKey(path, { type, alias: 'mm2' });
  await addKey(path, { type, alias: 'other' });
  const fault = { kind: 'several-keys', aliases: ['mm2', 'other'] };
  expect(readStore(path, asKey())).toEqual({ kind: 'fault', fault });
});

describe('PKCS12 otherwise', () => {
  test('without any password', async () => {
    const path = join(folder, 'open.p12');
    const none = ['-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE', '-J-Dkeystore.pkcs12.macAlgorithm=NONE'];
    await trust(path, caFile, { type: 'PKCS12', java: none });
    expect(readStore(path, asTrusted({ password: null }))).toMatchObject({ kind: 'store' });
  });

  test('with a password of the key that is not that of the store, which keytool cannot make', async () => {
    const path = join(folder, 'two-passwords.p12');
    await giveKeyAnotherPassword(join(folder, 'authority.p12'), path, 'canary-key');
    expect(readKey(path, asKey({ keyPassword: 'canary-key' })).key.type).toBe('private');
    expect(readStore(path, asKey())).toEqual({ kind: 'fault', fault: { kind: 'key-password-wrong' } });
  });

  test('the chain follows the key, the issuers after their certificate', async () => {
    const path = join(folder, 'chain.p12');
    await signedByAuthority(path);
    const reading = readStore(path, asKey()) as { certificates: string };
    const subjects = reading.certificates.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    expect(subjects.map((pem) => new X509Certificate(pem).subject)).toEqual(['CN=leaf', 'CN=authority']);
  });
});

async function signedByAuthority(path: string): Promise<void> {
  const store = ['-keystore', path, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD];
  const authority = ['-keystore', join(folder, 'authority.p12'), '-storepass', STORE_PASSWORD];
  await addKey(path, { type: 'PKCS12', alias: 'leaf' });
  await keytool(['-certreq', '-alias', 'leaf', '-file', `${path}.csr`, ...store]);
  await keytool(['-gencert', '-alias', 'authority', '-infile', `${path}.csr`, '-outfile', `${path}.crt`, ...authority]);
  await keytool(['-importcert', '-noprompt', '-alias', 'ca', '-file', caFile, ...store]);
  await keytool(['-importcert', '-noprompt', '-alias', 'leaf', '-file', `${path}.crt`, ...store]);
}

describe('what is no store', () => {
  test.each<[string, string | Buffer, string]>([
    ['HTML', '<!DOCTYPE html><html>404</html>', 'a page of HTML or XML'],
    ['an empty file', '', 'an empty file'],
    ['a text', 'hello', 'a text without a PEM block'],
    [
      'base64 of JKS',
      `${Buffer.from('feedfeed0000000200000000', 'hex').toString('base64')}\n`,
      'base64 of a JKS store',
    ],
    ['BKS', Buffer.from('0000000200000014aabb', 'hex'), 'a store of Bouncy Castle (BKS)'],
    ['noise', Buffer.from('80ff80ff80ff', 'hex'), 'none of these (a damaged file?)'],
  ])('%s', async (name, content, seen) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.other`);
    await writeFile(path, content);
    expect(readStore(path, asKey())).toMatchObject({ kind: 'fault', fault: { kind: 'other-format', seen } });
  });

  test('a certificate in DER', async () => {
    const path = join(folder, 'ca.der');
    await writeFile(path, new X509Certificate(ca).raw);
    const fault = { kind: 'other-format', seen: 'a single certificate in DER' };
    expect(readStore(path, asTrusted())).toMatchObject({ kind: 'fault', fault });
  });

  test('a PEM file where another type is said, and a store where PEM is said', () => {
    expect(readStore(caFile, asTrusted())).toMatchObject({ kind: 'pem' });
    expect(readStore(caFile, asTrusted({ type: 'JKS' }))).toEqual({
      kind: 'fault',
      fault: { kind: 'other-type', seen: 'PEM' },
    });
    expect(readStore(join(folder, 'authority.p12'), asKey({ type: 'PEM' }))).toEqual({
      kind: 'fault',
      fault: { kind: 'other-type', seen: 'PKCS12' },
    });
    expect(readStore(caFile, asTrusted({ type: 'BKS' }))).toEqual({ kind: 'fault', fault: { kind: 'unknown-type' } });
  });

  test('a path without a file', () => {
    const fault = { kind: 'unreadable', reason: 'no such file' };
    expect(readStore(join(folder, 'missing.jks'), asKey())).toEqual({ kind: 'fault', fault });
  });

  test('a secret key beside the private one in JCEKS', async () => {
    const path = join(folder, 'secret.jceks');
    await addKey(path, { type: 'JCEKS' });
    await addSecretKey(path, { type: 'JCEKS' });
    expect(readStore(path, asKey())).toMatchObject({ kind: 'fault', fault: { kind: 'unknown-cipher' } });
  });
});
