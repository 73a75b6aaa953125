/**
 * Goes through a journal to its end and past what cannot be read: for who looks into it, and for restoring. Reads
 * only: another process may be writing. Recovery has a reader of its own (journal-reader.ts), which judges by the same
 * rule what is a torn tail and what is damage (R9).
 */
import { ByteReader } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import { cipherOf } from './encryption/segment-cipher.ts';
import { type Candidate, candidatesOf, nextBatch, tailOf } from './journal-reader.ts';
import { decodeRecord, type JournalRecord, type RecordTables } from './journal-records.ts';
import type { RecordSite } from './journal-scan.ts';
import {
  type Batch,
  BATCH_HEADER_BYTES,
  openBatch,
  readBatch,
  type SegmentHeader,
} from './journal-segment.ts';

export type JournalItem =
  /** A segment that counts begins; up to `limit` (Infinity: the last one), where the next one takes over. */
  | {
      readonly kind: 'segment';
      readonly header: SegmentHeader;
      readonly limit: number;
      readonly bytes: number;
    }
  | {
      readonly kind: 'record';
      readonly record: JournalRecord;
      readonly site: RecordSite;
      /** The last time that the journal tells: milliseconds since 1970, 0 if none yet. */
      readonly wallMs: number;
    }
  /** What was durable cannot be read, from one position to the other. */
  | {
      readonly kind: 'damage';
      readonly from: number;
      readonly to: number;
      readonly problem: string;
    }
  /** Nothing was journaled for a while (A.2.5). */
  | { readonly kind: 'gap'; readonly from: number; readonly to: number }
  /** The position after the last record that counts; what lies behind it was never promised. */
  | { readonly kind: 'end'; readonly position: number; readonly tailBytes: number };

export interface WalkRange {
  /** Segments that recovery from here on does not need are left out. */
  readonly from?: number;
  /** Segments that begin here or later are left out. */
  readonly to?: number;
}

/** Item by item. Tables of records go into `tables`. EcpError DATABASE where a key is missing. */
export function* walkJournal(
  source: JournalSource,
  tables: RecordTables,
  { from = 0, to = Infinity }: WalkRange = {},
): Generator<JournalItem, void> {
  const all = candidatesOf(source, from).candidates;
  const candidates = all.filter(({ header }) => header.start < to);
  const walk: Walk = { source, tables, candidates, wallMs: 0, end: undefined };
  for (const [index, candidate] of candidates.entries()) {
    yield* hole(walk, candidate.header);
    const isOver = yield* walkSegment(walk, index, candidate);
    if (isOver) return;
  }
  yield { kind: 'end', position: walk.end ?? 0, tailBytes: 0 };
}

interface Walk {
  readonly source: JournalSource;
  readonly tables: RecordTables;
  readonly candidates: readonly Candidate[];
  wallMs: number;
  /** Where what was read last ends. */
  end: number | undefined;
}

function* hole(walk: Walk, { start, follows }: SegmentHeader): Generator<JournalItem, void> {
  const { end = start } = walk;
  walk.end = start;
  if (start === end) return;
  if (isGap({ start, follows }, end)) yield { kind: 'gap', from: follows, to: start };
  else yield { kind: 'damage', from: end, to: start, problem: 'the next segment begins later' };
}

/** Whether nothing was journaled between `end` and the segment that comes next. */
function isGap(next: Pick<SegmentHeader, 'start' | 'follows'> | undefined, end: number): boolean {
  return next !== undefined && next.follows < next.start && next.follows <= end;
}

/** True where the journal is over. */
function* walkSegment(
  walk: Walk,
  index: number,
  { header, limit }: Candidate,
): Generator<JournalItem, boolean> {
  const { source, candidates } = walk;
  const bytes = source.read(header.segment);
  yield { kind: 'segment', header, limit, bytes: bytes.length };
  if (header.createdMs > 0) walk.wallMs = header.createdMs;
  const cipher = cipherOf(header, source.keys);
  let offset = header.bytes;
  while (header.start + offset < limit) {
    const batch = readBatch(bytes, offset, header);
    if (batch !== undefined) {
      offset = batch.to;
      walk.end = header.start + offset;
      const position = header.start + batch.from - BATCH_HEADER_BYTES;
      try {
        openBatch(bytes, batch, cipher);
        yield* recordsOf(walk, bytes, batch, header);
      } catch (error) {
        if (!isEcpError(error, 'DAMAGED')) throw error;
        yield { kind: 'damage', from: position, to: walk.end, problem: error.message };
      }
      continue;
    }
    const end = header.start + offset;
    walk.end = end;
    if (isGap(candidates[index + 1]?.header, end)) return false;
    const tail = tailOf(source, candidates.slice(index), end);
    if (end >= tail.known) {
      yield { kind: 'end', position: end, tailBytes: tail.bytes };
      return true;
    }
    const next = nextBatch(bytes, offset, header);
    // The rest of the segment is told of as a hole before the next one.
    if (next === undefined && limit !== Infinity) return false;
    offset = next === undefined ? tail.known - header.start : next.from - BATCH_HEADER_BYTES;
    walk.end = header.start + offset;
    yield { kind: 'damage', from: end, to: walk.end, problem: 'what was durable cannot be read' };
    if (next === undefined) break;
  }
  return false;
}

function* recordsOf(
  walk: Walk,
  bytes: Uint8Array,
  batch: Batch,
  { segment, start: segmentStart }: SegmentHeader,
): Generator<JournalItem, void> {
  const reader = new ByteReader(bytes, `journal segment ${segment}`, batch.from, batch.end);
  const at = batch.from - BATCH_HEADER_BYTES;
  while (reader.remaining > 0) {
    const place = { batch: segmentStart + at, offset: reader.position - at };
    const record = decodeRecord(reader, walk.tables);
    if (record.kind === 'time') walk.wallMs = record.wallMs;
    const site = { position: segmentStart + reader.position, place, segmentStart };
    yield { kind: 'record', record, site, wallMs: walk.wallMs };
  }
}
