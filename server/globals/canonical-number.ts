/**
 * Canonical numbers and their order-preserving bytes.
 *
 * A text is a canonical number if it is how M itself writes a number: no leading zeros, no trailing zeros
 * after the point, no "+", no "-0", no exponent, no digit 0 before the point (".5"); with at most 18
 * significant digits, and 1E-43 ≤ |x| < 1E47, or 0. Any other text is a string.
 *
 * Bytes. With x = ± d.ddd… × 10^e, −43 ≤ e ≤ 46, d ≠ 0, significant digits in pairs from the first
 * digit on (the last one filled with 0), trailing pairs 00 dropped, one byte a pair:
 *
 *   | offset | bytes | content                                                            |
 *   |--------|-------|--------------------------------------------------------------------|
 *   | 0      | 1     | lead: x > 0: 0xAC + e (0x81…0xDA); x = 0: 0x80; x < 0: 0x54 − e (0x26…0x7F) |
 *   | 1      | 1…9   | a pair p, 0…99: last one 2p + 2, others 2p + 3; if x < 0: 0xFD − that |
 *
 * So bytes compare as values do: a larger exponent first; then digits, where "and more" (odd, if x > 0)
 * sorts after "last" (even) with the same pair and before the next pair. The code is prefix-free and its
 * last byte is below 0xFF.
 *
 *   17      → AD 24          1.7 × 10^1, pair 17: 2·17+2
 *   5       → AC 66          5.0 × 10^0, pair 50
 *   100     → AE 16          1.00 × 10^2, pair 10
 *   1234.5  → AF 1B 47 66    pairs 12 34 50
 *   .05     → AA 66          5.0 × 10^-2
 *   0       → 80
 *   -17     → 53 D9
 */
import { NUMBER_DIGITS_MAX } from '../base/limits.ts';
import { EcpError } from '../base/errors.ts';

export const NUMBER_EXPONENT_MIN = -43;
export const NUMBER_EXPONENT_MAX = 46;

const LEAD_ZERO = 0x80;
const LEAD_POSITIVE = 0xac;
const LEAD_NEGATIVE = 0x54;
const LEAD_MIN = LEAD_NEGATIVE - NUMBER_EXPONENT_MAX;
export const LEAD_MAX = LEAD_POSITIVE + NUMBER_EXPONENT_MAX;
const COMPLEMENT = 0xfd;
const PAIRS_MAX = NUMBER_DIGITS_MAX / 2;

/** Longest canonical number: a minus, a point, 42 zeros and 18 digits. */
export const NUMBER_TEXT_LENGTH_MAX = 2 - NUMBER_EXPONENT_MIN - 1 + NUMBER_DIGITS_MAX;

/** Longest number code: lead and nine pairs. */
export const NUMBER_BYTES_MAX = 1 + PAIRS_MAX;

/** Integers below this go through exact arithmetic on doubles instead of text. */
const FAST_INTEGER_LIMIT = 1e13;

const CHAR_0 = 0x30;
const CHAR_9 = 0x39;
const CHAR_POINT = 0x2e;
const CHAR_MINUS = 0x2d;

/** What the last successful parseCanonical found: valid until the next call, nobody else's to keep. */
const parsed = {
  negative: false,
  /** Power of ten of the first significant digit. */
  exponent: 0,
  /** Significant digits without trailing zeros; 0 for the number zero. */
  count: 0,
  digits: new Uint8Array(NUMBER_TEXT_LENGTH_MAX),
};

/** Fills `parsed` and returns true if the text is a canonical number. */
function parseCanonical(text: string): boolean {
  const length = text.length;
  if (length === 0 || length > NUMBER_TEXT_LENGTH_MAX) return false;
  let at = 0;
  const negative = text.charCodeAt(0) === CHAR_MINUS;
  if (negative) at++;
  if (text.charCodeAt(at) === CHAR_0) {
    parsed.count = 0;
    return length === 1;
  }
  const { digits } = parsed;
  let count = 0;
  let significant = 0;
  let zerosAfterPoint = 0;
  let integerDigits = -1;
  const first = at;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= CHAR_0 && code <= CHAR_9) {
      if (count === 0 && code === CHAR_0) {
        zerosAfterPoint++;
        continue;
      }
      digits[count++] = code - CHAR_0;
      if (code !== CHAR_0) significant = count;
    } else if (code === CHAR_POINT && integerDigits < 0) {
      integerDigits = at - first;
    } else {
      return false;
    }
  }
  if (significant === 0 || significant > NUMBER_DIGITS_MAX) return false;
  if (integerDigits < 0) integerDigits = length - first;
  else if (significant !== count || integerDigits === length - 1 - first) return false;
  const exponent = integerDigits > 0 ? integerDigits - 1 : -1 - zerosAfterPoint;
  if (exponent < NUMBER_EXPONENT_MIN || exponent > NUMBER_EXPONENT_MAX) return false;
  parsed.negative = negative;
  parsed.exponent = exponent;
  parsed.count = significant;
  return true;
}

/** Whether M would write this text for a number. */
export function isCanonicalNumber(text: string): boolean {
  return mayBeNumber(text.charCodeAt(0)) && parseCanonical(text);
}

/** Whether a canonical number can start with this character: a digit, "." or "-". */
function mayBeNumber(code: number): boolean {
  return code <= CHAR_9 && (code >= CHAR_0 || code === CHAR_POINT || code === CHAR_MINUS);
}

/**
 * The canonical text of a finite double: its shortest decimal form, written as M does.
 * EcpError MAXNUMBER outside the range of numbers, NaN and infinities included.
 */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const text = shortestText(value);
  if (!isCanonicalNumber(text)) {
    throw new EcpError('MAXNUMBER', 'a number is not finite, or outside 1E-43 ≤ |x| < 1E47');
  }
  return text;
}

/** The shortest decimal form of a double without an exponent or a zero before the point. */
function shortestText(value: number): string {
  const text = String(value);
  const mark = text.indexOf('e');
  if (mark >= 0) {
    const sign = value < 0 ? '-' : '';
    const digits = text.slice(sign.length, mark).replace('.', '');
    return decimalText(sign, digits, Number(text.slice(mark + 1)));
  }
  if (text.startsWith('0.')) return text.slice(1);
  if (text.startsWith('-0.')) return `-${text.slice(2)}`;
  return text;
}

/** Writes ± d.ddd × 10^exponent without an exponent; the digits neither start nor end with 0. */
export function decimalText(sign: string, digits: string, exponent: number): string {
  if (exponent < 0) return `${sign}.${'0'.repeat(-exponent - 1)}${digits}`;
  if (exponent + 1 >= digits.length) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/**
 * Writes the code of a finite double at `at`; returns the position after it. EcpError MAXNUMBER as
 * `numberText`.
 */
export function writeNumber(out: Uint8Array, at: number, value: number): number {
  if (value === 0) {
    out[at] = LEAD_ZERO;
    return at + 1;
  }
  const negative = value < 0;
  const size = negative ? -value : value;
  if (size < FAST_INTEGER_LIMIT && Math.floor(size) === size) {
    return writeInteger(out, at, size, negative);
  }
  return writeNumberText(out, at, numberText(value));
}

/** `size`: an integer, 1 ≤ size < FAST_INTEGER_LIMIT. */
function writeInteger(out: Uint8Array, at: number, size: number, negative: boolean): number {
  let exponent = 0;
  for (let limit = 10; size >= limit; limit *= 10) exponent++;
  let pairs = (exponent >> 1) + 1;
  let rest = (exponent & 1) === 0 ? size * 10 : size;
  let quotient = Math.floor(rest / 100);
  while (rest === quotient * 100) {
    pairs--;
    rest = quotient;
    quotient = Math.floor(rest / 100);
  }
  const flip = negative ? COMPLEMENT : 0;
  out[at] = negative ? LEAD_NEGATIVE - exponent : LEAD_POSITIVE + exponent;
  let code = (rest - quotient * 100) * 2 + 2;
  for (let i = at + pairs; ; i--) {
    out[i] = negative ? flip - code : code;
    if (i === at + 1) return at + pairs + 1;
    rest = quotient;
    quotient = Math.floor(rest / 100);
    code = (rest - quotient * 100) * 2 + 3;
  }
}

/** Writes the code of `text` if it is a canonical number and returns the position after it, else returns -1. */
export function writeNumberText(out: Uint8Array, at: number, text: string): number {
  if (!mayBeNumber(text.charCodeAt(0)) || !parseCanonical(text)) return -1;
  const { negative, exponent, count, digits } = parsed;
  if (count === 0) {
    out[at] = LEAD_ZERO;
    return at + 1;
  }
  out[at] = negative ? LEAD_NEGATIVE - exponent : LEAD_POSITIVE + exponent;
  let end = at + 1;
  for (let i = 0; i < count; i += 2) {
    const low = i + 1 < count ? (digits[i + 1] as number) : 0;
    const pair = (digits[i] as number) * 10 + low;
    const code = i + 2 < count ? pair * 2 + 3 : pair * 2 + 2;
    out[end++] = negative ? COMPLEMENT - code : code;
  }
  return end;
}

/** Whether a subscript's code starting with this byte is a number. */
export function isNumberLead(lead: number): boolean {
  return lead >= LEAD_MIN && lead <= LEAD_MAX;
}

/** The position after the number code at `at`, or -1 if the bytes end inside it or it is too long. */
export function numberEnd(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead === LEAD_ZERO) return at + 1;
  const last = lead > LEAD_ZERO ? 0 : 1;
  const stop = Math.min(bytes.length, at + NUMBER_BYTES_MAX);
  for (let i = at + 1; i < stop; i++) if (((bytes[i] as number) & 1) === last) return i + 1;
  return -1;
}

/** The powers of ten up to this one are exact as doubles. */
const POWER_MAX = 22;
const POWERS = Array.from({ length: POWER_MAX + 1 }, (_, power) => Number(`1e${power}`));
/** Up to this many pairs the digits are an exact integer with room to spare. */
const FAST_PAIRS = 7;

/** The number whose code is `bytes[at, end)`, as ReadSubscript has it. */
export function readNumber(bytes: Uint8Array, at: number, end: number): number | string {
  const lead = bytes[at] as number;
  if (lead === LEAD_ZERO) return 0;
  const pairs = end - at - 1;
  if (pairs <= FAST_PAIRS) {
    const negative = lead < LEAD_ZERO;
    let value = 0;
    for (let i = at + 1; i < end; i++) {
      const code = bytes[i] as number;
      value = value * 100 + (((negative ? COMPLEMENT - code : code) - 2) >> 1);
    }
    const scale = (negative ? LEAD_NEGATIVE - lead : lead - LEAD_POSITIVE) + 1 - 2 * pairs;
    if (scale >= -POWER_MAX && scale <= POWER_MAX) {
      // One correctly rounded operation on exact operands: what parsing the text would give.
      if (scale < 0) value /= POWERS[-scale] as number;
      else value *= POWERS[scale] as number;
      if (value <= Number.MAX_SAFE_INTEGER) return negative ? -value : value;
    }
  }
  const text = readNumberText(bytes, at, end);
  return isExactAsDouble(text) ? Number(text) : text;
}

/** The canonical text of the number whose code is `bytes[at, end)`. */
export function readNumberText(bytes: Uint8Array, at: number, end: number): string {
  const lead = bytes[at] as number;
  if (lead === LEAD_ZERO) return '0';
  const negative = lead < LEAD_ZERO;
  let digits = '';
  for (let i = at + 1; i < end; i++) {
    const code = bytes[i] as number;
    const pair = ((negative ? COMPLEMENT - code : code) - 2) >> 1;
    digits += pair < 10 ? `0${pair}` : String(pair);
  }
  if (digits.endsWith('0')) digits = digits.slice(0, -1);
  return decimalText(
    negative ? '-' : '',
    digits,
    negative ? LEAD_NEGATIVE - lead : lead - LEAD_POSITIVE,
  );
}

/** Whether the double of a canonical number names the same number, and if it is an integer, is it. */
function isExactAsDouble(text: string): boolean {
  const value = Number(text);
  if (shortestText(value) !== text) return false;
  return !Number.isInteger(value) || BigInt(value) === BigInt(text);
}
