/**
 * Transactions and locks (A.1.6): a lock that is let go of in a transaction, not at once, stays until that has ended at
 * the data server. Who gets it then sees what the transaction changed, or, where it was rolled back, none of it.
 *
 * Counted: locks that a transaction has kept, and reads of what it changed by those who had such a lock after it.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { type Clock, describeContradiction, Knowledge, merge, raise, shown } from './knowledge.ts';
import { type Belief, related } from './lock-model.ts';
import { type Call, isChange, type Model, writerOf } from './model.ts';

export class TransactionLocksChecker extends Checker {
  override readonly name = 'A.1.6 transactions and locks';
  readonly #knowledge = new Knowledge();
  /** By data server, then by name. */
  readonly #locks = new Map<string, Map<string, Clock>>();
  /** The last change that a job's transaction made at a data server. */
  readonly #last = new Map<string, Call>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'inv': {
        const call = model.call(event);
        if (isChange(call.op) && call.op !== 'incr' && call.txn !== undefined)
          this.#last.set(`${call.ds} ${call.p} ${call.txn}`, call);
        return;
      }
      case 'holds':
        this.#kept(event, model);
        for (const belief of model.locks.settled) this.#settled(event, belief, model);
        return;
      case 'ok': {
        const call = model.call(event);
        if (call.op === 'lock') this.#granted(call);
        return;
      }
      case 'eval':
        return this.#evaluated(event, model);
      case 'recovered':
        this.#knowledge.forget(event.ds);
        this.#locks.delete(event.ds);
        return;
      default:
    }
  }

  /** What is deferred, and whose transaction's end was not called, stays in the table. */
  #kept(event: EventOf<'holds'> & Recorded, model: Model): void {
    const { ds, p, name, exclusive, shared } = event;
    const own = model.locks.beliefs.filter(
      (belief) =>
        belief.ds === ds &&
        belief.p === p &&
        belief.name === name &&
        !belief.isGone &&
        !belief.isDoomed &&
        !belief.isUnclaimed,
    );
    const isDeferred = own.some(({ deferredBy, isDue }) => deferredBy !== undefined && !isDue);
    if (isDeferred && exclusive + shared < own.length)
      this.violated(event, `${ds} let go of ${name} of ${p} in its transaction`);
  }

  #settled(event: EventOf<'holds'> & Recorded, belief: Belief, model: Model): void {
    const { ds, p, name, deferredBy } = belief;
    this.occurrences++;
    const txn = model.transactions.all.get(`${p} ${deferredBy ?? 0}`);
    const part = txn?.parts.find((candidate) => candidate.ds === ds);
    if (part !== undefined && part.end === undefined)
      this.violated(
        event,
        `${ds} let go of ${name} of ${p} before its transaction has ended there`,
      );
    const last = this.#last.get(`${ds} ${p} ${deferredBy ?? 0}`);
    if (last === undefined || part?.end === undefined) return;
    const ofServer = this.#locks.get(ds) ?? new Map<string, Clock>();
    this.#locks.set(ds, ofServer);
    const clock = ofServer.get(name) ?? new Map<string, number>();
    ofServer.set(name, clock);
    raise(clock, writerOf(last), last.invokedAt);
  }

  #granted({ ds, p, names }: Call): void {
    for (const [other, told] of this.#locks.get(ds) ?? [])
      if (names.some((name) => related(name, other))) merge(this.#knowledge.of(ds, p), told);
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const call = model.call(event);
    const found = this.#knowledge.contradiction(event, model, () => this.occurrences++);
    if (found !== undefined) {
      const why = 'a transaction made it, and its job got a lock that this has kept';
      this.violated(event, describeContradiction(call, found, why));
    }
    const clock = this.#knowledge.of(call.ds, call.p);
    for (const [key, held] of event.seen) {
      const by = held === null ? undefined : shown(event, model, key, held)?.by;
      // An $INCREMENT is part of no transaction (rule R17).
      if (
        by?.txn === undefined ||
        by.op === 'incr' ||
        (clock.get(writerOf(by)) ?? -1) < by.invokedAt
      )
        continue;
      const { parts = [] } = model.transactions.all.get(`${by.p} ${by.txn}`) ?? {};
      if (
        by.p !== call.p &&
        parts.some(({ ds, end }) => ds === call.ds && end?.step === 'rolledBack')
      )
        this.violated(
          event,
          `${call.name} read ${key}=${String(held)} from ${call.ds}, which was rolled back before its job got the lock`,
        );
    }
  }
}
