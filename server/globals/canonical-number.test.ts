import { describe, expect, test } from '@jest/globals';
import { isEcpError } from '../base/errors.ts';
import { isCanonicalNumber, numberText } from './canonical-number.ts';

describe('canonical numbers (F-D1)', () => {
  test.each([
    '0',
    '1',
    '-1',
    '10',
    '.5',
    '-.5',
    '1.5',
    '100',
    '123456789012345678',
    '.05',
    '-100.001',
    `${'9'.repeat(18)}${'0'.repeat(29)}`,
    `.${'0'.repeat(42)}1`,
  ])('%s is how M writes a number', (text) => {
    expect(isCanonicalNumber(text)).toBe(true);
  });

  test.each([
    '',
    '-',
    '.',
    '-.',
    '-0',
    '00',
    '01',
    '0.5',
    '-0.5',
    '5.',
    '.50',
    '1.10',
    '1.0',
    '+1',
    '1e5',
    '1E5',
    ' 1',
    '1 ',
    '1.2.3',
    '--1',
    '1-',
    '1234567890123456789',
    '.1234567890123456789',
    `1${'0'.repeat(47)}`,
    `.${'0'.repeat(43)}1`,
    'Infinity',
    'NaN',
    '１',
  ])('"%s" is a string', (text) => {
    expect(isCanonicalNumber(text)).toBe(false);
  });

  test('doubles are written as M writes them', () => {
    const cases: [number, string][] = [
      [0, '0'],
      [-0, '0'],
      [0.5, '.5'],
      [-0.5, '-.5'],
      [1e21, `1${'0'.repeat(21)}`],
      [1.5e-7, '.00000015'],
      [-1.25e22, `-125${'0'.repeat(20)}`],
      [2 ** 53, '9007199254740992'],
      [0.1 + 0.2, '.30000000000000004'],
    ];
    for (const [value, text] of cases) expect(numberText(value)).toBe(text);
  });

  test.each([NaN, Infinity, -Infinity, 1e47, -1e47, 1e-44, 5e-324, Number.MAX_VALUE])(
    '%p is <MAXNUMBER>',
    (value) => {
      let error: unknown;
      try {
        numberText(value);
      } catch (caught) {
        error = caught;
      }
      expect(isEcpError(error, 'MAXNUMBER')).toBe(true);
    },
  );
});
