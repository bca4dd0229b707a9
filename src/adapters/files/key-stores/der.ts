/** DER as node-forge reads it, with checks where something is expected: what does not fit ends the reading. */
import asn1, { type Asn1Value } from 'node-forge/lib/asn1.js';

export type Der = Asn1Value;

const OCTET_STRING = 4;
const CONTEXT_SPECIFIC = 0x80;

/** Bytes after the value are left alone: some writers pad. */
export function parseDer(bytes: Buffer): Der {
  return asn1.fromDer(bytes.toString('latin1'), { strict: true, parseAllBytes: false, decodeBitStrings: false });
}

export function writeDer(value: Der): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
}

export function childrenOf(value: Der | undefined): readonly Der[] {
  if (value === undefined || typeof value.value === 'string') throw new Error('not a sequence');
  return value.value;
}

/** The bytes of a primitive value. */
export function bytesOf(value: Der | undefined): Buffer {
  if (value === undefined) throw new Error('no value');
  if (typeof value.value === 'string') return Buffer.from(value.value, 'latin1');
  // BER may cut an OCTET STRING into several.
  if (value.type === OCTET_STRING || isTagged(value)) return Buffer.concat(value.value.map(bytesOf));
  throw new Error('not bytes');
}

export function oidOf(value: Der | undefined): string {
  return asn1.derToOid(bytesOf(value).toString('latin1'));
}

export function integerOf(value: Der | undefined): number {
  const bytes = bytesOf(value);
  if (bytes.length === 0 || bytes.length > 6) throw new Error('not an integer');
  return bytes.readUIntBE(0, bytes.length);
}

/** Java's own limit: a damaged or hostile file would keep us busy for hours. */
const MAX_ITERATIONS = 5_000_000;

export function iterationsOf(value: Der | undefined): number {
  const iterations = integerOf(value);
  if (iterations < 1 || iterations > MAX_ITERATIONS) throw new Error('no usable iteration count');
  return iterations;
}

/** `[0]`, `[1]` …, which stand around a value or in place of its type. */
export function isTagged(value: Der): boolean {
  return value.tagClass === CONTEXT_SPECIFIC;
}

/** What stands in an explicit tag. */
export function untagged(value: Der | undefined): Der {
  const [inner] = childrenOf(value);
  if (inner === undefined) throw new Error('an empty tag');
  return inner;
}
