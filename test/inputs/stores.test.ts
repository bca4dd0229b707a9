import { createPrivateKey, generateKeyPairSync, type KeyExportOptions, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeyFiles } from '../../src/adapters/files/key-stores/key-files.ts';
import { readTextFile } from '../../src/adapters/files/text-file.ts';
import type { InputProblem } from '../../src/errors.ts';
import type { InputContext } from '../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { addKey, exportCertificate, STORE_PASSWORD, storeFolder, trust } from '../adapters/files/key-stores/keytool.ts';
import { parse, problemsOf, type Raw } from './reading.ts';

const KEY_PASSWORD = 'canary-key-7f3a9';
const context: Partial<InputContext> = { readFile: readTextFile, keyFiles: createKeyFiles(Date.now) };
const cleanUp: (() => Promise<void>)[] = [];
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await storeFolder((clean) => cleanUp.push(clean));
  await Promise.all([
    addKey(at('key.p12'), { type: 'PKCS12' }),
    addKey(at('key.jks'), { type: 'JKS', keyPassword: KEY_PASSWORD }),
    addKey(at('expired.p12'), { type: 'PKCS12', startDays: -10, validDays: 5 }),
  ]);
  for (const name of ['key', 'expired']) {
    await writeFile(at(`${name}.pem`), await exportCertificate(at(`${name}.p12`), { type: 'PKCS12' }));
  }
  await trust(at('trust.jks'), at('key.pem'), { type: 'JKS' });
  await writeFile(at('error.jks'), '<html>404</html>');
});
afterAll(() => Promise.all(cleanUp.map((clean) => clean())));

function ssl(...lines: readonly string[]): Raw {
  const text = ['bootstrap.servers=new-1:9094', 'security.protocol=SSL', ...lines].join('\n');
  return { command: 'sync', 'target-properties': text };
}

function truststore(file: string, password: string | null = STORE_PASSWORD): readonly string[] {
  return [`ssl.truststore.location=${at(file)}`, ...(password === null ? [] : [`ssl.truststore.password=${password}`])];
}

function keystore(file: string, password: string | null = STORE_PASSWORD): readonly string[] {
  return [`ssl.keystore.location=${at(file)}`, ...(password === null ? [] : [`ssl.keystore.password=${password}`])];
}

function read(raw: Raw, others: Partial<InputContext> = {}): Inputs {
  const inputs = parse(raw, {}, {}, { ...context, ...others });
  expect(inputs.notices.join()).not.toMatch(/canary/);
  return inputs;
}

/** Free of every secret of this file. */
function problems(raw: Raw): readonly InputProblem[] {
  const found = problemsOf(raw, {}, context);
  expect(JSON.stringify(found)).not.toMatch(/canary/);
  return found;
}

/** The private key of a store, in the form that a user may have it in. */
function keyOf(store: string, form: KeyExportOptions<'pem'> | null): string {
  const { target } = read(ssl(...keystore(store)));
  const key = target?.tls?.key ?? '';
  return form === null ? key : String(createPrivateKey(key).export(form));
}

describe('stores in client properties', () => {
  test('become PEM, whatever they are', async () => {
    const { target, secrets, notices } = read(
      ssl(
        ...truststore('trust.jks'),
        ...keystore('key.jks'),
        'ssl.keystore.type=JKS',
        `ssl.key.password=${KEY_PASSWORD}`,
      ),
    );
    const tls = target?.tls;
    expect(tls?.ca?.trim()).toBe((await readFile(at('key.pem'), 'utf8')).trim().replaceAll('\r\n', '\n'));
    expect(tls?.certificate).toContain('-----BEGIN CERTIFICATE-----');
    expect(tls?.key).toContain('-----BEGIN PRIVATE KEY-----');
    expect(tls?.keyPassword).toBeNull();
    expect(notices).toEqual([]);
    const lines = tls?.key?.split('\n').slice(1, -2) ?? [];
    expect(lines.length).toBeGreaterThan(10);
    expect(secrets).toEqual(expect.arrayContaining([STORE_PASSWORD, KEY_PASSWORD, ...lines]));
  });

  test('trusted certificates in JKS need no password, as in Java', () => {
    expect(read(ssl(...truststore('trust.jks', null))).target?.tls?.ca).toContain('BEGIN CERTIFICATE');
  });

  test('the password of the key may come from its own input', () => {
    const raw = { ...ssl(...keystore('key.jks')), 'target-key-password': KEY_PASSWORD };
    const { target, notices } = read(raw);
    expect(target?.tls?.key).toContain('BEGIN PRIVATE KEY');
    expect(notices).toEqual([]);
  });

  test('without secrets, the public parts are still read', () => {
    const raw = ssl(...truststore('trust.jks', null), ...keystore('key.p12', null));
    expect(read(raw, { secretsNeeded: false }).target?.tls).toMatchObject({
      ca: expect.stringContaining('BEGIN CERTIFICATE'),
      key: null,
    });
    expect(problems(raw)).toHaveLength(1);
  });

  test('all that is wrong is said at once, each with its file', () => {
    const found = problems(ssl(...truststore('missing.jks'), ...keystore('key.p12', 'canary-wrong')));
    expect(found.map(({ expected, seen }) => `${expected}: ${seen}`)).toEqual([
      `the password of "${at('key.p12')}" in ssl.keystore.password: another password (hidden)`,
      `the path of a readable store in ssl.truststore.location: "${at('missing.jks')}" (no such file)`,
    ]);
  });
});

describe('bad input: stores', () => {
  const LIST = 'keytool -list -keystore FILE opens it with the right one.';
  const rows: Readonly<
    Record<string, () => readonly [lines: readonly string[], problem: Omit<InputProblem, 'input'>]>
  > = {
    'no password': () => [
      keystore('key.p12', null),
      { expected: `the password of "${at('key.p12')}" in ssl.keystore.password`, seen: 'nothing', hint: LIST },
    ],
    'another password of the truststore': () => [
      truststore('trust.jks', 'canary-wrong'),
      {
        expected: `the password of "${at('trust.jks')}" in ssl.truststore.password`,
        seen: 'another password (hidden)',
        hint: LIST,
      },
    ],
    'another password of the key': () => [
      [...keystore('key.jks'), 'ssl.key.password=canary-wrong'],
      {
        expected: `the password of the key in "${at('key.jks')}" in ssl.key.password`,
        seen: 'another password (hidden)',
        hint: 'Without ssl.key.password that of the store is taken, as in Java.',
      },
    ],
    'no password of the key': () => [
      keystore('key.jks'),
      {
        expected: `the password of the key in "${at('key.jks')}" in ssl.key.password`,
        seen: 'nothing, and that of the store does not open it',
        hint: 'Without ssl.key.password that of the store is taken, as in Java.',
      },
    ],
    'a truststore as keystore': () => [
      keystore('trust.jks'),
      {
        expected: 'a private key with its certificate in ssl.keystore.location',
        seen: `"${at('trust.jks')}" with trusted certificates only ("ca")`,
        hint: 'Keystore and truststore may have been swapped.',
      },
    ],
    'an error page': () => [
      truststore('error.jks'),
      {
        expected: 'a store in PKCS12, JKS, JCEKS or PEM in ssl.truststore.location',
        seen: `"${at('error.jks')}", which is a page of HTML or XML`,
        hint: 'A download gave an error page: fetch the store again.',
      },
    ],
    'PEM where JKS is said': () => [
      [...truststore('key.pem'), 'ssl.truststore.type=JKS'],
      {
        expected: `PEM, as the content of "${at('key.pem')}" in ssl.truststore.type`,
        seen: '"JKS"',
        hint: 'Correct the type, or leave it out: the content tells it.',
      },
    ],
    'a type that cannot be read': () => [
      [...truststore('key.pem'), 'ssl.truststore.type=BCFKS'],
      {
        expected: 'PKCS12, JKS, JCEKS or PEM in ssl.truststore.type',
        seen: '"BCFKS"',
        hint: 'Convert it: keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12.',
      },
    ],
  };

  test.each(Object.keys(rows))('%s', (name) => {
    const [lines, problem] = rows[name]?.() ?? [[], {}];
    expect(problems(ssl(...lines))).toEqual([{ input: 'target-properties', ...problem }]);
  });
});

describe('an encrypted key', () => {
  const forms = [
    ['PKCS#8', { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: KEY_PASSWORD }],
    ['PKCS#8 by 3DES', { type: 'pkcs8', format: 'pem', cipher: 'des-ede3-cbc', passphrase: KEY_PASSWORD }],
    ['the traditional form', { type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: KEY_PASSWORD }],
  ] as const;

  function mtls(key: string, password: string): Raw {
    return {
      command: 'sync',
      'target-bootstrap-servers': 'new-1:9094',
      'target-auth': 'mtls',
      'target-certificate': at('key.pem'),
      'target-key': key,
      'target-key-password': password,
    };
  }

  test.each(forms)('in %s opens with its password and with no other', (_, form) => {
    const key = keyOf('key.p12', form);
    expect(read(mtls(key, KEY_PASSWORD)).target?.tls).toMatchObject({ key, keyPassword: KEY_PASSWORD });
    expect(problems(mtls(key, 'canary-wrong'))).toEqual([
      {
        input: 'target-key-password',
        expected: 'the password of the key of target-key',
        seen: 'another password (hidden)',
        hint: 'openssl pkey -in FILE -noout asks for it: try it there.',
      },
    ]);
  });

  test('by a cipher that OpenSSL 3 has put aside says how to encrypt it anew', () => {
    const body = Buffer.alloc(96, 'canary-body')
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n');
    const head = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0011223344556677\n';
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${head}\n${body}\n-----END RSA PRIVATE KEY-----\n`;
    expect(problems(mtls(key, KEY_PASSWORD))).toEqual([
      {
        input: 'target-key',
        expected: 'a private key that OpenSSL 3 can decrypt',
        seen: 'one encrypted by an old cipher in target-key',
        hint: 'Encrypt it anew: openssl pkey -provider legacy -provider default -in OLD | openssl pkcs8 -topk8 -v2 aes256 -out NEW.',
      },
    ]);
  });

  test('in a PEM store has a password that its problem names the file of', async () => {
    const [, form] = forms[0];
    await writeFile(at('store.pem'), keyOf('key.p12', form) + (await readFile(at('key.pem'), 'utf8')));
    const lines = [`ssl.keystore.location=${at('store.pem')}`, 'ssl.keystore.type=PEM'];
    expect(read(ssl(...lines, `ssl.key.password=${KEY_PASSWORD}`)).target?.tls?.keyPassword).toBe(KEY_PASSWORD);
    expect(problems(ssl(...lines, 'ssl.key.password=canary-wrong')).map(({ expected }) => expected)).toEqual([
      `the password of the key of "${at('store.pem')}" (ssl.keystore.location in target-properties)`,
    ]);
  });
});

describe('key and certificate', () => {
  function pair(certificate: string, key: string): Raw {
    return {
      command: 'sync',
      'target-bootstrap-servers': 'new-1:9094',
      'target-auth': 'mtls',
      'target-certificate': certificate,
      'target-key': key,
    };
  }
  const another = () =>
    String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

  test('that do not belong together are refused, for Connect too', () => {
    const problem = {
      seen: expect.stringContaining('that of another key in '),
      hint: 'Give the two files that were made together.',
    };
    expect(problems(pair(at('key.pem'), another()))).toEqual([
      { ...problem, input: 'target-certificate', expected: 'the certificate of the key of target-key' },
    ]);
    const connect = { 'connect-url': 'https://c', 'connect-certificate': at('key.pem'), 'connect-key': another() };
    expect(problems({ ...connect, command: 'sync', 'target-bootstrap-servers': 'new-1:9092' })).toEqual([
      { ...problem, input: 'connect-certificate', expected: 'the certificate of the key of connect-key' },
    ]);
  });

  test('in a chain: the certificate of the key stands first', async () => {
    const [own, other] = await Promise.all(['key.pem', 'expired.pem'].map((name) => readFile(at(name), 'utf8')));
    expect(problems(pair(`${other}${own}`, keyOf('key.p12', null))).map(({ hint }) => hint)).toEqual([
      'Put the certificate of the key first, then those of its authorities.',
    ]);
  });

  test('whose time is over are a notice with file and day, and no name from inside', () => {
    // Midnight may have passed since it was made.
    const { validTo } = new X509Certificate(readFileSync(at('expired.pem')));
    const day = new Date(validTo).toISOString().slice(0, 10);
    const { notices } = read({
      ...pair(at('expired.pem'), keyOf('expired.p12', null)),
      'target-ca': at('expired.pem'),
    });
    expect(notices).toEqual([
      `target-ca ("${at('expired.pem')}"): the certificate expired on ${day}.`,
      `target-certificate ("${at('expired.pem')}"): the certificate expired on ${day}.`,
    ]);
    const byStore = read(ssl(...keystore('expired.p12')));
    expect(byStore.notices).toEqual([
      `"${at('expired.p12')}" (ssl.keystore.location in target-properties): the certificate expired on ${day}.`,
    ]);
  });

  test('that OpenSSL cannot read are a problem', () => {
    const broken = `-----BEGIN CERTIFICATE-----\n${Buffer.from('0\u0003abc').toString('base64')}\n-----END CERTIFICATE-----\n`;
    expect(problems({ ...pair(at('key.pem'), keyOf('key.p12', null)), 'target-ca': broken })).toEqual([
      {
        input: 'target-ca',
        expected: 'X.509 certificates',
        seen: 'a block that OpenSSL cannot read in target-ca',
        hint: 'The text was changed on its way: copy the file again.',
      },
    ]);
  });
});
