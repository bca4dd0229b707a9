/** TLS failures by Node's and OpenSSL's error codes. */
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
  const finding = (expected: string, seen: string, hint: string): Finding => ({
    code: 'KAFKA_TLS',
    expected,
    seen,
    hint,
    retriable: false,
  });

  if (UNTRUSTED.has(code)) {
    const seen = `one that is not (${code})`;
    const hint = `Put the PEM of the authority that signed the broker's certificate in ${side}-ca.`;
    return finding('a certificate signed by a trusted authority', seen, hint);
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const seen = code === 'CERT_HAS_EXPIRED' ? 'one that has expired' : 'one that is not valid yet';
    return finding('a valid broker certificate', seen, 'Renew the certificate of the broker, or check the clock here.');
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const hint = `Use the host name in the certificate in ${side}-bootstrap-servers, or let the broker's certificate name this host.`;
    return finding(`a certificate for host ${address.host}`, `one for ${certificateNames(socketError)}`, hint);
  }
  if (code.includes('ALERT') || code === 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')
    return rejectedByBroker(side, code, finding);
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

function rejectedByBroker(
  side: string,
  code: string,
  finding: (expected: string, seen: string, hint: string) => Finding,
): Finding {
  const alert = code
    .replace(/^ERR_SSL_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  const hint =
    `If the listener wants a client certificate (mTLS), give ${side}-certificate and ${side}-key, ` +
    "signed by an authority in the broker's trust store.";
  return finding('the broker to accept the TLS handshake', `it refused with ${alert}`, hint);
}

/** Names of the peer's certificate, from Node's error; public text. */
function certificateNames(error: Error): string {
  const certificate = (error as { cert?: { subjectaltname?: unknown; subject?: { CN?: unknown } } }).cert;
  const names = certificate?.subjectaltname ?? certificate?.subject?.CN;
  return typeof names === 'string' && names !== '' ? names : 'another host';
}
