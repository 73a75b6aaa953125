import { describe, expect, it } from '@jest/globals';
import { utf8 } from './bytes.ts';
import { crc32c } from './crc32c.ts';

describe('CRC-32C', () => {
  it('gives the values of RFC 3720, appendix B.4, and the check value', () => {
    expect(crc32c(utf8('123456789'))).toBe(0xe306_9283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a91_36aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8_ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd_794e);
  });

  it('is the same in one piece, in two, and over a part', () => {
    const bytes = Uint8Array.from({ length: 41 }, (_, i) => i * 37);
    for (let at = 0; at <= bytes.length; at++) {
      const parts = crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)));
      expect(parts).toBe(crc32c(bytes));
      expect(crc32c(bytes, 9, at)).toBe(crc32c(bytes.slice(at), 9));
    }
  });
});
