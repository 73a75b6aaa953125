import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../base/bytes.ts';
import { Block } from './block.ts';
import {
  blockCapacity,
  decodeDatabaseHeader,
  decodeLongValue,
  decodePage,
  encodeDatabaseHeader,
  encodeLongValue,
  encodePage,
  pageSeed,
} from './page.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const UUID = '0123456789abcdef0123456789abcdef';

function block(): Block {
  const made = Block.empty(7, utf8('abc'), utf8('abx'), 500);
  made.set(utf8('abd'), 3, utf8('two'));
  return made;
}

describe('a page', () => {
  it('has stable bytes (golden)', () => {
    const page = encodePage(block(), pageSeed(UUID));
    expect(hex(page.key)).toBe('616263');
    expect(hex(page.bytes)).toBe(
      '010001000300030022000000070000000000000061626361627801000300' + '6474776f0d00' + '9b36ab6c',
    );
  });

  it('is refused when any byte changed, under another key or in another database', () => {
    const page = encodePage(block(), pageSeed(UUID));
    for (let at = 0; at < page.bytes.length; at++) {
      const bytes = page.bytes.slice();
      bytes[at]! ^= 4;
      expect(() => decodePage({ key: page.key, bytes }, pageSeed(UUID), 500)).toThrow('<DAMAGED>');
    }
    expect(() => decodePage({ ...page, key: utf8('abd') }, pageSeed(UUID), 500)).toThrow(
      '<DAMAGED>',
    );
    expect(() => decodePage(page, pageSeed('f'.repeat(32)), 500)).toThrow('<DAMAGED>');
    expect(decodePage(page, pageSeed(UUID), 500).textAt(0)).toBe('two');
  });

  it('of a full block fills whole 4 KiB pages of the store with its overhead', () => {
    expect([8, 16, 32, 64].map((kib) => blockCapacity(kib * 1024) + 4 + 32)).toEqual(
      [8, 16, 32, 64].map((kib) => kib * 1024),
    );
  });
});

describe('a long value', () => {
  it('has stable bytes (golden), and is refused when any byte changed, under another id or in another database', () => {
    const seed = pageSeed(UUID);
    const stored = encodeLongValue(2 ** 32 + 7, utf8('long'), seed);
    expect(hex(stored)).toBe('6c6f6e67' + '831c1cfe');
    expect(decodeLongValue(2 ** 32 + 7, stored, seed)).toEqual(utf8('long'));
    for (let at = 0; at < stored.length; at++) {
      const bytes = stored.slice();
      bytes[at]! ^= 4;
      expect(() => decodeLongValue(2 ** 32 + 7, bytes, seed)).toThrow('<DAMAGED>');
      expect(() => decodeLongValue(2 ** 32 + 7, stored.subarray(0, at), seed)).toThrow('<DAMAGED>');
    }
    expect(() => decodeLongValue(2 ** 32 + 8, stored, seed)).toThrow('<DAMAGED>');
    expect(() => decodeLongValue(2 ** 32 + 7, stored, pageSeed('f'.repeat(32)))).toThrow(
      '<DAMAGED>',
    );
  });
});

describe('a database header', () => {
  const header = { uuid: UUID, blockSize: 8192, position: 2 ** 40 + 5, generation: 3 };
  const fields =
    '000000' +
    '00200000' +
    '0500000000010000' +
    '0300000000000000' +
    '3031323334353637383961626364656630313233343536373839616263646566';

  it.each([
    [2, 2, `02${fields}0200000000000000d78c82a7`],
    [1, undefined, `01${fields}4b04b4fc`],
  ])(
    'of version %i has stable bytes (golden), and is refused when any of them changed',
    (_version, checkedFrom, golden) => {
      const bytes = encodeDatabaseHeader({ ...header, checkedFrom });
      expect(hex(bytes)).toBe(golden);
      expect(decodeDatabaseHeader(bytes)).toEqual({ ...header, checkedFrom });
      for (let at = 0; at < bytes.length; at++) {
        const bad = bytes.slice();
        bad[at]! ^= 4;
        expect(() => decodeDatabaseHeader(bad)).toThrow('<DAMAGED>');
      }
    },
  );
});
