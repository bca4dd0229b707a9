/**
 * JKS and JCEKS, as sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore write them: big-endian,
 * names in modified UTF-8, and at the end a SHA-1 over password and content.
 */
import { createDecipheriv, createHash } from 'node:crypto';
import { bytesOf, childrenOf, iterationsOf, oidOf, parseDer } from './der.ts';
import type { KeyEntry, StoreEntries } from './store-entries.ts';
import { UnknownCipherError, WrongPasswordError } from './store-fault.ts';

const KEY = 1;
const TRUSTED = 2;
const DIGEST_BYTES = 20;
const SUN_KEY_PROTECTOR = '1.3.6.1.4.1.42.2.17.1.1';
const JCEKS_KEY_PROTECTOR = '1.3.6.1.4.1.42.2.19.1';

/**
 * @param password null: the content is not checked against it, and trusted certificates can be read all the same.
 * @throws WrongPasswordError for that of the store; any other error: it is damaged.
 */
export function readJks(bytes: Buffer, password: string | null): StoreEntries {
  if (password !== null) checkDigest(bytes, password);
  const input = new JksInput(bytes);
  input.skip(4);
  const version = input.int32();
  const keys: KeyEntry[] = [];
  const trusted: { alias: string; certificate: Buffer }[] = [];
  for (let left = input.int32(); left > 0; left--) {
    const tag = input.int32();
    const alias = input.name();
    input.skip(8);
    if (tag === KEY) {
      const encrypted = input.bytes();
      const chain = Array.from({ length: input.int32() }, () => input.certificate(version));
      keys.push({ alias, chain, decrypt: (keyPassword) => decryptKey(encrypted, keyPassword) });
    } else if (tag === TRUSTED) trusted.push({ alias, certificate: input.certificate(version) });
    // A secret key is a serialised Java object, whose end only Java knows.
    else throw new UnknownCipherError('a secret key beside the private one');
  }
  return {
    keys,
    trusted: trusted.map(({ certificate }) => certificate),
    trustedAliases: trusted.map(({ alias }) => alias),
  };
}

class JksInput {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes.subarray(0, -DIGEST_BYTES);
  }

  int32(): number {
    this.#position += 4;
    return this.#bytes.readInt32BE(this.#position - 4);
  }

  skip(length: number): void {
    this.#position += length;
  }

  name(): string {
    this.#position += 2;
    return this.#take(this.#bytes.readUInt16BE(this.#position - 2)).toString('utf8');
  }

  bytes(): Buffer {
    return this.#take(this.int32());
  }

  /** Its type stands before it since version 2. */
  certificate(version: number): Buffer {
    if (version >= 2) this.name();
    return this.bytes();
  }

  #take(length: number): Buffer {
    this.#position += length;
    if (length < 0 || this.#position > this.#bytes.length) throw new Error('cut off');
    return this.#bytes.subarray(this.#position - length, this.#position);
  }
}

function checkDigest(bytes: Buffer, password: string): void {
  const digest = createHash('sha1')
    .update(utf16(password))
    .update('Mighty Aphrodite')
    .update(bytes.subarray(0, -DIGEST_BYTES))
    .digest();
  if (!digest.equals(bytes.subarray(-DIGEST_BYTES))) throw new WrongPasswordError();
}

function decryptKey(encrypted: Buffer, password: string): Buffer {
  const [algorithm, data] = childrenOf(parseDer(encrypted));
  const [oid, parameters] = childrenOf(algorithm);
  const name = oidOf(oid);
  if (name === SUN_KEY_PROTECTOR) return decryptJksKey(bytesOf(data), utf16(password));
  if (name !== JCEKS_KEY_PROTECTOR) throw new UnknownCipherError(name);
  const [salt, iterations] = childrenOf(parameters);
  return decryptJceksKey(bytesOf(data), { password, salt: bytesOf(salt), iterations: iterationsOf(iterations) });
}

/** A salt, the key XORed with a chain of SHA-1 digests, and a digest of password and key. */
function decryptJksKey(data: Buffer, password: Buffer): Buffer {
  const salt = data.subarray(0, DIGEST_BYTES);
  const hidden = data.subarray(DIGEST_BYTES, -DIGEST_BYTES);
  const key = Buffer.alloc(hidden.length);
  let digest = salt;
  for (let index = 0; index < key.length; index++) {
    if (index % DIGEST_BYTES === 0) digest = createHash('sha1').update(password).update(digest).digest();
    key[index] = (hidden[index] ?? 0) ^ (digest[index % DIGEST_BYTES] ?? 0);
  }
  const check = createHash('sha1').update(password).update(key).digest();
  if (!check.equals(data.subarray(-DIGEST_BYTES))) throw new WrongPasswordError();
  return key;
}

/** PBEWithMD5AndTripleDES: each half of the salt makes half of the key and initialisation vector. */
function decryptJceksKey(
  data: Buffer,
  { password, salt, iterations }: { readonly password: string; readonly salt: Buffer; readonly iterations: number },
): Buffer {
  const text = Buffer.from(password, 'latin1');
  const halves = [Buffer.from(salt.subarray(0, 4)), Buffer.from(salt.subarray(4, 8))];
  // Java means to reverse the first of two equal halves, and writes to one place twice.
  if (halves[0]?.equals(halves[1] ?? halves[0])) {
    const [a = 0, b = 0, , d = 0] = halves[0];
    halves[0] = Buffer.from([d, a, b, d]);
  }
  const derived = halves.map((half) => {
    let digest = half;
    for (let round = 0; round < iterations; round++) digest = createHash('md5').update(digest).update(text).digest();
    return digest;
  });
  const material = Buffer.concat(derived);
  const decipher = createDecipheriv('des-ede3-cbc', material.subarray(0, 24), material.subarray(24, 32));
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    throw new WrongPasswordError();
  }
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}
