import type { Authority, StoreType } from './authority.ts';
import { keyStoreProperties, trustStoreProperties } from './authority.ts';
import { type Access, jaasQuoted } from './secure-listeners.ts';

/**
 * The properties of a Java client for this access: for Java's own tools, connectors and `*-properties`. TLS texts as
 * PEM by default; with a store type, as files that Java wrote.
 */
export function clientProperties(
  access: Access,
  stores?: { readonly authority: Authority; readonly type: StoreType },
): Record<string, string> {
  const { protocol, mechanism, username, password } = access;
  const properties: Record<string, string> = { 'security.protocol': protocol };
  if (mechanism !== null) {
    const kind = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
    properties['sasl.mechanism'] = mechanism;
    properties['sasl.jaas.config'] =
      `org.apache.kafka.common.security.${kind} required ` +
      `username=${jaasQuoted(username ?? '')} password=${jaasQuoted(password ?? '')};`;
  }
  if (!protocol.endsWith('SSL')) return properties;
  return { ...properties, ...(stores === undefined ? pemProperties(access) : storeProperties(access, stores)) };
}

function pemProperties({ caPem, certificatePem, keyPem }: Access): Record<string, string> {
  return {
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': caPem ?? '',
    ...(certificatePem === null || keyPem === null
      ? {}
      : {
          'ssl.keystore.type': 'PEM',
          'ssl.keystore.certificate.chain': certificatePem,
          'ssl.keystore.key': keyPem,
        }),
  };
}

function storeProperties(
  { certificatePem }: Access,
  { authority, type }: { readonly authority: Authority; readonly type: StoreType },
): Record<string, string> {
  return {
    ...trustStoreProperties(authority.trustStore('ca', type)),
    ...(certificatePem === null ? {} : keyStoreProperties(authority.keyStore('client', type))),
  };
}
