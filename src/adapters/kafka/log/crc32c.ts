/** CRC-32C (Castagnoli, reflected polynomial 0x82f63b78), which guards record batches. node:zlib has only CRC-32. */
const POLYNOMIAL = 0x82f63b78;

const T0 = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  return crc;
});
/** The same for a byte that one to seven more bytes follow: eight are taken at a time, which is four times as fast. */
const T1 = followed(T0);
const T2 = followed(T1);
const T3 = followed(T2);
const T4 = followed(T3);
const T5 = followed(T4);
const T6 = followed(T5);
const T7 = followed(T6);

function followed(table: Int32Array): Int32Array {
  return table.map((crc) => (crc >>> 8) ^ at(T0, crc & 0xff));
}

export function crc32c(bytes: Uint8Array): number {
  const end = bytes.length - (bytes.length % 8);
  let crc = -1;
  for (let i = 0; i < end; i += 8) {
    crc ^= at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24);
    crc =
      at(T7, crc & 0xff) ^
      at(T6, (crc >>> 8) & 0xff) ^
      at(T5, (crc >>> 16) & 0xff) ^
      at(T4, crc >>> 24) ^
      at(T3, at(bytes, i + 4)) ^
      at(T2, at(bytes, i + 5)) ^
      at(T1, at(bytes, i + 6)) ^
      at(T0, at(bytes, i + 7));
  }
  for (let i = end; i < bytes.length; i += 1) crc = (crc >>> 8) ^ at(T0, (crc ^ at(bytes, i)) & 0xff);
  return ~crc >>> 0;
}

/** Every index here is within bounds. */
function at(values: Int32Array | Uint8Array, index: number): number {
  return values[index] as number;
}
