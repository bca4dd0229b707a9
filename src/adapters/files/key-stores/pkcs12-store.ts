/**
 * PKCS#12 (RFC 7292) in its password modes, as Java, OpenSSL and Windows write it. What Java adds: an attribute that
 * marks trusted certificates, and by keytool's default one password for store and keys.
 */
import { createHmac, X509Certificate } from 'node:crypto';
import { chainOf } from './certificate-chain.ts';
import { bytesOf, childrenOf, type Der, integerOf, iterationsOf, oidOf, parseDer, untagged, writeDer } from './der.ts';
import { decryptByPassword } from './password-cipher.ts';
import { derivePkcs12Key, KEY_PURPOSE } from './pkcs12-key.ts';
import type { KeyEntry, StoreEntries } from './store-entries.ts';
import { UnknownCipherError, WrongPasswordError } from './store-fault.ts';

const PKCS7_DATA = '1.2.840.113549.1.7.1';
const PKCS7_ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const BAG = '1.2.840.113549.1.12.10.1.';
const KEY_BAG = `${BAG}1`;
const ENCRYPTED_KEY_BAG = `${BAG}2`;
const CERTIFICATE_BAG = `${BAG}3`;
const SAFE_CONTENTS_BAG = `${BAG}6`;
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
/** Oracle's: which uses a certificate is trusted for. */
const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1';

const MAC_HASHES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '1.3.14.3.2.26': { name: 'sha1', bytes: 20 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', bytes: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', bytes: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', bytes: 64 },
};

interface Bag {
  readonly kind: string;
  readonly value: Der;
  readonly alias: string | null;
  readonly keyId: Buffer | null;
  readonly isTrusted: boolean;
}

/** Whether these bytes open as a PKCS#12 file does. */
export function looksLikePkcs12(bytes: Buffer): boolean {
  try {
    const [version, content] = childrenOf(parseDer(bytes));
    return integerOf(version) === 3 && oidOf(childrenOf(content)[0]).startsWith('1.2.840.113549.1.7.');
  } catch {
    return false;
  }
}

/** @throws WrongPasswordError for that of the store, UnknownCipherError; any other error: it is damaged. */
export function readPkcs12(bytes: Buffer, password: string): StoreEntries {
  const [, content, mac] = childrenOf(parseDer(bytes));
  const safe = dataOf(content);
  if (mac !== undefined) checkMac(mac, safe, password);
  const bags = childrenOf(parseDer(safe)).flatMap((part) => bagsOf(part, password));
  const certificates = bags.filter(({ kind }) => kind === CERTIFICATE_BAG).map(readCertificate);
  const keys = bags.filter(({ kind }) => kind === KEY_BAG || kind === ENCRYPTED_KEY_BAG);
  const marked = certificates.filter(({ bag }) => bag.isTrusted);
  // OpenSSL marks none; without any key they can be there for nothing else.
  const trusted = marked.length === 0 && keys.length === 0 ? certificates : marked;
  return {
    keys: keys.map((bag, index) => keyEntry(bag, index, certificates)),
    trusted: trusted.map(({ certificate }) => certificate.raw),
    trustedAliases: trusted.map(({ bag }, index) => bag.alias ?? String(index + 1)),
  };
}

interface Certificate {
  readonly bag: Bag;
  readonly certificate: X509Certificate;
}

function keyEntry(bag: Bag, index: number, certificates: readonly Certificate[]): KeyEntry {
  const own = certificates.find(
    ({ bag: { keyId } }) => keyId !== null && bag.keyId !== null && keyId.equals(bag.keyId),
  );
  const only = certificates.length === 1 ? certificates[0] : undefined;
  const leaf = (own ?? only)?.certificate;
  const others = certificates.map(({ certificate }) => certificate);
  return {
    alias: bag.alias ?? String(index + 1),
    chain: leaf === undefined ? [] : chainOf(leaf, others).map(({ raw }) => raw),
    decrypt: (password) => {
      if (bag.kind === KEY_BAG) return writeDer(bag.value);
      const [algorithm, data] = childrenOf(bag.value);
      return decryptByPassword(algorithm, bytesOf(data), password);
    },
  };
}

/** The bags of one part of the file, which may be encrypted as a whole. */
function bagsOf(part: Der, password: string): readonly Bag[] {
  const [kind] = childrenOf(part);
  if (oidOf(kind) === PKCS7_DATA) return readBags(dataOf(part));
  if (oidOf(kind) !== PKCS7_ENCRYPTED_DATA) throw new UnknownCipherError('a public key (envelopedData)');
  const [, content] = childrenOf(untagged(childrenOf(part)[1]));
  const [, algorithm, data] = childrenOf(content);
  return readBags(decryptByPassword(algorithm, bytesOf(data), password));
}

function readBags(bytes: Buffer): readonly Bag[] {
  return childrenOf(parseDer(bytes)).flatMap(readBag);
}

function readBag(bag: Der): readonly Bag[] {
  const [kindOid, tagged, attributes] = childrenOf(bag);
  const kind = oidOf(kindOid);
  const value = untagged(tagged);
  if (kind === SAFE_CONTENTS_BAG) return childrenOf(value).flatMap(readBag);
  const byOid = new Map<string, Der | undefined>();
  for (const attribute of attributes === undefined ? [] : childrenOf(attributes)) {
    const [oid, values] = childrenOf(attribute);
    byOid.set(oidOf(oid), childrenOf(values)[0]);
  }
  const name = byOid.get(FRIENDLY_NAME);
  const keyId = byOid.get(LOCAL_KEY_ID);
  return [
    {
      kind,
      value,
      // A BMPString, which node-forge has made a text of.
      alias: typeof name?.value === 'string' ? name.value : null,
      keyId: keyId === undefined ? null : bytesOf(keyId),
      isTrusted: byOid.has(TRUSTED_KEY_USAGE),
    },
  ];
}

function readCertificate(bag: Bag): Certificate {
  const [kind, tagged] = childrenOf(bag.value);
  if (oidOf(kind) !== X509_CERTIFICATE) throw new Error('no X.509 certificate');
  return { bag, certificate: new X509Certificate(bytesOf(untagged(tagged))) };
}

function dataOf(contentInfo: Der | undefined): Buffer {
  const [kind, tagged] = childrenOf(contentInfo);
  if (oidOf(kind) !== PKCS7_DATA) throw new UnknownCipherError('a signature in place of a password');
  return bytesOf(untagged(tagged));
}

function checkMac(mac: Der, safe: Buffer, password: string): void {
  const [digestInfo, salt, iterations] = childrenOf(mac);
  const [algorithm, digest] = childrenOf(digestInfo);
  const name = oidOf(childrenOf(algorithm)[0]);
  const hash = MAC_HASHES[name];
  if (hash === undefined) throw new UnknownCipherError(name);
  const key = derivePkcs12Key({
    password,
    salt: bytesOf(salt),
    iterations: iterations === undefined ? 1 : iterationsOf(iterations),
    hash: hash.name,
    purpose: KEY_PURPOSE.mac,
    bytes: hash.bytes,
  });
  const seen = createHmac(hash.name, key).update(safe).digest();
  if (!seen.equals(bytesOf(digest))) throw new WrongPasswordError();
}
