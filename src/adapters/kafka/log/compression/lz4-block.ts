/**
 * One LZ4 block (lz4_Block_format.md).
 *
 *   block    => [sequence]
 *   sequence => token [literal length: 255* n] literals offset:UINT16LE [match length: 255* n]
 *   token    => literal length:4 bits, match length − 4:4 bits; 15 says that more bytes follow; the last sequence ends
 *               after its literals
 */
import { MalformedDataError } from '../../protocol/decoder.ts';

const MIN_MATCH = 4;
const LONG = 15;

/** Unpacks into `output` from `start` and stays below `end`; matches may reach before `start`. Returns where it ended. */
export function unpackLz4Block(input: Uint8Array, output: Uint8Array, start: number, end: number): number {
  let from = 0;
  let to = start;

  const byte = (): number => {
    const value = input[from];
    if (value === undefined) throw new MalformedDataError('an LZ4 block is cut off');
    from += 1;
    return value;
  };
  const longLength = (length: number): number => {
    if (length < LONG) return length;
    let total = length;
    let more = 255;
    while (more === 255) {
      more = byte();
      total += more;
    }
    return total;
  };

  while (from < input.length) {
    const token = byte();
    const literals = longLength(token >> 4);
    if (from + literals > input.length) throw new MalformedDataError('an LZ4 block is cut off');
    if (to + literals > end) throw new MalformedDataError('an LZ4 block is larger than its frame or limit allows');
    output.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === input.length) break;

    const distance = byte() | (byte() << 8);
    if (distance === 0 || distance > to) throw new MalformedDataError('an LZ4 match lies before the data');
    const length = longLength(token & LONG) + MIN_MATCH;
    if (to + length > end) throw new MalformedDataError('an LZ4 block is larger than its frame or limit allows');
    // Byte by byte: a match may overlap what it writes.
    for (const stop = to + length; to < stop; to += 1) output[to] = output[to - distance] as number;
  }
  return to;
}
