/** What is said of keys and certificates beyond their shape, where the context can judge them. */
import type { InputReader } from './input-reader.ts';
import type { LoadedPem } from './load-pem.ts';

/** Where a certificate or key comes from, e.g. an input, or a store in a properties file. */
export interface Origin {
  /** The input that a problem belongs to. */
  readonly input: string;
  /** For messages: the input, the file if there is one. */
  readonly text: string;
}

export interface KeyPair {
  readonly certificate: { readonly pem: string; readonly origin: Origin } | null;
  readonly key: { readonly pem: LoadedPem; readonly origin: Origin } | null;
  readonly keyPassword: string | null;
  /** Where the password would have to stand. */
  readonly passwordInput: string;
}

/** False: they cannot be read, which is reported. Those whose time is over are a notice: the broker decides. */
export function judgeCertificates(reader: InputReader, pem: string, origin: Origin): boolean {
  const verdict = reader.keyFiles?.judgeCertificates(pem);
  if (verdict === undefined) return true;
  if (verdict.kind === 'unreadable') {
    const hint = 'The text was changed on its way: copy the file again.';
    reader.problem(origin.input, 'X.509 certificates', `a block that OpenSSL cannot read in ${origin.text}`, hint);
    return false;
  }
  sayDays(reader, origin, verdict.count, verdict.expired, 'expired on');
  sayDays(reader, origin, verdict.count, verdict.notYetValid, 'not valid before');
  return true;
}

function sayDays(reader: InputReader, origin: Origin, count: number, days: readonly string[], what: string): void {
  if (days.length === 0) return;
  const which = count === 1 ? 'the certificate' : `${days.length} of ${count} certificates`;
  reader.notice(`${origin.text}: ${which} ${what} ${[...new Set(days)].sort().join(', ')}.`);
}

/** The key opens with its password, and the certificate is that of the key. */
export function judgePair(reader: InputReader, { certificate, key, keyPassword, passwordInput }: KeyPair): void {
  const { keyFiles } = reader;
  if (keyFiles === null || key === null || (key.pem.encrypted && keyPassword === null)) return;
  const { origin } = key;
  const password = key.pem.encrypted ? keyPassword : null;
  const verdict = keyFiles.judgeKey(key.pem.pem, password);
  if (verdict === 'wrong-password') {
    const hint = 'openssl pkey -in FILE -noout asks for it: try it there.';
    reader.problem(passwordInput, `the password of the key of ${origin.text}`, 'another password (hidden)', hint);
  } else if (verdict === 'old-cipher') {
    const hint =
      'Encrypt it anew: openssl pkey -provider legacy -provider default -in OLD | openssl pkcs8 -topk8 -v2 aes256 -out NEW.';
    const seen = `one encrypted by an old cipher in ${origin.text}`;
    reader.problem(origin.input, 'a private key that OpenSSL 3 can decrypt', seen, hint);
  } else if (verdict === 'unreadable') {
    const hint = 'openssl pkey -in FILE -noout says more.';
    reader.problem(origin.input, 'a private key', `one that OpenSSL cannot read in ${origin.text}`, hint);
  } else if (certificate !== null) {
    const pair = keyFiles.judgePair(certificate.pem, key.pem.pem, password);
    if (pair === 'match') return;
    const seen = pair === 'other' ? 'that of another key' : 'a chain in which it is not the first';
    const hint =
      pair === 'other'
        ? 'Give the two files that were made together.'
        : 'Put the certificate of the key first, then those of its authorities.';
    const expected = `the certificate of the key of ${origin.text}`;
    reader.problem(certificate.origin.input, expected, `${seen} in ${certificate.origin.text}`, hint);
  }
}
