/**
 * The GO format, in which M systems export globals since before ZWR: a node is two lines, its reference and its value,
 *
 *   ^Account(17,"balance")
 *   250.00
 *
 * The value stands as it is, so one with a line break cannot be written: that is what ZWR is for. Where a reference is
 * due, empty lines and those that begin with * are the end that some exporters write, and skipped.
 */
import type { ByteWriter } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { VALUE_BYTES_MAX } from '../base/limits.ts';
import { type Charset, ExpressionReader, type Fail, writeReference } from './expression.ts';
import type { FileNode } from './global-file.ts';
import { formatKey } from './reference.ts';
import { keyOf } from './zwr.ts';

const LF = 0x0a;
const ASTERISK = 0x2a;

/** Lines, in pairs, to nodes. */
export class GoPairs {
  readonly #charset: Charset;
  #reference: { readonly key: Uint8Array; readonly line: number } | undefined;

  constructor(charset: Charset) {
    this.#charset = charset;
  }

  /** Takes the next line, without its end; the node that it completes. EcpError SYNTAX. */
  take(bytes: Uint8Array, line: number): FileNode | undefined {
    const reference = this.#reference;
    if (reference === undefined) {
      if (bytes.length > 0 && bytes[0] !== ASTERISK)
        this.#reference = { key: this.#parse(bytes, line), line };
      return undefined;
    }
    this.#reference = undefined;
    if (bytes.length > VALUE_BYTES_MAX)
      throw new EcpError('SYNTAX', `line ${line}: a value has at most ${VALUE_BYTES_MAX} bytes`);
    return { line: reference.line, key: reference.key, value: bytes, isPlain: true };
  }

  #parse(bytes: Uint8Array, line: number): Uint8Array {
    const fail: Fail = (at, rule) =>
      new EcpError('SYNTAX', `line ${line}, column ${at + 1}: ${rule}`);
    const reader = new ExpressionReader(bytes, this.#charset, fail);
    const { global, subscripts } = reader.reference();
    if (!reader.isAtEnd) throw fail(reader.position, 'nothing follows the reference');
    return keyOf(global, subscripts, line);
  }

  /** The file has ended. EcpError SYNTAX where a value is missing. */
  end(): void {
    if (this.#reference === undefined) return;
    throw new EcpError('SYNTAX', `line ${this.#reference.line}: the value of this node is missing`);
  }
}

/** Appends a node's two lines, ends included. EcpError SYNTAX where the value has a line break. */
export function writePair(
  out: ByteWriter,
  key: Uint8Array,
  value: Uint8Array,
  charset: Charset = 'utf8',
): void {
  if (value.includes(LF)) {
    const problem = 'a value with a line break cannot be written in GO format, but in ZWR';
    throw new EcpError('SYNTAX', `${formatKey(key)}: ${problem}`);
  }
  writeReference(out, key, charset);
  out.u8(LF).raw(value).u8(LF);
}
