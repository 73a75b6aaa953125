import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ByteReader,
  ByteWriter,
  bytesOfHex,
  commonPrefixLength,
  compareBytes,
  concatBytes,
  equalBytes,
  freeBytes,
  hexOf,
  startsWith,
  successor,
  textOf,
  utf8,
} from './bytes.ts';
import { isEcpError } from './errors.ts';

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Uint8Array.from(array));

describe('byte strings', () => {
  test('compare as memcmp does', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
        expect(startsWith(concatBytes(a, b), a)).toBe(true);
        expect(startsWith(a, concatBytes(a, new Uint8Array(1)))).toBe(false);
        const common = commonPrefixLength(a, b);
        expect(equalBytes(a.subarray(0, common), b.subarray(0, common))).toBe(true);
        expect(common === a.length || common === b.length || a[common] !== b[common]).toBe(true);
      }),
    );
  });

  test('the successor is the smallest byte string above', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(compareBytes(successor(a), a)).toBeGreaterThan(0);
        if (compareBytes(b, a) > 0) expect(compareBytes(b, successor(a))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('text is UTF-8 both ways, short and long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const encoded = utf8(text);
        expect(textOf(encoded)).toBe(text.toWellFormed());
        expect(textOf(concatBytes(utf8('##'), encoded, utf8('#')), 2, 2 + encoded.length)).toBe(
          text.toWellFormed(),
        );
      }),
    );
  });
});

describe('ByteWriter and ByteReader', () => {
  const integer = fc.oneof(
    fc.maxSafeNat(),
    fc.constantFrom(
      0,
      127,
      128,
      16_383,
      16_384,
      2 ** 31 - 1,
      2 ** 31,
      2 ** 32,
      Number.MAX_SAFE_INTEGER,
    ),
  );

  test('what is written is read', () => {
    fc.assert(
      fc.property(
        fc.array(integer),
        bytes,
        fc.integer({ min: 0, max: 0xffff }),
        (integers, blob, small) => {
          const writer = new ByteWriter(1);
          writer
            .u8(small & 0xff)
            .u16(small)
            .u32(small * 65_537);
          for (const value of integers) writer.varint(value).u64(value);
          writer.blob(blob).text('ok');
          const reader = new ByteReader(writer.copy(), 'test');
          expect([reader.u8(), reader.u16(), reader.u32()]).toEqual([
            small & 0xff,
            small,
            small * 65_537,
          ]);
          for (const value of integers)
            expect([reader.varint(), reader.u64()]).toEqual([value, value]);
          expect(reader.blob(40)).toEqual(blob);
          expect(reader.text(2)).toBe('ok');
          reader.expectEnd();
        },
      ),
    );
  });

  test.each([
    [0, '00'],
    [127, '7f'],
    [128, '8001'],
    [300, 'ac02'],
    [2 ** 32, '8080808010'],
    [Number.MAX_SAFE_INTEGER, 'ffffffffffffff0f'],
  ])('varint of %p is %s (golden)', (value, hex) => {
    expect(Buffer.from(new ByteWriter().varint(value).copy()).toString('hex')).toBe(hex);
  });

  test.each([
    ['a varint of nine bytes', 'ffffffffffffffffff01'],
    ['a varint above 2^53 - 1', 'ffffffffffffff1f'],
    ['a varint that ends early', '80'],
    ['a varint longer than it need be', '8000'],
  ])('%s is DAMAGED', (_name, hex) => {
    const reader = new ByteReader(Uint8Array.from(Buffer.from(hex, 'hex')), 'thing');
    expect(() => reader.varint()).toThrow(/<DAMAGED> thing: .* at byte \d+/);
  });

  test('a length beyond the end or the limit is DAMAGED, before any memory is taken', () => {
    const reader = (value: number): ByteReader =>
      new ByteReader(new ByteWriter().varint(value).raw(utf8('abc')).copy(), 'thing');
    expect(() => reader(4).blob(10)).toThrow(/<DAMAGED>/);
    expect(() => reader(2 ** 50).blob(Number.MAX_SAFE_INTEGER)).toThrow(/<DAMAGED>/);
    expect(() => reader(3).blob(2)).toThrow(/above the limit of 2/);
    expect(reader(3).blob(3)).toEqual(utf8('abc'));
    expect(() => reader(1).expectEnd()).toThrow(/<DAMAGED>/);
  });

  test('hostile bytes never give anything but a value or DAMAGED, and never past the end given', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.array(fc.constantFrom('u8', 'u16', 'u32', 'u64', 'varint', 'blob', 'text', 'peekU8'), {
          maxLength: 20,
        }),
        (input, calls) => {
          const reader = new ByteReader(
            concatBytes(input, utf8('beyond')),
            'thing',
            0,
            input.length,
          );
          try {
            for (const call of calls) {
              if (call === 'blob' || call === 'text') reader[call](16);
              else reader[call]();
              expect(reader.position).toBeLessThanOrEqual(input.length);
            }
          } catch (error) {
            if (!isEcpError(error, 'DAMAGED')) throw error;
          }
        },
      ),
    );
  });

  test('a writer that is cleared keeps nothing; a view lasts until the next write', () => {
    const writer = new ByteWriter(2).u8(1).u32(7);
    writer.patchU32(1, 9);
    expect([...writer.view()]).toEqual([1, 9, 0, 0, 0]);
    writer.clear();
    expect(writer.length).toBe(0);
    expect(() => writer.varint(-1)).toThrow(/assertion/);
    expect(() => writer.u64(2 ** 53)).toThrow(/assertion/);
    expect(() => writer.patchU32(0, 1)).toThrow(/assertion/);
  });
});

describe('hexadecimal digits', () => {
  test('stand for the bytes they were made of', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(hexOf(bytes).slice(0, 6)).toBe('000102');
    expect(bytesOfHex(hexOf(bytes))).toEqual(bytes);
    expect(() => bytesOfHex('0')).toThrow('pairs');
    for (const text of ['0g', '/0', '0:', '`a', 'A0', '\u0130a'])
      expect(() => bytesOfHex(text)).toThrow('hexadecimal digits are');
  });
});

describe('a text', () => {
  it.each(['', 'grün', '\ufeffmark', '\ufffd', '😀'])('%p is read back', (text) => {
    expect(new ByteReader(new ByteWriter().text(text).copy(), 'thing').text(99)).toBe(text);
  });

  it.each(['80', 'c0af', 'eda080', 'f4908080', '61ff', 'c3'])(
    'of %s is no UTF-8, and damage',
    (hex) => {
      const bytes = new ByteWriter().blob(Uint8Array.from(Buffer.from(hex, 'hex'))).copy();
      expect(() => new ByteReader(bytes, 'thing').text(99)).toThrow(
        '<DAMAGED> thing: a text that is not',
      );
    },
  );
});

describe('memory that is given back', () => {
  test('is empty at once, in every view', () => {
    const bytes = new Uint8Array(4100);
    const block = bytes.subarray(0, 4096);
    freeBytes(block);
    expect([bytes.length, block.length, bytes.buffer.byteLength]).toEqual([0, 0, 0]);
  });

  test.each([
    ['at the beginning', 0, 2000],
    ['in the middle', 8, 4088],
  ])('is never a part of something larger: %s', (_, from, to) => {
    const whole = new Uint8Array(4096).fill(7);
    freeBytes(whole.subarray(from, to));
    expect(whole.every((byte) => byte === 7) && whole.length === 4096).toBe(true);
  });
});
