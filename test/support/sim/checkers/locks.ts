/**
 * Locks (A.1.2), while their data server stays up. Nobody has a lock that somebody else has, or one above or below it, in
 * a mode that excludes it; nobody loses one that he has not let go of, and what he changes under it is applied before it
 * is let go of. Who has a lock sees what was changed under it before, and so does who sees what he changes under it.
 * Nothing of a session is applied after its data server has given it up, and its locks with it.
 *
 * Counted: reads of nodes that a lock tells of.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { describeContradiction } from './knowledge.ts';
import { LockKnowledge } from './lock-knowledge.ts';
import { conflict, type Entry, modeOf } from './lock-model.ts';
import type { Model } from './model.ts';

export class LocksChecker extends Checker {
  override readonly name = 'A.1.2 locks';
  readonly #knowledge = new LockKnowledge();
  /** Epochs of app servers by data server and name; and those that were given up. */
  readonly #epochs = new Map<string, number[]>();
  readonly #over = new Set<string>();

  override take(event: Recorded, model: Model): void {
    if (event.k === 'eval') this.#evaluated(event, model);
    this.#knowledge.take(event, model);
    switch (event.k) {
      case 'holds':
        this.#exclusive(event, model);
        return this.#kept(event, model);
      case 'applied':
        return this.#applied(event, model);
      case 'welcome': {
        const session = `${event.ds} ${event.app.split('#')[0] ?? ''}`;
        this.#epochs.set(session, [...(this.#epochs.get(session) ?? []), event.ep]);
        return;
      }
      case 'gaveUp':
        for (const epoch of this.#epochs.get(`${event.ds} ${event.client}`) ?? [])
          this.#over.add(`${event.ds} ${epoch}`);
        return;
      case 'recovered':
        this.#knowledge.forget(event.ds);
        return;
      default:
    }
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const { knowledge } = this.#knowledge;
    const found = knowledge.contradiction(event, model, () => this.occurrences++);
    if (found === undefined) return;
    const why = 'it was made under a lock that its job got after that';
    this.violated(event, describeContradiction(model.call(event), found, why));
  }

  #exclusive(event: EventOf<'holds'> & Recorded, model: Model): void {
    if (event.exclusive + event.shared === 0) return;
    const { ds, p, name } = event;
    const mine = { name, mode: modeOf(event) };
    for (const other of model.locks.table.values()) {
      if (other.ds !== ds || other.p === p) continue;
      if (!conflict(mine, { name: other.name, mode: modeOf(other) })) continue;
      // One has unlocked it, the other was granted it, and the UNLOCK, lost in a crash, is on its way again.
      const isAgain = other.client === event.client && !both(model, ds, p, name, other);
      if (isAgain) continue;
      this.violated(event, `${p} has ${name} at ${ds}, and ${other.p} has ${other.name}`);
    }
  }

  /** What a job has not let go of stays in the table. */
  #kept(
    { ds, p, name, exclusive, shared, ...event }: EventOf<'holds'> & Recorded,
    model: Model,
  ): void {
    const own = model.locks.beliefs.filter(
      (belief) => belief.ds === ds && belief.p === p && belief.name === name,
    );
    const due = own.filter(
      ({ isGone, isDoomed, isUnclaimed, deferredBy }) =>
        !isGone && !isDoomed && !isUnclaimed && deferredBy === undefined,
    );
    if (exclusive + shared >= due.length) return;
    this.violated(
      { ds, p, name, exclusive, shared, ...event },
      `${p} has locked ${name} at ${ds} ${due.length} times, and the lock table has ${exclusive + shared} of it`,
    );
  }

  #applied(event: EventOf<'applied'> & Recorded, model: Model): void {
    const { ds, ep } = event;
    const call = event.undoes === undefined ? model.callOf(event) : undefined;
    if (this.#over.has(`${ds} ${ep}`))
      this.violated(
        event,
        `${ds} applied ${call?.name ?? event.key} of epoch ${ep}, which is over`,
      );
    if (call === undefined) return;
    for (const name of call.under)
      if (model.locks.of(ds, call.p, name) === undefined)
        this.violated(
          event,
          `${call.name} was called under the lock ${name}, and applied when ${ds} had let go of it`,
        );
  }
}

/** Whether two jobs both believe to have what the lock table says. */
function both(model: Model, ds: string, p: string, name: string, other: Entry): boolean {
  return model.locks.believes(ds, p, name) && model.locks.believes(ds, other.p, other.name);
}
