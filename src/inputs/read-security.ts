/** The auth inputs and the properties of one cluster → TLS and SASL, with what contradicts or is missing. */

import type { InputReader } from './input-reader.ts';
import { loadPem } from './load-pem.ts';
import type { ClientProperties } from './properties/client-properties.ts';
import { readSasl } from './read-sasl.ts';
import { readTls } from './read-tls.ts';
import { readBoolean, readChoice } from './read-values.ts';
import { AUTH_METHODS, type AuthMethod } from './schema/auth.ts';
import type { Side } from './schema/input-spec.ts';
import { registerPassword } from './secret-forms.ts';
import { refuseUnused, type Security } from './security-conflicts.ts';
import type { ClusterInputs } from './typed-inputs.ts';

/** The inputs of one side, and its properties if there are any. */
interface Sources {
  readonly reader: InputReader;
  readonly side: Side;
  readonly properties: ClientProperties | null;
}

export function readSecurity(
  reader: InputReader,
  side: Side,
  properties: ClientProperties | null,
  bootstrapServers: readonly string[] | null,
): Pick<ClusterInputs, 'tls' | 'sasl'> {
  const sources = { reader, side, properties };
  const ca = loadPem(reader, `${side}-ca`, 'certificates');
  const certificate = loadPem(reader, `${side}-certificate`, 'certificates');
  const key = loadPem(reader, `${side}-key`, 'key');
  const keyPassword = reader.given(`${side}-key-password`);
  if (keyPassword !== null) registerPassword(reader, keyPassword);
  const password = reader.given(`${side}-password`);
  if (password !== null) registerPassword(reader, password);

  const security = decideSecurity(sources);
  if (security === null) return { tls: null, sasl: null };
  refuseUnused(reader, side, security);
  sayUnusedStores(sources, security);
  return {
    tls: security.tls ? readTls(sources, security, { ca, certificate, key }) : null,
    sasl:
      security.mechanism === null
        ? null
        : readSasl({ ...sources, bootstrapServers }, security.mechanism, security.source),
  };
}

/** null: what decides it is wrong or unreadable, which is reported; nothing further can be said then. */
function decideSecurity({ reader, side, properties }: Sources): Security | null {
  const speaksTls = readBoolean(reader, `${side}-tls`);
  const method = readChoice(reader, `${side}-auth`, AUTH_METHODS);
  if (method === null || (reader.isGiven(`${side}-tls`) && speaksTls === null)) return null;
  if (properties === null && reader.isGiven(`${side}-properties`)) return null;
  if (!reader.isGiven(`${side}-auth`) && properties !== null && properties.protocol !== null) {
    if (properties.protocol === 'unusable') return null;
    const { tls, sasl } = properties.protocol;
    if (sasl && properties.mechanism === null) return null;
    return {
      source: `security.protocol in ${side}-properties`,
      tls,
      mechanism: sasl ? properties.mechanism : null,
      clientCertificate: tls && !(sasl && properties.mechanism === 'iam') ? 'optional' : 'none',
    };
  }
  const source = reader.isGiven(`${side}-auth`) ? `${side}-auth ${method}` : `no ${side}-auth (${method})`;
  return { source, ...securityOfMethod(method, speaksTls ?? true) };
}

function securityOfMethod(method: AuthMethod, saslOverTls: boolean): Omit<Security, 'source'> {
  const clientCertificate = saslOverTls ? 'optional' : 'none';
  switch (method) {
    case 'none':
      return { tls: false, mechanism: null, clientCertificate: 'none' };
    case 'tls':
      return { tls: true, mechanism: null, clientCertificate: 'none' };
    case 'mtls':
      return { tls: true, mechanism: null, clientCertificate: 'required' };
    case 'sasl-plain':
      return { tls: saslOverTls, mechanism: 'plain', clientCertificate };
    case 'sasl-scram-256':
      return { tls: saslOverTls, mechanism: 'scram-sha-256', clientCertificate };
    case 'sasl-scram-512':
      return { tls: saslOverTls, mechanism: 'scram-sha-512', clientCertificate };
    case 'iam':
      return { tls: saslOverTls, mechanism: 'iam', clientCertificate: 'none' };
  }
}

/** The original tool's files name stores also where no TLS is spoken. */
function sayUnusedStores({ reader, side, properties }: Sources, security: Security): void {
  const keys = [...(properties?.keys ?? [])];
  const unused = keys.filter(
    (key) =>
      (!security.tls && key.startsWith('ssl.')) ||
      (security.clientCertificate === 'none' && /^ssl\.key(?:store)?\./.test(key)),
  );
  if (unused.length > 0) {
    reader.notice(`${side}-properties: not used with ${security.source}: ${unused.join(', ')}.`);
  }
}
