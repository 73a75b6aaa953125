/**
 * Transactions of app servers' jobs at this data server: at most one a job. What belongs to one is journaled with what
 * undoes it, so that an open one survives this server's crash and goes on with its session (A.1.8).
 *
 *   open ── commit ──► ended      open ── rollback to level 0 ──► ended
 *   open ── a change in it is refused, its session is given up, an administrator ──► rolled back here, by nobody's
 *   request: its app server is told in the order of everything else (A.1.7), and what it still sends in it is refused
 */
import { EcpError, isEcpError } from '../../base/errors.ts';
import { ROLLBACK_NODES_PER_TURN, TRANSACTIONS_MAX } from '../../base/limits.ts';
import type { Log } from '../../ports/log.ts';
import { LOCAL, type Origin, type StorageEngine } from '../../storage/engine.ts';
import type { UndoableChange } from '../../storage/transaction-records.ts';
import type { OpenTransaction } from '../../storage/transaction-table.ts';
import { Rollback } from '../../transactions/rollback.ts';
import type { TransactionMessage } from '../wire/transaction-messages.ts';
import type { Session } from './session.ts';

type Message<K extends TransactionMessage['kind']> = Extract<TransactionMessage, { kind: K }>;

export interface SessionTransactionsPorts {
  readonly engine: StorageEngine;
  readonly log: Log;
  /** Runs a step that restores nodes: whoever holds one is told, its originator too (rule R4). */
  restoring<T>(step: () => T): T;
}

export class SessionTransactions {
  readonly #ports: SessionTransactionsPorts;
  /** Of each session that has any: by job. What ended by itself is found out by looking. */
  readonly #bySession = new Map<number, Map<number, OpenTransaction>>();
  /** What recovering sessions have claimed so far: levels by job. */
  readonly #claims = new Map<Session, Map<number, number>>();

  constructor(ports: SessionTransactionsPorts) {
    this.#ports = ports;
    for (const open of ports.engine.transactions.open.values())
      if (open.session !== LOCAL.session) this.#put(open);
  }

  #put(open: OpenTransaction): void {
    const ofSession = this.#bySession.get(open.session) ?? new Map<number, OpenTransaction>();
    this.#bySession.set(open.session, ofSession.set(open.job, open));
  }

  #find(session: Session, job: number): OpenTransaction | undefined {
    const open = this.#bySession.get(session.identity.record.number)?.get(job);
    return open !== undefined && this.#isOpen(open) ? open : undefined;
  }

  #isOpen({ number }: OpenTransaction): boolean {
    return this.#ports.engine.transactions.open.has(number);
  }

  /** EcpError ROLLBACK ONLY where the job has none: it was rolled back here. */
  #get(session: Session, job: number): OpenTransaction {
    const open = this.#find(session, job);
    if (open !== undefined) return open;
    throw new EcpError('ROLLBACK ONLY', 'the transaction was rolled back at the data server');
  }

  /** Begins one of `level` levels. Whatever of it a crash has kept is gone on with. EcpError FROZEN, RESOURCE. */
  begin(session: Session, job: number, level: number, origin: Origin): void {
    const { transactions } = this.#ports.engine;
    // Only the last record bears the request's number: a beginning that was cut short is not taken for one.
    const before = { ...origin, sequence: session.lastApplied };
    let open = this.#find(session, job);
    if (open === undefined) {
      open = transactions.begin(level === 1 ? origin : before, job);
      this.#put(open);
    }
    while (open.level < level) {
      const next = open.level + 1;
      transactions.setLevel(open, next, next === level ? origin : before);
    }
  }

  /** EcpError ROLLBACK ONLY, FROZEN. */
  setLevel(session: Session, job: number, level: number, origin: Origin): void {
    const open = this.#get(session, job);
    if (Math.abs(level - open.level) !== 1)
      throw new EcpError('DAMAGED', `a transaction goes from level ${open.level} to ${level}`);
    this.#ports.engine.transactions.setLevel(open, level, origin);
  }

  /**
   * Makes a change, or a piece of a large KILL: what is left of it is returned. Errors as the engine's, and then all of
   * the transaction is rolled back (§4.3.2, A.2.11); ROLLBACK ONLY.
   */
  change(
    session: Session,
    job: number,
    change: UndoableChange,
    origin: Origin,
  ): UndoableChange | undefined {
    const open = this.#get(session, job);
    const { transactions } = this.#ports.engine;
    return transactions.apply(open, change, origin, LOCAL).rest;
  }

  /** EcpError ROLLBACK ONLY, FROZEN. */
  commit(session: Session, job: number, origin: Origin): void {
    this.#ports.engine.transactions.commit(this.#get(session, job), origin);
    this.#forget(session.identity.record.number, job);
  }

  /** TROLLBACK, a part of it a turn; undefined where there is nothing left to roll back. */
  rollback(
    session: Session,
    job: number,
    level: number,
    origin: Origin,
  ): { advance(): boolean } | undefined {
    const { engine } = this.#ports;
    const open = this.#find(session, job);
    if (open === undefined || open.level <= level) return undefined;
    const rollback = new Rollback(engine.transactions, open, level, origin);
    return {
      advance: () => {
        if (!this.#isOpen(open)) {
          // All of it was rolled back meanwhile, by nobody's request: the number counts as taken all the same.
          engine.mark(origin);
          return true;
        }
        const step = (): boolean => rollback.step(ROLLBACK_NODES_PER_TURN);
        const isDone = this.#ports.restoring(step);
        if (isDone && level === 0) this.#forget(open.session, job);
        return isDone;
      },
    };
  }

  #forget(session: number, job: number): void {
    const ofSession = this.#bySession.get(session);
    ofSession?.delete(job);
    if (ofSession?.size === 0) this.#bySession.delete(session);
  }

  /** Rolls one back at once, by nobody's request. It stays open where a database that it changed is away. */
  fail(session: Session, job: number, why: string): void {
    const open = this.#find(session, job);
    if (open === undefined) return;
    this.#rollBack(open, why);
    session.queue({ kind: 'rolledBack', job, after: session.lastReceived });
  }

  #rollBack(open: OpenTransaction, why: string): void {
    const { engine, log } = this.#ports;
    const fields = { transaction: open.number, job: open.job, why };
    try {
      const rollback = new Rollback(engine.transactions, open, 0, LOCAL);
      this.#ports.restoring(() => rollback.step(Infinity));
      log.warn('a transaction is rolled back', fields);
    } catch (error) {
      if (!isEcpError(error)) throw error;
      log.error('a transaction cannot be rolled back', { ...fields, cause: error.message });
    }
    this.#forget(open.session, open.job);
  }

  /** The session is given up: what its jobs have open is rolled back, before any of their locks goes. */
  ended(session: Session): void {
    const { number } = session.identity.record;
    const open = [...(this.#bySession.get(number)?.values() ?? [])];
    for (const transaction of open.reverse())
      if (this.#isOpen(transaction)) this.#rollBack(transaction, 'its app server was given up');
    this.#bySession.delete(number);
    this.#claims.delete(session);
  }

  /** In recovery: a job's transaction. Says what cannot be true. */
  claim(session: Session, { job, level }: Message<'claimTransaction'>): string | undefined {
    const levels = this.#claims.get(session) ?? new Map<number, number>();
    if (levels.has(job) || levels.size >= TRANSACTIONS_MAX)
      return `${levels.size} transactions are claimed, one of job ${job} among them`;
    this.#claims.set(session, levels.set(job, level));
    return undefined;
  }

  /**
   * All are claimed, after all was sent again. What is open here must be so there; says what is not (rule R6). What was
   * rolled back here meanwhile, the app server is told.
   */
  claimed(session: Session, { count }: Message<'transactionsClaimed'>): string | undefined {
    const levels = this.#claims.get(session) ?? new Map<number, number>();
    this.#claims.delete(session);
    if (levels.size !== count) return `${count} transactions are claimed, ${levels.size} have come`;
    for (const open of this.#bySession.get(session.identity.record.number)?.values() ?? []) {
      if (!this.#isOpen(open)) continue;
      const level = levels.get(open.job) ?? 0;
      if (level !== open.level)
        return `a transaction of level ${open.level} is open here, and of level ${level} there`;
    }
    for (const job of levels.keys())
      if (this.#find(session, job) === undefined)
        session.queue({ kind: 'rolledBack', job, after: session.lastReceived });
    return undefined;
  }

  /** The stream is cut: what was claimed on it is void. */
  lost(session: Session): void {
    this.#claims.delete(session);
  }
}
