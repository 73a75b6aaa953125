/**
 * References and strings as M writes them, in bytes: what ZWR lines and printed references are made of.
 *
 *   reference  ^name [ ( subscript , … ) ]
 *   subscript  a canonical number, or a string
 *   string     term _ term …   term: "text, with "" for each "" or $C(n,…) or $ZCH(n,…)
 *
 * `$ZCH(n)` ($ZCHAR) is byte n. What `$C(n)` ($CHAR) is depends on the charset: in `bytes` byte n; in
 * `utf8` the UTF-8 bytes of character n. Between quotes bytes stand for themselves in both.
 *
 * Written: in `bytes` all but 0x20–0x7E go into $C. In `utf8` control characters (C0, DEL, C1) go into $C,
 * bytes that are not UTF-8 into $ZCH, every other character stands between quotes.
 */
import { ByteWriter, utf8 } from '../base/bytes.ts';
import type { EcpError } from '../base/errors.ts';
import { SUBSCRIPTS_MAX } from '../base/limits.ts';
import { isCanonicalNumber, readNumberText } from './canonical-number.ts';
import { decodeSubscriptBytes, globalOf, subscriptEnd } from './key.ts';
import { sequenceLength } from './text.ts';
import type { Subscript } from './types.ts';

export type Charset = 'bytes' | 'utf8';

const QUOTE = 0x22;
const DOLLAR = 0x24;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const CARET = 0x5e;
const UNDERSCORE = 0x5f;

const CHARACTER_FUNCTIONS = new Set(['C', 'CHAR']);
const BYTE_FUNCTIONS = new Set(['ZCH', 'ZCHAR']);

/** Makes the error for a rule that is broken at a position. */
export type Fail = (at: number, rule: string) => EcpError;

export class ExpressionReader {
  readonly #bytes: Uint8Array;
  readonly #charset: Charset;
  readonly #fail: Fail;
  #at = 0;

  constructor(bytes: Uint8Array, charset: Charset, fail: Fail) {
    this.#bytes = bytes;
    this.#charset = charset;
    this.#fail = fail;
  }

  get position(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Takes this byte or fails with the rule. */
  expect(byte: number, rule: string): void {
    if (this.#bytes[this.#at] !== byte) throw this.#fail(this.#at, rule);
    this.#at++;
  }

  /** ^name(subscript,…): the name is not checked beyond its characters, subscripts may be empty. */
  reference(): { readonly global: string; readonly subscripts: Subscript[] } {
    this.expect(CARET, 'a reference starts with ^');
    const start = this.#at;
    while (isNameByte(this.#bytes[this.#at])) this.#at++;
    if (this.#at === start) throw this.#fail(start, 'a name follows the ^');
    const global = String.fromCharCode(
      ...this.#bytes.subarray(start, Math.min(this.#at, start + 64)),
    );
    const subscripts: Subscript[] = [];
    if (this.#bytes[this.#at] !== OPEN) return { global, subscripts };
    do {
      this.#at++;
      if (subscripts.length === SUBSCRIPTS_MAX) {
        throw this.#fail(this.#at, `a reference has at most ${SUBSCRIPTS_MAX} subscripts`);
      }
      subscripts.push(this.#isString() ? this.string() : this.number('subscript'));
    } while (this.#bytes[this.#at] === COMMA);
    this.expect(CLOSE, 'subscripts are separated by commas and end with )');
    return { global, subscripts };
  }

  /** The value after the `=` of a ZWR line; `isPlain` if it is a number without quotes. */
  value(): { readonly value: Uint8Array; readonly isPlain: boolean } {
    if (this.#isString()) return { value: this.string(), isPlain: false };
    return { value: utf8(this.number('value')), isPlain: true };
  }

  #isString(): boolean {
    const byte = this.#bytes[this.#at];
    return byte === QUOTE || byte === DOLLAR;
  }

  /** A number without quotes, which must be canonical. */
  number(what: string): string {
    const start = this.#at;
    let text = '';
    for (; isNumberByte(this.#bytes[this.#at]); this.#at++) {
      text += String.fromCharCode(this.#bytes[this.#at] as number);
    }
    if (isCanonicalNumber(text)) return text;
    throw this.#fail(start, `a ${what} is a canonical number or a string in quotes`);
  }

  /** A string of one or more terms: a view of the input where it is one plain literal. */
  string(): Uint8Array {
    const end = this.#bytes.indexOf(QUOTE, this.#at + 1);
    if (this.#bytes[this.#at] === QUOTE && end >= 0) {
      const next = this.#bytes[end + 1];
      if (next !== QUOTE && next !== UNDERSCORE) {
        const literal = this.#bytes.subarray(this.#at + 1, end);
        this.#at = end + 1;
        return literal;
      }
    }
    const out = new ByteWriter(64);
    for (;;) {
      if (this.#bytes[this.#at] === QUOTE) this.#literal(out);
      else if (this.#bytes[this.#at] === DOLLAR) this.#characters(out);
      else throw this.#fail(this.#at, 'a string is made of "…", $C(…) and $ZCH(…)');
      if (this.#bytes[this.#at] !== UNDERSCORE) return out.view();
      this.#at++;
    }
  }

  #literal(out: ByteWriter): void {
    const start = this.#at;
    for (;;) {
      const end = this.#bytes.indexOf(QUOTE, this.#at + 1);
      if (end < 0) throw this.#fail(start, 'a string ends with a quote');
      out.raw(this.#bytes.subarray(this.#at + 1, end));
      this.#at = end + 1;
      if (this.#bytes[this.#at] !== QUOTE) return;
      out.u8(QUOTE);
    }
  }

  #characters(out: ByteWriter): void {
    const start = this.#at++;
    let name = '';
    while (name.length <= 5 && isNameByte(this.#bytes[this.#at])) {
      name += String.fromCharCode(this.#bytes[this.#at++] as number).toUpperCase();
    }
    const isCharacter = CHARACTER_FUNCTIONS.has(name);
    if ((!isCharacter && !BYTE_FUNCTIONS.has(name)) || this.#bytes[this.#at] !== OPEN) {
      throw this.#fail(start, 'the only functions in a string are $C, $CHAR, $ZCH and $ZCHAR');
    }
    const asCharacter = isCharacter && this.#charset === 'utf8';
    do {
      this.#at++;
      this.#code(out, asCharacter);
    } while (this.#bytes[this.#at] === COMMA);
    this.expect(CLOSE, 'the codes of $C are separated by commas and end with )');
  }

  #code(out: ByteWriter, asCharacter: boolean): void {
    const start = this.#at;
    let code = 0;
    for (; isDigit(this.#bytes[this.#at]); this.#at++) {
      code = Math.min(code * 10 + (this.#bytes[this.#at] as number) - 0x30, 0x11_0000);
    }
    if (this.#at === start) throw this.#fail(start, 'a code of $C is an integer');
    if (!asCharacter) {
      if (code > 0xff) {
        throw this.#fail(
          start,
          'a code is at most 255: the header does not say UTF-8, or it is $ZCH',
        );
      }
      out.u8(code);
      return;
    }
    if (code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff)) {
      throw this.#fail(start, 'a code of $C is a Unicode character');
    }
    if (code < 0x80) out.u8(code);
    else out.raw(utf8(String.fromCodePoint(code)));
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Digits, point, and what only a number that is not canonical has. */
function isNumberByte(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2e || byte === 0x2d;
}

function isNameByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return isLetter || isDigit(byte) || byte === 0x25 || byte === 0x2e;
}

/** Writes a key as a reference. */
export function writeReference(out: ByteWriter, key: Uint8Array, charset: Charset): void {
  const global = globalOf(key);
  out.u8(CARET).raw(key.subarray(0, global.length));
  let at = global.length + 1;
  if (at === key.length) return;
  for (let separator = OPEN; at < key.length; separator = COMMA) {
    out.u8(separator);
    const end = subscriptEnd(key, at);
    const bytes = decodeSubscriptBytes(key, at);
    if (bytes === undefined) out.raw(utf8(readNumberText(key, at, end)));
    else writeString(out, bytes, charset);
    at = end;
  }
  out.u8(CLOSE);
}

/** How a stretch of a string is written. */
type Term = 'quoted' | '$C' | '$ZCH';

/** Writes any bytes as a string. */
export function writeString(out: ByteWriter, bytes: Uint8Array, charset: Charset): void {
  if (bytes.length === 0) {
    out.u8(QUOTE).u8(QUOTE);
    return;
  }
  let term: Term | undefined;
  for (let at = 0; at < bytes.length;) {
    const length = charset === 'utf8' ? sequenceLength(bytes, at) : 1;
    const next = termOf(bytes, at, length, charset);
    if (term !== next) {
      if (term !== undefined) out.u8(term === 'quoted' ? QUOTE : CLOSE).u8(UNDERSCORE);
      out.raw(OPENING[next]);
    } else if (next !== 'quoted') {
      out.u8(COMMA);
    }
    term = next;
    if (next !== 'quoted') {
      // A C1 control's code is its second byte: C2 80 … C2 9F are U+0080 … U+009F.
      const byte = bytes[at + Math.max(length, 1) - 1] as number;
      out.raw(utf8(String(byte)));
      at += Math.max(length, 1);
      continue;
    }
    const end = quotedEnd(bytes, at, charset);
    writeQuoted(out, bytes.subarray(at, end));
    at = end;
  }
  out.u8(term === 'quoted' ? QUOTE : CLOSE);
}

const OPENING: Record<Term, Uint8Array> = {
  quoted: utf8('"'),
  $C: utf8('$C('),
  $ZCH: utf8('$ZCH('),
};

/** `length`: of the UTF-8 character at `at`, 0 if there is none. */
function termOf(bytes: Uint8Array, at: number, length: number, charset: Charset): Term {
  const byte = bytes[at] as number;
  if (byte < 0x20 || byte === 0x7f) return '$C';
  if (byte < 0x7f) return 'quoted';
  if (charset === 'bytes') return '$C';
  if (length === 0) return '$ZCH';
  return byte === 0xc2 && (bytes[at + 1] as number) < 0xa0 ? '$C' : 'quoted';
}

/** The end of the stretch from `at` on that stands between quotes. */
function quotedEnd(bytes: Uint8Array, at: number, charset: Charset): number {
  let end = at;
  while (end < bytes.length) {
    const byte = bytes[end] as number;
    if (byte >= 0x20 && byte < 0x7f) {
      end++;
      continue;
    }
    const length = charset === 'utf8' ? sequenceLength(bytes, end) : 1;
    if (termOf(bytes, end, length, charset) !== 'quoted') break;
    end += length;
  }
  return end;
}

function writeQuoted(out: ByteWriter, bytes: Uint8Array): void {
  let from = 0;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, from);
    if (quote < 0) break;
    out.raw(bytes.subarray(from, quote + 1)).u8(QUOTE);
    from = quote + 1;
  }
  out.raw(bytes.subarray(from));
}
