/**
 * What locks let jobs know: with a lock comes all that was changed under it, or under one above or below it, by those who
 * have let go of it; and who sees a change that was made under a lock knows what its job knew by that lock.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { type Clock, Knowledge, merge, raise, shown } from './knowledge.ts';
import { related } from './lock-model.ts';
import { type Call, isChange, type Model, writerOf } from './model.ts';

interface Guarded {
  readonly ds: string;
  readonly p: string;
  readonly name: string;
  readonly writer: string;
  index: number;
}

export class LockKnowledge {
  readonly knowledge = new Knowledge();
  /** By data server, then by name. */
  readonly #locks = new Map<string, Map<string, Clock>>();
  /** What a change that was made under locks tells. */
  readonly #made = new Map<Call, Clock>();
  /** The last change that a job made under a lock that it has. */
  readonly #guarded = new Map<string, Guarded>();

  take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'inv': {
        const call = model.call(event);
        if (isChange(call.op)) this.#changed(call);
        else if (MAY_RELEASE.has(call.op)) this.#release(model, ({ p }) => p === call.p);
        return;
      }
      case 'gaveUp':
      case 'nemesis':
        return this.#release(model, () => true);
      case 'ok': {
        const call = model.call(event);
        if (call.op === 'lock') this.#granted(call);
        return;
      }
      case 'eval':
        return this.#seen(event, model);
      default:
    }
  }

  /** The data server has started: nobody knows anything of it. */
  forget(ds: string): void {
    this.knowledge.forget(ds);
    this.#locks.delete(ds);
  }

  #changed(call: Call): void {
    if (call.under.length === 0) return;
    const { ds, p } = call;
    const writer = writerOf(call);
    const told: Clock = new Map();
    for (const name of call.under) {
      this.#guarded.set(`${ds} ${p} ${name}`, { ds, p, name, writer, index: call.invokedAt });
      for (const [other, clock] of this.#locks.get(ds) ?? [])
        if (related(name, other)) merge(told, clock);
    }
    raise(told, writer, call.invokedAt);
    this.#made.set(call, told);
  }

  /** What jobs have let go of, tells others from now on. */
  #release(model: Model, isConcerned: (guarded: Guarded) => boolean): void {
    for (const [key, guarded] of this.#guarded) {
      const { ds, p, name, writer, index } = guarded;
      if (!isConcerned(guarded) || model.locks.believes(ds, p, name)) continue;
      this.#guarded.delete(key);
      const ofServer = this.#locks.get(ds) ?? new Map<string, Clock>();
      this.#locks.set(ds, ofServer);
      const clock = ofServer.get(name) ?? new Map<string, number>();
      ofServer.set(name, clock);
      raise(clock, writer, index);
    }
  }

  #granted({ ds, p, names }: Call): void {
    const clock = this.knowledge.of(ds, p);
    for (const [other, told] of this.#locks.get(ds) ?? [])
      if (names.some((name) => related(name, other))) merge(clock, told);
  }

  #seen(event: EventOf<'eval'> & Recorded, model: Model): void {
    const { ds, p } = model.call(event);
    for (const [key, held] of event.seen) {
      const by = held === null ? undefined : shown(event, model, key, held)?.by;
      if (by !== undefined) merge(this.knowledge.of(ds, p), this.#made.get(by));
    }
  }
}

const MAY_RELEASE = new Set(['unlock', 'tcommit', 'trollback', 'halt']);
