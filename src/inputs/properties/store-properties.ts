import { judgeCertificates, type Origin } from '../judge-keys.ts';
import type { StoreReading, StoreRequest } from '../key-files.ts';
import type { LoadedPem } from '../load-pem.ts';
import { registerLines } from '../secret-forms.ts';
import { checkCertificates, checkPrivateKey, looksLikePem, splitPemStore } from '../values/pem.ts';
import { oneOf, show, showPath } from '../values/show.ts';
import type { PropertiesReader } from './client-properties.ts';
import { reportStoreFault, type StoreKind } from './store-faults.ts';

/** What stands in a store, still unchecked, and where that is. */
interface StoreText {
  readonly certificates: string | null;
  readonly key: string | null;
  readonly certificatesOrigin: Origin;
  readonly keyOrigin: Origin;
}

/** Checked certificates of the authorities; null: the properties do not say them, or a problem was reported. */
export function readTruststore(properties: PropertiesReader): string | null {
  const { certificates, certificatesOrigin } = readStore(properties, 'truststore', null);
  return checkedCertificates(properties, 'ssl.truststore.certificates', certificates, certificatesOrigin);
}

export interface Keystore {
  readonly certificate: { readonly pem: string; readonly origin: Origin } | null;
  readonly key: { readonly pem: LoadedPem; readonly origin: Origin } | null;
}

/** @param keyPassword of an input or of `ssl.key.password`; null: that of the store. */
export function readKeystore(properties: PropertiesReader, keyPassword: string | null): Keystore {
  const store = readStore(properties, 'keystore', keyPassword);
  const chain = 'ssl.keystore.certificate.chain';
  const certificate = checkedCertificates(properties, chain, store.certificates, store.certificatesOrigin);
  const key = check(properties, 'ssl.keystore.key', store.key, 'key');
  return {
    certificate: certificate === null ? null : { pem: certificate, origin: store.certificatesOrigin },
    key: key === null ? null : { pem: key, origin: store.keyOrigin },
  };
}

function readStore(properties: PropertiesReader, kind: StoreKind, keyPassword: string | null): StoreText {
  const location = properties.value(`ssl.${kind}.location`);
  if (location !== null) return readStoreFile(properties, kind, location, keyPassword);
  const texts =
    kind === 'truststore'
      ? (['ssl.truststore.certificates', 'ssl.truststore.certificates'] as const)
      : (['ssl.keystore.certificate.chain', 'ssl.keystore.key'] as const);
  const [certificates, key] = texts.map((name) => properties.value(name));
  const type = properties.value(`ssl.${kind}.type`);
  const isInline = texts.some((name) => properties.value(name) !== null);
  if (isInline && type !== null && type.toUpperCase() !== 'PEM') {
    const hint = 'Only PEM can stand in the properties themselves.';
    properties.problem(`ssl.${kind}.type`, 'PEM', show(type), hint);
  }
  return {
    certificates: certificates ?? null,
    key: kind === 'keystore' ? (key ?? null) : null,
    certificatesOrigin: { input: properties.name, text: `${texts[0]} in ${properties.name}` },
    keyOrigin: { input: properties.name, text: `${texts[1]} in ${properties.name}` },
  };
}

function readStoreFile(
  properties: PropertiesReader,
  kind: StoreKind,
  location: string,
  keyPassword: string | null,
): StoreText {
  const origin = { input: properties.name, text: `${showPath(location)} (ssl.${kind}.location in ${properties.name})` };
  const request: StoreRequest = {
    holds: kind === 'keystore' ? 'key' : 'trusted',
    type: properties.value(`ssl.${kind}.type`),
    password: properties.value(`ssl.${kind}.password`),
    keyPassword,
  };
  const reading = properties.inputs.keyFiles?.readStore(location, request) ?? readPem(properties, location);
  const nothing = { certificates: null, key: null, certificatesOrigin: origin, keyOrigin: origin };
  if (reading.kind === 'fault') {
    reportStoreFault(properties, kind, location, request, reading.fault);
    return nothing;
  }
  const { certificates, key } = reading.kind === 'pem' ? splitPemStore(reading.text) : reading;
  registerLines(properties.inputs, key ?? '');
  if (reading.kind === 'pem') checkParts(properties, kind, { certificates, key });
  return { ...nothing, certificates, key: kind === 'keystore' ? key : null };
}

/** Without a judge of stores. */
function readPem({ inputs }: PropertiesReader, location: string): StoreReading {
  const file = inputs.readFile(location);
  if ('error' in file) return { kind: 'fault', fault: { kind: 'unreadable', reason: file.error } };
  if (looksLikePem(file.text)) return { kind: 'pem', text: file.text };
  return { kind: 'fault', fault: { kind: 'other-format', seen: 'no PEM file', hint: 'Convert it to PEM.' } };
}

function checkParts(
  properties: PropertiesReader,
  kind: StoreKind,
  store: Pick<StoreText, 'certificates' | 'key'>,
): void {
  const missing = [
    store.certificates === null ? 'a certificate' : null,
    kind === 'keystore' && store.key === null ? 'a private key' : null,
  ].filter((part) => part !== null);
  if (missing.length === 0) return;
  const expected = kind === 'keystore' ? 'a certificate and its private key' : 'certificates of authorities';
  const hint = 'Put the blocks one after the other into the one file.';
  properties.problem(`ssl.${kind}.location`, expected, `a PEM file without ${oneOf(missing)}`, hint);
}

function checkedCertificates(
  properties: PropertiesReader,
  key: string,
  text: string | null,
  origin: Origin,
): string | null {
  const checked = check(properties, key, text, 'certificates');
  if (checked === null) return null;
  return judgeCertificates(properties.inputs, checked.pem, origin) ? checked.pem : null;
}

function check(
  properties: PropertiesReader,
  key: string,
  text: string | null,
  content: 'certificates' | 'key',
): LoadedPem | null {
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
