/**
 * Undoing a transaction, or its levels above one: newest change first, each node only where nobody has changed it
 * since (A.2.4). In steps, so that a large one stops nobody; a crash between two steps repeats nothing, since every
 * restored node is journaled with where the walk goes on.
 *
 * It needs a database that its transaction changed to be open: else <DATABASE>, and it can be gone on with later; but in
 * a restore.
 */
import { EcpError } from '../base/errors.ts';
import type { Origin } from '../storage/engine.ts';
import type { ChainRecord, TransactionLog } from '../storage/transaction-log.ts';
import type { OpenTransaction } from '../storage/transaction-table.ts';
import type { DatabaseStore } from '../storage/database-store.ts';
import type { OldNode, UndoableChange } from '../storage/transaction-records.ts';
import { restoring } from '../storage/undo.ts';
import { present } from '../base/assert.ts';

type ChangeRecord = ChainRecord['record'] & { readonly kind: 'transactionChange' };

export class Rollback {
  readonly transaction: OpenTransaction;
  readonly #log: TransactionLog;
  readonly #level: number;
  readonly #origin: Origin;
  readonly #passesAbsent: boolean;
  #position: number | undefined;

  /**
   * Down to `level`: 0 ends the transaction. `origin` is the request that asked for it. With `passesAbsent` what was
   * changed in databases that are not open stays: for a restore, to which they never come.
   */
  constructor(
    log: TransactionLog,
    transaction: OpenTransaction,
    level: number,
    origin: Origin,
    { passesAbsent = false }: { readonly passesAbsent?: boolean } = {},
  ) {
    this.#log = log;
    this.transaction = transaction;
    this.#level = level;
    this.#origin = origin;
    this.#passesAbsent = passesAbsent;
  }

  /** Where in the journal its end lies; undefined until it is done. */
  get position(): number | undefined {
    return this.#position;
  }

  /** Restores about so many nodes; true when all is restored. EcpError FROZEN, DATABASE, DAMAGED. */
  step(nodes: number): boolean {
    if (this.#position !== undefined) return true;
    for (let left = nodes; left > 0; left--) {
      const newest = this.#log.newest(this.transaction);
      if (newest === undefined || this.#reachesLevel(newest)) {
        this.#position = this.#log.rolledBack(this.transaction, this.#level, this.#origin);
        return true;
      }
      this.#undo(newest);
    }
    return false;
  }

  /** Whether this record began the level above the one to go back to; it is undone with it. */
  #reachesLevel({ record }: ChainRecord): boolean {
    if (record.kind !== 'transactionLevel' || !record.isStart) return false;
    if (record.level !== this.#level + 1) return false;
    this.#log.pass(this.transaction, record.before);
    return true;
  }

  #undo({ record, database }: ChainRecord): void {
    const isPassed = database === undefined && this.#passesAbsent;
    if (record.kind === 'transactionLevel' || isPassed) {
      this.#log.pass(this.transaction, record.before);
      return;
    }
    if (database === undefined) {
      const problem = 'it changed a database that is not open';
      throw new EcpError('DATABASE', `a transaction cannot be rolled back: ${problem}`);
    }
    if (record.change.kind === 'set') this.#undoSet(database, record, record.change);
    else this.#undoRemoval(database, record);
  }

  #undoSet(
    database: DatabaseStore,
    record: ChangeRecord,
    { key, value }: UndoableChange & { readonly kind: 'set' },
  ): void {
    const restore = restoring(database, key, value, record.old[0]?.value);
    this.#log.compensate(this.transaction, restore, { place: record.before, left: undefined });
  }

  /** One node of those that a KILL or ZKILL removed, the last first. */
  #undoRemoval(database: DatabaseStore, { old, before }: ChangeRecord): void {
    const { top, left = old.length } = this.transaction;
    const index = left - 1;
    if (index < 0) {
      this.#log.pass(this.transaction, before);
      return;
    }
    const { key, value } = present<OldNode>(old[index], 'an old node of the record');
    const restore = restoring(database, key, undefined, value);
    const next = index === 0 ? { place: before, left: undefined } : { place: top, left: index };
    this.#log.compensate(this.transaction, restore, next);
  }
}
