import { createPrivateKey, X509Certificate } from 'node:crypto';
import { looksLikePkcs12 } from './pkcs12-store.ts';

export type StoreFormat = 'PEM' | 'JKS' | 'JCEKS' | 'PKCS12';

/** What a file is by its content; `other` in words. */
export type DetectedFormat = { readonly format: StoreFormat } | { readonly other: string; readonly hint: string };

const JKS_MAGIC = 0xfeedfeed;
const JCEKS_MAGIC = 0xcececece;
const TO_PKCS12 = 'Convert it: keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12.';

export function detectFormat(bytes: Buffer): DetectedFormat {
  const magic = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  if (magic === JKS_MAGIC) return { format: 'JKS' };
  if (magic === JCEKS_MAGIC) return { format: 'JCEKS' };
  if (bytes.includes('-----BEGIN')) return { format: 'PEM' };
  if (looksLikePkcs12(bytes)) return { format: 'PKCS12' };
  return describeOther(bytes, magic);
}

function describeOther(bytes: Buffer, magic: number): DetectedFormat {
  if (bytes.length === 0) return { other: 'an empty file', hint: 'Check what writes it.' };
  if (succeeds(() => new X509Certificate(bytes))) {
    const hint = 'Convert it to PEM: openssl x509 -inform der -in FILE, or put it into a store: keytool -importcert.';
    return { other: 'a single certificate in DER', hint };
  }
  if (succeeds(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }))) {
    return { other: 'a single private key in DER', hint: 'Give a store that holds the key with its certificate.' };
  }
  // Version 1 or 2, then the length of a salt of 20 bytes.
  if ((magic === 1 || magic === 2) && bytes.length > 8 && bytes.readUInt32BE(4) === 20) {
    return { other: 'a store of Bouncy Castle (BKS)', hint: `${TO_PKCS12} With -srcstoretype BKS and its provider.` };
  }
  const text = bytes.subarray(0, 4_096).toString('latin1');
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) {
    return { other: 'a page of HTML or XML', hint: 'A download gave an error page: fetch the store again.' };
  }
  const decoded = decodeBase64(text);
  if (decoded !== null) {
    return { other: `base64 of ${decoded}`, hint: 'Decode it into a file first: base64 -d.' };
  }
  const hint = 'Give a store that keytool -list -keystore FILE can read.';
  const isText = /^[\t\r\n -~]*$/.test(text);
  return { other: isText ? 'a text without a PEM block' : 'none of these (a damaged file?)', hint };
}

/** The beginning is enough to tell. */
function decodeBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  if (compact.length < 16 || !/^[A-Za-z0-9+/]+=*$/.test(compact)) return null;
  const bytes = Buffer.from(compact, 'base64');
  const magic = bytes.readUInt32BE(0);
  if (magic === JKS_MAGIC) return 'a JKS store';
  if (magic === JCEKS_MAGIC) return 'a JCEKS store';
  if (bytes.includes('-----BEGIN')) return 'a PEM text';
  return bytes[0] === 0x30 ? 'a PKCS12 store or of DER' : null;
}

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}
