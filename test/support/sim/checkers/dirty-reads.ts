/**
 * Dirty reads (A.2.10): a value that a job has read may be lost with a crash of its data server only where it was set by
 * another connection, and one of both, who set it and who read it, did not use a lock that the other used.
 *
 * Counted: reads of what another connection has set and nobody knew to be durable.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { shown } from './knowledge.ts';
import { related } from './lock-model.ts';
import { type Call, clientOf, type Model } from './model.ts';

export class DirtyReadsChecker extends Checker {
  override readonly name = 'A.2.10 dirty reads';
  /** Who has read what a call made. */
  readonly #readers = new Map<Call, Call[]>();

  override take(event: Recorded, model: Model): void {
    if (event.k === 'eval') this.#evaluated(event, model);
    else if (event.k === 'recovered') this.#recovered(event, model);
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const reader = model.call(event);
    for (const [key, held] of event.seen) {
      const by = held === null ? undefined : shown(event, model, key, held)?.by;
      if (by === undefined || by.settledDurable || clientOf(by) === clientOf(reader)) continue;
      this.occurrences++;
      const readers = this.#readers.get(by);
      if (readers === undefined) this.#readers.set(by, [reader]);
      else readers.push(reader);
    }
  }

  #recovered(event: EventOf<'recovered'> & Recorded, model: Model): void {
    for (const { call } of model.lost) {
      for (const reader of (call && this.#readers.get(call)) ?? []) {
        const common = call?.under.find((name) =>
          reader.under.some((other) => related(name, other)),
        );
        if (common === undefined) this.allow('A.2.10 read without a lock, and lost with a crash');
        else
          this.violated(
            event,
            `${event.ds} lost ${call?.name ?? ''}, which ${reader.name} had read, both under ${common}`,
          );
      }
    }
  }
}
