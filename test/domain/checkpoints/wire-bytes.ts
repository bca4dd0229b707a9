import fc from 'fast-check';

export function bytesOf(hexText: string): Uint8Array {
  return Uint8Array.from(hexText.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes near a good record: one byte of it changed, or its end cut off. */
export function damaged(good: string): fc.Arbitrary<Uint8Array> {
  const bytes = bytesOf(good);
  return fc
    .tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length))
    .map(([position, value, length]) => bytes.map((byte, i) => (i === position ? value : byte)).subarray(0, length));
}

/** Text that UTF-8 can carry: no lone surrogates. */
export function wellFormedText(): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary', maxLength: 40 });
}
