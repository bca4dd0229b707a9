import type { MalformedReason } from './malformed-record.ts';

export type ReadFailure = Extract<MalformedReason, 'truncated' | 'trailing-bytes' | 'negative-length' | 'invalid-utf8'>;

// `ignoreBOM` keeps a byte order mark in the text, as Java does: a group may be called that.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads Kafka's classic protocol types (INT16, INT32, INT64, STRING) from bytes that may be anything. It never throws:
 * the first failure sticks in `failure`, and reads after it return zeros and ''. Lengths are checked before use.
 */
export class BigEndianReader {
  failure: ReadFailure | null = null;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  int16(): number {
    return this.take(2) ? this.view.getInt16(this.position - 2) : 0;
  }

  int32(): number {
    return this.take(4) ? this.view.getInt32(this.position - 4) : 0;
  }

  int64(): bigint {
    return this.take(8) ? this.view.getBigInt64(this.position - 8) : 0n;
  }

  /** STRING: INT16 length in bytes, then UTF-8. Not nullable, so −1 is a failure too. */
  string(): string {
    const length = this.int16();
    if (length < 0) {
      this.failure ??= 'negative-length';
      return '';
    }
    if (!this.take(length)) return '';
    try {
      return UTF8.decode(this.bytes.subarray(this.position - length, this.position));
    } catch {
      this.failure = 'invalid-utf8';
      return '';
    }
  }

  /** Nothing may follow the last field. */
  end(): void {
    if (this.position < this.bytes.byteLength) this.failure ??= 'trailing-bytes';
  }

  private take(length: number): boolean {
    if (this.failure !== null) return false;
    if (this.position + length > this.bytes.byteLength) {
      this.failure = 'truncated';
      return false;
    }
    this.position += length;
    return true;
  }
}
