/**
 * A job's transaction: its levels ($TLEVEL), and the places of data that take part in it. A place takes part from the
 * first change there on; levels that were opened before count for it too.
 *
 *   level 0 ── TSTART ──► 1 ── TSTART ──► 2 …     changes count for the level they are made in
 *   level 1 ── TCOMMIT ─► 0: kept                 level n ── TCOMMIT ─► n − 1: kept if those below are
 *   any level ── TROLLBACK ─► 0, or one level down: undone
 */
import { EcpError } from '../base/errors.ts';
import { TRANSACTION_LEVELS_MAX } from '../base/limits.ts';
import type { MaybePromise } from '../base/maybe-promise.ts';

/** What a place of data does for a transaction that has changed something there. */
export interface Participant {
  /** TSTART inside, or TCOMMIT of an inner level. */
  setLevel(level: number): void;
  /** Keeps all; with `isSynchronous` it resolves when that is durable (SynchCommit). EcpError ROLLBACK ONLY. */
  commit(isSynchronous: boolean): MaybePromise<void>;
  /** Undoes what was done above a level: 0 is all of it. */
  rollback(level: number): MaybePromise<void>;
}

export class JobTransaction {
  #level = 0;
  readonly #participants = new Map<object, Participant>();

  /** $TLEVEL: 0 outside of transactions. */
  get level(): number {
    return this.#level;
  }

  /** TSTART. EcpError RESOURCE beyond the deepest level. */
  start(): void {
    if (this.#level >= TRANSACTION_LEVELS_MAX) {
      throw new EcpError('RESOURCE', `TSTART: more than ${TRANSACTION_LEVELS_MAX} levels`);
    }
    for (const participant of this.#participants.values()) participant.setLevel(this.#level + 1);
    this.#level++;
  }

  /** What stands for this transaction at a place; made with the first change there, at the present level. */
  at<P extends Participant>(place: object, make: (level: number) => P): P {
    const known = this.#participants.get(place);
    // A place makes participants of one kind.
    if (known !== undefined) return known as P;
    const participant = make(this.#level);
    this.#participants.set(place, participant);
    return participant;
  }

  /** TCOMMIT. EcpError SYNTAX outside of a transaction; ROLLBACK ONLY, and it stays open to be rolled back. */
  commit(isSynchronous: boolean): MaybePromise<void> {
    if (this.#level === 0) throw new EcpError('SYNTAX', 'TCOMMIT without TSTART');
    if (this.#level > 1) {
      for (const participant of this.#participants.values()) participant.setLevel(this.#level - 1);
      this.#level--;
      return undefined;
    }
    const done = this.#all((participant) => participant.commit(isSynchronous));
    this.#end();
    return done;
  }

  /** TROLLBACK: to level 0, or one level down. Outside of a transaction it does nothing. */
  rollback(scope: 'all' | 'level' = 'all'): MaybePromise<void> {
    if (this.#level === 0) return undefined;
    const level = scope === 'all' ? 0 : this.#level - 1;
    const done = this.#all((participant) => participant.rollback(level));
    this.#level = level;
    if (level === 0) this.#end();
    return done;
  }

  /** Has every place do something; a promise where some need time for it. */
  #all(act: (participant: Participant) => MaybePromise<void>): MaybePromise<void> {
    const waits: Promise<void>[] = [];
    for (const participant of this.#participants.values()) {
      const done = act(participant);
      if (done instanceof Promise) waits.push(done);
    }
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  #end(): void {
    this.#level = 0;
    this.#participants.clear();
  }
}
