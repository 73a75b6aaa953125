/**
 * Staleness (A.2.2): what an app server shows is seconds old at most, where its connection works; as old as the connection
 * may be silent, where it does not; and not stale at all under a lock, as of when that was asked for.
 *
 * Counted: reads under a lock that the lock keeps from being stale, and reads that were stale.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { type Call, isLocal, type Model } from './model.ts';

/** "A few seconds." */
const FRESH_MS = 5000;

interface Fault {
  readonly node: string;
  readonly from: number;
  readonly to: number;
}

export class StalenessChecker extends Checker {
  override readonly name = 'A.2.2 cache liveness';
  readonly #faults: Fault[] = [];

  override take(event: Recorded, model: Model): void {
    if (event.k === 'nemesis')
      // What it holds up takes its time to flow again.
      this.#faults.push({
        node: event.node,
        from: event.t,
        to: event.t + (event.ms ?? 0) + FRESH_MS,
      });
    else if (event.k === 'eval') this.#evaluated(event, model);
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const call = model.call(event);
    if (isLocal(call)) return;
    const asOf = model.locks.beliefs
      .filter(
        ({ ds, p, isDoomed, isGone }) => ds === call.ds && p === call.p && !isDoomed && !isGone,
      )
      .reduce((lsn, belief) => Math.max(lsn, belief.lsn), 0);
    for (const [key, held] of event.seen) {
      if (asOf > 0) {
        this.occurrences++;
        if (model.places(call, key, held, asOf).length === 0)
          this.violated(
            event,
            `${call.name} read ${key}=${String(held)} from ${call.ds} under a lock that it asked for at ${asOf}: ` +
              `that was not so any more`,
          );
      }
      this.#age(event, call, model, key, held);
    }
  }

  #age(event: Recorded, call: Call, model: Model, key: string, held: string | null): void {
    const server = model.dataServer(call.ds);
    const newest = model.places(call, key, held, 0).at(-1);
    // What is not so at any position, others complain of.
    if (newest === undefined || newest.to >= call.lsnAtCall) return;
    const sinceMs = server.times[newest.to + 1];
    if (sinceMs === undefined) return;
    const ageMs = call.invokedMs - sinceMs;
    if (ageMs <= 0) return;
    this.occurrences++;
    if (ageMs <= FRESH_MS) return;
    const app = call.app.split('#')[0] ?? '';
    const isFaulty = this.#faults.some(
      ({ node, from, to }) =>
        node.includes(app) && node.includes(call.ds) && from <= call.invokedMs && to >= sinceMs,
    );
    if (isFaulty && ageMs <= model.staleMs) this.allow('A.2.2 the connection did not work');
    else
      this.violated(
        event,
        `${call.name} read ${key}=${String(held)} from ${call.ds}, which had given way ${ageMs.toFixed(0)} ms before`,
      );
  }
}
