/**
 * Values: strings of bytes, up to VALUE_BYTES_MAX. JavaScript strings are UTF-8; numbers and bigints
 * become their text, doubles in M's canonical form.
 */
import { EMPTY, utf8 } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { VALUE_BYTES_MAX } from '../base/limits.ts';
import { numberText } from './canonical-number.ts';
import type { Value } from './types.ts';

/**
 * The bytes of a value, never the caller's own array. EcpError MAXSTRING if it is too long; MAXNUMBER for
 * a double that is not finite or outside 1E-43 ≤ |x| < 1E47; SYNTAX for anything that is not a value, and
 * for a string with a lone surrogate, which UTF-8 could only store as something else.
 */
export function encodeValue(value: Value): Uint8Array {
  if (typeof value === 'string') return encodeText(value);
  if (typeof value === 'number') return utf8(numberText(value));
  if (typeof value === 'bigint') return encodeText(String(value));
  // Callers in JavaScript may hand in anything.
  const other: unknown = value;
  if (!ArrayBuffer.isView(other) || !(other instanceof Uint8Array)) {
    throw new EcpError('SYNTAX', 'a value is a string, number, bigint or Uint8Array');
  }
  checkLength(other.length);
  // A copy: the caller may go on using its own.
  return new Uint8Array(other);
}

function encodeText(text: string): Uint8Array {
  if (text === '') return EMPTY;
  // UTF-8 never has fewer bytes than UTF-16 has units.
  checkLength(text.length);
  if (!text.isWellFormed()) throw new EcpError('SYNTAX', 'a value has a lone surrogate');
  const bytes = utf8(text);
  checkLength(bytes.length);
  return bytes;
}

function checkLength(length: number): void {
  if (length > VALUE_BYTES_MAX) {
    throw new EcpError(
      'MAXSTRING',
      `a value of ${length} bytes or more, at most ${VALUE_BYTES_MAX} allowed`,
    );
  }
}
