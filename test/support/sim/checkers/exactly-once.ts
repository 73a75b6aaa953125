/**
 * A change is applied exactly once, whatever is sent again (A.2.1): each sequence number of a session at most
 * once, results of $INCREMENT all distinct and the very ones that were applied, and a counter ends at the number
 * of increments applied to it.
 *
 * Counted: changes that were sent, then outlived a new connection of their session.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { isChange, type Model } from './model.ts';

export class ExactlyOnceChecker extends Checker {
  override readonly name = 'A.2.1 exactly once';

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'applied':
        return this.#applied(event, model);
      case 'recovered':
        for (const { ep, lastApplied } of event.sessions)
          this.#session(event, model, ep, lastApplied);
        return;
      case 'welcome':
        if (event.resumed) this.#resumed(event, model);
        return;
      case 'ok': {
        const call = model.call(event);
        if (call.op === 'incr' && call.applied?.v !== call.result) {
          this.violated(
            event,
            `${call.name} was answered ${call.result ?? ''}, its increment made ${call.applied?.v ?? 'nothing'}`,
          );
        }
        return;
      }
      case 'final':
        return this.#final(event, model);
      default:
    }
  }

  #applied(event: EventOf<'applied'> & Recorded, model: Model): void {
    if (event.undoes !== undefined || event.part === true) return;
    const call = model.callOf(event);
    if ((call?.effective.filter(({ to }) => to === Infinity).length ?? 0) > 1) {
      this.violated(
        event,
        `${event.ds} applied ${call?.name ?? ''} (${event.op} ${event.key}) twice`,
      );
    }
  }

  /** What a session remembers must be what its surviving records say. */
  #session(
    event: EventOf<'recovered'> & Recorded,
    model: Model,
    ep: number,
    lastApplied: number,
  ): void {
    const last = model.dataServer(event.ds).log.findLast((entry) => entry.event.ep === ep)?.event;
    if (last !== undefined && last.seq > lastApplied) {
      this.violated(
        event,
        `${event.ds} recovered number ${last.seq} of epoch ${ep}, and remembers ${lastApplied} as the last`,
      );
    }
  }

  #resumed(event: EventOf<'welcome'>, model: Model): void {
    for (const call of model.calls.values()) {
      if (call.app !== event.app || call.ds !== event.ds || !isChange(call.op)) continue;
      if (call.sent?.ep === event.ep && !call.settledDurable && !call.void) this.occurrences++;
    }
  }

  #final(event: EventOf<'final'> & Recorded, model: Model): void {
    const counts = new Map<string, number>();
    for (const {
      event: { op, key },
    } of model.dataServer(event.ds).log)
      if (op === 'incr') counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const [key, count] of counts) {
      if (event.nodes[key] === String(count)) continue;
      this.violated(
        event,
        `${event.ds} ${key}=${event.nodes[key] ?? 'nothing'} after ${count} increments`,
      );
    }
    const results = new Set<string>();
    for (const call of model.calls.values()) {
      if (call.op !== 'incr' || call.ds !== event.ds || call.ended !== 'ok') continue;
      const result = `${call.key}=${call.result ?? ''}`;
      if (results.has(result)) this.violated(event, `two increments were answered ${result}`);
      results.add(result);
    }
  }
}
