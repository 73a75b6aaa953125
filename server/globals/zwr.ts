/**
 * The ZWR format, in which M systems export globals: two header lines, then one node a line,
 *
 *   ^Account(17,"balance")="250.00"
 *   ^Note(1)="first line"_$C(13,10)_"he said ""yes"""
 *
 * The first header line is free text, the second ends in ZWR. If either has the word UTF-8, `$C(200)` is
 * the character U+00C8, else the byte 0xC8 (expression.ts). What is written here has the word on the first
 * line, so that the second ends in ZWR for readers that look there.
 *
 * Exporters differ in whether a value that is a canonical number has quotes; both are read, and
 * `quoteNumbers` says which to write. Lines end in LF or CR LF; empty lines are skipped.
 *
 * Errors are EcpError SYNTAX, naming line and rule; never the data.
 */
import { ByteWriter, textOf, utf8 } from '../base/bytes.ts';
import { EcpError, isEcpError } from '../base/errors.ts';
import { VALUE_BYTES_MAX, ZWR_LINE_BYTES_MAX } from '../base/limits.ts';
import { isCanonicalNumber, NUMBER_TEXT_LENGTH_MAX } from './canonical-number.ts';
import {
  type Charset,
  ExpressionReader,
  type Fail,
  writeReference,
  writeString,
} from './expression.ts';
import { encodeKey } from './key.ts';

const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

export interface ZwrNode {
  /** The line it stood on, from 1. */
  readonly line: number;
  readonly key: Uint8Array;
  /** Valid until the next chunk: a copy is the receiver's to make. */
  readonly value: Uint8Array;
  /** Whether the value is a number written without quotes. */
  readonly isPlain: boolean;
}

export interface ZwrHeader {
  /** The first line. */
  readonly label: string;
  readonly charset: Charset;
}

export interface ZwrStyle {
  /** Default 'utf8'. */
  readonly charset?: Charset;
  /** Whether values that are canonical numbers have quotes: default true, as GT.M's MUPIP EXTRACT. */
  readonly quoteNumbers?: boolean;
}

const UTF8_WORD = /(?:^|\s)UTF-8(?:\s|$)/i;
const ZWR_WORD = /(?:^|\s)ZWR(?:\s|$)/;
const GO_WORD = /(?:^|\s)GLO(?:\s|$)/;

/** What the two header lines say. EcpError SYNTAX unless the second has the word ZWR. */
export function parseHeader(first: Uint8Array, second: Uint8Array): ZwrHeader {
  const label = textOf(first);
  const format = textOf(second);
  if (!ZWR_WORD.test(format)) {
    const what = GO_WORD.test(format) ? ', this is GO format' : '';
    throw new EcpError('SYNTAX', `line 2: the second header line ends in ZWR${what}`);
  }
  const isUtf8 = UTF8_WORD.test(label) || UTF8_WORD.test(format);
  return { label, charset: isUtf8 ? 'utf8' : 'bytes' };
}

/** The header lines; `when` is a date as text. The label loses line breaks. */
export function formatHeader(label: string, when: string, charset: Charset = 'utf8'): Uint8Array {
  const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
  const first = charset === 'utf8' ? `${oneLine(label)} UTF-8` : oneLine(label);
  return utf8(`${first}\n${oneLine(when)} ZWR\n`);
}

/** One node of a line without its end. EcpError SYNTAX with line and column. */
export function parseLine(bytes: Uint8Array, line: number, charset: Charset): ZwrNode {
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

function keyOf(
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

/**
 * A ZWR file in chunks of any size → nodes in order. Each generator must be run to its end, or the reader
 * dropped: an error ends the file.
 */
export class ZwrReader {
  #header: ZwrHeader | undefined;
  #first: Uint8Array | undefined;
  #line = 0;
  /** The beginning of a line whose end has not come; bounded by ZWR_LINE_BYTES_MAX. */
  readonly #rest = new ByteWriter(1024);

  /** Known once two lines were read. */
  get header(): ZwrHeader | undefined {
    return this.#header;
  }

  /** Lines read so far. */
  get lineCount(): number {
    return this.#line;
  }

  /** The nodes of the lines that end in this chunk. */
  *push(chunk: Uint8Array): Generator<ZwrNode, void> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LF, from);
      if (end < 0) break;
      let bytes = chunk.subarray(from, end);
      from = end + 1;
      if (this.#rest.length > 0) {
        this.#keep(bytes);
        bytes = this.#rest.copy();
        this.#rest.clear();
      }
      const node = this.#take(bytes);
      if (node !== undefined) yield node;
    }
    this.#keep(chunk.subarray(from));
  }

  /** The last line, if it had no end. EcpError SYNTAX if the header is not complete. */
  *end(): Generator<ZwrNode, void> {
    if (this.#rest.length > 0) {
      const node = this.#take(this.#rest.copy());
      this.#rest.clear();
      if (node !== undefined) yield node;
    }
    if (this.#header === undefined) {
      throw new EcpError('SYNTAX', `line ${this.#line + 1}: a ZWR file has two header lines`);
    }
  }

  #keep(bytes: Uint8Array): void {
    if (this.#rest.length + bytes.length > ZWR_LINE_BYTES_MAX) {
      throw new EcpError(
        'SYNTAX',
        `line ${this.#line + 1}: a line has at most ${ZWR_LINE_BYTES_MAX} bytes`,
      );
    }
    this.#rest.raw(bytes);
  }

  #take(raw: Uint8Array): ZwrNode | undefined {
    this.#line++;
    const bytes = raw[raw.length - 1] === CR ? raw.subarray(0, -1) : raw;
    if (this.#header !== undefined) {
      return bytes.length === 0 ? undefined : parseLine(bytes, this.#line, this.#header.charset);
    }
    if (this.#first === undefined) this.#first = bytes.slice();
    else this.#header = parseHeader(this.#first, bytes);
    return undefined;
  }
}
