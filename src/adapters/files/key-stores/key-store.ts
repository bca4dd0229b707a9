/** One store file → PEM, or what is wrong with it. */
import { createPrivateKey } from 'node:crypto';
import type { StoreReading, StoreRequest } from '../../../inputs/key-files.ts';
import { readBytes } from '../text-file.ts';
import { readJks } from './jks-store.ts';
import { toPem } from './pem-text.ts';
import { readPkcs12 } from './pkcs12-store.ts';
import type { KeyEntry, StoreEntries } from './store-entries.ts';
import { StoreError, UnknownCipherError, WrongPasswordError } from './store-fault.ts';
import { detectFormat, type StoreFormat } from './store-format.ts';

const TYPES: readonly string[] = ['PEM', 'JKS', 'JCEKS', 'PKCS12'];

export function readStore(path: string, request: StoreRequest): StoreReading {
  try {
    return readFile(path, request);
  } catch (error) {
    if (error instanceof StoreError) return { kind: 'fault', fault: error.fault };
    throw error;
  }
}

function readFile(path: string, request: StoreRequest): StoreReading {
  const type = request.type?.toUpperCase() ?? null;
  if (type !== null && !TYPES.includes(type)) throw new StoreError({ kind: 'unknown-type' });
  const file = readBytes(path);
  if ('error' in file) throw new StoreError({ kind: 'unreadable', reason: file.error });
  const detected = detectFormat(file.bytes);
  if ('other' in detected) {
    throw new StoreError({ kind: 'other-format', seen: detected.other, hint: detected.hint });
  }
  const { format } = detected;
  if (type !== null && !isSaid(type, format)) throw new StoreError({ kind: 'other-type', seen: format });
  if (format === 'PEM') return { kind: 'pem', text: file.bytes.toString('utf8') };
  const entries = open(file.bytes, format, request.password);
  return request.holds === 'key' ? theOneKey(entries, request) : trustedCertificates(entries);
}

/** Java reads JKS where PKCS12 is said, and the other way round (keystore.type.compat). */
function isSaid(type: string, format: StoreFormat): boolean {
  return type === format || (type === 'JKS' && format === 'PKCS12') || (type === 'PKCS12' && format === 'JKS');
}

function open(bytes: Buffer, format: 'JKS' | 'JCEKS' | 'PKCS12', password: string | null): StoreEntries {
  try {
    // Stores with an empty password are read without one.
    return format === 'PKCS12' ? readPkcs12(bytes, password ?? '') : readJks(bytes, password);
  } catch (error) {
    if (error instanceof WrongPasswordError) {
      throw new StoreError({ kind: password === null ? 'password-missing' : 'password-wrong' });
    }
    if (error instanceof UnknownCipherError) throw new StoreError({ kind: 'unknown-cipher', cipher: error.cipher });
    throw new StoreError({ kind: 'damaged', format });
  }
}

function theOneKey({ keys, trustedAliases }: StoreEntries, request: StoreRequest): StoreReading {
  const [entry, ...others] = keys;
  if (entry === undefined) throw new StoreError({ kind: 'no-key', aliases: trustedAliases });
  if (others.length > 0) throw new StoreError({ kind: 'several-keys', aliases: keys.map(({ alias }) => alias).sort() });
  if (entry.chain.length === 0) throw new StoreError({ kind: 'no-certificate', aliases: [entry.alias] });
  const key = decryptKey(entry, request);
  return { kind: 'store', certificates: certificatesPem(entry.chain), key: toPem('PRIVATE KEY', key) };
}

function decryptKey(entry: KeyEntry, { password, keyPassword }: StoreRequest): Buffer {
  try {
    const key = entry.decrypt(keyPassword ?? password ?? '');
    if (isKey(key)) return key;
    // By chance a wrong password leaves padding that looks right, once in 256 times.
    throw new WrongPasswordError();
  } catch (error) {
    if (error instanceof UnknownCipherError) throw new StoreError({ kind: 'unknown-cipher', cipher: error.cipher });
    if (!(error instanceof WrongPasswordError)) throw new StoreError({ kind: 'damaged', format: 'store' });
    const nothing = keyPassword === null && password === null;
    throw new StoreError({ kind: nothing ? 'password-missing' : 'key-password-wrong' });
  }
}

function isKey(der: Buffer): boolean {
  try {
    createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return true;
  } catch {
    return false;
  }
}

/** As Java's trust manager: the trusted certificates, and the first one of each key. */
function trustedCertificates({ keys, trusted }: StoreEntries): StoreReading {
  const certificates = [...trusted, ...keys.flatMap(({ chain }) => chain.slice(0, 1))];
  if (certificates.length === 0) throw new StoreError({ kind: 'nothing-trusted' });
  return { kind: 'store', certificates: certificatesPem(certificates), key: null };
}

function certificatesPem(certificates: readonly Buffer[]): string {
  return certificates.map((certificate) => toPem('CERTIFICATE', certificate)).join('');
}
