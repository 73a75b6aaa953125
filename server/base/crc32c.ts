/** CRC-32C (Castagnoli), by tables, four bytes a step: the checksum of journal batches and blocks. */

const SIZE = 256;

/** Four tables in one: the k-th is that of a byte with k zero bytes behind it. */
const TABLE = (() => {
  const table = new Uint32Array(4 * SIZE);
  for (let n = 0; n < SIZE; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0x82f6_3b78 : c >>> 1;
    table[n] = c;
  }
  for (let n = 0; n < SIZE; n++) {
    let c = table[n] as number;
    for (let k = 1; k < 4; k++) {
      c = (table[c & 0xff] as number) ^ (c >>> 8);
      table[k * SIZE + n] = c;
    }
  }
  return table;
})();

/** The checksum of `bytes[from, to)`, continued from `seed` (another range's checksum, or a segment's id). */
export function crc32c(bytes: Uint8Array, seed = 0, from = 0, to = bytes.length): number {
  let c = ~seed;
  let i = from;
  for (const last = to - 4; i <= last; i += 4) {
    c ^=
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    c =
      (TABLE[3 * SIZE + (c & 0xff)] as number) ^
      (TABLE[2 * SIZE + ((c >>> 8) & 0xff)] as number) ^
      (TABLE[SIZE + ((c >>> 16) & 0xff)] as number) ^
      (TABLE[c >>> 24] as number);
  }
  for (; i < to; i++) {
    c = (TABLE[(c ^ (bytes[i] as number)) & 0xff] as number) ^ (c >>> 8);
  }
  return ~c >>> 0;
}
