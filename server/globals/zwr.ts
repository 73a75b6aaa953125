/**
 * Lines of the ZWR format, in which M systems export globals: one node a line,
 *
 *   ^Account(17,"balance")="250.00"
 *   ^Note(1)="first line"_$C(13,10)_"he said ""yes"""
 *
 * Exporters differ in whether a value that is a canonical number has quotes; both are read, and
 * `quoteNumbers` says which to write. Empty lines are skipped.
 *
 * Errors are EcpError SYNTAX, naming line and rule; never the data.
 */
import { ByteWriter, textOf } from '../base/bytes.ts';
import { EcpError, isEcpError } from '../base/errors.ts';
import { VALUE_BYTES_MAX } from '../base/limits.ts';
import { isCanonicalNumber, NUMBER_TEXT_LENGTH_MAX } from './canonical-number.ts';
import {
  type Charset,
  ExpressionReader,
  type Fail,
  writeReference,
  writeString,
} from './expression.ts';
import type { FileNode } from './global-file.ts';
import { encodeKey } from './key.ts';

const EQUALS = 0x3d;

export interface ZwrStyle {
  /** Default 'utf8'. */
  readonly charset?: Charset;
  /** Whether values that are canonical numbers have quotes: default true, as GT.M's MUPIP EXTRACT. */
  readonly quoteNumbers?: boolean;
}

/** One node of a line without its end. EcpError SYNTAX with line and column. */
export function parseLine(bytes: Uint8Array, line: number, charset: Charset): FileNode {
  const fail: Fail = (at, rule) =>
    new EcpError('SYNTAX', `line ${line}, column ${at + 1}: ${rule}`);
  const reader = new ExpressionReader(bytes, charset, fail);
  const { global, subscripts } = reader.reference();
  reader.expect(EQUALS, 'an = follows the reference');
  const { value, isPlain } = reader.value();
  if (!reader.isAtEnd) throw fail(reader.position, 'nothing follows the value');
  if (value.length > VALUE_BYTES_MAX) {
    throw fail(0, `a value has at most ${VALUE_BYTES_MAX} bytes`);
  }
  return { line, key: keyOf(global, subscripts, line), value, isPlain };
}

/** EcpError SYNTAX where the parts make no key. */
export function keyOf(
  global: string,
  subscripts: Parameters<typeof encodeKey>[1],
  line: number,
): Uint8Array {
  try {
    return encodeKey(global, subscripts);
  } catch (cause) {
    if (!isEcpError(cause)) throw cause;
    throw new EcpError('SYNTAX', `line ${line}: ${cause.message}`, { cause });
  }
}

/** Appends one node's line without its end. */
export function writeLine(
  out: ByteWriter,
  key: Uint8Array,
  value: Uint8Array,
  { charset = 'utf8', quoteNumbers = true }: ZwrStyle = {},
): void {
  writeReference(out, key, charset);
  out.u8(EQUALS);
  if (!quoteNumbers && isNumber(value)) out.raw(value);
  else writeString(out, value, charset);
}

function isNumber(value: Uint8Array): boolean {
  return value.length <= NUMBER_TEXT_LENGTH_MAX && isCanonicalNumber(textOf(value));
}

/** One node's line without its end. */
export function formatLine(key: Uint8Array, value: Uint8Array, style: ZwrStyle = {}): Uint8Array {
  const out = new ByteWriter(key.length + value.length + 32);
  writeLine(out, key, value, style);
  return out.copy();
}
