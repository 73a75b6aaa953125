/**
 * The transaction of a job at the other end, as its client knows it.
 *
 *   whole ── connection lost inside of it ──► lost: the server has rolled it back (HALT)
 *     ▲                                         │ changes, TSTART and TCOMMIT are refused: <ROLLBACK ONLY>
 *     └────────── TROLLBACK to level 0 ─────────┘
 *
 * So no part of a transaction is ever made on a new connection without the rest of it.
 *
 * Invariants
 * - `level` counts every call as done until it is known to be refused: it is exact when none is under way.
 * - What begins or ends a transaction is sent even if nobody waits for it any more: what follows relies on it.
 */
import { EcpError, messageOf } from '../server/base/errors.ts';
import type { Call } from './call.ts';

export class RemoteTransaction {
  #level = 0;
  /** Calls of this transaction's begin and end without an answer. */
  #pending = 0;
  #loss: string | undefined;
  /** Changes of it that the server has refused. */
  #failures = 0;
  /** Errors of its changes that the application has not got yet, and one of them. */
  #unseen = new WeakSet<object>();
  #unseenCount = 0;
  #unseenError: unknown;

  /** As it will be when all that was called is done. */
  get level(): number {
    return this.#level;
  }

  /** Whether `level` is what the server says, too. */
  get isExact(): boolean {
    return this.#pending === 0 || this.#loss !== undefined;
  }

  get isLost(): boolean {
    return this.#loss !== undefined;
  }

  /** Throws where it can only be rolled back. */
  check(): void {
    if (this.#loss !== undefined) throw lostError(this.#loss);
  }

  // ── Its begin and end ────────────────────────────────────────────────────────────────────────────────

  called(call: Call): void {
    if (call.role !== 'control') return;
    if (this.#level === 0) {
      this.#unseen = new WeakSet();
      this.#unseenCount = 0;
      this.#failures = 0;
    }
    this.#pending++;
    this.#level += call.levels;
  }

  /** The server has answered, or never will. */
  ended(call: Call, isDone: boolean): void {
    if (call.role !== 'control') return;
    this.#pending--;
    if (!isDone) this.#level -= call.levels;
  }

  /** TROLLBACK of one that is lost. */
  rollBack(scope: 'all' | 'level'): void {
    this.#level = scope === 'all' ? 0 : this.#level - 1;
    if (this.#level === 0) this.#loss = undefined;
  }

  /**
   * The connection is lost, for `reason`; `unsent` are the job's calls that wait to be sent, in their order. `end`
   * is called for those that are part of the transaction: with why, or without where it did what was asked.
   */
  lost(
    unsent: readonly Call[],
    reason: string,
    end: (call: Call, error: EcpError | undefined) => void,
  ): void {
    for (const call of unsent) this.#level -= call.levels;
    if (this.#level > 0) this.#loss ??= reason;
    for (const call of unsent) {
      if (this.#loss === undefined) {
        this.#level += call.levels;
        continue;
      }
      const { trollback } = call.operation;
      if (trollback) this.rollBack(trollback.level === true ? 'level' : 'all');
      else if (call.role !== 'change' && call.role !== 'control' && call.role !== 'lock') continue;
      if (call.role === 'control') this.#pending--;
      end(call, trollback ? undefined : lostError(reason));
    }
  }

  // ── Its changes that failed ──────────────────────────────────────────────────────────────────────────

  /** The server has refused a change. */
  failed(error: EcpError): void {
    if (this.#level === 0) return;
    this.#failures++;
    this.refused(error);
  }

  /** A change is refused, here or there, and nobody has heard of it yet. */
  refused(error: unknown): void {
    if (this.#level === 0 || !isObject(error) || this.#unseen.has(error)) return;
    this.#unseen.add(error);
    this.#unseenCount++;
    this.#unseenError = error;
  }

  /** The application has got this error. */
  seen(error: unknown): void {
    if (isObject(error) && this.#unseen.delete(error)) this.#unseenCount--;
  }

  /** How many failures a commit goes over. EcpError ROLLBACK ONLY where the application has not heard of one. */
  failuresSeen(): number {
    if (this.#unseenCount === 0) return this.#failures;
    const problem = `a change in the transaction failed: ${messageOf(this.#unseenError)}`;
    throw new EcpError('ROLLBACK ONLY', problem);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function lostError(reason: string): EcpError {
  const problem = `the transaction was rolled back: the connection was lost: ${reason}`;
  return new EcpError('ROLLBACK ONLY', problem);
}
