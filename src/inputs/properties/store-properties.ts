import { registerLines } from '../secret-forms.ts';
import { checkCertificates, checkPrivateKey, looksLikePem, splitPemStore } from '../values/pem.ts';
import { oneOf, show } from '../values/show.ts';
import type { PropertiesReader } from './client-properties.ts';

type StoreKind = 'truststore' | 'keystore';

/** What stands in a store, still unchecked. */
interface StoreText {
  readonly certificates: string | null;
  readonly key: string | null;
}

const EMPTY: StoreText = { certificates: null, key: null };

/** Checked certificates of the authorities; null: the properties do not say them, or a problem was reported. */
export function readTruststore(properties: PropertiesReader): string | null {
  const { certificates } = readStore(properties, 'truststore');
  return check(properties, 'ssl.truststore.certificates', certificates, 'certificates')?.pem ?? null;
}

export interface Keystore {
  readonly certificate: string | null;
  readonly key: { readonly pem: string; readonly encrypted: boolean } | null;
}

export function readKeystore(properties: PropertiesReader): Keystore {
  const { certificates, key } = readStore(properties, 'keystore');
  return {
    certificate: check(properties, 'ssl.keystore.certificate.chain', certificates, 'certificates')?.pem ?? null,
    key: check(properties, 'ssl.keystore.key', key, 'key'),
  };
}

function readStore(properties: PropertiesReader, kind: StoreKind): StoreText {
  const type = properties.value(`ssl.${kind}.type`);
  if (type !== null && type.toUpperCase() !== 'PEM') {
    refuseFormat(properties, kind, `ssl.${kind}.type`, show(type));
    return EMPTY;
  }
  const location = properties.value(`ssl.${kind}.location`);
  if (location !== null) return readStoreFile(properties, kind, location);
  return kind === 'truststore'
    ? { certificates: properties.value('ssl.truststore.certificates'), key: null }
    : {
        certificates: properties.value('ssl.keystore.certificate.chain'),
        key: properties.value('ssl.keystore.key'),
      };
}

/** Without a type Java expects JKS; a file that is plainly PEM is taken as such. */
function readStoreFile(properties: PropertiesReader, kind: StoreKind, location: string): StoreText {
  const file = properties.inputs.readFile(location);
  const isJavaStore = /\.(?:jks|jceks|p12|pfx|keystore|truststore)$/i.test(location);
  if ('text' in file && looksLikePem(file.text)) {
    const { certificates, key } = splitPemStore(file.text);
    registerLines(properties.inputs, key ?? '');
    checkParts(properties, kind, { certificates, key });
    return { certificates, key: kind === 'keystore' ? key : null };
  }
  if ('text' in file || isJavaStore) {
    refuseFormat(properties, kind, `ssl.${kind}.location`, `${show(location)}, which is no PEM file`);
    return EMPTY;
  }
  const seen = `${show(location)} (${file.error})`;
  properties.problem(`ssl.${kind}.location`, 'the path of a readable PEM file', seen, 'Check path and permissions.');
  return EMPTY;
}

function checkParts(properties: PropertiesReader, kind: StoreKind, store: StoreText): void {
  const missing = [
    store.certificates === null ? 'a certificate' : null,
    kind === 'keystore' && store.key === null ? 'a private key' : null,
  ].filter((part) => part !== null);
  if (missing.length === 0) return;
  const expected = kind === 'keystore' ? 'a certificate and its private key' : 'certificates of authorities';
  const hint = 'Put the blocks one after the other into the one file.';
  properties.problem(`ssl.${kind}.location`, expected, `a PEM file without ${oneOf(missing)}`, hint);
}

function refuseFormat(properties: PropertiesReader, kind: StoreKind, key: string, seen: string): void {
  const side = properties.name.replace('-properties', '');
  const [inputs, convert] =
    kind === 'truststore'
      ? [`${side}-ca`, 'keytool -exportcert -rfc']
      : [`${side}-certificate and ${side}-key`, 'keytool -importkeystore to PKCS12, then openssl pkcs12'];
  const hint = `This version cannot read JKS and PKCS12 stores yet: convert it (${convert}) and give ${inputs}, or a PEM store.`;
  properties.problem(key, 'a PEM store', seen, hint);
}

function check(
  properties: PropertiesReader,
  key: string,
  text: string | null,
  content: 'certificates' | 'key',
): { readonly pem: string; readonly encrypted: boolean } | null {
  if (text === null) return null;
  if (content === 'key') registerLines(properties.inputs, text);
  const checked = content === 'key' ? checkPrivateKey(text) : checkCertificates(text);
  if ('fault' in checked) {
    const { expected, seen, hint } = checked.fault;
    properties.problem(key, expected.replace(', as text or a path', ''), seen, hint);
    return null;
  }
  if (content === 'key') registerLines(properties.inputs, checked.pem);
  return checked;
}
