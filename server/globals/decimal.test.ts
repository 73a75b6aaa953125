import { describe, expect, test } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { addNumbers, numericText } from './decimal.ts';

function add(a: string | undefined, b: string): string {
  try {
    return textOf(addNumbers(a === undefined ? undefined : utf8(a), utf8(b)));
  } catch (error) {
    if (isEcpError(error, 'MAXNUMBER')) return '<MAXNUMBER>';
    throw error;
  }
}

describe('$INCREMENT adds exactly (F-D1)', () => {
  const nines = '9'.repeat(18);
  const cases: [string | undefined, string, string][] = [
    [undefined, '1', '1'],
    ['', '1', '1'],
    ['41', '1', '42'],
    ['1', '-1', '0'],
    ['-1', '1', '0'],
    ['-0', '0', '0'],
    ['.1', '.2', '.3'],
    ['1.5', '-.5', '1'],
    ['999999999999999', '1', `1${'0'.repeat(15)}`],
    [nines, '1', `1${'0'.repeat(18)}`],
    [nines, '2', '<MAXNUMBER>'],
    [nines, '.1', '<MAXNUMBER>'],
    ['1E20', '.1', '<MAXNUMBER>'],
    ['1E20', '-1E20', '0'],
    ['9E46', '1E46', '<MAXNUMBER>'],
    ['-9E46', '-1E46', '<MAXNUMBER>'],
    ['1E47', '1', '<MAXNUMBER>'],
    ['1.5E-43', '-1.4E-43', '<MAXNUMBER>'],
    ['1E-43', '1E-43', `.${'0'.repeat(42)}2`],
    ['12345678901234567890', '0', '<MAXNUMBER>'],
    ['100000000000000000000', '0', `1${'0'.repeat(20)}`],
    ['000000000000000000000000000001', '1', '2'],
    ['1.000000000000000000000000000', '1', '2'],
    ['0.50 apples', '1', '1.5'],
    ['7 apples', '1', '8'],
  ];
  test.each(cases)('%p + %p = %s', (a, b, result) => {
    expect(add(a, b)).toBe(result);
  });

  test.each([
    ['abc', '0'],
    ['', '0'],
    ['-', '0'],
    ['.', '0'],
    ['--5', '5'],
    ['+-+5', '-5'],
    ['1E3', '1000'],
    ['1E', '1'],
    ['1E+', '1'],
    ['12E-1x', '1.2'],
    ['1e3', '1'],
    ['1.2.3', '1.2'],
    [' 1', '0'],
    ['0E999999999999', '0'],
    ['-.50', '-.5'],
    ['007', '7'],
    ['5.', '5'],
    ['E5', '0'],
    ['.E5', '0'],
  ])('the number of "%s" is %s', (text, number) => {
    expect(numericText(utf8(text))).toBe(number);
  });

  test('a value of the greatest length is read in one pass', () => {
    const zeros = new Uint8Array(3_641_144).fill(0x30);
    expect(numericText(zeros)).toBe('0');
    zeros[0] = 0x31;
    expect(() => numericText(zeros)).toThrow('MAXNUMBER');
    expect(() => numericText(utf8('1E999999999999999999999'))).toThrow('MAXNUMBER');
  });
});
