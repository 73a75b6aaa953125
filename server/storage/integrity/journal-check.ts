/**
 * Checks a journal: that every segment's header and every batch are what was written, that segments follow one another
 * without a hole, and what the records say (record-check.ts).
 *
 * What was not synced may be torn by a crash, and what lies behind the last readable batch may therefore be anything
 * (rule R9): it is damage only where something readable says that it was durable. Work is cut into steps that tell what
 * they cost; a segment is read batch by batch, never as a whole.
 */
import { ByteReader } from '../../base/bytes.ts';
import { bareMessage, isEcpError, messageOf } from '../../base/errors.ts';
import { JOURNAL_BATCH_BYTES_MAX } from '../../base/limits.ts';
import type { JournalSource } from '../../ports/journal-disk.ts';
import { cipherOf, type SegmentCipher } from '../encryption/segment-cipher.ts';
import { isBehindGap } from '../journal-images.ts';
import { decodeRecord, type JournalRecord } from '../journal-records.ts';
import {
  BATCH_HEADER_BYTES,
  batchLength,
  batchMagic,
  decodeSegmentHeader,
  openBatch,
  readBatch,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from '../journal-segment.ts';
import type { OpenTransaction } from '../transaction-table.ts';
import type { Findings } from './findings.ts';
import { RecordCheck, WALL_MS_MAX } from './record-check.ts';

export interface JournalFigures {
  segments: number;
  batches: number;
  records: number;
  bytes: number;
  /** Transactions that were open at its end. */
  openTransactions: number;
}

export interface JournalCheckOptions {
  /** A position that was durable. */
  readonly durable: number;
  /** The journal is being written: what lies behind `durable` is not looked at. */
  readonly isLive: boolean;
}

const STEP_BYTES = 256;
const WINDOW_BYTES = 1024 * 1024;
/** Kinds of records that each segment begins with. */
const PREAMBLE: readonly JournalRecord['kind'][] = ['catalogue', 'table'];

const HOLE =
  'recovery and restore cannot pass it: where a database needs what lies behind, the start is refused';
const LATER = 'recovery takes it as it is; what it makes of it may be wrong';

/** A batch that was read, alone. */
interface ReadBatch {
  readonly bytes: Uint8Array;
  readonly durable: number;
  readonly from: number;
  readonly end: number;
}

export class JournalCheck {
  readonly figures: JournalFigures = {
    segments: 0,
    batches: 0,
    records: 0,
    bytes: 0,
    openTransactions: 0,
  };
  readonly #source: JournalSource;
  readonly #options: JournalCheckOptions;
  readonly #findings: Findings;
  readonly #records = new RecordCheck();
  /** The highest position that anything readable says was durable. */
  #durable: number;
  /** How often images that are whole were met in the segment at hand. */
  #images = 0;

  constructor(source: JournalSource, options: JournalCheckOptions, findings: Findings) {
    this.#source = source;
    this.#options = options;
    this.#findings = findings;
    this.#durable = options.durable;
  }

  /** Where the readable part ends; undefined until the whole was read, and where there is none. */
  end: number | undefined;
  /** Where it begins; undefined where there is none. */
  start: number | undefined;

  /** UUIDs of the databases that were in use at its end. */
  get inUse(): ReadonlySet<string> {
    return this.#records.inUse;
  }

  /** The whole check; yields what each step cost, in bytes. */
  *run(): Generator<number, void> {
    const { isLive, durable } = this.#options;
    const headers = this.#readHeaders();
    if (headers.length === 0 && durable > 0)
      this.#findings.error('journal', 'it is missing', 'the start is refused');
    this.start = headers[0]?.start;
    for (const [index, header] of headers.entries()) {
      yield STEP_BYTES;
      if (isBehindGap(header)) this.#records.passGap();
      const next = headers[index + 1];
      this.#images = 0;
      const end = yield* this.#walkSegment(header, next?.follows ?? Infinity);
      if (end === undefined) return;
      this.end = end;
      if (isLive && end >= durable) break;
      if (isBehindGap(header) && this.#images === 0) this.#noteOpenGap(header);
      if (next !== undefined && next.follows === end) continue;
      yield* this.#checkEnd(headers.slice(index), end);
      break;
    }
    this.#checkTransactions(this.#records.tables.transactions.open.values());
  }

  /** Those that are open at the end: undoing them is read from their beginning on. */
  #checkTransactions(open: Iterable<OpenTransaction>): void {
    const { start = 0 } = this;
    for (const { number, first } of open) {
      this.figures.openTransactions++;
      if (first >= start) continue;
      this.#findings.error(
        `journal, transaction ${number}`,
        `it began at position ${first}, the journal begins at ${start}`,
        'it cannot be rolled back: what it has changed stays, and it stays open',
      );
    }
  }

  #noteOpenGap({ segment, follows, start }: SegmentHeader): void {
    this.#findings.warning(
      `journal segment ${segment}, header`,
      `a gap from ${follows} to ${start} lies before it, and no images close it`,
      'if a crash did that, nothing that was durable is lost; else the start is refused',
    );
  }

  /** Headers of the segments that count, ascending: not of one that a later one begins before. */
  #readHeaders(): SegmentHeader[] {
    const headers: SegmentHeader[] = [];
    for (const segment of this.#source.segments()) {
      const header = this.#readHeader(segment);
      if (header === undefined) continue;
      this.#durable = Math.max(this.#durable, header.durable);
      while ((headers.at(-1)?.start ?? -1) >= header.follows) headers.pop();
      headers.push(header);
    }
    return headers;
  }

  #readHeader(segment: number): SegmentHeader | undefined {
    const place = `journal segment ${segment}, header`;
    this.figures.segments++;
    try {
      const bytes = this.#source.readRange(segment, 0, SEGMENT_HEADER_BYTES);
      const header = decodeSegmentHeader(bytes, segment);
      if (header !== undefined) {
        this.#checkHeader(header, place);
        return header;
      }
      // Whether what it held was durable, what lies around it says.
      this.#findings.warning(place, 'it is torn', 'if a crash did that, nothing is lost by it');
    } catch (error) {
      this.#findings.error(place, reasonOf(error), HOLE);
    }
    return undefined;
  }

  #checkHeader({ start, durable, floor, createdMs }: SegmentHeader, place: string): void {
    if (durable > start)
      this.#findings.error(place, `it begins at ${start}, and calls ${durable} durable`, LATER);
    if (floor > start)
      this.#findings.error(place, `it begins at ${start}, and its floor is ${floor}`, LATER);
    if (createdMs > WALL_MS_MAX)
      this.#findings.error(place, 'it was made after the year 9999', LATER);
  }

  /** Returns where its readable part ends; undefined where it was removed meanwhile. */
  *#walkSegment(header: SegmentHeader, limit: number): Generator<number, number | undefined> {
    const { segment, start } = header;
    let cipher: SegmentCipher | undefined;
    try {
      cipher = cipherOf(header, this.#source.keys);
    } catch (error) {
      this.#findings.error(`journal segment ${segment}`, reasonOf(error), HOLE);
      return start;
    }
    let offset = header.bytes;
    let isFirst = true;
    while (start + offset < this.#limit(limit)) {
      let batch: ReadBatch | undefined;
      try {
        batch = this.#readBatch(header, offset);
        if (batch !== undefined)
          openBatch(batch.bytes, { ...batch, to: batch.bytes.length }, cipher);
      } catch (error) {
        if (!this.#source.segments().includes(segment)) return undefined;
        this.#findings.error(`journal, position ${start + offset}`, reasonOf(error), HOLE);
        break;
      }
      if (batch === undefined) break;
      this.#checkBatch(header, offset, batch, isFirst);
      isFirst = false;
      offset += batch.bytes.length;
      yield STEP_BYTES + batch.bytes.length;
    }
    this.figures.bytes += offset;
    return start + offset;
  }

  /** Of a journal that is being written, only what was durable. */
  #limit(limit: number): number {
    return this.#options.isLive ? Math.min(limit, this.#options.durable) : limit;
  }

  #readBatch(header: SegmentHeader, offset: number): ReadBatch | undefined {
    const head = this.#source.readRange(header.segment, offset, BATCH_HEADER_BYTES);
    const length = batchLength(head);
    if (head.length < BATCH_HEADER_BYTES || length > JOURNAL_BATCH_BYTES_MAX) return undefined;
    const bytes = this.#source.readRange(header.segment, offset, length);
    const batch = readBatch(bytes, 0, header);
    return batch === undefined ? undefined : { ...batch, bytes };
  }

  #checkBatch(header: SegmentHeader, offset: number, batch: ReadBatch, isFirst: boolean): void {
    const position = header.start + offset;
    this.figures.batches++;
    if (batch.durable > position)
      this.#findings.error(
        `journal, position ${position}`,
        `a batch calls ${batch.durable} durable, which is to come`,
        LATER,
      );
    else this.#durable = Math.max(this.#durable, batch.durable);
    const kinds = this.#walkRecords(header, offset, batch);
    if (isFirst && !PREAMBLE.every((kind) => kinds.has(kind)))
      this.#findings.error(
        `journal segment ${header.segment}`,
        'it does not begin with a catalogue and a table of sessions',
        HOLE,
      );
  }

  #walkRecords(
    header: SegmentHeader,
    offset: number,
    batch: ReadBatch,
  ): Set<JournalRecord['kind']> {
    const { segment, start: segmentStart } = header;
    const kinds = new Set<JournalRecord['kind']>();
    const reader = new ByteReader(batch.bytes, `journal segment ${segment}`, batch.from, batch.end);
    const at = segmentStart + offset;
    while (reader.remaining > 0) {
      const place = { batch: at, offset: reader.position };
      const where = `journal, position ${at + reader.position}`;
      let record: JournalRecord;
      try {
        this.#records.beforeRecord(reader.peekU8());
        record = decodeRecord(reader, this.#records.tables);
      } catch (error) {
        this.#findings.error(where, reasonOf(error), HOLE);
        break;
      }
      kinds.add(record.kind);
      if (record.kind === 'imageEnd') this.#images++;
      this.figures.records++;
      const site = { position: at + reader.position, place, segmentStart };
      this.#records.take(record, site, (problem) => this.#findings.error(where, problem, LATER));
    }
    return kinds;
  }

  /**
   * The readable part ends at `end`, in the first of `rest`. Behind it is nothing, or what a crash left, or damage: all
   * that can be read there is asked what was durable.
   */
  *#checkEnd(rest: readonly SegmentHeader[], end: number): Generator<number, void> {
    let torn = 0;
    for (const header of rest) torn += yield* this.#searchSegment(header, end);
    const place = `journal, position ${end}`;
    const reached = this.#durable;
    if (end < reached)
      this.#findings.error(place, `it cannot be read on, and was durable to ${reached}`, HOLE);
    else if (torn > 0)
      this.#findings.warning(
        place,
        `${torn} bytes behind it cannot be read`,
        'if a crash tore them, nothing that was durable is lost; the next start leaves them out',
      );
  }

  /** Returns how many bytes there are from position `end` on, zeros at the end not counted. */
  *#searchSegment(header: SegmentHeader, end: number): Generator<number, number> {
    const { segment, start } = header;
    const first = Math.max(header.bytes, end - start);
    let torn = 0;
    for (let from = first; ; from += WINDOW_BYTES - BATCH_HEADER_BYTES) {
      const window = this.#source.readRange(segment, from, WINDOW_BYTES);
      const length = lengthWithoutZeros(window);
      if (length > 0) torn = from + length - first;
      this.#searchDurable(header, from, window);
      yield STEP_BYTES + window.length;
      if (window.length < WINDOW_BYTES) return torn;
    }
  }

  /** Batches behind an unreadable place tell how far the journal once was durable. */
  #searchDurable(header: SegmentHeader, from: number, window: Uint8Array): void {
    const magic = batchMagic(header.seed);
    const last = window.length - BATCH_HEADER_BYTES;
    let at = window.indexOf(magic & 0xff);
    for (; at >= 0 && at <= last; at = window.indexOf(magic & 0xff, at + 1)) {
      if (new ByteReader(window, 'journal batch', at).u32() !== magic) continue;
      this.#durable = Math.max(this.#durable, this.#durableOf(header, from + at));
    }
  }

  #durableOf(header: SegmentHeader, offset: number): number {
    try {
      return this.#readBatch(header, offset)?.durable ?? 0;
    } catch (error) {
      if (!isEcpError(error, 'DAMAGED')) throw error;
      return 0;
    }
  }
}

function lengthWithoutZeros(bytes: Uint8Array): number {
  let { length } = bytes;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** A damage, or what the disk says. */
function reasonOf(error: unknown): string {
  return isEcpError(error) ? bareMessage(messageOf(error)) : messageOf(error);
}
