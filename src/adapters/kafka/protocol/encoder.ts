import { MigrationError } from '../../../errors.ts';

/** The value does not fit its type; nothing was sent. */
export class UnencodableError extends MigrationError {
  constructor(message: string) {
    super('KAFKA_PROTOCOL', message);
  }
}

const MAX_INT16 = 32_767;

/**
 * Writes Kafka's primitive types, big-endian (https://kafka.apache.org/protocol#protocol_types).
 * `flexible` (KIP-482) picks the compact form of strings, bytes and arrays, so that a request file is written once
 * for all its versions and differs only where the fields do.
 */
export class Encoder {
  readonly flexible: boolean;
  #bytes: Buffer;
  #size = 0;

  constructor(flexible = false, initialSize = 256) {
    this.flexible = flexible;
    this.#bytes = Buffer.allocUnsafe(initialSize);
  }

  /** What was written so far; shares memory with the encoder. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  get size(): number {
    return this.#size;
  }

  int8(value: number): this {
    this.#size = this.#reserve(1).writeInt8(value, this.#size);
    return this;
  }

  int16(value: number): this {
    this.#size = this.#reserve(2).writeInt16BE(value, this.#size);
    return this;
  }

  int32(value: number): this {
    this.#size = this.#reserve(4).writeInt32BE(value, this.#size);
    return this;
  }

  int64(value: bigint): this {
    this.#size = this.#reserve(8).writeBigInt64BE(value, this.#size);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  /** Unsigned LEB128, up to 32 bits. */
  uvarint(value: number): this {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.#byte(rest);
  }

  /** A 128-bit id, as 16 raw bytes. */
  uuid(value: Uint8Array): this {
    if (value.length !== 16) throw new RangeError(`a UUID has 16 bytes, not ${value.length}`);
    return this.raw(value);
  }

  string(value: string): this {
    const length = Buffer.byteLength(value);
    if (!this.flexible && length > MAX_INT16) {
      throw new UnencodableError(`a STRING takes ${MAX_INT16} bytes at most, not ${length}`);
    }
    if (this.flexible) this.uvarint(length + 1);
    else this.int16(length);
    this.#reserve(length).write(value, this.#size);
    this.#size += length;
    return this;
  }

  nullableString(value: string | null): this {
    if (value !== null) return this.string(value);
    return this.flexible ? this.uvarint(0) : this.int16(-1);
  }

  bytesField(value: Uint8Array): this {
    if (this.flexible) this.uvarint(value.length + 1);
    else this.int32(value.length);
    return this.raw(value);
  }

  array<T>(items: readonly T[], writeItem: (item: T) => void): this {
    if (this.flexible) this.uvarint(items.length + 1);
    else this.int32(items.length);
    for (const item of items) writeItem(item);
    return this;
  }

  nullArray(): this {
    return this.flexible ? this.uvarint(0) : this.int32(-1);
  }

  /** Ends a structure: the (empty) tagged fields of a flexible version, nothing in others. */
  endStruct(): this {
    return this.flexible ? this.uvarint(0) : this;
  }

  raw(value: Uint8Array): this {
    this.#reserve(value.length).set(value, this.#size);
    this.#size += value.length;
    return this;
  }

  #byte(value: number): this {
    this.#size = this.#reserve(1).writeUInt8(value, this.#size);
    return this;
  }

  #reserve(length: number): Buffer {
    if (this.#size + length > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#size + length));
      this.#bytes.copy(grown, 0, 0, this.#size);
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}
