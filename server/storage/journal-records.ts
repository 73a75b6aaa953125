/**
 * The records of the journal (docs/formats/journal.md): what the bytes of a batch mean. Numbers of kinds are
 * never used again.
 */
import type { ByteReader, ByteWriter } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { DATABASES_OPEN_MAX, NAME_LENGTH_MAX } from '../base/limits.ts';
import { type Change, decodeChange } from './change.ts';
import { decodeResult, encodeResult, type KeptResult, type SessionTable } from './session-table.ts';
import { decodeImageRecord, type ImageRecord } from './image-records.ts';
import {
  decodeTransactionRecord,
  readFlag,
  type TransactionRecord,
} from './transaction-records.ts';
import type { TransactionTable } from './transaction-table.ts';

/** What records change: who connects, and which transactions are open. */
export interface RecordTables {
  readonly sessions: SessionTable;
  readonly transactions: TransactionTable;
}

/** A database as a segment's first record knows it. */
export interface CatalogueEntry {
  /** Names it in change records, until the next catalogue. */
  readonly number: number;
  /** Names it for ever. */
  readonly uuid: string;
  readonly name: string;
  /** Whether its page store had a state: then the journal alone cannot make it again. */
  readonly isStored: boolean;
  /** Whether all its changes are in the journal; else those of transactions alone (A.1.9). */
  readonly isJournaled: boolean;
}

type KeptFailure = KeptResult & { readonly kind: 'failure' };

const STORED_FLAG = 1;
const UNJOURNALED_FLAG = 2;

const CHANGE = 1;
const FAILURE = 2;
const SESSION = 3;
const SESSION_END = 4;
export const TABLE = 5;
const CATALOGUE = 6;
const CHECKPOINT = 7;
const MARK = 8;
// 9 to 13: transaction-records.ts
const TIME = 14;
const RESTORED = 15;
// 16 to 20: image-records.ts

export type JournalRecord =
  | {
      readonly kind: 'change';
      readonly session: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly change: Change;
      /** Of an increment: the value it made, which is what redo sets. */
      readonly result: Uint8Array | undefined;
    }
  | {
      readonly kind: 'failure';
      readonly session: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly result: KeptFailure;
    }
  /** A change of an unjournaled database was applied: its session goes on behind it, though it may be gone. */
  | {
      readonly kind: 'mark';
      readonly session: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly result: KeptResult | undefined;
    }
  | {
      readonly kind: 'session';
      readonly session: number;
      readonly name: string;
      readonly incarnation: string;
      readonly epoch: number;
    }
  | { readonly kind: 'sessionEnd'; readonly session: number }
  /** The table was read into those given to `decodeRecord`. */
  | { readonly kind: 'table' }
  | { readonly kind: 'catalogue'; readonly databases: readonly CatalogueEntry[] }
  | { readonly kind: 'checkpoint'; readonly database: number; readonly position: number }
  /** Records up to the next time were made at or after this: wall time, milliseconds since 1970. */
  | { readonly kind: 'time'; readonly wallMs: number }
  /** Sessions of epochs below this are of before a restore (rule R15); it was put into the table. */
  | { readonly kind: 'restored'; readonly lostBelow: number }
  | TransactionRecord
  | ImageRecord;

/** Starts a change record; the caller encodes the change, and an increment's result as a blob, behind it. */
export function beginChangeRecord(
  writer: ByteWriter,
  session: number,
  epoch: number,
  sequence: number,
): void {
  writer.u8(CHANGE).varint(session).varint(epoch).varint(sequence);
}

export function encodeFailure(
  writer: ByteWriter,
  session: number,
  epoch: number,
  sequence: number,
  code: string,
): void {
  writer.u8(FAILURE).varint(session).varint(epoch).varint(sequence);
  writer.u8(2).text(code);
}

export function encodeMark(
  writer: ByteWriter,
  session: number,
  epoch: number,
  sequence: number,
  result: KeptResult | undefined,
): void {
  writer.u8(MARK).varint(session).varint(epoch).varint(sequence);
  writer.u8(result === undefined ? 0 : 1);
  if (result !== undefined) encodeResult(writer, result);
}

export function encodeSession(
  writer: ByteWriter,
  session: number,
  name: string,
  incarnation: string,
  epoch: number,
): void {
  writer.u8(SESSION).varint(session).text(name).text(incarnation).varint(epoch);
}

export function encodeSessionEnd(writer: ByteWriter, session: number): void {
  writer.u8(SESSION_END).varint(session);
}

/** With which epochs are of before a restore, if there was one. */
export function encodeTable(writer: ByteWriter, table: SessionTable): void {
  encodeSessions(writer, table);
  if (table.lostBelow > 0) encodeRestored(writer, table.lostBelow);
}

export function encodeSessions(writer: ByteWriter, table: SessionTable): void {
  table.encode(writer.u8(TABLE));
}

export function encodeRestored(writer: ByteWriter, lostBelow: number): void {
  writer.u8(RESTORED).varint(lostBelow);
}

export function encodeCatalogue(writer: ByteWriter, databases: readonly CatalogueEntry[]): void {
  writer.u8(CATALOGUE).varint(databases.length);
  for (const { number, uuid, name, isStored, isJournaled } of databases) {
    writer.varint(number).text(uuid).text(name);
    writer.u8((isStored ? STORED_FLAG : 0) | (isJournaled ? 0 : UNJOURNALED_FLAG));
  }
}

export function encodeTime(writer: ByteWriter, wallMs: number): void {
  writer.u8(TIME).varint(Math.max(0, Math.floor(wallMs)));
}

export function encodeCheckpoint(writer: ByteWriter, database: number, position: number): void {
  writer.u8(CHECKPOINT).varint(database).varint(position);
}

/** The next record of a batch; tables go into `tables`. EcpError DAMAGED. */
export function decodeRecord(reader: ByteReader, tables: RecordTables): JournalRecord {
  const kind = reader.u8();
  switch (kind) {
    case CHANGE: {
      const session = reader.varint();
      const epoch = reader.varint();
      const sequence = reader.varint();
      const change = decodeChange(reader);
      const result = change.kind === 'increment' ? reader.blob(64) : undefined;
      return { kind: 'change', session, epoch, sequence, change, result };
    }
    case FAILURE:
      return {
        kind: 'failure',
        session: reader.varint(),
        epoch: reader.varint(),
        sequence: reader.varint(),
        result: decodeFailure(reader),
      };
    case MARK:
      return {
        kind: 'mark',
        session: reader.varint(),
        epoch: reader.varint(),
        sequence: reader.varint(),
        result: readFlag(reader) ? decodeResult(reader) : undefined,
      };
    case SESSION:
      return {
        kind: 'session',
        session: reader.varint(),
        name: reader.text(NAME_LENGTH_MAX * 4),
        incarnation: reader.text(NAME_LENGTH_MAX * 4),
        epoch: reader.varint(),
      };
    case SESSION_END:
      return { kind: 'sessionEnd', session: reader.varint() };
    case TABLE:
      tables.sessions.decode(reader);
      return { kind: 'table' };
    case CATALOGUE: {
      const count = reader.varint();
      if (count > DATABASES_OPEN_MAX) throw reader.damaged(`a catalogue of ${count} databases`);
      const databases = Array.from({ length: count }, () => decodeCatalogueEntry(reader));
      return { kind: 'catalogue', databases };
    }
    case CHECKPOINT:
      return { kind: 'checkpoint', database: reader.varint(), position: reader.varint() };
    case TIME:
      return { kind: 'time', wallMs: reader.varint() };
    case RESTORED:
      tables.sessions.lostBelow = reader.varint();
      return { kind: 'restored', lostBelow: tables.sessions.lostBelow };
    default: {
      const record =
        decodeTransactionRecord(kind, reader, tables.transactions) ??
        decodeImageRecord(kind, reader);
      if (record !== undefined) return record;
      throw new EcpError('DAMAGED', `journal: record kind ${kind} is not known`);
    }
  }
}

function decodeFailure(reader: ByteReader): KeptFailure {
  const result = decodeResult(reader);
  if (result.kind !== 'failure') throw reader.damaged('a refused change with a value');
  return result;
}

function decodeCatalogueEntry(reader: ByteReader): CatalogueEntry {
  const number = reader.varint();
  const uuid = reader.text(NAME_LENGTH_MAX);
  const name = reader.text(NAME_LENGTH_MAX * 4);
  const flags = reader.u8();
  if (flags > (STORED_FLAG | UNJOURNALED_FLAG)) throw reader.damaged('unknown flags of a database');
  const isStored = (flags & STORED_FLAG) !== 0;
  return { number, uuid, name, isStored, isJournaled: (flags & UNJOURNALED_FLAG) === 0 };
}
