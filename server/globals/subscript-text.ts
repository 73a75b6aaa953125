/**
 * Subscripts as the text that M sees, in bytes: what other programs read and write who do not know our keys.
 * A number is its canonical text; a string is its bytes.
 */
import { EMPTY } from '../base/bytes.ts';
import { readNumberText } from './canonical-number.ts';
import { decodeSubscript, decodeSubscriptBytes, encodeKey, subscriptEnd } from './key.ts';
import type { ReadSubscript } from './types.ts';

const ANY_GLOBAL = 'x';
/** What an `encodeSeek` key has in place of a last subscript. */
const BEFORE_FIRST = 0x00;

/**
 * The subscripts of a key from position `at`, the start of one. Views of the key where its bytes are the
 * text. The position before a level's first child (`encodeSeek`) ends with an empty one.
 */
export function subscriptTexts(key: Uint8Array, at: number): Uint8Array[] {
  const texts: Uint8Array[] = [];
  while (at < key.length) {
    if (key[at] === BEFORE_FIRST) {
      texts.push(EMPTY);
      break;
    }
    const next = subscriptEnd(key, at);
    texts.push(decodeSubscriptBytes(key, at) ?? asciiOf(readNumberText(key, at, next)));
    at = next;
  }
  return texts;
}

function asciiOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Subscripts as they were read, as text. */
export function textsOfSubscripts(subscripts: readonly ReadSubscript[]): Uint8Array[] {
  return subscriptTexts(encodeKey(ANY_GLOBAL, subscripts), ANY_GLOBAL.length + 1);
}

/** A subscript's text as it is read: a number where it is canonical and exact. EcpError SUBSCRIPT as encodeKey. */
export function subscriptOfText(text: Uint8Array): ReadSubscript {
  return decodeSubscript(encodeKey(ANY_GLOBAL, [text]), ANY_GLOBAL.length + 1);
}
