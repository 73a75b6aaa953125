/**
 * References as bytes: a global's name and its subscripts, encoded so that comparing bytes (memcmp) gives
 * the collation of M: a node before its descendants, on one level the canonical numbers by value and then
 * the strings by their bytes.
 *
 * A key is the global's name in ASCII, 0x01, then each subscript's code:
 *
 *   | first byte | subscript | code                                                                 |
 *   |------------|-----------|----------------------------------------------------------------------|
 *   | 0x26–0xDA  | number    | see canonical-number.ts                                              |
 *   | 0xE0       | string    | 0xE0, the bytes with 00 → 01 01 and 01 → 01 02, then 00 as terminator |
 *   | others     | reserved  | 00 after a level's parent: the position before its first child, see `encodeSeek` |
 *
 *   ^Account(17,"balance")  41 63 63 6F 75 6E 74 01 | AD 24 | E0 62 61 6C 61 6E 63 65 00
 *   ^A                      41 01
 *   ^A(-17,$C(0,1))         41 01 | 53 D9 | E0 01 01 01 02 00
 *
 * Invariants:
 * - Codes are prefix-free: the descendants of key k are exactly the longer keys that start with k.
 * - The last byte of a key is below 0xFF: `subtreeEnd` adds one to it.
 * - One reference has one key: a string that is a canonical number is always encoded as the number.
 * - A key has at most KEY_BYTES_MAX bytes and SUBSCRIPTS_MAX subscripts.
 */
import { GLOBAL_NAME_LENGTH_MAX, KEY_BYTES_MAX, SUBSCRIPTS_MAX } from '../base/limits.ts';
import { compareBytes } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import {
  isNumberLead,
  NUMBER_BYTES_MAX,
  NUMBER_TEXT_LENGTH_MAX,
  numberEnd,
  readNumber,
  writeNumber,
  writeNumberText,
} from './canonical-number.ts';
import { escapedByte, textOfBytes } from './text.ts';
import type { ReadSubscript, Subscript } from './types.ts';

const NAME_END = 0x01;
const STRING_LEAD = 0xe0;
const STRING_END = 0x00;
const ESCAPE = 0x01;
const BEFORE_FIRST = 0x00;

/** A bigint of more digits cannot fit into a key. */
const BIGINT_MAX = 10n ** BigInt(KEY_BYTES_MAX);

/** Room for the longest key and behind it the longest code that a subscript of KEY_BYTES_MAX units can have. */
const BUFFER_BYTES = KEY_BYTES_MAX + 3 * KEY_BYTES_MAX + NUMBER_BYTES_MAX + 2;

const NO_SUBSCRIPTS: readonly Subscript[] = [];

/**
 * Encodes references into one buffer, without allocating for numbers and strings. The last global's name
 * stays in the buffer, so that a run of references to one global encodes the name once.
 */
export class KeyEncoder {
  /** The last key encoded is `bytes[0, length)`: valid until the next call. */
  readonly bytes = new Uint8Array(BUFFER_BYTES);
  #name: string | undefined = undefined;
  #nameLength = 0;

  /**
   * Encodes ^global(…path, …subscripts) and returns the key's length. EcpError SYNTAX for a malformed name;
   * SUBSCRIPT for one that is empty, not a string, number, bigint or bytes, not finite or with a lone
   * surrogate, and for a key that is too long; MAXNUMBER for a double outside 1E-43 ≤ |x| < 1E47.
   */
  encode(
    global: string,
    subscripts: readonly Subscript[],
    path: readonly Subscript[] = NO_SUBSCRIPTS,
  ): number {
    let at = global === this.#name ? this.#nameLength : this.#encodeName(global);
    if (path !== NO_SUBSCRIPTS) at = this.#encodeAll(at, path, countOf(path));
    const count = countOf(subscripts);
    if (path.length + count > SUBSCRIPTS_MAX)
      throw this.#refuse(`more than ${SUBSCRIPTS_MAX} subscripts`);
    return this.#encodeAll(at, subscripts, count);
  }

  /**
   * As `encode`, but the last subscript may be '' (or empty bytes), as in $ORDER(^A("")): the position
   * before the first child, which is the parent's key and 0x00. Not a key of a node: for navigation only.
   */
  encodeSeek(
    global: string,
    subscripts: readonly Subscript[],
    path: readonly Subscript[] = NO_SUBSCRIPTS,
  ): number {
    const last: unknown = Array.isArray(subscripts) ? subscripts[subscripts.length - 1] : undefined;
    const empty = last === '' || (isBytes(last) && last.length === 0);
    if (!empty) return this.encode(global, subscripts, path);
    const at = this.encode(global, subscripts.slice(0, -1), path);
    this.bytes[at] = BEFORE_FIRST;
    return at + 1;
  }

  /** A copy of the last key encoded. */
  copy(length: number): Uint8Array {
    return this.bytes.slice(0, length);
  }

  #encodeName(global: string): number {
    this.#name = undefined;
    checkGlobalName(global);
    const { bytes } = this;
    const { length } = global;
    for (let i = 0; i < length; i++) bytes[i] = global.charCodeAt(i);
    bytes[length] = NAME_END;
    this.#name = global;
    this.#nameLength = length + 1;
    return this.#nameLength;
  }

  #encodeAll(from: number, subscripts: readonly Subscript[], count: number): number {
    let at = from;
    for (let i = 0; i < count; i++) {
      // Read once: a getter or a Proxy may give something else the next time.
      const subscript = subscripts[i] as Subscript;
      if (typeof subscript === 'string') {
        at = this.#encodeText(at, subscript);
      } else if (typeof subscript === 'number') {
        if (!Number.isFinite(subscript)) throw this.#refuse('a subscript is not a finite number');
        at = writeNumber(this.bytes, at, subscript);
      } else {
        at = this.#encodeOther(at, subscript);
      }
      if (at > KEY_BYTES_MAX)
        throw this.#refuse(`a reference is longer than ${KEY_BYTES_MAX} bytes`);
    }
    return at;
  }

  #encodeOther(at: number, subscript: unknown): number {
    if (typeof subscript === 'bigint') {
      if (subscript >= BIGINT_MAX || subscript <= -BIGINT_MAX) {
        throw this.#refuse(`a reference is longer than ${KEY_BYTES_MAX} bytes`);
      }
      return this.#encodeText(at, String(subscript));
    }
    if (isBytes(subscript)) return this.#encodeBytes(at, subscript);
    throw this.#refuse('a subscript is not a string, number, bigint or Uint8Array');
  }

  #encodeText(from: number, text: string): number {
    const { bytes } = this;
    const { length } = text;
    if (length === 0) throw this.#refuse('a subscript is empty');
    if (length > KEY_BYTES_MAX)
      throw this.#refuse(`a reference is longer than ${KEY_BYTES_MAX} bytes`);
    if (text.charCodeAt(0) <= 0x39) {
      const end = writeNumberText(bytes, from, text);
      if (end >= 0) return end;
    }
    let at = from;
    bytes[at++] = STRING_LEAD;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) {
        if (code <= ESCAPE) {
          bytes[at++] = ESCAPE;
          bytes[at++] = code + 1;
        } else {
          bytes[at++] = code;
        }
      } else if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6);
        bytes[at++] = 0x80 | (code & 0x3f);
      } else if (code < 0xd800 || code > 0xdfff) {
        bytes[at++] = 0xe0 | (code >> 12);
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[at++] = 0x80 | (code & 0x3f);
      } else {
        const next = text.charCodeAt(i + 1);
        if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
          i++;
          const point = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
          bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
          bytes[at++] = 0x80 | (point & 0x3f);
        } else {
          const byte = escapedByte(code);
          if (byte < 0) throw this.#refuse('a subscript has a lone surrogate');
          bytes[at++] = byte;
        }
      }
    }
    bytes[at] = STRING_END;
    return at + 1;
  }

  #encodeBytes(from: number, value: Uint8Array): number {
    const { bytes } = this;
    const { length } = value;
    if (length === 0) throw this.#refuse('a subscript is empty');
    if (length > KEY_BYTES_MAX)
      throw this.#refuse(`a reference is longer than ${KEY_BYTES_MAX} bytes`);
    if (length <= NUMBER_TEXT_LENGTH_MAX) {
      const end = writeNumberText(bytes, from, String.fromCharCode(...value));
      if (end >= 0) return end;
    }
    let at = from;
    bytes[at++] = STRING_LEAD;
    for (let i = 0; i < length; i++) {
      const byte = value[i] as number;
      if (byte <= ESCAPE) {
        bytes[at++] = ESCAPE;
        bytes[at++] = byte + 1;
      } else {
        bytes[at++] = byte;
      }
    }
    bytes[at] = STRING_END;
    return at + 1;
  }

  #refuse(what: string): EcpError {
    return new EcpError('SUBSCRIPT', what, { reference: `^${this.#name ?? ''}` });
  }
}

/** The number of subscripts; refuses what is not an array, even if it looks like one. */
function countOf(subscripts: readonly Subscript[]): number {
  const count: number = Array.isArray(subscripts) ? subscripts.length : -1;
  // A Proxy may answer anything: a count that is not a small integer must not end as ^global itself.
  if (count >>> 0 !== count || count > SUBSCRIPTS_MAX) {
    throw new EcpError('SUBSCRIPT', `subscripts are an array of at most ${SUBSCRIPTS_MAX}`);
  }
  return count;
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && value instanceof Uint8Array;
}

const GLOBAL_NAME = /^[%A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*$/;

/**
 * EcpError SYNTAX unless `global` is a global's name without the caret: a letter or %, then letters and
 * digits, dots between them; at most 31 characters; capital and small letters differ.
 */
export function checkGlobalName(global: string): void {
  if (
    typeof global !== 'string' ||
    global.length > GLOBAL_NAME_LENGTH_MAX ||
    !GLOBAL_NAME.test(global)
  ) {
    throw new EcpError(
      'SYNTAX',
      `a global's name is a letter or %, then letters and digits, at most ${GLOBAL_NAME_LENGTH_MAX} characters`,
    );
  }
}

const sharedEncoder = new KeyEncoder();

/** The key of ^global(…subscripts), a copy of its own. Errors as KeyEncoder.encode. */
export function encodeKey(
  global: string,
  subscripts: readonly Subscript[] = NO_SUBSCRIPTS,
): Uint8Array {
  return sharedEncoder.copy(sharedEncoder.encode(global, subscripts));
}

/** As encodeKey, with an empty last subscript allowed: see KeyEncoder.encodeSeek. */
export function encodeSeek(global: string, subscripts: readonly Subscript[]): Uint8Array {
  return sharedEncoder.copy(sharedEncoder.encodeSeek(global, subscripts));
}

function damaged(what: string): EcpError {
  return new EcpError('DAMAGED', `key: ${what}`);
}

/** The position of the first subscript: after the name's terminator. */
export function subscriptsStart(key: Uint8Array): number {
  const end = key.indexOf(NAME_END);
  if (end <= 0) throw damaged('no end of the global name');
  return end + 1;
}

/** The global's name of a key. */
export function globalOf(key: Uint8Array): string {
  const end = subscriptsStart(key) - 1;
  let name = '';
  for (let i = 0; i < end; i++) name += String.fromCharCode(key[i] as number);
  return name;
}

/** The position after the subscript that starts at `at` (< key.length). EcpError DAMAGED if it does not end. */
export function subscriptEnd(key: Uint8Array, at: number): number {
  const lead = key[at] as number;
  let end = -1;
  if (lead === STRING_LEAD) end = key.indexOf(STRING_END, at + 1) + 1;
  else if (isNumberLead(lead)) end = numberEnd(key, at);
  if (end <= 0) throw damaged(`no subscript at byte ${at}`);
  return end;
}

/** Strings up to this length are read faster here than by the platform's decoder. */
const SHORT_TEXT_LENGTH = 32;

/** The subscript that starts at `at`; it ends at `subscriptEnd(key, at)`. EcpError DAMAGED as there. */
export function decodeSubscript(key: Uint8Array, at: number): ReadSubscript {
  if (key[at] !== STRING_LEAD) return readNumber(key, at, subscriptEnd(key, at));
  const stop = Math.min(key.length, at + 1 + SHORT_TEXT_LENGTH);
  let text = '';
  for (let i = at + 1; i < stop; i++) {
    const byte = key[i] as number;
    if (byte === STRING_END) return text;
    if (byte === ESCAPE || byte >= 0x80) break;
    text += String.fromCharCode(byte);
  }
  return textOfBytes(stringBytes(key, at));
}

/** The bytes of the string subscript at `at`: a view if nothing in it was escaped. */
function stringBytes(key: Uint8Array, at: number): Uint8Array {
  const end = subscriptEnd(key, at) - 1;
  const coded = key.subarray(at + 1, end);
  if (!coded.includes(ESCAPE)) return coded;
  const plain = new Uint8Array(coded.length);
  let length = 0;
  for (let i = 0; i < coded.length; i++) {
    const byte = coded[i] as number;
    plain[length++] = byte === ESCAPE ? (coded[++i] as number) - 1 : byte;
  }
  return plain.subarray(0, length);
}

/** The bytes of the subscript at `at` if it is a string (a view where nothing was escaped); undefined for a number. */
export function decodeSubscriptBytes(key: Uint8Array, at: number): Uint8Array | undefined {
  return key[at] === STRING_LEAD ? stringBytes(key, at) : undefined;
}

/**
 * The global and subscripts of a key. EcpError DAMAGED where it cannot be read; for bytes that came from
 * outside see checkKey.
 */
export function decodeKey(key: Uint8Array): { global: string; subscripts: ReadSubscript[] } {
  const global = globalOf(key);
  return { global, subscripts: decodeSubscripts(key, global.length + 1) };
}

/** The subscripts from position `at`, the start of one, to the end. */
export function decodeSubscripts(key: Uint8Array, at = subscriptsStart(key)): ReadSubscript[] {
  const subscripts: ReadSubscript[] = [];
  while (at < key.length) {
    subscripts.push(decodeSubscript(key, at));
    at = subscriptEnd(key, at);
  }
  return subscripts;
}

const checkEncoder = new KeyEncoder();

/**
 * For bytes from a peer, a journal or a page: EcpError DAMAGED unless they are exactly what `encodeKey`
 * gives for some reference.
 */
export function checkKey(key: Uint8Array): void {
  if (key.length > KEY_BYTES_MAX) throw damaged(`longer than ${KEY_BYTES_MAX} bytes`);
  const { global, subscripts } = decodeKey(key);
  let length: number;
  try {
    length = checkEncoder.encode(global, subscripts);
  } catch (cause) {
    throw new EcpError('DAMAGED', 'key: not the code of a reference', { cause });
  }
  if (compareBytes(checkEncoder.bytes.subarray(0, length), key) !== 0) {
    throw damaged('not the canonical code of its reference');
  }
}

/** The number of subscripts of a key. */
export function subscriptCount(key: Uint8Array): number {
  let count = 0;
  for (let at = subscriptsStart(key); at < key.length; at = subscriptEnd(key, at)) count++;
  return count;
}

/** The length of the key's first `level` subscripts with the name: that ancestor is `key.subarray(0, it)`. */
export function levelEnd(key: Uint8Array, level: number): number {
  let at = subscriptsStart(key);
  for (let i = 0; i < level; i++) at = subscriptEnd(key, at);
  return at;
}

/**
 * Where the last subscript starts, which is the length of the parent's key; the key's own length if it has
 * no subscript. Takes seek positions (`encodeSeek`) too.
 */
export function parentLength(key: Uint8Array): number {
  let at = subscriptsStart(key);
  for (;;) {
    if (at === key.length) return at;
    const end = isSeekEnd(key, at) ? at + 1 : subscriptEnd(key, at);
    if (end === key.length) return at;
    at = end;
  }
}

function isSeekEnd(key: Uint8Array, at: number): boolean {
  return at === key.length - 1 && key[at] === BEFORE_FIRST;
}

/** Whether this is a seek position with an empty last subscript (`encodeSeek`), not a node's key. */
export function isBeforeFirst(key: Uint8Array): boolean {
  const start = parentLength(key);
  return start < key.length && isSeekEnd(key, start);
}

/** The first key that is neither `key` nor a descendant of it: the subtree is [key, subtreeEnd(key)). */
export function subtreeEnd(key: Uint8Array): Uint8Array {
  const end = key.slice();
  end[end.length - 1] = (end[end.length - 1] as number) + 1;
  return end;
}

/** The smallest byte string above `key`: its descendants are [descendantsStart(key), subtreeEnd(key)). */
export function descendantsStart(key: Uint8Array): Uint8Array {
  const start = new Uint8Array(key.length + 1);
  start.set(key);
  return start;
}

/**
 * MERGE: the key of the same place below another node: the first `sourceLength` bytes (a key that `key`
 * equals or descends from) give way to `target`. EcpError SUBSCRIPT if the result is too long.
 */
export function rebaseKey(key: Uint8Array, sourceLength: number, target: Uint8Array): Uint8Array {
  const length = target.length + key.length - sourceLength;
  if (length > KEY_BYTES_MAX) {
    throw new EcpError('SUBSCRIPT', `a reference is longer than ${KEY_BYTES_MAX} bytes`, {
      reference: `^${globalOf(target)}`,
    });
  }
  const rebased = new Uint8Array(length);
  rebased.set(target);
  rebased.set(key.subarray(sourceLength), target.length);
  return rebased;
}
