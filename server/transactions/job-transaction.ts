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
import { map, type MaybePromise } from '../base/maybe-promise.ts';

/** What a place of data does for a transaction that has changed something there. */
export interface Participant {
  /** TSTART inside, or TCOMMIT of an inner level. */
  setLevel(level: number): void;
  /** Why it can only be rolled back. */
  readonly failure: EcpError | undefined;
  /** Resolves when it is known what became of all its changes: `failure` says whether one was refused. */
  settled(): MaybePromise<void>;
  /**
   * Keeps all; with `isSynchronous` it resolves when that is durable (SynchCommit), with `isAwaited` when it is done: else
   * what goes wrong is the job's next operation's (A.2.11). EcpError ROLLBACK ONLY.
   */
  commit(isSynchronous: boolean, isAwaited: boolean): MaybePromise<void>;
  /** Undoes what was done above a level: 0 is all of it. */
  rollback(level: number): MaybePromise<void>;
  /** Its job is gone, and could not roll it back. */
  abandon?(): void;
}

export class JobTransaction {
  #level = 0;
  readonly #participants = new Map<object, Participant>();
  /** A change was refused before it came to any place: all of it can only be rolled back (§4.3.2). */
  #failure: EcpError | undefined;

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

  /** What stands for this transaction at a place, if it has changed something there. */
  known(place: object): Participant | undefined {
    return this.#participants.get(place);
  }

  /** A change got an error: all of the transaction can only be rolled back (§4.3.2). Outside of one it says nothing. */
  fail(cause: EcpError): void {
    if (this.#level === 0) return;
    this.#failure ??= new EcpError('ROLLBACK ONLY', `a change got an error: ${cause.message}`, {
      cause,
    });
  }

  #assertWhole(): void {
    if (this.#failure !== undefined) throw this.#failure;
    for (const { failure } of this.#participants.values()) if (failure !== undefined) throw failure;
  }

  /** TCOMMIT. EcpError SYNTAX outside of a transaction; ROLLBACK ONLY, and it stays open to be rolled back. */
  commit(isSynchronous: boolean): MaybePromise<void> {
    if (this.#level === 0) throw new EcpError('SYNTAX', 'TCOMMIT without TSTART');
    if (this.#level > 1) {
      for (const participant of this.#participants.values()) participant.setLevel(this.#level - 1);
      this.#level--;
      return undefined;
    }
    this.#assertWhole();
    const [participant, ...others] = this.#participants.values();
    if (participant !== undefined && others.length > 0) return this.#commitAtAll(isSynchronous);
    this.#end();
    return participant?.commit(isSynchronous, false);
  }

  /**
   * At several places: nowhere if one is known to have failed when all have answered; else everywhere, and where that
   * does not succeed at one of them, the others may have committed (§4.3.1).
   */
  async #commitAtAll(isSynchronous: boolean): Promise<void> {
    await this.#all((participant) => participant.settled());
    this.#assertWhole();
    const participants = [...this.#participants.values()];
    this.#end();
    const outcomes = await Promise.allSettled(
      participants.map(async (participant) => participant.commit(isSynchronous, true)),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** TROLLBACK: to level 0, or one level down. Outside of a transaction it does nothing. */
  rollback(scope: 'all' | 'level' = 'all'): MaybePromise<void> {
    if (this.#level === 0) return undefined;
    const level = scope === 'all' ? 0 : this.#level - 1;
    const done = this.#all((participant) => participant.rollback(level));
    // Where it failed it can be asked for again.
    return map(done, () => {
      this.#level = level;
      if (level === 0) this.#end();
    });
  }

  /** The job is gone: what could not be rolled back is nobody's from here on. */
  abandon(): void {
    for (const participant of this.#participants.values()) participant.abandon?.();
    this.#end();
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
    this.#failure = undefined;
    this.#participants.clear();
  }
}
