/** Bytes of a file as text, where they are UTF-8. */

export type DecodedText = { readonly text: string } | { readonly encoding: 'UTF-16' };

/** UTF-16 by its mark, or by a zero in every other of the first bytes; UTF-8 comes without its mark. */
export function decodeText(bytes: Buffer): DecodedText {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const start = bytes.subarray(0, 8);
  const zeros = (parity: number) =>
    start.length >= 4 && start.every((byte, index) => (byte === 0) === (index % 2 === parity));
  if (hasMark || zeros(0) || zeros(1)) return { encoding: 'UTF-16' };
  return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
}
