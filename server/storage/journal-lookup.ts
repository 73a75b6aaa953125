/** Reading single records of the journal again, in any order: what a rollback undoes. */
import { ByteReader } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import { cipherOf } from './encryption/segment-cipher.ts';
import type { Journal } from './journal.ts';
import { decodeRecord, type JournalRecord, type RecordTables } from './journal-records.ts';
import {
  BATCH_HEADER_BYTES,
  batchLength,
  decodeSegmentHeader,
  openBatch,
  readBatch,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
  type SegmentPlace,
} from './journal-segment.ts';
import type { RecordPlace } from './record-place.ts';
import { SessionTable } from './session-table.ts';
import { TransactionTable } from './transaction-table.ts';

/** The journal whose records are read: one that is being written, or one that is over. */
export type LookedUpJournal = Pick<Journal, 'segments' | 'position'>;

interface CachedBatch {
  readonly position: number;
  readonly bytes: Uint8Array;
  readonly to: number;
  readonly segment: SegmentPlace;
}

export interface FoundRecord {
  /** Nobody changes its byte strings: it may be given out again. */
  readonly record: JournalRecord;
  /** UUIDs of the databases that its numbers mean. */
  readonly databases: ReadonlyMap<number, string>;
}

/** Segments whose catalogues are remembered. */
const CATALOGUES_MAX = 64;

export class JournalLookup {
  readonly #disk: JournalSource;
  readonly #journal: LookedUpJournal;
  #header: SegmentHeader | undefined;
  /** The batch that was read last: a rollback goes through the records of one, backwards. */
  #batch: CachedBatch | undefined;
  /** The record that was read last: a KILL's is asked for again for each of its nodes. */
  #last: (RecordPlace & { readonly found: FoundRecord }) | undefined;
  readonly #catalogues = new Map<number, ReadonlyMap<number, string>>();
  /** Tables of records that are read again change nothing. */
  readonly #tables: RecordTables = {
    sessions: new SessionTable(),
    transactions: new TransactionTable(),
  };

  constructor(disk: JournalSource, journal: LookedUpJournal) {
    this.#disk = disk;
    this.#journal = journal;
  }

  /** The record at a place, which was appended. EcpError DAMAGED. */
  at({ batch, offset }: RecordPlace): FoundRecord {
    if (this.#last?.batch === batch && this.#last.offset === offset) return this.#last.found;
    if (this.#batch?.position !== batch) this.#batch = this.#read(batch);
    const { bytes, to, segment } = this.#batch;
    const reader = new ByteReader(bytes, 'journal record', offset, to);
    const record = decodeRecord(reader, this.#tables);
    const found = { record, databases: this.#cataloguedIn(segment) };
    this.#last = { batch, offset, found };
    return found;
  }

  /** A segment begins with the catalogue that its records' numbers are of. */
  #cataloguedIn(segment: SegmentPlace): ReadonlyMap<number, string> {
    const known = this.#catalogues.get(segment.segment);
    if (known !== undefined) return known;
    const { bytes, to } = this.#read(segment.start + this.#headerOf(segment.segment).bytes);
    const reader = new ByteReader(bytes, 'journal record', BATCH_HEADER_BYTES, to);
    let databases = new Map<number, string>();
    while (reader.remaining > 0) {
      const record = decodeRecord(reader, this.#tables);
      if (record.kind === 'catalogue')
        databases = new Map(record.databases.map(({ number, uuid }) => [number, uuid]));
    }
    if (this.#catalogues.size >= CATALOGUES_MAX) this.#catalogues.clear();
    this.#catalogues.set(segment.segment, databases);
    return databases;
  }

  #read(position: number): CachedBatch {
    const { segments } = this.#journal;
    const index = segments.findLastIndex(({ start }) => start <= position);
    const segment = segments[index];
    if (segment === undefined) throw gone(position);
    const end = segments[index + 1]?.start ?? this.#journal.position;
    const header = this.#headerOf(segment.segment);
    const at = position - segment.start;
    const head = this.#disk.readRange(segment.segment, at, BATCH_HEADER_BYTES);
    const length = batchLength(head);
    if (length > end - position) throw gone(position);
    const bytes = this.#disk.readRange(segment.segment, at, length);
    const found = readBatch(bytes, 0, header);
    if (found === undefined) throw gone(position);
    openBatch(bytes, found, cipherOf(header, this.#disk.keys));
    return { position, bytes, to: found.end, segment };
  }

  #headerOf(segment: number): SegmentHeader {
    if (this.#header?.segment === segment) return this.#header;
    const bytes = this.#disk.readRange(segment, 0, SEGMENT_HEADER_BYTES);
    const header = decodeSegmentHeader(bytes, segment);
    if (header === undefined) throw gone(0);
    this.#header = header;
    return header;
  }
}

function gone(position: number): EcpError {
  return new EcpError('DAMAGED', `journal: the batch at position ${position} cannot be read again`);
}
