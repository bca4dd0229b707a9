/**
 * A worker that does not take our client certificate, or misses one. With TLS 1.3 it says so after the handshake, and
 * its words are lost when the request was already on its way: so a connection that sends nothing asks once more.
 */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { factsOfPem } from '../certificate-facts.ts';
import { ConnectError, codeAndMessage, type Endpoint } from './connect-error.ts';

export interface TlsTexts {
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
}

/** Until the handshake is done: a worker that is busy or starts is slow at it. */
const OPEN_TIMEOUT_MS = 10_000;
const ALERT_TIMEOUT_MS = 2_000;

/** The alert by which the other side ends a handshake that we hold to be done; null when it does not. */
export function alertAfterHandshake({ host, port }: Endpoint, texts: TlsTexts): Promise<Error | null> {
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(texts.ca === null ? {} : { ca: texts.ca }),
      ...(texts.certificate === null || texts.key === null ? {} : { cert: texts.certificate, key: texts.key }),
    });
    const settle = (alert: Error | null) => {
      socket.destroy();
      resolve(alert);
    };
    socket.setTimeout(OPEN_TIMEOUT_MS, () => settle(null));
    socket.once('secureConnect', () => socket.setTimeout(ALERT_TIMEOUT_MS));
    socket.on('error', (error) => settle(/ALERT/.test(codeAndMessage(error).code) ? error : null));
    socket.on('close', () => settle(null));
    // Without a reader the alert is never seen.
    socket.on('data', () => settle(null));
  });
}

export function refusedCertificate(pem: string | null, { origin }: Endpoint, alert: unknown): ConnectError {
  const words = codeAndMessage(alert)
    .code.replace(/^ERR_SSL_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  if (pem === null) {
    const text = `connect-url ${origin}: expected a worker that asks for no client certificate, seen one that wants it (${words}).`;
    const hint = "Give connect-certificate and connect-key, signed by an authority in the worker's trust store.";
    return new ConnectError('CONNECT_AUTHENTICATION', text, { hint, cause: alert, maybeSent: false });
  }
  const facts = factsOfPem(pem);
  const whose = facts === null ? '' : ` ${facts.subject}, signed by ${facts.issuer}, valid until ${facts.validTo}`;
  return new ConnectError(
    'CONNECT_AUTHENTICATION',
    `connect-url ${origin}: expected the worker to accept the client certificate${whose}, seen it refused (${words}).`,
    {
      hint: "Give connect-certificate and connect-key of a certificate that is valid and signed by an authority in the worker's trust store.",
      cause: alert,
      maybeSent: false,
    },
  );
}
