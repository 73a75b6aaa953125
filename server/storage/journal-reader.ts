/**
 * Reading the journal after a crash: which bytes count, and which are a torn tail (rule R9).
 *
 * What was appended but not synced may be lost, torn or kept in any part. So the first unreadable place may
 * be followed by readable batches, even by whole segments, and still be no damage. Every batch and segment
 * header says what was known durable when it was written; let D be the highest of these over all that can be
 * read, and the checkpoints' positions.
 *
 *   first unreadable position ≥ D   a torn tail: the journal ends there, whatever follows
 *   first unreadable position < D   damage: what was acknowledged is gone; refused
 *
 * After a torn tail the next start opens a segment that begins where the readable part ended. A segment thus
 * counts only up to the lowest start of any later one.
 */
import { ByteReader } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import { decodeRecord, type JournalRecord, type RecordTables } from './journal-records.ts';
import type { RecordPlace } from './record-place.ts';
import { cipherOf } from './encryption/segment-cipher.ts';
import {
  type Batch,
  BATCH_HEADER_BYTES,
  batchMagic,
  decodeSegmentHeader,
  openBatch,
  readBatch,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
  type SegmentPlace,
} from './journal-segment.ts';

export interface JournalContent {
  /** Where the journal goes on: the position after the last record that counts. */
  readonly end: number;
  /** Segments that hold something that counts, ascending: those that were read … */
  readonly segments: readonly SegmentPlace[];
  /** … and those before them: kept, unread but for their headers. */
  readonly older: readonly SegmentPlace[];
  /** What lies before this position no recovery needs: as far as the newest segment knows. */
  readonly floor: number;
  /** Records that were read. */
  readonly records: number;
  /** Bytes behind `end` that were taken for a torn tail, zeros at its end not counted. */
  readonly tornBytes: number;
}

/** Where a record was read. */
export interface RecordSite {
  /** The position behind it. */
  readonly position: number;
  readonly place: RecordPlace;
  /** Where its segment starts. */
  readonly segmentStart: number;
}

type VisitRecord = (record: JournalRecord, site: RecordSite) => void;

/** A segment that counts. */
export interface Candidate {
  readonly header: SegmentHeader;
  /** The position at which a later segment takes over; Infinity for the last. */
  readonly limit: number;
}

interface Candidates {
  /** Those to be read, ascending. */
  readonly candidates: readonly Candidate[];
  readonly older: readonly SegmentPlace[];
  readonly floor: number;
  /** Bytes of the segments whose header is torn. */
  readonly torn: number;
}

/**
 * Calls `visit` for every record that counts, in order; from the segment on that holds position `from`, or from
 * the oldest there is if that is older still: whether a database misses something then, the visitor knows. Undefined
 * is from where on any recovery may need it; what is kept before that for restores is not read. `durable` is a
 * position known to be durable: the highest of any checkpoint. EcpError DAMAGED where the journal has a hole below
 * what was durable.
 */
export function readJournal(
  disk: JournalSource,
  from: number | undefined,
  durable: number,
  tables: RecordTables,
  visit: VisitRecord,
): JournalContent {
  const { candidates, older, floor, torn } = candidatesOf(disk, from);
  const first = candidates[0];
  const about = { older, floor };
  if (first === undefined) {
    if (durable > 0) throw damaged(durable, 'the journal is missing');
    return { end: 0, segments: [], ...about, records: 0, tornBytes: torn };
  }
  const segments: SegmentPlace[] = [];
  let records = 0;
  let end = first.header.start;
  for (const [index, { header, limit }] of candidates.entries()) {
    if (header.start !== end) {
      // The segment before ended early.
      const tornBytes = tornTail(disk, candidates.slice(index - 1), end, durable);
      return { end, segments, ...about, records, tornBytes };
    }
    const cipher = cipherOf(header, disk.keys);
    const bytes = disk.read(header.segment);
    segments.push(header);
    let offset = header.bytes;
    for (;;) {
      if (header.start + offset >= limit) break;
      const batch = readBatch(bytes, offset, header);
      if (batch === undefined) break;
      openBatch(bytes, batch, cipher);
      records += visitBatch(bytes, batch, header, tables, visit);
      offset = batch.to;
    }
    end = header.start + offset;
    if (end > limit) throw damaged(limit, 'a segment starts inside a batch of the one before');
    if (limit === Infinity) {
      const tornBytes = tornTail(disk, candidates.slice(index), end, durable);
      return { end, segments, ...about, records, tornBytes };
    }
  }
  return { end, segments, ...about, records, tornBytes: torn };
}

/** The segments that count at all. Of each but those to be read only the header is looked at. */
export function candidatesOf(disk: JournalSource, from: number | undefined): Candidates {
  const candidates: Candidate[] = [];
  const older: SegmentPlace[] = [];
  let torn = 0;
  let limit = Infinity;
  let floor: number | undefined;
  let isEnough = false;
  for (const segment of [...disk.segments()].reverse()) {
    const header = decodeSegmentHeader(disk.readRange(segment, 0, SEGMENT_HEADER_BYTES), segment);
    if (header === undefined) {
      torn += disk.read(segment).length;
      continue;
    }
    floor ??= header.floor;
    // Superseded: a later segment starts at or before it.
    if (header.start >= limit) continue;
    if (isEnough) older.unshift(header);
    else candidates.unshift({ header, limit });
    limit = header.start;
    // Strictly before: a checkpoint's position lies behind the session table that its segment begins with.
    if (header.start < (from ?? floor)) isEnough = true;
  }
  return { candidates, older, floor: floor ?? 0, torn };
}

function visitBatch(
  bytes: Uint8Array,
  batch: Batch,
  header: SegmentHeader,
  tables: RecordTables,
  visit: VisitRecord,
): number {
  const reader = new ByteReader(bytes, `journal segment ${header.segment}`, batch.from, batch.end);
  const { start: segmentStart } = header;
  const batchAt = batch.from - BATCH_HEADER_BYTES;
  const position = segmentStart + batchAt;
  let records = 0;
  while (reader.remaining > 0) {
    const place = { batch: position, offset: reader.position - batchAt };
    const record = decodeRecord(reader, tables);
    visit(record, { position: segmentStart + reader.position, place, segmentStart });
    records++;
  }
  return records;
}

/** Judges the first unreadable place, at position `end` in the first of `rest`; the bytes behind it. */
function tornTail(
  disk: JournalSource,
  rest: readonly Candidate[],
  end: number,
  durable: number,
): number {
  const tail = tailOf(disk, rest, end);
  const known = Math.max(durable, tail.known);
  if (end < known) throw damaged(end, `what was durable up to position ${known} cannot be read`);
  return tail.bytes;
}

/** What lies behind the first unreadable place: how far it says that the journal was durable, and its bytes. */
export function tailOf(
  disk: JournalSource,
  rest: readonly Candidate[],
  end: number,
): { readonly known: number; readonly bytes: number } {
  let known = 0;
  let tailBytes = 0;
  for (const { header } of rest) {
    known = Math.max(known, header.durable);
    const bytes = disk.read(header.segment);
    let offset = Math.max(header.bytes, end - header.start);
    tailBytes += Math.max(0, lengthWithoutZeros(bytes) - offset);
    for (;;) {
      const batch = nextBatch(bytes, offset, header);
      if (batch === undefined) break;
      known = Math.max(known, batch.durable);
      offset = batch.to;
    }
  }
  return { known, bytes: tailBytes };
}

/** Zeros at the end were written ahead, and hold nothing. */
function lengthWithoutZeros(bytes: Uint8Array): number {
  let { length } = bytes;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** The first whole batch at or after an offset: the only way to see what a torn write left behind it. */
export function nextBatch(
  bytes: Uint8Array,
  from: number,
  header: SegmentHeader,
): Batch | undefined {
  const magic = batchMagic(header.seed);
  const first = magic & 0xff;
  const last = bytes.length - BATCH_HEADER_BYTES;
  for (
    let at = bytes.indexOf(first, from);
    at >= 0 && at <= last;
    at = bytes.indexOf(first, at + 1)
  ) {
    const batch = readBatch(bytes, at, header);
    if (batch !== undefined) return batch;
  }
  return undefined;
}

function damaged(position: number, problem: string): EcpError {
  return new EcpError('DAMAGED', `journal at position ${position}: ${problem}`);
}
