/** What a message may say of a certificate: public text only, whose it is, who signed it, until when it is valid. */
import { X509Certificate } from 'node:crypto';
import type tls from 'node:tls';

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** As OpenSSL writes it: `Oct 23 21:25:01 2026 GMT`. */
  readonly validFrom: string;
  readonly validTo: string;
}

const facts = new WeakMap<Error, CertificateFacts>();

/** Keeps beside an error of the handshake what is known of the broker's certificate: Node itself drops it. */
export function rememberCertificate(error: Error, peer: tls.PeerCertificate | null): void {
  if (peer?.subject === undefined) return;
  const { subject, issuer, valid_from: validFrom, valid_to: validTo } = peer;
  facts.set(error, { subject: nameOf(subject), issuer: nameOf(issuer), validFrom, validTo });
}

/** null when the handshake had not come so far. */
export function certificateOf(error: Error): CertificateFacts | null {
  return facts.get(error) ?? null;
}

/** Of the first certificate in the PEM text; null when it cannot be read. */
export function factsOfPem(pem: string): CertificateFacts | null {
  try {
    const { subject, issuer, validFrom, validTo } = new X509Certificate(pem);
    const oneLine = (name: string) => name.replaceAll('\n', ', ');
    return { subject: oneLine(subject), issuer: oneLine(issuer), validFrom, validTo };
  } catch {
    return null;
  }
}

function nameOf(name: tls.Certificate | undefined): string {
  const parts = Object.entries(name ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return parts.join(', ');
}
