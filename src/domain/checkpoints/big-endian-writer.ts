const UTF8 = new TextEncoder();

/** Writes Kafka's classic protocol types. Errors: RangeError for a string that does not fit in an INT16 length. */
export class BigEndianWriter {
  private readonly parts: Uint8Array[] = [];

  int16(value: number): this {
    return this.fixed(2, (view) => view.setInt16(0, value));
  }

  int32(value: number): this {
    return this.fixed(4, (view) => view.setInt32(0, value));
  }

  int64(value: bigint): this {
    return this.fixed(8, (view) => view.setBigInt64(0, value));
  }

  string(value: string): this {
    const bytes = UTF8.encode(value);
    if (bytes.length > 0x7fff) throw new RangeError(`A STRING holds at most 32767 bytes, not ${bytes.length}`);
    this.int16(bytes.length);
    this.parts.push(bytes);
    return this;
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.parts.reduce((length, part) => length + part.length, 0));
    let position = 0;
    for (const part of this.parts) {
      all.set(part, position);
      position += part.length;
    }
    return all;
  }

  private fixed(length: number, write: (view: DataView) => void): this {
    const bytes = new Uint8Array(length);
    write(new DataView(bytes.buffer));
    this.parts.push(bytes);
    return this;
  }
}
