/**
 * The transactions of this instance's own jobs: who has which, and what ends one that its job does not end: the job
 * is gone after a crash, a database goes, an administrator says so, or the journal that it keeps grows too large.
 */
import { present } from '../base/assert.ts';
import { isEcpError } from '../base/errors.ts';
import type { DataServer } from '../ecp/data-server/data-server.ts';
import type { JobSink } from '../ecp/job-sink.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { LOCAL, type StorageEngine } from '../storage/engine.ts';
import type { OpenTransaction } from '../storage/transaction-table.ts';
import { Rollback } from '../transactions/rollback.ts';
import { LocalTransaction } from './local-transaction.ts';

export interface LocalTransactionsPorts {
  readonly engine: StorageEngine;
  readonly dataServer: DataServer;
  readonly clock: Clock;
  readonly log: Log;
}

/** Bytes of the journal that open transactions keep: above the first they are warned of, above the second ended. */
export interface PinLimits {
  readonly warningBytes: number;
  readonly rollbackBytes: number | undefined;
}

export class LocalTransactions {
  readonly #ports: LocalTransactionsPorts;
  readonly #byNumber = new Map<number, LocalTransaction>();
  #limits: PinLimits;
  #wasWarned = false;
  /** What was to be ended for its size, whether it could be or not: not tried again with every sync. */
  #ended: number | undefined;

  constructor(ports: LocalTransactionsPorts, limits: PinLimits) {
    this.#ports = ports;
    this.#limits = limits;
    this.rollBackOrphans();
    // Not within the sync that says so: a rollback writes to the journal.
    ports.engine.onDurable(() => ports.clock.soon(() => this.#watch()));
  }

  configure(limits: PinLimits): void {
    this.#limits = limits;
  }

  /** What is open, the oldest first: of jobs here and of app servers. */
  list(): readonly OpenTransaction[] {
    return [...this.#ports.engine.transactions.open.values()];
  }

  /** The job that had it is gone, and a database that it changed is away: else it were rolled back. */
  isOrphan({ session, number }: OpenTransaction): boolean {
    if (session === LOCAL.session) return !this.#byNumber.has(number);
    return !this.#ports.engine.sessions.has(session);
  }

  /** The part that this instance's databases have in a job's transaction; begun with its first change here. */
  of({ jobTransaction, id = 0 }: JobSink): LocalTransaction {
    return present(jobTransaction, 'the transaction of a job that is in one').at(this, (level) => {
      const made = new LocalTransaction(
        { ...this.#ports, ended: ({ open }) => void this.#byNumber.delete(open.number) },
        id,
        level,
      );
      this.#byNumber.set(made.open.number, made);
      return made;
    });
  }

  /**
   * Rolls one back at once: its job hears <ROLLBACK ONLY>, or <NETWORK> on an app server, until it rolls back itself. False
   * if there is none of that number, or nobody has it.
   */
  fail(number: number, why: string): boolean {
    const transaction = this.#byNumber.get(number);
    if (transaction !== undefined) {
      transaction.fail(why);
      this.#ports.log.warn('a transaction is rolled back', { transaction: number, why });
      return true;
    }
    const { engine, dataServer } = this.#ports;
    const open = engine.transactions.open.get(number);
    return open !== undefined && dataServer.failTransaction(open, why);
  }

  /** A database is about to go: what has changed it is rolled back first. What cannot be stays open. */
  failThoseIn(uuid: string, why: string): void {
    for (const { number, databases } of this.list())
      if (databases.has(uuid)) this.#tryToFail(number, why);
  }

  #tryToFail(number: number, why: string): void {
    try {
      this.fail(number, why);
    } catch (error) {
      this.#noteStuck(number, error);
    }
  }

  #noteStuck(transaction: number, error: unknown): void {
    if (!isEcpError(error)) throw error;
    const cause = error.message;
    this.#ports.log.error('a transaction cannot be rolled back', { transaction, cause });
  }

  /**
   * Rolls back what nobody can end any more: of jobs that a crash of this instance ended. One that changed a database
   * which is away stays open, and keeps the journal, until that is back.
   */
  rollBackOrphans(): void {
    const { engine, dataServer, log } = this.#ports;
    for (const open of this.list()) {
      if (!this.isOrphan(open)) continue;
      try {
        dataServer.restoring(() =>
          new Rollback(engine.transactions, open, 0, LOCAL).step(Infinity),
        );
        log.info('a transaction of before the start is rolled back', { transaction: open.number });
      } catch (error) {
        this.#noteStuck(open.number, error);
      }
    }
  }

  #watch(): void {
    const { engine, log } = this.#ports;
    const bytes = engine.transactions.pinnedBytes;
    const { warningBytes, rollbackBytes } = this.#limits;
    if (bytes <= warningBytes) {
      this.#wasWarned = false;
      return;
    }
    const [oldest] = this.list();
    if (oldest === undefined) return;
    if (!this.#wasWarned) {
      log.warn('the journal is kept for an open transaction', {
        transaction: oldest.number,
        job: oldest.job,
        bytes,
      });
    }
    this.#wasWarned = true;
    const isTooLarge = rollbackBytes !== undefined && bytes > rollbackBytes;
    if (!isTooLarge || engine.frozen !== undefined || oldest.number === this.#ended) return;
    this.#ended = oldest.number;
    this.#tryToFail(oldest.number, 'it kept more of the journal than pinnedRollbackSize');
  }
}
