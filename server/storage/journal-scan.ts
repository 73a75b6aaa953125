/** Reading the records of one segment of the journal, as far as its batches are whole. */
import { ByteReader } from '../base/bytes.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import { cipherOf } from './encryption/segment-cipher.ts';
import { decodeRecord, type JournalRecord, type RecordTables } from './journal-records.ts';
import {
  type Batch,
  BATCH_HEADER_BYTES,
  openBatch,
  readBatch,
  type SegmentHeader,
} from './journal-segment.ts';
import type { RecordPlace } from './record-place.ts';

/** Where a record was read. */
export interface RecordSite {
  /** The position behind it. */
  readonly position: number;
  readonly place: RecordPlace;
  /** Where its segment starts. */
  readonly segmentStart: number;
}

export type VisitRecord = (record: JournalRecord, site: RecordSite) => void;

/**
 * Calls `visit` for each record of a segment up to position `limit`, or to the first batch that is not whole. Tells the
 * position behind the last one, and how many there were.
 */
export function scanSegment(
  disk: JournalSource,
  header: SegmentHeader,
  limit: number,
  tables: RecordTables,
  visit: VisitRecord,
): { readonly end: number; readonly records: number } {
  const cipher = cipherOf(header, disk.keys);
  const bytes = disk.read(header.segment);
  let offset = header.bytes;
  let records = 0;
  while (header.start + offset < limit) {
    const batch = readBatch(bytes, offset, header);
    if (batch === undefined) break;
    openBatch(bytes, batch, cipher);
    records += visitBatch(bytes, batch, header, tables, visit);
    offset = batch.to;
  }
  return { end: header.start + offset, records };
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
