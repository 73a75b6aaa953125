/**
 * M's operators on numbers, in exact decimals. A number is its canonical text; strings stand for their
 * leading number (globals/decimal.ts). Results have at most 18 significant digits, the last one rounded
 * half away from zero; below 1E-43 they are 0, from 1E47 on <MAXNUMBER>.
 */
import { utf8 } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { NUMBER_DIGITS_MAX } from '../../base/limits.ts';
import {
  decimalText,
  isCanonicalNumber,
  NUMBER_EXPONENT_MAX,
  NUMBER_EXPONENT_MIN,
  numberText,
} from '../../globals/canonical-number.ts';
import { numericText } from '../../globals/decimal.ts';
import type { ArithmeticOperator } from './ast.ts';

/** coefficient × 10^power. */
interface Decimal {
  readonly coefficient: bigint;
  readonly power: number;
}

const SMALL_INTEGER = /^(?:0|-?[1-9]\d{0,6})$/;

/** Digits kept between the steps of a power: those of the result, and a margin for every step's rounding. */
const WORKING_DIGITS = 60;

/** Beyond this power of ten an intermediate result cannot come back into range. */
const POWER_OUT_OF_RANGE = 1000;

/** Digits of a double that survive a power with a fraction. */
const DOUBLE_DIGITS = 15;

/** +x: the canonical number of a string's leading part. EcpError MAXNUMBER above 18 digits or out of range. */
export function numberOf(text: string): string {
  return isCanonicalNumber(text) ? text : numericText(utf8(text));
}

/** Whether a string is true: its number is not 0. */
export function isTrue(text: string): boolean {
  return numberOf(text) !== '0';
}

/** Negative, 0 or positive, by value. */
export function compareNumbers(left: string, right: string): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (SMALL_INTEGER.test(a) && SMALL_INTEGER.test(b)) return Number(a) - Number(b);
  const [x, y] = aligned(parse(a), parse(b));
  return x < y ? -1 : x > y ? 1 : 0;
}

export function negate(text: string): string {
  const number = numberOf(text);
  if (number === '0') return number;
  return number.startsWith('-') ? number.slice(1) : `-${number}`;
}

/** One operator on two strings. EcpError MAXNUMBER also for a division by zero. */
export function calculate(operator: ArithmeticOperator, left: string, right: string): string {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (SMALL_INTEGER.test(a) && SMALL_INTEGER.test(b)) {
    if (operator === '+') return String(Number(a) + Number(b));
    if (operator === '-') return String(Number(a) - Number(b));
  }
  return textOf(exactly(operator, parse(a), parse(b)));
}

/** A number with so many decimals, rounded: $JUSTIFY with three arguments. `decimals` ≥ 0. */
export function fixed(text: string, decimals: number): string {
  const { coefficient, power } = parse(numberOf(text));
  const scaled = power >= -decimals ? coefficient * tenTo(power + decimals) : undefined;
  const units = scaled ?? roundedQuotient(coefficient, tenTo(-power - decimals));
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The integer part of a string's number, for lengths and positions: clamped to safe integers. */
export function integerOf(text: string): number {
  const value = Math.trunc(Number(numberOf(text)));
  return Math.max(Math.min(value, Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER);
}

function exactly(operator: ArithmeticOperator, a: Decimal, b: Decimal): Decimal {
  switch (operator) {
    case '+':
    case '-': {
      const [x, y] = aligned(a, b);
      return {
        coefficient: operator === '+' ? x + y : x - y,
        power: Math.min(a.power, b.power),
      };
    }
    case '*':
      return { coefficient: a.coefficient * b.coefficient, power: a.power + b.power };
    case '/':
      return quotient(a, b);
    case '\\': {
      const [x, y] = aligned(a, nonZero(b));
      return { coefficient: x / y, power: 0 };
    }
    case '#': {
      const [x, y] = aligned(a, nonZero(b));
      const rest = x % y;
      // The sign is the divisor's: -7#3 is 2.
      const coefficient = rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
      return { coefficient, power: Math.min(a.power, b.power) };
    }
    case '**':
      return power(a, b);
  }
}

/** Both coefficients for the smaller power of the two; canonical numbers are less than 110 powers apart. */
function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint] {
  const least = Math.min(a.power, b.power);
  return [a.coefficient * tenTo(a.power - least), b.coefficient * tenTo(b.power - least)];
}

function nonZero(value: Decimal): Decimal {
  if (value.coefficient === 0n) throw new EcpError('MAXNUMBER', 'division by zero');
  return value;
}

/** With two digits more than a result has: cut off there, it rounds as the exact quotient does. */
function quotient(a: Decimal, b: Decimal): Decimal {
  const divisor = nonZero(b).coefficient;
  const missing = NUMBER_DIGITS_MAX + 2 + digitCount(divisor) - digitCount(a.coefficient);
  const shift = Math.max(0, missing);
  return {
    coefficient: (a.coefficient * tenTo(shift)) / divisor,
    power: a.power - b.power - shift,
  };
}

function power(base: Decimal, exponent: Decimal): Decimal {
  if (exponent.coefficient === 0n) return { coefficient: 1n, power: 0 };
  if (base.coefficient === 0n) return exponent.coefficient < 0n ? nonZero(base) : base;
  if (exponent.power < 0) return fractionalPower(base, exponent);
  const times = exponent.coefficient * tenTo(exponent.power);
  const result = repeated(base, times < 0n ? -times : times);
  return times < 0n ? quotient({ coefficient: 1n, power: 0 }, result) : result;
}

/** base × base × …, by squaring: `times` > 0. */
function repeated(base: Decimal, times: bigint): Decimal {
  let result: Decimal = { coefficient: 1n, power: 0 };
  let square = base;
  for (let left = times; ; left >>= 1n) {
    if ((left & 1n) === 1n) result = shortened(exactly('*', result, square), WORKING_DIGITS);
    if (left === 1n || Math.abs(magnitude(result)) > POWER_OUT_OF_RANGE) return result;
    square = shortened(exactly('*', square, square), WORKING_DIGITS);
    // The factor that comes takes the result out of range, whatever else does.
    if (Math.abs(magnitude(square)) > POWER_OUT_OF_RANGE) return square;
  }
}

/** The power of ten of the first digit, about. */
function magnitude(value: Decimal): number {
  return digitCount(value.coefficient) + value.power;
}

function fractionalPower(base: Decimal, exponent: Decimal): Decimal {
  const value = Number(textOf(base)) ** Number(textOf(exponent));
  if (Number.isNaN(value)) {
    throw new EcpError('MAXNUMBER', 'a negative number has no power with a fraction');
  }
  if (Math.abs(value) < Number(`1E${NUMBER_EXPONENT_MIN}`)) return { coefficient: 0n, power: 0 };
  return parse(numberText(Number(value.toPrecision(DOUBLE_DIGITS))));
}

/** The decimal of a canonical number. */
function parse(text: string): Decimal {
  const point = text.indexOf('.');
  if (point < 0) return { coefficient: BigInt(text), power: 0 };
  const digits = text.slice(0, point) + text.slice(point + 1);
  return { coefficient: BigInt(digits), power: point + 1 - text.length };
}

function textOf(value: Decimal): string {
  const { coefficient, power: lastPower } = shortened(value, NUMBER_DIGITS_MAX);
  if (coefficient === 0n) return '0';
  const sign = coefficient < 0n ? '-' : '';
  const all = String(coefficient).slice(sign.length);
  const exponent = all.length - 1 + lastPower;
  if (exponent < NUMBER_EXPONENT_MIN) return '0';
  if (exponent > NUMBER_EXPONENT_MAX) {
    throw new EcpError('MAXNUMBER', 'the result is 1E47 or more');
  }
  return decimalText(sign, all.replace(/0+$/, ''), exponent);
}

/** Rounded to so many digits, half away from zero. */
function shortened(value: Decimal, digits: number): Decimal {
  const extra = digitCount(value.coefficient) - digits;
  if (extra <= 0) return value;
  return {
    coefficient: roundedQuotient(value.coefficient, tenTo(extra)),
    power: value.power + extra,
  };
}

/** `divisor` > 0 and even, as powers of ten are. */
function roundedQuotient(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (value < 0n ? value - half : value + half) / divisor;
}

function digitCount(value: bigint): number {
  return String(value < 0n ? -value : value).length;
}

function tenTo(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
