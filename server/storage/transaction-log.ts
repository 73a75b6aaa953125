/**
 * The storage half of transactions: what is open, the journal's chain of each, and the steps of undoing one. Who
 * may do what, levels and rollback as a whole are the business of transactions/.
 *
 * A change of a transaction is journaled with what was there before it, whether its database is journaled or not
 * (A.1.9). Temporary databases have no part in transactions (§4.3.1).
 */
import { assert } from '../base/assert.ts';
import { EcpError } from '../base/errors.ts';
import { TRANSACTIONS_MAX } from '../base/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Change } from './change.ts';
import { applyChange } from './apply.ts';
import type { DatabaseStore } from './database-store.ts';
import type { Applied, Origin } from './engine.ts';
import type { Journal } from './journal.ts';
import type { JournalLookup } from './journal-lookup.ts';
import { NO_PLACE, type RecordPlace } from './record-place.ts';
import {
  encodeCompensation,
  encodeTransactionChange,
  encodeTransactionEnd,
  encodeTransactionLevel,
  type TransactionRecord,
  type UndoableChange,
  type UndoPlace,
} from './transaction-records.ts';
import type { OpenTransaction, TransactionTable } from './transaction-table.ts';
import { undoablePiece } from './undo.ts';

/** What it needs of the engine. */
export interface TransactionLogHost {
  readonly clock: Clock;
  /** EcpError DATABASE if no database that takes changes has this number. */
  database(number: number): DatabaseStore;
  /** The open database of this UUID. */
  databaseOf(uuid: string): DatabaseStore | undefined;
  /** Notes that a session's change was taken. */
  applied(origin: Origin): void;
  /** A rollback ends early: what comes next is lost in a gap of the journal (A.2.5). */
  lost?(transaction: OpenTransaction): void;
  /** A change was made: a checkpoint may be due. */
  changed(): void;
  /** EcpError FILEFULL where a change might need more than its database may take. */
  assertRoom(database: DatabaseStore, change: Change): void;
}

/** A record of a transaction's chain. */
export interface ChainRecord {
  readonly record: TransactionRecord & {
    readonly kind: 'transactionChange' | 'transactionLevel';
  };
  /** The database that was changed, as it is open now; undefined if it is not, or nothing was. */
  readonly database: DatabaseStore | undefined;
}

export class TransactionLog {
  readonly #journal: Journal;
  readonly #lookup: Pick<JournalLookup, 'at'>;
  readonly #table: TransactionTable;
  readonly #host: TransactionLogHost;

  constructor(
    journal: Journal,
    lookup: Pick<JournalLookup, 'at'>,
    table: TransactionTable,
    host: TransactionLogHost,
  ) {
    this.#journal = journal;
    this.#lookup = lookup;
    this.#table = table;
    this.#host = host;
  }

  /** By number, in the order of their beginnings. */
  get open(): ReadonlyMap<number, OpenTransaction> {
    return this.#table.open;
  }

  /** Bytes of the journal that are kept for the oldest open transaction. */
  get pinnedBytes(): number {
    const oldest = this.#table.oldestPosition;
    return oldest === undefined ? 0 : this.#journal.position - oldest;
  }

  /** Begins one, at level 1. EcpError FROZEN, RESOURCE. */
  begin(origin: Origin, job: number): OpenTransaction {
    this.#journal.assertOpen();
    if (this.#table.open.size >= TRANSACTIONS_MAX) {
      const problem = `more than ${TRANSACTIONS_MAX} transactions are open`;
      throw new EcpError('RESOURCE', problem, { retry: 'same' });
    }
    const { session, epoch } = origin;
    const writer = this.#journal.begin();
    const { place } = this.#journal;
    const transaction: OpenTransaction = {
      number: this.#table.nextNumber,
      session,
      epoch,
      job,
      level: 1,
      sinceMs: Math.max(0, Math.floor(this.#host.clock.wallMs())),
      first: place.batch,
      top: NO_PLACE,
      left: undefined,
      databases: new Set(),
    };
    encodeTransactionLevel(writer, origin, transaction, true);
    this.#journal.end();
    transaction.top = place;
    this.#table.put(transaction);
    this.#host.applied(origin);
    return transaction;
  }

  /** Another level: above the present one by TSTART, below it (and not 0) by TCOMMIT. EcpError FROZEN. */
  setLevel(transaction: OpenTransaction, level: number, origin: Origin): void {
    assert(level > 0 && this.#isOpen(transaction), 'an open transaction has a level');
    const isStart = level > transaction.level;
    const writer = this.#journal.begin();
    const { place } = this.#journal;
    transaction.level = level;
    encodeTransactionLevel(writer, origin, transaction, isStart);
    this.#journal.end();
    this.#table.chained(transaction.number, place);
    this.#host.applied(origin);
  }

  /**
   * Makes a change in a transaction, or its first piece: `rest` is what is to be made next, by the caller. Only the
   * last piece bears the origin: a change that a crash cut short is not taken for applied. Errors as the engine's.
   */
  apply(
    transaction: OpenTransaction,
    change: UndoableChange,
    origin: Origin,
    local: Origin,
  ): { readonly applied: Applied; readonly rest: UndoableChange | undefined } {
    this.#journal.assertOpen();
    assert(this.#isOpen(transaction), 'changes are made in open transactions');
    const database = this.#host.database(change.database);
    assert(!database.isTemporary, 'temporary databases have no part in transactions');
    this.#host.assertRoom(database, change);
    const piece = undoablePiece(database, change);
    applyChange(database, piece.change);
    const from = piece.rest === undefined ? origin : local;
    const writer = this.#journal.begin();
    const { place } = this.#journal;
    encodeTransactionChange(writer, from, transaction, piece.change, piece.old);
    const position = this.#journal.end();
    this.#table.chained(transaction.number, place, database.uuid);
    this.#host.applied(from);
    this.#host.changed();
    return { applied: { position, result: undefined }, rest: piece.rest };
  }

  /** Commits at its lowest level: it is over. Durable with the position that this returns. EcpError FROZEN. */
  commit(transaction: OpenTransaction, origin: Origin): number {
    return this.#end(transaction, true, 0, origin);
  }

  /** All down to `level` is restored: 0 ends it. The position as of `commit`. EcpError FROZEN. */
  rolledBack(transaction: OpenTransaction, level: number, origin: Origin): number {
    return this.#end(transaction, false, level, origin);
  }

  #end(transaction: OpenTransaction, isCommit: boolean, level: number, origin: Origin): number {
    assert(this.#isOpen(transaction), 'an open transaction ends');
    const { number, top } = transaction;
    encodeTransactionEnd(this.#journal.begin(), origin, { number, isCommit, level, next: top });
    this.#table.ended(number, level, top);
    this.#host.applied(origin);
    return this.#journal.end();
  }

  /**
   * The newest record that is not undone; undefined where there is none, or where it is lost in a gap of the journal
   * (A.2.5): the chain ends there. EcpError DAMAGED, FROZEN.
   */
  newest(transaction: OpenTransaction): ChainRecord | undefined {
    const { top } = transaction;
    if (top.batch === 0) return undefined;
    // What was gathered and not appended is in no segment yet. That may begin a gap.
    if (top.batch >= this.#journal.place.batch) this.#journal.flush();
    this.#journal.assertOpen();
    if (this.#journal.isLost(top.batch)) {
      this.#host.lost?.(transaction);
      return undefined;
    }
    const { record, databases } = this.#lookup.at(top);
    if (record.kind !== 'transactionChange' && record.kind !== 'transactionLevel')
      throw new EcpError('DAMAGED', `journal: a transaction leads to a record of ${record.kind}`);
    const uuid =
      record.kind === 'transactionChange' ? databases.get(record.change.database) : undefined;
    return { record, database: uuid === undefined ? undefined : this.#host.databaseOf(uuid) };
  }

  /**
   * Makes and journals what restores a node, or that nothing does (A.2.4); the rollback goes on at `next`. EcpError
   * FROZEN, DAMAGED.
   */
  compensate(
    transaction: OpenTransaction,
    change: UndoableChange | undefined,
    next: UndoPlace,
  ): void {
    this.#journal.assertOpen();
    if (change !== undefined) applyChange(this.#host.database(change.database), change);
    encodeCompensation(this.#journal.begin(), transaction.number, next, change);
    this.#journal.end();
    this.#table.undone(transaction.number, next);
    this.#host.changed();
  }

  /** The newest record needs no restoring. */
  pass({ number }: OpenTransaction, place: RecordPlace): void {
    this.#table.undone(number, { place, left: undefined });
  }

  #isOpen({ number }: OpenTransaction): boolean {
    return this.#table.open.has(number);
  }
}
