/**
 * What this instance does for the transaction of a job of its own: changes, commit and rollback in its databases.
 *
 *   open ── commit ──► ended        open ── rollback to level 0 ──► ended
 *   open ── ended from outside (a database goes, an administrator, a full disk) ──► failed: only a rollback ends it
 */
import { EcpError } from '../base/errors.ts';
import { ROLLBACK_NODES_PER_TURN } from '../base/limits.ts';
import type { MaybePromise } from '../base/maybe-promise.ts';
import type { DataServer } from '../ecp/data-server/data-server.ts';
import { durable } from '../ecp/durable.ts';
import { type Clock, nextTurn } from '../ports/clock.ts';
import { LOCAL, type StorageEngine } from '../storage/engine.ts';
import type { UndoableChange } from '../storage/transaction-records.ts';
import type { OpenTransaction } from '../storage/transaction-table.ts';
import type { Participant } from '../transactions/job-transaction.ts';
import { Rollback } from '../transactions/rollback.ts';

/** Pieces of a large KILL that are made in one turn. */
const PIECES_PER_TURN = 4;

export interface LocalTransactionPorts {
  readonly engine: StorageEngine;
  readonly dataServer: DataServer;
  readonly clock: Clock;
  /** It is over. */
  ended(transaction: LocalTransaction): void;
}

export class LocalTransaction implements Participant {
  readonly open: OpenTransaction;
  readonly #ports: LocalTransactionPorts;
  /** Why it can only be rolled back; all of it was, then. */
  #failure: EcpError | undefined;

  /** Begins one of `level` levels. EcpError FROZEN, RESOURCE. */
  constructor(ports: LocalTransactionPorts, job: number, level: number) {
    this.#ports = ports;
    const { transactions } = ports.engine;
    this.open = transactions.begin(LOCAL, job);
    for (let inner = 2; inner <= level; inner++) transactions.setLevel(this.open, inner, LOCAL);
  }

  /** Makes a change; a KILL of very many nodes over several turns. Errors as the engine's, ROLLBACK ONLY. */
  change(change: UndoableChange): MaybePromise<void> {
    this.#check();
    const rest = this.#pieces(change);
    return rest === undefined ? this.#ports.engine.whenRelieved() : this.#changeOn(rest);
  }

  #pieces(change: UndoableChange): UndoableChange | undefined {
    let rest: UndoableChange | undefined = change;
    for (let i = 0; i < PIECES_PER_TURN && rest !== undefined; i++)
      rest = this.#ports.dataServer.applyInTransaction(this.open, rest);
    return rest;
  }

  async #changeOn(change: UndoableChange): Promise<void> {
    const { engine, clock } = this.#ports;
    let rest: UndoableChange | undefined = change;
    while (rest !== undefined) {
      await engine.whenRelieved();
      await nextTurn(clock);
      this.#check();
      rest = this.#pieces(rest);
    }
  }

  get failure(): EcpError | undefined {
    return this.#failure;
  }

  settled(): void {
    // Each change is made, or refused, as soon as it is asked for.
  }

  setLevel(level: number): void {
    if (this.#failure === undefined)
      this.#ports.engine.transactions.setLevel(this.open, level, LOCAL);
  }

  commit(isSynchronous: boolean): MaybePromise<void> {
    this.#check();
    const { engine, dataServer } = this.#ports;
    engine.transactions.commit(this.open, LOCAL);
    this.#ports.ended(this);
    return isSynchronous ? durable(dataServer) : undefined;
  }

  rollback(level: number): MaybePromise<void> {
    if (!this.#isOpen) return undefined;
    // One that failed and is open still could not be rolled back then: all of it is now.
    const target = this.#failure === undefined ? level : 0;
    const rollback = new Rollback(this.#ports.engine.transactions, this.open, target, LOCAL);
    if (this.#step(rollback)) return undefined;
    return this.#stepOn(rollback);
  }

  #step(rollback: Rollback, nodes = ROLLBACK_NODES_PER_TURN): boolean {
    const isDone = this.#ports.dataServer.restoring(() => rollback.step(nodes));
    if (isDone && !this.#isOpen) this.#ports.ended(this);
    return isDone;
  }

  get #isOpen(): boolean {
    return this.#ports.engine.transactions.open.has(this.open.number);
  }

  async #stepOn(rollback: Rollback): Promise<void> {
    const { engine, clock } = this.#ports;
    do {
      await engine.whenRelieved();
      await nextTurn(clock);
      // All of it was rolled back meanwhile, because it failed.
      if (!this.#isOpen) return;
    } while (!this.#step(rollback));
  }

  /**
   * Rolls all of it back at once, whatever its job does: which hears <ROLLBACK ONLY> from here on. EcpError FROZEN,
   * DATABASE, DAMAGED where that failed: to be tried again.
   */
  fail(why: string): void {
    if (!this.#isOpen) return;
    this.#failure ??= new EcpError('ROLLBACK ONLY', `the transaction was rolled back: ${why}`);
    this.#step(new Rollback(this.#ports.engine.transactions, this.open, 0, LOCAL), Infinity);
  }

  abandon(): void {
    this.#ports.ended(this);
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
