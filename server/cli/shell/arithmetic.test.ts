import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isEcpError } from '../../base/errors.ts';
import { isCanonicalNumber } from '../../globals/canonical-number.ts';
import {
  calculate,
  compareNumbers,
  fixed,
  integerOf,
  isTrue,
  negate,
  numberOf,
} from './arithmetic.ts';
import type { ArithmeticOperator } from './ast.ts';

/** An exact fraction: the model. */
interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

function rational(text: string): Rational {
  const [whole = '', decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals || '0'), under: 10n ** BigInt(decimals.length) };
}

/** Whether the result is the exact value, rounded to 18 digits: at most half a unit of the last one away. */
function isNearest(result: string, exact: Rational): boolean {
  const sign = exact.under < 0n ? -1n : 1n;
  const [over, under] = [exact.over * sign, exact.under * sign];
  const got = rational(result);
  const difference = abs(got.over * under - over * got.under);
  if (result === '0') return difference === 0n;
  const [whole = '', decimals = ''] = result.replace('-', '').split('.');
  const digits = (whole + decimals).replace(/^0+/, '');
  const unitPower = digits.length - decimals.length - 18;
  const scale = 10n ** BigInt(Math.abs(unitPower));
  const denominator = under * got.under;
  return unitPower < 0
    ? difference * 2n * scale <= denominator
    : difference * 2n <= denominator * scale;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Canonical numbers of moderate size, so that no result leaves the range. */
const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 20 }))
  .map(([digits, decimals]) => numberOf(`${digits}E-${decimals}`));

describe('arithmetic in exact decimals', () => {
  test('agrees with rationals, rounded to 18 digits', () => {
    fc.assert(
      fc.property(number, number, (left, right) => {
        const [a, b] = [rational(left), rational(right)];
        const exact: [ArithmeticOperator, Rational][] = [
          ['+', { over: a.over * b.under + b.over * a.under, under: a.under * b.under }],
          ['-', { over: a.over * b.under - b.over * a.under, under: a.under * b.under }],
          ['*', { over: a.over * b.over, under: a.under * b.under }],
        ];
        if (b.over !== 0n) exact.push(['/', { over: a.over * b.under, under: a.under * b.over }]);
        for (const [operator, value] of exact) {
          const result = calculate(operator, left, right);
          expect(isCanonicalNumber(result)).toBe(true);
          expect([operator, left, right, result, isNearest(result, value)]).toEqual([
            operator,
            left,
            right,
            result,
            true,
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('\\ cuts towards zero and # has the sign of the divisor', () => {
    const small = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        fc.pre(b !== 0);
        expect(calculate('\\', String(a), String(b))).toBe(String(Math.trunc(a / b) + 0));
        expect(calculate('#', String(a), String(b))).toBe(String(a - b * Math.floor(a / b)));
      }),
    );
  });

  test('compares by value', () => {
    fc.assert(
      fc.property(number, number, (left, right) => {
        const [a, b] = [rational(left), rational(right)];
        const difference = a.over * b.under - b.over * a.under;
        expect(Math.sign(compareNumbers(left, right))).toBe(
          difference < 0n ? -1 : difference > 0n ? 1 : 0,
        );
      }),
    );
  });

  test.each<[string, ArithmeticOperator, string, string]>([
    ['.1', '+', '.2', '.3'],
    ['9007199254740993', '+', '1', '9007199254740994'],
    ['999999999999999999', '+', '1', '1000000000000000000'],
    ['999999999999999999', '+', '.5', '1000000000000000000'],
    ['1', '/', '3', '.333333333333333333'],
    ['2', '/', '3', '.666666666666666667'],
    ['-2', '/', '3', '-.666666666666666667'],
    ['10', '/', '4', '2.5'],
    ['-7', '#', '3', '2'],
    ['7', '#', '-3', '-2'],
    ['7.5', '#', '2', '1.5'],
    ['-7', '\\', '2', '-3'],
    ['2', '**', '10', '1024'],
    ['2', '**', '-2', '.25'],
    ['2', '**', '100', '1267650600228229400000000000000'],
    ['-2', '**', '3', '-8'],
    ['9', '**', '.5', '3'],
    ['0', '**', '0', '1'],
    ['0', '**', '5', '0'],
    ['1', '**', '1E40', '1'],
    ['.5', '**', '1000000', '0'],
    ['3 apples', '*', '2E1pears', '60'],
    ['', '+', 'x', '0'],
    ['--5', '+', '0', '5'],
  ])('%s %s %s is %s', (left, operator, right, result) => {
    expect(calculate(operator, left, right)).toBe(result);
  });

  test.each<[string, ArithmeticOperator, string]>([
    ['1', '/', '0'],
    ['1', '\\', '0'],
    ['1', '#', '0'],
    ['0', '**', '-1'],
    ['1E46', '*', '10'],
    ['10', '**', '1E30'],
    ['-8', '**', '.5'],
    ['1234567890123456789', '+', '0'],
  ])('%s %s %s is <MAXNUMBER>', (left, operator, right) => {
    let error: unknown;
    try {
      calculate(operator, left, right);
    } catch (caught) {
      error = caught;
    }
    expect(isEcpError(error, 'MAXNUMBER')).toBe(true);
  });

  test('results too small for a number are 0', () => {
    expect(calculate('/', '1E-40', '1E40')).toBe('0');
  });

  test.each([
    ['.005', 2, '0.01'],
    ['-.005', 2, '-0.01'],
    ['2.5', 0, '3'],
    ['12', 3, '12.000'],
    ['-1.25', 1, '-1.3'],
    ['0', 2, '0.00'],
  ])('%s with %d decimals is %s', (text, decimals, result) => {
    expect(fixed(text, decimals)).toBe(result);
  });

  test('coerces strings as M does', () => {
    expect(negate('5x')).toBe('-5');
    expect(negate('0')).toBe('0');
    expect(isTrue('0.0')).toBe(false);
    expect(isTrue('.1')).toBe(true);
    expect(integerOf('2.9')).toBe(2);
    expect(integerOf('1E30')).toBe(Number.MAX_SAFE_INTEGER);
  });
});
