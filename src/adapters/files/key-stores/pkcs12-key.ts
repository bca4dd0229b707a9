import { createHash } from 'node:crypto';

/** What a derived key is for. */
export const KEY_PURPOSE = { cipherKey: 1, iv: 2, mac: 3 } as const;

/** Bytes of one block of the hash. */
const BLOCK_BYTES: Readonly<Record<string, number>> = { sha384: 128, sha512: 128 };

export interface DerivedKey {
  readonly password: string;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly hash: string;
  readonly purpose: number;
  readonly bytes: number;
}

/** RFC 7292, appendix B.2. */
export function derivePkcs12Key({ password, salt, iterations, hash, purpose, bytes }: DerivedKey): Buffer {
  const block = BLOCK_BYTES[hash] ?? 64;
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([fill(salt, block), fill(bmpString(password), block)]);
  const derived: Buffer[] = [];
  for (let length = 0; length < bytes; ) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round++) digest = createHash(hash).update(digest).digest();
    derived.push(digest);
    length += digest.length;
    const addend = fill(digest, block).subarray(0, block);
    for (let start = 0; start < input.length; start += block) addOne(input.subarray(start, start + block), addend);
  }
  return Buffer.concat(derived).subarray(0, bytes);
}

/** block = block + addend + 1, carries within the block only. */
function addOne(block: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let index = block.length - 1; index >= 0; index--) {
    carry += (block[index] ?? 0) + (addend[index] ?? 0);
    block[index] = carry & 0xff;
    carry >>= 8;
  }
}

/** Repeated up to whole blocks. */
function fill(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
}

/** UTF-16 with two zero bytes at its end. */
function bmpString(text: string): Buffer {
  return Buffer.from(`${text}\u0000`, 'utf16le').swap16();
}
