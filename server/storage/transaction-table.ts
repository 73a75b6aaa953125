/**
 * The transactions that are open on this instance. Changed only by records that are in the journal, so that
 * recovery rebuilds the same table: what is in it after a crash is to be claimed by its owner, or rolled back.
 *
 * Invariants
 * - A number is never used again.
 * - `top` is the newest record that is not undone yet: where the next record is chained to, and a rollback begins.
 * - The journal is kept from the lowest `first` on.
 */
import type { RecordPlace } from './record-place.ts';
import type { TransactionRecord, UndoPlace } from './transaction-records.ts';

export interface OpenTransaction {
  readonly number: number;
  /** Whose it is: the session (0: a job of the instance itself), its epoch, and the job there. */
  readonly session: number;
  readonly epoch: number;
  readonly job: number;
  /** $TLEVEL: at least 1. */
  level: number;
  /** When it began: wall time, milliseconds since 1970. */
  readonly sinceMs: number;
  /** Position of the batch that its first record lies in. */
  readonly first: number;
  top: RecordPlace;
  /** In the midst of undoing the record at `top`: how many of its nodes are left. */
  left: number | undefined;
  /** UUIDs of the databases that it has changed. */
  readonly databases: Set<string>;
}

export class TransactionTable {
  readonly open = new Map<number, OpenTransaction>();
  nextNumber = 1;

  put(transaction: OpenTransaction): OpenTransaction {
    this.open.set(transaction.number, transaction);
    this.nextNumber = Math.max(this.nextNumber, transaction.number + 1);
    return transaction;
  }

  remove(number: number): void {
    this.open.delete(number);
  }

  clear(nextNumber = this.nextNumber): void {
    this.open.clear();
    this.nextNumber = nextNumber;
  }

  /** The position from which on the journal must be kept; undefined where nothing is open. */
  get oldestPosition(): number | undefined {
    // In the order of their beginnings.
    for (const { first } of this.open.values()) return first;
    return undefined;
  }

  /** The next record of a transaction lies at `place`. */
  chained(number: number, place: RecordPlace, database?: string): void {
    const transaction = this.open.get(number);
    if (transaction === undefined) return;
    transaction.top = place;
    transaction.left = undefined;
    if (database !== undefined) transaction.databases.add(database);
  }

  /** A transaction has begun, or has another level now, by a record at `place`. */
  levelled(
    record: TransactionRecord & { readonly kind: 'transactionLevel' },
    place: RecordPlace,
  ): void {
    const { transaction: number, session, epoch, job, level, sinceMs } = record;
    const open = this.open.get(number);
    if (open === undefined) {
      const first = place.batch;
      this.put({
        number,
        session,
        epoch,
        job,
        level,
        sinceMs,
        first,
        top: place,
        left: undefined,
        databases: new Set(),
      });
    } else {
      open.level = level;
      this.chained(number, place);
    }
  }

  /** A rollback goes on there. */
  undone(number: number, { place, left }: UndoPlace): void {
    const transaction = this.open.get(number);
    if (transaction === undefined) return;
    transaction.top = place;
    transaction.left = left;
  }

  /** A commit (level 0), or a rollback to a level, from which the chain goes on at `next`. */
  ended(number: number, level: number, next: RecordPlace): void {
    const transaction = this.open.get(number);
    if (transaction === undefined) return;
    if (level === 0) this.remove(number);
    else {
      transaction.level = level;
      transaction.top = next;
    }
  }
}
