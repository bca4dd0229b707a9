/** Signing in by a Java client's properties, from a file and as a text, with stores as Java writes them. */
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { propertiesText } from '../../../src/testbed/broker-config.ts';
import type { StoreType } from '../../../src/testbed/security/authority.ts';
import { clientProperties } from '../../../src/testbed/security/client-properties.ts';
import { AWKWARD_PASSWORD } from '../../../src/testbed/security/secure-listeners.ts';
import { ownName } from '../../support/names.ts';
import { rowOf } from '../../support/run.ts';
import type { Side } from './matrix-table.ts';
import { type ReplicatedOrders, writeReplicatedOrders } from './replicated-orders.ts';
import {
  accessOf,
  authority,
  errorsOf,
  parsed,
  type RawInputs,
  runWith,
  SCHEMES,
  type Scheme,
  secureBed,
  sideInputs,
  withEnvironment,
} from './secure-run.ts';

/** `inline`: PEM in the properties themselves; `PEM`: in files; the others as keytool makes them. */
type Stores = 'inline' | 'PEM' | StoreType;
type Form = 'a file' | 'a text';

const name = ownName('properties');
const GROUP = `${name}-group`;
const COMMITTED = 17n;
let orders: ReplicatedOrders;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(secureBed.folder, 'properties-'));
  orders = await writeReplicatedOrders(name, new Map([[GROUP, COMMITTED]]));
});

const overTls = (scheme: Scheme) => scheme === 'iam' || accessOf(scheme).protocol.endsWith('SSL');
const ALL_STORES: readonly Stores[] = ['inline', 'PEM', 'PKCS12', 'JKS'];
const ROWS = SCHEMES.flatMap((scheme) =>
  (overTls(scheme) ? ALL_STORES : ALL_STORES.slice(0, 1)).flatMap((stores) => [
    { scheme, stores, side: 'source' as Side, form: 'a file' as Form },
    { scheme, stores, side: 'target' as Side, form: 'a text' as Form },
  ]),
);

test.each(ROWS)('$scheme on the $side by $form, stores: $stores', async ({ scheme, stores, side, form }) => {
  const properties = await propertiesOf(scheme, stores);
  const text = propertiesText({ ...properties, 'group.id': 'unused' });
  await syncsWith(side, form === 'a file' ? await writtenFile(text) : text, scheme);
});

/** A dry run that reads both sides, one of them by these properties alone. */
async function syncsWith(side: Side, properties: string, scheme: Scheme, more: RawInputs = {}): Promise<void> {
  const servers = { [`${side}-bootstrap-servers`]: sideInputs(side, scheme)[`${side}-bootstrap-servers`] ?? '' };
  const other = sideInputs(side === 'source' ? 'target' : 'source', 'none');
  const environment = scheme === 'iam' ? secureBed.iamEnvironment : {};
  const raw = { command: 'sync', 'dry-run': 'true', ...other, ...servers, [`${side}-properties`]: properties, ...more };
  const ran = await withEnvironment(environment, () => runWith({ ...raw, ...orders.inputs(GROUP) }));
  expect(errorsOf(ran)).toEqual([]);
  expect(rowOf(ran.report, GROUP, orders.copy)).toMatchObject({ verdict: 'planned', translated: COMMITTED });
  expect(ran.lines.join('\n')).not.toContain(AWKWARD_PASSWORD);
}

async function writtenFile(text: string): Promise<string> {
  const file = join(await mkdtemp(join(folder, 'file-')), 'client.properties');
  await writeFile(file, text);
  return file;
}

async function propertiesOf(scheme: Scheme, stores: Stores): Promise<Readonly<Record<string, string>>> {
  const access = accessOf(scheme === 'iam' ? 'tls' : scheme);
  const inFiles = stores === 'PKCS12' || stores === 'JKS' ? { authority, type: stores } : undefined;
  const properties = clientProperties(access, inFiles);
  const iam = {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'AWS_MSK_IAM',
    'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
    'sasl.client.callback.handler.class': 'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
  };
  const all = scheme === 'iam' ? { ...properties, ...iam } : properties;
  return stores === 'PEM' ? pemFiles(all) : all;
}

/** The same texts in files: one of the authorities, one of the certificate and its key. */
async function pemFiles(properties: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const {
    'ssl.truststore.certificates': trusted = '',
    'ssl.keystore.certificate.chain': chain,
    'ssl.keystore.key': key,
    ...rest
  } = properties;
  const truststore = { ...rest, 'ssl.truststore.location': await writtenFile(trusted) };
  if (chain === undefined) return truststore;
  return { ...truststore, 'ssl.keystore.location': await writtenFile(`${key}${chain}`) };
}

describe('texts as people write them', () => {
  const javaEscaped = (text: string) => propertiesText({ x: text }).slice(2, -1);
  const jaas = () => clientProperties(accessOf('sasl-scram-512'))['sasl.jaas.config'] ?? '';
  const trust = () => authority.trustStore('ca', 'JKS');
  const texts: Readonly<Record<string, { readonly scheme: Scheme; readonly text: () => string }>> = {
    'colons, spaces, comments and lines that go on': {
      scheme: 'sasl-scram-512',
      text: () => `# written by hand
! another comment
security.protocol : SASL_SSL
sasl.mechanism SCRAM-SHA-512
sasl.jaas.config = ${javaEscaped(jaas()).replace(' required ', ' required \\\n      ')}
ssl.truststore.type=JKS
ssl.truststore.location = ${trust().file}
ssl.truststore.password=${trust().password}
`,
    },
    'the upper-case names of the original tool': {
      scheme: 'mtls',
      text: () => `SECURITY_PROTOCOL_CONFIG=SSL
SSL_TRUSTSTORE_LOCATION_CONFIG=${trust().file}
SSL_TRUSTSTORE_PASSWORD_CONFIG=${trust().password}
SSL_KEYSTORE_LOCATION_CONFIG=${authority.keyStore('client', 'JKS').file}
SSL_KEYSTORE_PASSWORD_CONFIG=${trust().password}
SSL_KEY_PASSWORD_CONFIG=${trust().password}
`,
    },
    'a JAAS entry in single quotes, over plaintext': {
      scheme: 'sasl-plain-open',
      text: () => {
        const password = AWKWARD_PASSWORD.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
        const entry = `org.apache.kafka.common.security.plain.PlainLoginModule required username='migrator' password='${password}';`;
        return `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=${javaEscaped(entry)}\n`;
      },
    },
  };

  test.each(Object.entries(texts))('%s', async (_what, { scheme, text }) => {
    await syncsWith('target', text(), scheme);
    await syncsWith('source', await writtenFile(text()), scheme);
  });

  test('no verification of the host name, where it is switched off', async () => {
    const servers = { 'target-bootstrap-servers': secureBed.target.servers['TLS_OTHER_HOST'] ?? '' };
    const text = propertiesText({
      ...clientProperties(accessOf('tls')),
      'ssl.endpoint.identification.algorithm': '',
    });
    await syncsWith('target', text, 'tls', servers);
  });
});

describe('an encrypted key', () => {
  const PASSPHRASE = 'passphrase of the key 1';
  const encrypted = () =>
    createPrivateKey(authority.certificate('client').keyPem)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
      .toString();

  test.each(['source', 'target'] as const)('is opened on the %s by its password', async (side) => {
    const other = sideInputs(side === 'source' ? 'target' : 'source', 'none');
    const key = { [`${side}-key`]: encrypted(), [`${side}-key-password`]: PASSPHRASE };
    const raw = { command: 'sync', 'dry-run': 'true', ...other, ...sideInputs(side, 'mtls'), ...key };
    const ran = await runWith({ ...raw, ...orders.inputs(GROUP) });
    expect(errorsOf(ran)).toEqual([]);
    expect(rowOf(ran.report, GROUP, orders.copy)).toMatchObject({ verdict: 'planned' });
  });

  test('stands in the properties as well', async () => {
    const text = propertiesText({
      ...clientProperties(accessOf('mtls')),
      'ssl.keystore.key': encrypted(),
      'ssl.key.password': PASSPHRASE,
    });
    await syncsWith('target', text, 'mtls');
  });
});

describe('stores that cannot be opened are named', () => {
  const broken = (which: 'truststore' | 'keystore', change: RawInputs): RawInputs => ({
    command: 'sync',
    'target-bootstrap-servers': secureBed.target.servers['MTLS'] ?? '',
    'target-properties': propertiesText({
      ...clientProperties(accessOf('mtls'), { authority, type: 'JKS' }),
      ...Object.fromEntries(Object.entries(change).map(([key, value]) => [`ssl.${which}.${key}`, value])),
    }),
  });

  test.each([
    ['truststore', 'ca-trust.jks'],
    ['keystore', 'client.jks'],
  ] as const)('a wrong password of the %s', (which, file) => {
    const attempt = () => parsed(broken(which, { password: 'not-the-password' }));
    expect(attempt).toThrow(/password/);
    expect(attempt).toThrow(new RegExp(file.replaceAll('.', '\\.')));
    expect(attempt).not.toThrow(/not-the-password/);
  });

  test('a file that is no store', async () => {
    const file = await writtenFile('neither one nor the other');
    for (const type of ['PKCS12', 'JKS']) {
      const attempt = () => parsed(broken('keystore', { location: file, type }));
      expect(attempt).toThrow(new RegExp(`${type}.*seen`, 's'));
      expect(attempt).toThrow(file.split('/').slice(-2).join('/'));
    }
  });

  test('a file that is not there', () => {
    const raw = {
      command: 'sync',
      'target-bootstrap-servers': '127.0.0.1:9092',
      'target-properties': 'nowhere/client.properties',
    };
    expect(() => parsed(raw)).toThrow(/target-properties: .*nowhere\/client\.properties/);
  });
});
