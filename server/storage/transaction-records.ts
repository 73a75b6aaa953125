/**
 * The journal's records of transactions (docs/formats/journal.md). Those of one transaction are a chain, newest
 * first: each names the place of the one before. Rolling back walks the chain; what it restores is journaled as
 * compensations, each naming where the walk goes on: a crash in between repeats nothing.
 */
import type { ByteReader, ByteWriter } from '../base/bytes.ts';
import {
  DATABASES_OPEN_MAX,
  KEY_BYTES_MAX,
  NAME_LENGTH_MAX,
  TRANSACTION_LEVELS_MAX,
  TRANSACTIONS_MAX,
  UNDO_NODES_MAX,
  VALUE_BYTES_MAX,
} from '../base/limits.ts';
import { type Change, decodeChange, encodeChange } from './change.ts';
import type { RecordPlace } from './record-place.ts';
import type { OpenTransaction, TransactionTable } from './transaction-table.ts';

/** Where a rollback goes on: of a record that removed several nodes, how many are left; undefined is all. */
export interface UndoPlace {
  readonly place: RecordPlace;
  readonly left: number | undefined;
}

/** A node as it was before a change. */
export interface OldNode {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export const TRANSACTION_CHANGE = 9;
export const TRANSACTION_LEVEL = 10;
export const TRANSACTION_END = 11;
export const COMPENSATION = 12;
export const TRANSACTION_TABLE = 13;

interface OfSession {
  readonly session: number;
  readonly epoch: number;
  readonly sequence: number;
}

export type TransactionRecord =
  /** A change that is undone unless its transaction commits. */
  | (OfSession & {
      readonly kind: 'transactionChange';
      readonly transaction: number;
      readonly before: RecordPlace;
      readonly change: UndoableChange;
      /** The nodes that it changed or removed, as they were; one that it made is not among them. */
      readonly old: readonly OldNode[];
    })
  /** The transaction begins (level 1), or has another level now: TSTART and TCOMMIT inside of it. */
  | (OfSession & {
      readonly kind: 'transactionLevel';
      readonly transaction: number;
      readonly before: RecordPlace;
      readonly level: number;
      /** TSTART; else an inner TCOMMIT. */
      readonly isStart: boolean;
      readonly job: number;
      /** Wall time, milliseconds since 1970: for people. */
      readonly sinceMs: number;
    })
  /** Level 0: committed, or wholly rolled back. Above: rolled back to that level. */
  | (OfSession & {
      readonly kind: 'transactionEnd';
      readonly transaction: number;
      readonly isCommit: boolean;
      readonly level: number;
      /** Where the chain goes on, if the level is not 0. */
      readonly next: RecordPlace;
    })
  /** A node was restored in the course of a rollback, or left as somebody else has made it; it goes on at `next`. */
  | {
      readonly kind: 'compensation';
      readonly transaction: number;
      readonly next: UndoPlace;
      readonly change: Change | undefined;
    }
  | { readonly kind: 'transactionTable' };

/** $INCREMENT is not undone: others may have used its value (rule R17). */
export type UndoableChange = Exclude<Change, { readonly kind: 'increment' }>;

function encodePlace(writer: ByteWriter, { batch, offset }: RecordPlace): void {
  writer.varint(batch).varint(offset);
}

function decodePlace(reader: ByteReader): RecordPlace {
  return { batch: reader.varint(), offset: reader.varint() };
}

function encodeUndoPlace(writer: ByteWriter, { place, left }: UndoPlace): void {
  encodePlace(writer, place);
  writer.varint(left === undefined ? 0 : left + 1);
}

function decodeUndoPlace(reader: ByteReader): UndoPlace {
  const place = decodePlace(reader);
  const left = reader.varint();
  if (left > UNDO_NODES_MAX) throw reader.damaged(`${left} nodes left of a change`);
  return { place, left: left === 0 ? undefined : left - 1 };
}

function encodeOrigin(writer: ByteWriter, { session, epoch, sequence }: OfSession): void {
  writer.varint(session).varint(epoch).varint(sequence);
}

function decodeOrigin(reader: ByteReader): OfSession {
  return { session: reader.varint(), epoch: reader.varint(), sequence: reader.varint() };
}

export function encodeTransactionChange(
  writer: ByteWriter,
  origin: OfSession,
  transaction: Pick<OpenTransaction, 'number' | 'top'>,
  change: UndoableChange,
  old: readonly OldNode[],
): void {
  writer.u8(TRANSACTION_CHANGE);
  encodeOrigin(writer, origin);
  encodePlace(writer.varint(transaction.number), transaction.top);
  encodeChange(writer, change);
  writer.varint(old.length);
  for (const { key, value } of old) writer.blob(key).blob(value);
}

export function encodeTransactionLevel(
  writer: ByteWriter,
  origin: OfSession,
  transaction: Pick<OpenTransaction, 'number' | 'top' | 'level' | 'job' | 'sinceMs'>,
  isStart: boolean,
): void {
  writer.u8(TRANSACTION_LEVEL);
  encodeOrigin(writer, origin);
  encodePlace(writer.varint(transaction.number), transaction.top);
  writer.varint(transaction.level).u8(isStart ? 1 : 0);
  writer.varint(transaction.job).varint(transaction.sinceMs);
}

export function encodeTransactionEnd(
  writer: ByteWriter,
  origin: OfSession,
  end: {
    readonly number: number;
    readonly isCommit: boolean;
    readonly level: number;
    readonly next: RecordPlace;
  },
): void {
  writer.u8(TRANSACTION_END);
  encodeOrigin(writer, origin);
  writer
    .varint(end.number)
    .u8(end.isCommit ? 1 : 0)
    .varint(end.level);
  encodePlace(writer, end.next);
}

export function encodeCompensation(
  writer: ByteWriter,
  transaction: number,
  next: UndoPlace,
  change: Change | undefined,
): void {
  encodeUndoPlace(writer.u8(COMPENSATION).varint(transaction), next);
  writer.u8(change === undefined ? 0 : 1);
  if (change !== undefined) encodeChange(writer, change);
}

export function encodeTransactionTable(writer: ByteWriter, table: TransactionTable): void {
  writer.u8(TRANSACTION_TABLE).varint(table.nextNumber).varint(table.open.size);
  for (const open of table.open.values()) {
    writer.varint(open.number).varint(open.session).varint(open.epoch).varint(open.job);
    writer.varint(open.level).varint(open.sinceMs).varint(open.first);
    encodeUndoPlace(writer, { place: open.top, left: open.left });
    writer.varint(open.databases.size);
    for (const uuid of open.databases) writer.text(uuid);
  }
}

function decodeTransactionTable(reader: ByteReader, table: TransactionTable): void {
  table.clear(reader.varint());
  const count = reader.varint();
  if (count > TRANSACTIONS_MAX) throw reader.damaged(`a table of ${count} transactions`);
  let last = 0;
  for (let i = 0; i < count; i++) {
    const number = reader.varint();
    if (number <= last || number >= table.nextNumber)
      throw reader.damaged(`transaction ${number} out of order`);
    last = number;
    const session = reader.varint();
    const epoch = reader.varint();
    const job = reader.varint();
    const level = readLevel(reader);
    const sinceMs = reader.varint();
    const first = reader.varint();
    const { place: top, left } = decodeUndoPlace(reader);
    const databases = decodeUuids(reader);
    table.put({ number, session, epoch, job, level, sinceMs, first, top, left, databases });
  }
}

function decodeUuids(reader: ByteReader): Set<string> {
  const count = reader.varint();
  if (count > DATABASES_OPEN_MAX) throw reader.damaged(`a transaction in ${count} databases`);
  const uuids = new Set(Array.from({ length: count }, () => reader.text(NAME_LENGTH_MAX)));
  if (uuids.size < count) throw reader.damaged('a database that is named twice');
  return uuids;
}

export function readFlag(reader: ByteReader): boolean {
  const flag = reader.u8();
  if (flag > 1) throw reader.damaged(`a flag of ${flag}`);
  return flag === 1;
}

function readLevel(reader: ByteReader): number {
  const level = reader.varint();
  if (level > TRANSACTION_LEVELS_MAX) throw reader.damaged(`a transaction of level ${level}`);
  return level;
}

function decodeTransactionChange(reader: ByteReader): TransactionRecord {
  const origin = decodeOrigin(reader);
  const transaction = reader.varint();
  const before = decodePlace(reader);
  const change = decodeChange(reader);
  if (change.kind === 'increment') throw reader.damaged('an increment that would be undone');
  const count = reader.varint();
  if (count > UNDO_NODES_MAX) throw reader.damaged(`a change of ${count} nodes`);
  const old = Array.from({ length: count }, () => ({
    key: reader.blob(KEY_BYTES_MAX),
    value: reader.blob(VALUE_BYTES_MAX),
  }));
  return { kind: 'transactionChange', ...origin, transaction, before, change, old };
}

/** The rest of a record whose kind was read; undefined where the kind is none of a transaction. EcpError DAMAGED. */
export function decodeTransactionRecord(
  kind: number,
  reader: ByteReader,
  table: TransactionTable,
): TransactionRecord | undefined {
  switch (kind) {
    case TRANSACTION_CHANGE:
      return decodeTransactionChange(reader);
    case TRANSACTION_LEVEL:
      return {
        kind: 'transactionLevel',
        ...decodeOrigin(reader),
        transaction: reader.varint(),
        before: decodePlace(reader),
        level: readLevel(reader),
        isStart: readFlag(reader),
        job: reader.varint(),
        sinceMs: reader.varint(),
      };
    case TRANSACTION_END: {
      const origin = decodeOrigin(reader);
      const transaction = reader.varint();
      const isCommit = readFlag(reader);
      const level = readLevel(reader);
      const next = decodePlace(reader);
      return { kind: 'transactionEnd', ...origin, transaction, isCommit, level, next };
    }
    case COMPENSATION:
      return {
        kind: 'compensation',
        transaction: reader.varint(),
        next: decodeUndoPlace(reader),
        change: readFlag(reader) ? decodeChange(reader) : undefined,
      };
    case TRANSACTION_TABLE:
      decodeTransactionTable(reader, table);
      return { kind: 'transactionTable' };
    default:
      return undefined;
  }
}
