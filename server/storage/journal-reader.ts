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
 * A gap (A.2.5) is a hole that the header of the segment behind it tells of. It counts only if that segment has whole
 * images (journal-images.ts) in place of the records that are lost; every other hole is one of the two above.
 *
 * After a torn tail the next start opens a segment that begins where the readable part ended. A segment thus
 * counts only up to the lowest start of any later one.
 */
import { EcpError } from '../base/errors.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import { type GapImages, isBehindGap, readImages } from './journal-images.ts';
import type { RecordTables } from './journal-records.ts';
import { scanSegment, type VisitRecord } from './journal-scan.ts';
import {
  type Batch,
  BATCH_HEADER_BYTES,
  batchMagic,
  decodeSegmentHeader,
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

/** A segment that counts. */
export interface Candidate {
  readonly header: SegmentHeader;
  /** The position at which a later segment takes over, or at which a gap begins; Infinity for the last. */
  readonly limit: number;
}

interface Candidates {
  /** Those to be read, ascending. */
  readonly candidates: readonly Candidate[];
  /** Behind a gap that was never closed: they do not count, but for what they say was durable. */
  readonly uncounted: readonly Candidate[];
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
  const { candidates, uncounted, older, floor, torn } = candidatesOf(disk, from);
  const first = candidates[0];
  const about = { older, floor };
  if (first === undefined) {
    if (durable > 0) throw damaged(durable, 'the journal is missing');
    return { end: 0, segments: [], ...about, records: 0, tornBytes: torn };
  }
  const segments: SegmentPlace[] = [];
  let records = 0;
  let end = first.header.follows;
  for (const [index, { header, limit }] of candidates.entries()) {
    if (header.follows !== end) {
      // The segment before ended early.
      const rest = [...candidates.slice(index - 1), ...uncounted];
      const tornBytes = tornTail(disk, rest, end, durable);
      return { end, segments, ...about, records, tornBytes };
    }
    segments.push(header);
    const scanned = scanSegment(disk, header, limit, tables, visit);
    records += scanned.records;
    end = scanned.end;
    if (end > limit) throw damaged(limit, 'a segment starts inside a batch of the one before');
    if (limit === Infinity) {
      const tornBytes = tornTail(disk, [...candidates.slice(index), ...uncounted], end, durable);
      return { end, segments, ...about, records, tornBytes };
    }
  }
  return { end, segments, ...about, records, tornBytes: torn };
}

/**
 * The segments that count at all. Of each but those to be read only the header is looked at; and images behind a gap,
 * for without all of them neither it counts nor what comes after it.
 */
export function candidatesOf(disk: JournalSource, from: number | undefined): Candidates {
  let candidates: Candidate[] = [];
  const uncounted: Candidate[] = [];
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
    limit = header.follows;
    // Strictly before: a checkpoint's position lies behind the session table that its segment begins with.
    if (header.start < (from ?? floor)) isEnough = true;
    if (!isEnough && isBehindGap(header) && readImages(disk, header) === undefined) {
      uncounted.unshift(...candidates);
      candidates = [];
      limit = Infinity;
    }
  }
  return { candidates, uncounted, older, floor: floor ?? 0, torn };
}

/** Images that databases may need whose page stores are at `from` or later; the newest first. EcpError DAMAGED. */
export function imagesFrom(disk: JournalSource, from: number | undefined): readonly GapImages[] {
  const { candidates } = candidatesOf(disk, from);
  return candidates
    .filter(({ header }) => isBehindGap(header))
    .map(({ header }) => readImages(disk, header))
    .filter((images) => images !== undefined)
    .reverse();
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
