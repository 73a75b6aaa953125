/**
 * $INCREMENT ordering (A.1.10): increments of a node are in one order; who sees the result of one, its own included, sees
 * all that the jobs of that one and of those before it changed before they incremented.
 *
 * Counted: reads of a node that is known by such a result.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { type Clock, describeContradiction, Knowledge, merge, raise } from './knowledge.ts';
import { type Call, type Model, writerOf } from './model.ts';

export class IncrementOrderChecker extends Checker {
  override readonly name = 'A.1.10 $INCREMENT ordering';
  readonly #knowledge = new Knowledge();
  /** By data server, then by node: what each result tells, and the last. */
  readonly #told = new Map<
    string,
    Map<string, { last: Clock; readonly byValue: Map<string, Clock> }>
  >();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'applied':
        if (event.op === 'incr') this.#applied(event, model.callOf(event));
        return;
      case 'ok': {
        const call = model.call(event);
        if (call.op === 'incr') this.#sees(call, call.key, event.v);
        return;
      }
      case 'eval':
        return this.#evaluated(event, model);
      case 'recovered':
        this.#knowledge.forget(event.ds);
        this.#told.delete(event.ds);
        return;
      default:
    }
  }

  #applied(event: EventOf<'applied'>, call: Call | undefined): void {
    const ofServer = this.#told.get(event.ds) ?? new Map<string, never>();
    this.#told.set(event.ds, ofServer);
    const node = ofServer.get(event.key) ?? {
      last: new Map<string, number>(),
      byValue: new Map<string, Clock>(),
    };
    ofServer.set(event.key, node);
    const clock: Clock = new Map(node.last);
    if (call !== undefined) raise(clock, writerOf(call), call.invokedAt);
    node.last = clock;
    node.byValue.set(event.v ?? '', clock);
  }

  #sees({ ds, p }: Call, key: string, value: string | undefined): void {
    const told = this.#told
      .get(ds)
      ?.get(key)
      ?.byValue.get(value ?? '');
    merge(this.#knowledge.of(ds, p), told);
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const call = model.call(event);
    const found = this.#knowledge.contradiction(event, model, () => this.occurrences++);
    if (found !== undefined) {
      const why = 'it saw the result of an $INCREMENT after it';
      this.violated(event, describeContradiction(call, found, why));
    }
    for (const [key, held] of event.seen) if (held !== null) this.#sees(call, key, held);
  }
}
