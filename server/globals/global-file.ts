/**
 * A file of globals in either of the formats in which M systems export them, told by its two header lines: the first is
 * free text, the second ends in ZWR (zwr.ts) or GLO (go-format.ts). If either has the word UTF-8, `$C(200)` is the
 * character U+00C8, else the byte 0xC8 (expression.ts). What is written here has the word on the first line, so that the
 * second ends in the format's for readers that look there.
 *
 * Lines end in LF or CR LF. Errors are EcpError SYNTAX, naming line and rule; never the data.
 */
import { ByteWriter, textOf, utf8 } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { ZWR_LINE_BYTES_MAX } from '../base/limits.ts';
import type { Charset } from './expression.ts';
import { GoPairs } from './go-format.ts';
import { parseLine } from './zwr.ts';

const LF = 0x0a;
const CR = 0x0d;

export type GlobalFileFormat = 'zwr' | 'go';

export interface FileNode {
  /** The line it stood on, from 1; of two lines the first. */
  readonly line: number;
  readonly key: Uint8Array;
  /** Valid until the next chunk: a copy is the receiver's to make. */
  readonly value: Uint8Array;
  /** Whether the value is a number written without quotes. */
  readonly isPlain: boolean;
}

export interface FileHeader {
  /** The first line. */
  readonly label: string;
  readonly format: GlobalFileFormat;
  readonly charset: Charset;
}

const UTF8_WORD = /(?:^|\s)UTF-8(?:\s|$)/i;
const ZWR_WORD = /(?:^|\s)ZWR(?:\s|$)/;
const GO_WORD = /(?:^|\s)GLO(?:\s|$)/;

/** What the two header lines say. EcpError SYNTAX unless the second has the word ZWR or GLO. */
export function parseHeader(first: Uint8Array, second: Uint8Array): FileHeader {
  const label = textOf(first);
  const words = textOf(second);
  const isGo = GO_WORD.test(words);
  if (!isGo && !ZWR_WORD.test(words))
    throw new EcpError('SYNTAX', 'line 2: the second header line ends in ZWR or GLO');
  const isUtf8 = UTF8_WORD.test(label) || UTF8_WORD.test(words);
  return { label, format: isGo ? 'go' : 'zwr', charset: isUtf8 ? 'utf8' : 'bytes' };
}

/** The header lines; `when` is a date as text. The label loses line breaks. */
export function formatHeader(
  label: string,
  when: string,
  { charset = 'utf8', format = 'zwr' }: Partial<Omit<FileHeader, 'label'>> = {},
): Uint8Array {
  const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
  const first = charset === 'utf8' ? `${oneLine(label)} UTF-8` : oneLine(label);
  return utf8(`${first}\n${oneLine(when)} ${format === 'zwr' ? 'ZWR' : 'GLO'}\n`);
}

/**
 * A file in chunks of any size → nodes in order. Each generator must be run to its end, or the reader
 * dropped: an error ends the file.
 */
export class GlobalFileReader {
  #header: FileHeader | undefined;
  #first: Uint8Array | undefined;
  #line = 0;
  #hasReturns = false;
  #pairs: GoPairs | undefined;
  /** The beginning of a line whose end has not come; bounded by ZWR_LINE_BYTES_MAX. */
  readonly #rest = new ByteWriter(1024);

  /** Known once two lines were read. */
  get header(): FileHeader | undefined {
    return this.#header;
  }

  /** Lines read so far. */
  get lineCount(): number {
    return this.#line;
  }

  /** The nodes of the lines that end in this chunk. */
  *push(chunk: Uint8Array): Generator<FileNode, void> {
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

  /** The last line, if it had no end. EcpError SYNTAX if header or last node are not complete. */
  *end(): Generator<FileNode, void> {
    if (this.#rest.length > 0) {
      const node = this.#take(this.#rest.copy());
      this.#rest.clear();
      if (node !== undefined) yield node;
    }
    if (this.#header === undefined) {
      throw new EcpError('SYNTAX', `line ${this.#line + 1}: the file has two header lines`);
    }
    this.#pairs?.end();
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

  #take(raw: Uint8Array): FileNode | undefined {
    this.#line++;
    // What stands in front of the first line's end stands in front of every other's: a value may end in CR.
    if (this.#line === 1) this.#hasReturns = raw[raw.length - 1] === CR;
    const isReturned =
      raw[raw.length - 1] === CR && (this.#hasReturns || this.#pairs === undefined);
    const bytes = isReturned ? raw.subarray(0, -1) : raw;
    if (this.#pairs !== undefined) return this.#pairs.take(bytes, this.#line);
    if (this.#header !== undefined)
      return bytes.length === 0 ? undefined : parseLine(bytes, this.#line, this.#header.charset);
    if (this.#first === undefined) this.#first = bytes.slice();
    else {
      this.#header = parseHeader(this.#first, bytes);
      if (this.#header.format === 'go') this.#pairs = new GoPairs(this.#header.charset);
    }
    return undefined;
  }
}
