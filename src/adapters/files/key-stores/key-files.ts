import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { CertificatesVerdict, KeyFiles, KeyVerdict, PairVerdict } from '../../../inputs/key-files.ts';
import { readStore } from './key-store.ts';
import { certificateBlocks } from './pem-text.ts';

/** @param now milliseconds since 1970. */
export function createKeyFiles(now: () => number): KeyFiles {
  return {
    readStore,
    judgeKey,
    judgePair,
    judgeCertificates: (pem) => judgeCertificates(pem, now()),
  };
}

function judgeKey(pem: string, password: string | null): KeyVerdict {
  try {
    openKey(pem, password);
    return 'usable';
  } catch (error) {
    // OpenSSL 3 keeps ciphers of old (DES, RC2, RC4 with MD5 or SHA-1) out of reach.
    if ((error as NodeJS.ErrnoException).code === 'ERR_OSSL_EVP_UNSUPPORTED') return 'old-cipher';
    return password !== null && pem.includes('ENCRYPTED') ? 'wrong-password' : 'unreadable';
  }
}

function judgePair(certificates: string, key: string, password: string | null): PairVerdict {
  const privateKey = openKey(key, password);
  const fits = certificateBlocks(certificates).map((block) => new X509Certificate(block).checkPrivateKey(privateKey));
  if (fits[0] === true) return 'match';
  return fits.includes(true) ? 'not-first' : 'other';
}

function openKey(pem: string, password: string | null): ReturnType<typeof createPrivateKey> {
  return createPrivateKey(password === null ? pem : { key: pem, passphrase: password });
}

function judgeCertificates(pem: string, nowMs: number): CertificatesVerdict {
  const certificates: X509Certificate[] = [];
  for (const block of certificateBlocks(pem)) {
    try {
      certificates.push(new X509Certificate(block));
    } catch {
      return { kind: 'unreadable' };
    }
  }
  return {
    kind: 'read',
    count: certificates.length,
    expired: certificates
      .map(({ validTo }) => validTo)
      .filter((text) => Date.parse(text) < nowMs)
      .map(toDay),
    notYetValid: certificates
      .map(({ validFrom }) => validFrom)
      .filter((text) => Date.parse(text) > nowMs)
      .map(toDay),
  };
}

function toDay(text: string): string {
  return new Date(text).toISOString().slice(0, 10);
}
