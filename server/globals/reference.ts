/** References as people read and write them: ^Account(17,"balance"). */
import { ByteWriter, textOf, utf8 } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { ExpressionReader, writeReference } from './expression.ts';
import { decodeKey, encodeKey } from './key.ts';
import type { ReadSubscript, Subscript } from './types.ts';

export interface Reference {
  /** The name without the caret. */
  readonly global: string;
  readonly subscripts: readonly ReadSubscript[];
}

/**
 * The reference of a text such as `^Account(17,"balance")`, with $C(code) for control characters. EcpError
 * SYNTAX, SUBSCRIPT or MAXNUMBER, saying where and what.
 */
export function parseReference(text: string): Reference {
  return decodeKey(parseKey(text));
}

/** As parseReference, encoded. */
export function parseKey(text: string): Uint8Array {
  const fail = (at: number, rule: string): EcpError =>
    new EcpError('SYNTAX', `reference, position ${at + 1}: ${rule}`);
  const reader = new ExpressionReader(utf8(text), 'utf8', fail);
  const { global, subscripts } = reader.reference();
  if (!reader.isAtEnd) throw fail(reader.position, 'nothing follows the reference');
  return encodeKey(global, subscripts);
}

/** The text that `parseReference` takes back. Errors as `encodeKey`. */
export function formatReference(global: string, subscripts: readonly Subscript[] = []): string {
  return formatKey(encodeKey(global, subscripts));
}

/** The reference of a key as text. EcpError DAMAGED if it is none. */
export function formatKey(key: Uint8Array): string {
  const out = new ByteWriter(128);
  writeReference(out, key, 'utf8');
  return textOf(out.view());
}
