/**
 * Durability: what recovery gives back is the state of a prefix of the journal, with every change in it that a
 * job was told is durable (flush, $INCREMENT); and a change that no job was told to be lost is there in the end,
 * because its session replayed it. A change that fails after its call is told to its job.
 *
 * Counted: changes acknowledged as durable that were there again after a start of their data server.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { type Call, isChange, isLocal, type Model } from './model.ts';

export class DurabilityChecker extends Checker {
  override readonly name = 'durability';
  /** By data server: acknowledged as durable. */
  readonly #acknowledged = new Map<string, Call[]>();
  /** Changes that failed, with the time; and the jobs that were told of a failure, with the time. */
  readonly #failed: { readonly call: Call; readonly t: number }[] = [];
  readonly #told = new Set<string>();
  /** Jobs that have ended: nobody is there to be told. */
  readonly #halted = new Set<string>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'inv':
        if (event.op === 'halt') this.#halted.add(event.p);
        return;
      case 'acked':
      case 'settled':
        if (event.code !== undefined && !this.#halted.has(model.call(event).p))
          this.#failed.push({ call: model.call(event), t: event.t });
        return;
      case 'told':
        this.#told.add(`${event.p} ${event.t}`);
        return;
      case 'end':
        return this.#silent(event, model);
      case 'ok':
        return this.#returned(event, model);
      case 'recovered': {
        for (const call of this.#acknowledged.get(event.ds) ?? []) {
          if (call.applied !== undefined) this.occurrences++;
          else this.violated(event, `${event.ds} lost ${call.name}, acknowledged as durable`);
        }
        this.#compare(event, model, 'recovered');
        return;
      }
      case 'refused':
        this.violated(event, `${event.ds} does not start: ${event.why}`);
        return;
      case 'final':
        this.#compare(event, model, 'holds in the end');
        this.#lost(event, model);
        return;
      default:
    }
  }

  #returned(event: EventOf<'ok'> & Recorded, model: Model): void {
    const call = model.call(event);
    if (call.op === 'incr' && !isLocal(call)) this.#acknowledge(event, call);
    if (call.op !== 'flush') return;
    for (const change of model.calls.values()) {
      const before = change.invokedAt < call.invokedAt;
      if (!before || change.app !== call.app || change.ds !== call.ds) continue;
      if (isChange(change.op) && !change.void) this.#acknowledge(event, change);
    }
  }

  #acknowledge(event: Recorded, call: Call): void {
    if (call.acknowledgedDurable) return;
    call.acknowledgedDurable = true;
    if (call.applied === undefined)
      this.violated(event, `${call.name} is acknowledged as durable and is not applied`);
    const calls = this.#acknowledged.get(call.ds);
    if (calls === undefined) this.#acknowledged.set(call.ds, [call]);
    else calls.push(call);
  }

  #compare(
    event: (EventOf<'recovered'> | EventOf<'final'>) & Recorded,
    model: Model,
    what: string,
  ): void {
    const expected = model.dataServer(event.ds).state();
    for (const key of new Set([...Object.keys(expected), ...Object.keys(event.nodes)])) {
      if (expected[key] === event.nodes[key]) continue;
      this.violated(
        event,
        `${event.ds} ${what} ${key}=${event.nodes[key] ?? 'nothing'} where its journal's prefix makes ` +
          (expected[key] ?? 'nothing'),
      );
      return;
    }
  }

  #lost(event: EventOf<'final'> & Recorded, model: Model): void {
    for (const call of model.calls.values()) {
      if (call.ds !== event.ds || !isChange(call.op) || call.applied !== undefined || call.void)
        continue;
      if (call.ended === 'err' || call.ended === 'info') continue;
      if (model.dead.has(call.app) && !call.settledDurable) continue;
      this.violated(
        event,
        `${call.name} (${call.op} ${call.key}) was accepted, and is lost without an error`,
      );
    }
  }

  /** Who did not hear of a failure by the operation itself hears of it at once. */
  #silent(event: Recorded, model: Model): void {
    for (const { call, t } of this.#failed) {
      if (call.ended !== 'ok' || model.dead.has(call.app) || this.#told.has(`${call.p} ${t}`))
        continue;
      this.violated(
        event,
        `${call.name} (${call.op} ${call.key}) failed at ${t} ms, and its job was not told`,
      );
    }
  }
}
