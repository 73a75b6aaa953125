/**
 * Exact decimal arithmetic for $INCREMENT.
 *
 * Numbers are what M makes of a string: its leading part `[+-]… digits [. digits] [E [+-] digits]`, 0 if
 * there is none. A sum is exact or refused: where M would round to 18 digits, two increments could give
 * the same result, so more than 18 significant digits are <MAXNUMBER>, in the operands as in the sum.
 */
import { utf8 } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { NUMBER_DIGITS_MAX } from '../base/limits.ts';
import { decimalText, NUMBER_EXPONENT_MAX, NUMBER_EXPONENT_MIN } from './canonical-number.ts';
import { EMPTY } from '../base/bytes.ts';

/** coefficient × 10^power. */
interface Decimal {
  readonly coefficient: bigint;
  readonly power: number;
}

const ZERO: Decimal = { coefficient: 0n, power: 0 };

const CHAR_PLUS = 0x2b;
const CHAR_MINUS = 0x2d;
const CHAR_POINT = 0x2e;
const CHAR_0 = 0x30;
const CHAR_9 = 0x39;
const CHAR_E = 0x45;

/** An exponent beyond this is out of range whatever the digits, which a value's length bounds. */
const EXPONENT_LIMIT = 100_000_000;

/** Integers of at most this many digits add exactly as doubles. */
const FAST_DIGITS = 15;

/**
 * The canonical sum of two values' numbers; an undefined value counts as 0. EcpError MAXNUMBER if an
 * operand or the sum has more than 18 significant digits or lies outside 1E-43 ≤ |x| < 1E47.
 */
export function addNumbers(value: Uint8Array | undefined, by: Uint8Array): Uint8Array {
  const left = value ?? EMPTY;
  const fast = smallInteger(left) + smallInteger(by);
  if (!Number.isNaN(fast)) return utf8(String(fast));
  return utf8(textOfDecimal(sum(parseLeading(left), parseLeading(by))));
}

/** M's +x: the canonical number of a value's leading part. EcpError MAXNUMBER as `addNumbers`. */
export function numericText(value: Uint8Array): string {
  return textOfDecimal(parseLeading(value));
}

/** The integer whose text this is, up to 15 digits and a minus; NaN for anything else. Never -0. */
function smallInteger(text: Uint8Array): number {
  const { length } = text;
  if (length === 0) return 0;
  const negative = text[0] === CHAR_MINUS;
  const first = negative ? 1 : 0;
  if (length === first || length - first > FAST_DIGITS) return NaN;
  let value = 0;
  for (let i = first; i < length; i++) {
    const digit = (text[i] as number) - CHAR_0;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}

function sum(a: Decimal, b: Decimal): Decimal {
  if (a.coefficient === 0n) return b;
  if (b.coefficient === 0n) return a;
  const power = Math.min(a.power, b.power);
  return { coefficient: scaled(a, power) + scaled(b, power), power };
}

/** Powers differ by less than 110: both operands are in range. */
function scaled(value: Decimal, power: number): bigint {
  return value.coefficient * 10n ** BigInt(value.power - power);
}

/** Reads the leading number without building more than 18 digits, however long the value is. */
function parseLeading(text: Uint8Array): Decimal {
  let at = 0;
  let negative = false;
  for (; text[at] === CHAR_PLUS || text[at] === CHAR_MINUS; at++) {
    if (text[at] === CHAR_MINUS) negative = !negative;
  }
  let digits = '';
  let isDigitSeen = false;
  let isAfterPoint = false;
  let decimals = 0;
  let zeros = 0;
  for (; ; at++) {
    const code = text[at];
    if (code === CHAR_POINT && !isAfterPoint) {
      isAfterPoint = true;
      continue;
    }
    if (code === undefined || code < CHAR_0 || code > CHAR_9) break;
    isDigitSeen = true;
    if (isAfterPoint) decimals++;
    if (code === CHAR_0) {
      if (digits !== '') zeros++;
      continue;
    }
    if (digits.length + zeros + 1 > NUMBER_DIGITS_MAX) throw tooLarge();
    digits += '0'.repeat(zeros) + String.fromCharCode(code);
    zeros = 0;
  }
  if (digits === '') return ZERO;
  const exponent = isDigitSeen && text[at] === CHAR_E ? parseExponent(text, at + 1) : 0;
  const power = zeros - decimals + exponent;
  checkRange(digits.length, power);
  return { coefficient: BigInt(negative ? `-${digits}` : digits), power };
}

/** The integer after an E; 0 if there is none, for then the number ended before the E. */
function parseExponent(text: Uint8Array, start: number): number {
  let at = start;
  const negative = text[at] === CHAR_MINUS;
  if (negative || text[at] === CHAR_PLUS) at++;
  let exponent = 0;
  for (; ; at++) {
    const code = text[at];
    if (code === undefined || code < CHAR_0 || code > CHAR_9) break;
    exponent = Math.min(exponent * 10 + code - CHAR_0, EXPONENT_LIMIT);
  }
  return negative ? -exponent : exponent;
}

function textOfDecimal(value: Decimal): string {
  if (value.coefficient === 0n) return '0';
  const sign = value.coefficient < 0n ? '-' : '';
  const all = String(value.coefficient).slice(sign.length);
  const digits = all.replace(/0+$/, '');
  const power = value.power + all.length - digits.length;
  checkRange(digits.length, power);
  return decimalText(sign, digits, digits.length - 1 + power);
}

function checkRange(digitCount: number, power: number): void {
  const exponent = digitCount - 1 + power;
  if (
    digitCount > NUMBER_DIGITS_MAX ||
    exponent < NUMBER_EXPONENT_MIN ||
    exponent > NUMBER_EXPONENT_MAX
  ) {
    throw tooLarge();
  }
}

function tooLarge(): EcpError {
  return new EcpError(
    'MAXNUMBER',
    `a number has more than ${NUMBER_DIGITS_MAX} significant digits, or is outside 1E-43 ≤ |x| < 1E47`,
  );
}
