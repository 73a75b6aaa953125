/**
 * Byte strings: comparison as memcmp does it (the collation of encoded references), and a reader and
 * a writer for hand-made binary formats. All integers are little-endian; varints are LEB128, unsigned,
 * at most 8 bytes (values up to 2^53 - 1), never longer than they need be.
 *
 * The reader trusts nothing: every length is checked against what is left, and a fault is an EcpError
 * 'DAMAGED' that names the position.
 */
import { assert } from './assert.ts';
import { EcpError } from './errors.ts';

export const EMPTY = new Uint8Array(0);

/** memcmp, then by length: negative, 0 or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

export function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  if (bytes.length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[i] !== prefix[i]) return false;
  return true;
}

export function commonPrefixLength(a: Uint8Array, b: Uint8Array): number {
  const length = a.length < b.length ? a.length : b.length;
  let i = 0;
  while (i < length && a[i] === b[i]) i++;
  return i;
}

/** The smallest byte string above `bytes`. */
export function successor(bytes: Uint8Array): Uint8Array {
  const next = new Uint8Array(bytes.length + 1);
  next.set(bytes);
  return next;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Up to 64 bytes lie in the engine's own heap. */
const FREED_BYTES_MIN = 65;
/** What may follow the bytes in their memory: a checksum that was cut off. */
const FREED_REST_BYTES_MAX = 16;

/**
 * Gives the memory of bytes back at once, for nobody needs them any more: the collector would come for it when twice and
 * three times as much waits. Every view of it is empty from here on. Bytes that are a part of something larger stay.
 */
export function freeBytes(bytes: Uint8Array): void {
  const { buffer, byteOffset, length } = bytes;
  if (length < FREED_BYTES_MIN || byteOffset > 0) return;
  if (buffer.byteLength - length <= FREED_REST_BYTES_MAX && 'transfer' in buffer)
    buffer.transfer(0);
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_OF_BYTE[byte] as string;
  return text;
}

/** The bytes that hexadecimal digits stand for. */
export function bytesOfHex(text: string): Uint8Array {
  assert(text.length % 2 === 0, 'hexadecimal digits come in pairs');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = 16 * hexDigit(text.charCodeAt(2 * i)) + hexDigit(text.charCodeAt(2 * i + 1));
  return bytes;
}

/** The digit of a code, 0-9 and a-f. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  assert(code >= 0x61 && code <= 0x66, 'hexadecimal digits are 0-9 and a-f');
  return code - 0x61 + 10;
}

const textEncoder = new TextEncoder();
// A byte order mark is data here, not a mark.
const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** What a lenient decoder puts in place of what it cannot read. */
const REPLACEMENT = '\ufffd';

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictDecoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Up to this length a loop over ASCII beats the call of the native encoder or decoder. */
const SHORT_TEXT_LENGTH = 24;

/** UTF-8. Lone surrogates become U+FFFD, as everywhere on the web platform. */
export function utf8(text: string): Uint8Array {
  if (text.length > SHORT_TEXT_LENGTH) return textEncoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return textEncoder.encode(text);
    bytes[i] = code;
  }
  return bytes;
}

/** UTF-8 of a part of `bytes`; bytes that are not UTF-8 become U+FFFD. */
export function textOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  if (to - from <= SHORT_TEXT_LENGTH) {
    let text = '';
    let i = from;
    for (; i < to; i++) {
      const byte = bytes[i] as number;
      if (byte >= 0x80) break;
      text += String.fromCharCode(byte);
    }
    if (i === to) return text;
  }
  return textDecoder.decode(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to));
}

export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room for `count` more bytes. */
  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  u8(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  u16(value: number): this {
    this.#reserve(2);
    this.#view.setUint16(this.#length, value, true);
    this.#length += 2;
    return this;
  }

  u32(value: number): this {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
    return this;
  }

  /** A safe integer in 8 bytes. */
  u64(value: number): this {
    assert(Number.isSafeInteger(value) && value >= 0, 'u64 takes safe integers');
    this.u32(value % 0x1_0000_0000);
    return this.u32(Math.floor(value / 0x1_0000_0000));
  }

  varint(value: number): this {
    assert(Number.isSafeInteger(value) && value >= 0, 'varint takes safe integers');
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = rest < 0x8000_0000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
    return this;
  }

  /** The bytes alone. */
  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Length, then the bytes. */
  blob(bytes: Uint8Array): this {
    return this.varint(bytes.length).raw(bytes);
  }

  text(text: string): this {
    return this.blob(utf8(text));
  }

  /** Puts a u32 at a place that was written before (a length or checksum known only now). */
  patchU32(at: number, value: number): void {
    assert(at + 4 <= this.#length, 'patch lies inside what was written');
    this.#view.setUint32(at, value, true);
  }

  /** What was written so far, not copied: valid until the next write or clear. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy that the caller owns. */
  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Forgets what was written; keeps the memory. */
  clear(): void {
    this.#length = 0;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  readonly #what: string;

  /** Reads `bytes[from, to)`; `what` names the thing in errors, such as "frame" or "journal record". */
  constructor(bytes: Uint8Array, what: string, from = 0, to = bytes.length) {
    this.#bytes = bytes;
    this.#what = what;
    this.#at = from;
    this.#end = to;
  }

  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  damaged(problem: string): EcpError {
    return new EcpError('DAMAGED', `${this.#what}: ${problem} at byte ${this.#at}`);
  }

  #need(count: number): void {
    if (count > this.#end - this.#at) {
      throw this.damaged(`${count} bytes wanted, ${this.#end - this.#at} left,`);
    }
  }

  /** The next byte, not taken. */
  peekU8(): number {
    this.#need(1);
    return this.#bytes[this.#at] as number;
  }

  u8(): number {
    this.#need(1);
    return this.#bytes[this.#at++] as number;
  }

  u16(): number {
    this.#need(2);
    const value = (this.#bytes[this.#at] as number) | ((this.#bytes[this.#at + 1] as number) << 8);
    this.#at += 2;
    return value;
  }

  u32(): number {
    const low = this.u16();
    return low + this.u16() * 0x1_0000;
  }

  u64(): number {
    const low = this.u32();
    const value = low + this.u32() * 0x1_0000_0000;
    if (!Number.isSafeInteger(value)) throw this.damaged('an integer above 2^53 - 1');
    return value;
  }

  varint(): number {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        // One value, one form: what is read is what would be written.
        if (byte === 0 && i > 0) throw this.damaged('a varint longer than it need be');
        if (!Number.isSafeInteger(value)) throw this.damaged('an integer above 2^53 - 1');
        return value;
      }
      factor *= 0x80;
    }
    throw this.damaged('a varint longer than 8 bytes');
  }

  /** A view of the next bytes, not a copy. */
  raw(length: number): Uint8Array {
    this.#need(length);
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }

  /** Length, then that many bytes (a view); more than `max` is damage. */
  blob(max: number): Uint8Array {
    const length = this.varint();
    if (length > max) throw this.damaged(`a length of ${length} above the limit of ${max}`);
    return this.raw(length);
  }

  /** UTF-8: anything else is damage. */
  text(max: number): string {
    const bytes = this.blob(max);
    const text = textOf(bytes);
    if (text.includes(REPLACEMENT) && !isUtf8(bytes))
      throw this.damaged('a text that is not UTF-8');
    return text;
  }

  expectEnd(): void {
    if (this.remaining !== 0) throw this.damaged(`${this.remaining} bytes too many`);
  }
}
