/** CRC-32C (Castagnoli), by table: the checksum of journal batches and blocks. */

const TABLE = (() => {
  const table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0x82f6_3b78 : c >>> 1;
    table[n] = c;
  }
  return table;
})();

/** The checksum of `bytes[from, to)`, continued from `seed` (another range's checksum, or a segment's id). */
export function crc32c(bytes: Uint8Array, seed = 0, from = 0, to = bytes.length): number {
  let c = ~seed;
  for (let i = from; i < to; i++) {
    c = (TABLE[(c ^ (bytes[i] as number)) & 0xff] as number) ^ (c >>> 8);
  }
  return ~c >>> 0;
}
