import { describe, expect, test } from '@jest/globals';
import { textOf } from '../base/bytes.ts';
import { VALUE_BYTES_MAX } from '../base/limits.ts';
import { encodeValue } from './value.ts';
import type { Value } from './types.ts';

describe('values (F-D2)', () => {
  test('numbers become canonical text, strings UTF-8', () => {
    const cases: [Value, string][] = [
      ['250.00', '250.00'],
      [250, '250'],
      [0.5, '.5'],
      [-0, '0'],
      [10n ** 30n, `1${'0'.repeat(30)}`],
      ['', ''],
      ['é😀\0', 'é😀\0'],
      ['\uFEFFmark', '\uFEFFmark'],
    ];
    for (const [value, text] of cases) expect(textOf(encodeValue(value))).toBe(text);
  });

  test('bytes are kept as they are, in a copy', () => {
    const bytes = new Uint8Array([0, 200, 255]);
    const encoded = encodeValue(bytes);
    bytes.fill(1);
    expect([...encoded]).toEqual([0, 200, 255]);
  });

  test('3,641,144 bytes are allowed, one more is <MAXSTRING>', () => {
    expect(encodeValue('x'.repeat(VALUE_BYTES_MAX))).toHaveLength(VALUE_BYTES_MAX);
    expect(encodeValue(new Uint8Array(VALUE_BYTES_MAX))).toHaveLength(VALUE_BYTES_MAX);
    expect(() => encodeValue('x'.repeat(VALUE_BYTES_MAX + 1))).toThrow('<MAXSTRING>');
    expect(() => encodeValue(new Uint8Array(VALUE_BYTES_MAX + 1))).toThrow('<MAXSTRING>');
    expect(() => encodeValue('é'.repeat(VALUE_BYTES_MAX / 2 + 1))).toThrow('<MAXSTRING>');
  });

  test.each([NaN, Infinity, 1e47, 1e-44])('the number %p is <MAXNUMBER>', (value) => {
    expect(() => encodeValue(value)).toThrow('<MAXNUMBER>');
  });

  test.each([
    null,
    undefined,
    true,
    {},
    ['x'],
    Symbol('x'),
    new Uint16Array(1),
    new Proxy(new Uint8Array(1), {}),
    'a\uD800',
  ])('%p is <SYNTAX>', (value) => {
    expect(() => encodeValue(value as Value)).toThrow('<SYNTAX>');
  });
});
