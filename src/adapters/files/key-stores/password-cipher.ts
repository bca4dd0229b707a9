/** Decrypts what a password encrypts in PKCS#8 and PKCS#12: PBES2 (RFC 8018) and the older ciphers of RFC 7292. */
import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import rc2 from 'node-forge/lib/rc2.js';
import util from 'node-forge/lib/util.js';
import { bytesOf, childrenOf, type Der, iterationsOf, oidOf } from './der.ts';
import { derivePkcs12Key, KEY_PURPOSE } from './pkcs12-key.ts';
import { UnknownCipherError, WrongPasswordError } from './store-fault.ts';

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA1 = '1.2.840.113549.2.7';

const PSEUDO_RANDOM: Readonly<Record<string, string>> = {
  [HMAC_SHA1]: 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

interface Cipher {
  readonly name: string;
  readonly keyBytes: number;
}

const PBES2_CIPHERS: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
};

/** Java before 17 and OpenSSL before 3 wrote these; OpenSSL 3 has no RC2 any more. */
const PKCS12_CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2-128-cbc', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2-40-cbc', keyBytes: 5 },
};

/**
 * @param algorithm an AlgorithmIdentifier: its OID and its parameters.
 * @throws WrongPasswordError, UnknownCipherError
 */
export function decryptByPassword(algorithm: Der | undefined, data: Buffer, password: string): Buffer {
  const [oid, parameters] = childrenOf(algorithm);
  const name = oidOf(oid);
  if (name === PBES2) return decryptPbes2(parameters, data, password);
  const cipher = PKCS12_CIPHERS[name];
  if (cipher === undefined) throw new UnknownCipherError(name);
  const [salt, iterations] = childrenOf(parameters);
  const derive = (purpose: number, bytes: number): Buffer =>
    derivePkcs12Key({
      password,
      salt: bytesOf(salt),
      iterations: iterationsOf(iterations),
      hash: 'sha1',
      purpose,
      bytes,
    });
  return decrypt(cipher, derive(KEY_PURPOSE.cipherKey, cipher.keyBytes), derive(KEY_PURPOSE.iv, 8), data);
}

function decryptPbes2(parameters: Der | undefined, data: Buffer, password: string): Buffer {
  const [derivation, scheme] = childrenOf(parameters);
  const [derivationOid, derivationParameters] = childrenOf(derivation);
  const [schemeOid, iv] = childrenOf(scheme);
  if (oidOf(derivationOid) !== PBKDF2) throw new UnknownCipherError(oidOf(derivationOid));
  const cipher = PBES2_CIPHERS[oidOf(schemeOid)];
  if (cipher === undefined) throw new UnknownCipherError(oidOf(schemeOid));
  // The length of the key and the pseudo-random function may be left out.
  const [salt, iterations, ...rest] = childrenOf(derivationParameters);
  const pseudoRandom = rest.find(({ value }) => typeof value !== 'string');
  const pseudoRandomOid = pseudoRandom === undefined ? HMAC_SHA1 : oidOf(childrenOf(pseudoRandom)[0]);
  const hash = PSEUDO_RANDOM[pseudoRandomOid];
  if (hash === undefined) throw new UnknownCipherError(pseudoRandomOid);
  const key = pbkdf2Sync(password, bytesOf(salt), iterationsOf(iterations), cipher.keyBytes, hash);
  return decrypt(cipher, key, bytesOf(iv), data);
}

function decrypt({ name, keyBytes }: Cipher, key: Buffer, iv: Buffer, data: Buffer): Buffer {
  if (name.startsWith('rc2')) return decryptRc2(key, keyBytes * 8, iv, data);
  const decipher = createDecipheriv(name, key, iv);
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    throw new WrongPasswordError();
  }
}

function decryptRc2(key: Buffer, effectiveBits: number, iv: Buffer, data: Buffer): Buffer {
  const cipher = rc2.createDecryptionCipher(key.toString('latin1'), effectiveBits);
  cipher.start(iv.toString('latin1'), null);
  cipher.update(util.createBuffer(data.toString('latin1')));
  if (!cipher.finish()) throw new WrongPasswordError();
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}
