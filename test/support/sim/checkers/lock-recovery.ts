/**
 * Lock recovery (A.1.9): what A.1.2 says of locks holds over starts of their data server. What was changed under a lock
 * that went to a job of another connection is there again; after a start nobody gets what a job has not let go of before
 * that is claimed, or its session given up.
 *
 * Counted: locks that were claimed after a start, and changes handed over with a lock that were there again.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { describeContradiction } from './knowledge.ts';
import { LockKnowledge } from './lock-knowledge.ts';
import { type Belief, conflict, modeOf, related } from './lock-model.ts';
import { type Call, clientOf, isChange, type Model } from './model.ts';

export class LockRecoveryChecker extends Checker {
  override readonly name = 'A.1.9 lock recovery';
  readonly #knowledge = new LockKnowledge();
  /** Made under a lock, not yet known to be seen by another connection. */
  readonly #guarded = new Set<Call>();
  readonly #handedOver = new Set<Call>();
  readonly #counted = new Set<Belief>();

  override take(event: Recorded, model: Model): void {
    if (event.k === 'eval') this.#evaluated(event, model);
    this.#knowledge.take(event, model);
    switch (event.k) {
      case 'inv': {
        const call = model.call(event);
        if (isChange(call.op) && call.under.length > 0) this.#guarded.add(call);
        return;
      }
      case 'ok': {
        const call = model.call(event);
        if (call.op === 'lock') this.#granted(call);
        return;
      }
      case 'holds':
        return this.#holds(event, model);
      case 'recovered':
        return this.#recovered(event, model);
      default:
    }
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const { knowledge } = this.#knowledge;
    const found = knowledge.contradiction(event, model, () => undefined);
    if (found === undefined) return;
    const why = 'it was made under a lock that its job got after that';
    this.violated(event, describeContradiction(model.call(event), found, why));
  }

  #granted(lock: Call): void {
    for (const call of this.#guarded) {
      if (call.ds !== lock.ds || clientOf(call) === clientOf(lock)) continue;
      const isSeen = call.under.some((name) => lock.names.some((got) => related(name, got)));
      if (!isSeen || call.applied === undefined) continue;
      this.#guarded.delete(call);
      this.#handedOver.add(call);
    }
  }

  #holds(event: EventOf<'holds'> & Recorded, model: Model): void {
    const { ds, p, name, exclusive, shared } = event;
    for (const belief of model.locks.beliefs) {
      if (belief.ds !== ds) continue;
      if (belief.outlived && !this.#counted.has(belief)) {
        this.#counted.add(belief);
        this.occurrences++;
      }
      if (exclusive + shared === 0 || belief.p === p || !belief.isUnclaimed) continue;
      if (belief.isGone || belief.isDoomed) continue;
      if (conflict({ name, mode: modeOf(event) }, belief))
        this.violated(
          event,
          `${p} got ${name} at ${ds}, and ${belief.p} has locked ${belief.name} before the start of ${ds}`,
        );
    }
  }

  #recovered(event: EventOf<'recovered'> & Recorded, model: Model): void {
    for (const call of this.#handedOver) {
      if (call.ds !== event.ds) continue;
      if (call.applied !== undefined) this.occurrences++;
      else if (model.lost.some((entry) => entry.call === call))
        this.violated(
          event,
          `${event.ds} lost ${call.name}, made under ${call.under.join(', ')}, which others had since`,
        );
      this.#handedOver.delete(call);
    }
  }
}
