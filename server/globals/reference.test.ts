import { describe, expect, test } from '@jest/globals';
import { formatReference, parseReference } from './reference.ts';
import type { ReadSubscript } from './types.ts';

describe('references as text (F-D1)', () => {
  const cases: [string, string, ReadSubscript[]][] = [
    ['^A', 'A', []],
    ['^Account(17,"balance")', 'Account', [17, 'balance']],
    ['^%Z(-.5,"say ""hi""")', '%Z', [-0.5, 'say "hi"']],
    ['^A("a"_$C(13,10)_"b")', 'A', ['a\r\nb']],
    ['^A($C(0,127,133))', 'A', ['\0\x7f\x85']],
    ['^A("é😀")', 'A', ['é😀']],
    ['^A($ZCH(200)_"x")', 'A', ['\uDCC8x']],
    [
      '^A("01",12345678901234567890)'.replace('12345678901234567890', '"12345678901234567890"'),
      'A',
      ['01', '12345678901234567890'],
    ],
  ];
  test.each(cases)('%s', (text, global, subscripts) => {
    expect(parseReference(text)).toEqual({ global, subscripts });
    expect(formatReference(global, subscripts)).toBe(text);
  });

  test.each([
    ['A(1)', 'position 1: a reference starts with ^'],
    ['^(1)', 'position 2: a name follows the ^'],
    ['^A(', 'position 4: a subscript is a canonical number or a string in quotes'],
    ['^A(1', 'position 5: subscripts are separated by commas and end with )'],
    ['^A(1)x', 'position 6: nothing follows the reference'],
    ['^A(01)', 'position 4: a subscript is a canonical number or a string in quotes'],
    ['^A("x)', 'position 4: a string ends with a quote'],
    [
      '^A(12345678901234567890)',
      'position 4: a subscript is a canonical number or a string in quotes',
    ],
    ['^A(x)', 'position 4: a subscript is a canonical number or a string in quotes'],
  ])('%s: %s', (text, message) => {
    expect(() => parseReference(text)).toThrow(`<SYNTAX> reference, ${message}`);
  });

  test('an empty subscript is <SUBSCRIPT>, a long name <SYNTAX>', () => {
    expect(() => parseReference('^A("")')).toThrow('<SUBSCRIPT>');
    expect(() => parseReference(`^${'A'.repeat(1_000_000)}`)).toThrow('<SYNTAX>');
  });
});
