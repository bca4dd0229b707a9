/**
 * Reads Kafka's primitive types, big-endian. A length is checked against what is left before anything is allocated,
 * so bytes of any origin give a value or a MalformedDataError: never a hang, a RangeError or a huge array.
 */
import { MigrationError } from '../../../errors.ts';

/** The bytes are not what their type says: truncated, or a length that cannot be. */
export class MalformedDataError extends MigrationError {
  constructor(message: string) {
    super('KAFKA_PROTOCOL', message);
  }
}

export class Decoder {
  readonly flexible: boolean;
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array, flexible = false) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.flexible = flexible;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#advance(1, 'an INT8'));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2, 'an INT16'));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4, 'an INT32'));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4, 'a UINT32'));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8, 'an INT64'));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  uvarint(): number {
    const short = this.#shortVarint();
    if (short !== null) return short;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#advance(1, 'a VARINT'));
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw new MalformedDataError('a VARINT is longer than 32 bits');
  }

  /** Most have one or two bytes, and there are many. */
  #shortVarint(): number | null {
    const first = this.#bytes[this.#offset] ?? 0xff;
    if (first < 0x80) {
      this.#offset += 1;
      return first;
    }
    const second = this.#bytes[this.#offset + 1] ?? 0xff;
    if (second >= 0x80) return null;
    this.#offset += 2;
    return (first & 0x7f) | (second << 7);
  }

  /** Zigzag VARINT, 32 bits. */
  varint(): number {
    const value = this.uvarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zigzag VARLONG, 64 bits. */
  varlong(): bigint {
    const short = this.#shortVarint();
    if (short !== null) return BigInt((short >>> 1) ^ -(short & 1));
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes.readUInt8(this.#advance(1, 'a VARLONG'));
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
    throw new MalformedDataError('a VARLONG is longer than 64 bits');
  }

  uuid(): Buffer {
    return this.raw(16);
  }

  string(): string {
    const value = this.nullableString();
    if (value === null) throw new MalformedDataError('a STRING is null');
    return value;
  }

  nullableString(): string | null {
    const length = this.flexible ? this.uvarint() - 1 : this.int16();
    return length === -1 ? null : this.raw(length).toString('utf8');
  }

  /** Null stays null; shares memory with the input. */
  nullableBytes(): Buffer | null {
    const length = this.flexible ? this.uvarint() - 1 : this.int32();
    return length === -1 ? null : this.raw(length);
  }

  /** A null array reads as empty: no response that we read tells them apart. */
  array<T>(readItem: () => T): T[] {
    const length = this.flexible ? this.uvarint() - 1 : this.int32();
    if (length === -1) return [];
    // Each item takes a byte or more, which bounds the loop by the bytes that really came.
    if (length < 0 || length > this.remaining) throw this.#tooShort(`an ARRAY of ${length} items`);
    const items: T[] = [];
    for (let index = 0; index < length; index += 1) {
      const before = this.#offset;
      items.push(readItem());
      if (this.#offset === before) throw new MalformedDataError('an ARRAY item takes no bytes');
    }
    return items;
  }

  /** Ends a structure: skips the tagged fields of a flexible version. */
  endStruct(): void {
    if (!this.flexible) return;
    const count = this.uvarint();
    for (let index = 0; index < count; index += 1) {
      this.uvarint();
      this.raw(this.uvarint());
    }
  }

  /** The next `length` bytes; shares memory with the input. */
  raw(length: number): Buffer {
    const start = this.#advance(length, `${length} bytes`);
    return this.#bytes.subarray(start, start + length);
  }

  /** Passes over the next `length` bytes. */
  skip(length: number): void {
    this.#advance(length, `${length} bytes`);
  }

  #advance(length: number, what: string): number {
    if (length < 0 || length > this.remaining) throw this.#tooShort(what);
    const start = this.#offset;
    this.#offset = start + length;
    return start;
  }

  #tooShort(what: string): MalformedDataError {
    return new MalformedDataError(
      `expected ${what} at byte ${this.#offset}, seen ${this.remaining} of ${this.#bytes.length} bytes left`,
    );
  }
}
