/** TLS failures by Node's and OpenSSL's error codes. */
import { certificateOf, factsOfPem } from '../certificate-facts.ts';
import type { TlsConfig } from './connection-config.ts';
import { type ConnectionFailure, errorCodeOf, type Finding } from './connection-failure.ts';

const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
]);

export function tlsFinding({ config, address, socketError, phase }: ConnectionFailure): Finding | null {
  const { side, tls } = config;
  if (tls === null || socketError === null) return null;
  const code = errorCodeOf(socketError);

  if (UNTRUSTED.has(code)) return untrusted(side, tls, socketError, code);
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return outdated(socketError, code);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const hint = `Use the host name in the certificate in ${side}-bootstrap-servers, or let the broker's certificate name this host.`;
    return finding(`a certificate for host ${address.host}`, `one for ${certificateNames(socketError)}`, hint);
  }
  if (code.includes('ALERT') || code === 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')
    return rejectedByBroker(side, tls, code);
  if (code.startsWith('ERR_OSSL') || code === 'ERR_INVALID_ARG_VALUE') {
    const hint = `Check ${side}-ca, ${side}-certificate, ${side}-key (they must belong together) and ${side}-key-password.`;
    return finding('readable PEM text', `text that OpenSSL refuses (${code})`, hint);
  }
  if (phase !== 'connect') return null;
  if (code.startsWith('ERR_SSL') || code === 'EPROTO' || code === 'ECONNRESET' || code === 'EPIPE') {
    const seen = code === 'ERR_SSL_WRONG_VERSION_NUMBER' ? 'bytes that are not TLS' : `no TLS handshake (${code})`;
    const hint = `The port may speak plain text: check the port, or set ${side}-auth to none (SASL without TLS: ${side}-tls: false).`;
    return finding('a listener that speaks TLS', seen, hint);
  }
  return null;
}

function finding(expected: string, seen: string, hint: string): Finding {
  return { code: 'KAFKA_TLS', expected, seen, hint, retriable: false };
}

function untrusted(side: string, { ca }: TlsConfig, error: Error, code: string): Finding {
  const facts = certificateOf(error);
  const whose = facts === null ? '' : `: ${facts.subject}, signed by ${facts.issuer}`;
  const given = `${side}-ca (or the trust store of ${side}-properties)`;
  const trusted = ca === undefined ? 'this machine trusts' : `${given} names`;
  const hint = `Put the PEM of the authority that signed the broker's certificate in ${given}${ca === undefined ? '' : ': what is there did not sign it'}.`;
  return finding(`a broker certificate signed by an authority that ${trusted}`, `another one (${code})${whose}`, hint);
}

function outdated(error: Error, code: string): Finding {
  const facts = certificateOf(error);
  const expired = code === 'CERT_HAS_EXPIRED';
  const when = facts === null ? '' : expired ? ` on ${facts.validTo}` : ` before ${facts.validFrom}`;
  const whose = facts === null ? '' : `, of ${facts.subject}`;
  const seen = `${expired ? `one that has expired${when}` : `one that is not valid yet${when}`}${whose}`;
  return finding('a valid broker certificate', seen, 'Renew the certificate of the broker, or check the clock here.');
}

/** With TLS 1.3 the broker looks at our certificate after the handshake, and then says only that it refuses it. */
function rejectedByBroker(side: string, { certificate }: TlsConfig, code: string): Finding {
  const alert = code
    .replace(/^ERR_SSL_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  if (certificate === undefined) {
    const wanted = /CERTIFICATE_REQUIRED|BAD_CERTIFICATE/.test(code);
    return finding(
      wanted ? 'a listener that asks for no client certificate' : 'the broker to accept the TLS handshake',
      wanted ? `one that wants it (${alert})` : `it refused with ${alert}`,
      `If the listener wants a client certificate, set ${side}-auth to mtls and give ${side}-certificate and ` +
        `${side}-key, signed by an authority in the broker's trust store.`,
    );
  }
  const facts = factsOfPem(certificate);
  const whose = facts === null ? '' : ` ${facts.subject}, signed by ${facts.issuer}, valid until ${facts.validTo}`;
  return finding(
    `the broker to accept the client certificate${whose}`,
    `it refused with ${alert}`,
    `Give ${side}-certificate and ${side}-key (or the key store of ${side}-properties) of a certificate that is valid and signed by an authority in the broker's trust store.`,
  );
}

/** Names of the peer's certificate, from Node's error; public text. */
function certificateNames(error: Error): string {
  const certificate = (error as { cert?: { subjectaltname?: unknown; subject?: { CN?: unknown } } }).cert;
  const names = certificate?.subjectaltname ?? certificate?.subject?.CN;
  return typeof names === 'string' && names !== '' ? names : 'another host';
}
