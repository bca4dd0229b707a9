/** The inputs and the properties of one cluster → TLS, where it is spoken. */
import type { InputReader } from './input-reader.ts';
import { judgePair, type KeyPair } from './judge-keys.ts';
import { type LoadedPem, originOf } from './load-pem.ts';
import type { ClientProperties } from './properties/client-properties.ts';
import { type Keystore, readKeystore, readTruststore } from './properties/store-properties.ts';
import type { Side } from './schema/input-spec.ts';
import type { Security } from './security-conflicts.ts';
import type { TlsInputs } from './typed-inputs.ts';

/** The inputs of one side, and its properties if there are any. */
export interface TlsSources {
  readonly reader: InputReader;
  readonly side: Side;
  readonly properties: ClientProperties | null;
}

/** What stands in the inputs themselves. */
export interface GivenPem {
  readonly ca: LoadedPem | null;
  readonly certificate: LoadedPem | null;
  readonly key: LoadedPem | null;
}

export function readTls(sources: TlsSources, security: Security, given: GivenPem): TlsInputs {
  const { reader, side, properties } = sources;
  const keyPassword = reader.given(`${side}-key-password`) ?? properties?.reader.value('ssl.key.password') ?? null;
  const pair = readPair(sources, security, given, keyPassword);
  const { certificate, key } = pair;
  checkCertificateAndKey(sources, security, pair);
  checkKeyPassword(sources, key?.pem ?? null, keyPassword);
  judgePair(reader, pair);
  return {
    ca: given.ca?.pem ?? (properties === null ? null : readTruststore(properties.reader)),
    certificate: certificate?.pem ?? null,
    key: key?.pem.pem ?? null,
    keyPassword: key?.pem.encrypted ? (keyPassword ?? (reader.secretsNeeded ? null : '')) : null,
    verifyHost: properties?.verifyHost ?? true,
  };
}

/** What an input gives wins over a store; both together are refused elsewhere. */
function readPair(
  { reader, side, properties }: TlsSources,
  security: Security,
  given: GivenPem,
  keyPassword: string | null,
): KeyPair {
  const keystore: Keystore =
    properties === null || security.clientCertificate === 'none'
      ? { certificate: null, key: null }
      : readKeystore(properties.reader, keyPassword);
  return {
    certificate:
      given.certificate === null
        ? keystore.certificate
        : { pem: given.certificate.pem, origin: originOf(reader, `${side}-certificate`, 'certificates') },
    key: given.key === null ? keystore.key : { pem: given.key, origin: originOf(reader, `${side}-key`, 'key') },
    keyPassword,
    passwordInput: reader.isGiven(`${side}-key-password`) ? `${side}-key-password` : `${side}-properties`,
  };
}

function checkCertificateAndKey({ reader, side, properties }: TlsSources, security: Security, found: KeyPair): void {
  // Not wanted at all: that is said by refuseUnused.
  if (security.clientCertificate === 'none' || !reader.secretsNeeded) return;
  // A certificate that was given and is faulty has its problem already; "missing" would be a second, false one.
  const said = {
    certificate: found.certificate !== null || isSaid('certificate', 'ssl.keystore.certificate.chain'),
    key: found.key !== null || isSaid('key', 'ssl.keystore.key'),
  };
  for (const [part, other] of [['certificate', 'key'] as const, ['key', 'certificate'] as const]) {
    if (said[part] || (security.clientCertificate !== 'required' && !said[other])) continue;
    const why = security.clientCertificate === 'required' ? security.source : `${side}-${other}`;
    reader.problem(
      `${side}-${part}`,
      `a client ${part}, since ${why} is given`,
      'nothing',
      `Give ${side}-certificate and ${side}-key together, or a keystore in ${side}-properties.`,
    );
  }

  function isSaid(
    part: 'certificate' | 'key',
    property: 'ssl.keystore.certificate.chain' | 'ssl.keystore.key',
  ): boolean {
    const keys = properties?.keys;
    return (
      reader.isGiven(`${side}-${part}`) || keys?.has(property) === true || keys?.has('ssl.keystore.location') === true
    );
  }
}

function checkKeyPassword({ reader, side }: TlsSources, key: LoadedPem | null, keyPassword: string | null): void {
  if (key?.encrypted && keyPassword === null && reader.secretsNeeded) {
    const hint = 'Give the password that encrypts the key, or a key without one.';
    reader.problem(`${side}-key-password`, 'the password of the encrypted key', 'nothing', hint);
  }
  if (reader.isGiven(`${side}-key`) && key?.encrypted === false && reader.isGiven(`${side}-key-password`)) {
    reader.notice(`${side}-key-password is not used: ${side}-key is not encrypted.`);
  }
}
