/**
 * In-order updates (A.1.1): whoever sees a change of an app server's process sees all changes that this
 * process made before it on the same data server.
 *
 * Two halves. The data server applies a session's changes in the order of the calls, each sequence number
 * above the one before. And clocks of the readers: who has read a change knows all that its process called before
 * it. They start anew when the data server has restarted, and are not transitive: that takes locks.
 *
 * Counted: reads of a node that a clock speaks of.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { describeContradiction, Knowledge, raise, shown } from './knowledge.ts';
import { type Call, type Model, writerOf } from './model.ts';

export class InOrderChecker extends Checker {
  override readonly name = 'A.1.1 in-order updates';
  /** By data server and session epoch: the last sequence number applied, and the call. */
  readonly #last = new Map<string, { seq: number; call: Call | undefined }>();
  readonly #knowledge = new Knowledge();

  override take(event: Recorded, model: Model): void {
    if (event.k === 'applied') this.#applied(event, model);
    else if (event.k === 'recovered') this.#recovered(event, model);
    else if (event.k === 'eval') this.#evaluated(event, model);
  }

  #applied(event: EventOf<'applied'> & Recorded, model: Model): void {
    if (event.ep === 0 || event.part === true) return;
    const session = `${event.ds} ${event.ep}`;
    const last = this.#last.get(session);
    const call = model.callOf(event);
    if (call === undefined) {
      this.violated(event, `${event.ds} applied ${event.op} ${event.key} that no job asked for`);
    } else if (call.key !== event.key || call.op !== event.op) {
      this.violated(
        event,
        `${event.ds} applied ${event.op} ${event.key} as number ${event.seq} of epoch ${event.ep}, which is ` +
          `${call.name}: ${call.op} ${call.key}`,
      );
    }
    if (last !== undefined && event.seq <= last.seq) {
      this.violated(
        event,
        `${event.ds} applied number ${event.seq} after ${last.seq} of epoch ${event.ep}`,
      );
    } else if (
      last?.call !== undefined &&
      call !== undefined &&
      call.invokedAt < last.call.invokedAt
    ) {
      this.violated(event, `${call.name} was called before ${last.call.name} and applied after it`);
    }
    this.#last.set(session, { seq: event.seq, call });
  }

  /** Sessions go on from what the journal has. */
  #recovered(event: EventOf<'recovered'>, model: Model): void {
    for (const session of [...this.#last.keys()])
      if (session.startsWith(`${event.ds} `)) this.#last.delete(session);
    for (const { event: applied, call } of model.dataServer(event.ds).log)
      if (applied.part !== true)
        this.#last.set(`${event.ds} ${applied.ep}`, { seq: applied.seq, call });
    this.#knowledge.forget(event.ds);
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const call = model.call(event);
    const found = this.#knowledge.contradiction(event, model, () => this.occurrences++);
    if (found !== undefined)
      this.violated(event, describeContradiction(call, found, 'it read a later change of it'));
    const clock = this.#knowledge.of(call.ds, call.p);
    for (const [key, held] of event.seen) {
      const by = held === null ? undefined : shown(event, model, key, held)?.by;
      if (by !== undefined) raise(clock, writerOf(by), by.invokedAt);
    }
  }
}
