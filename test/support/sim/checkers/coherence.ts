/**
 * Coherence (guide §1.3.2): whatever an app server shows is the data server's state at one position of its
 * order, with the app server's own pending changes over it, and that position never goes back. All jobs of an
 * app server share it. It is at least the position
 * - that earlier answers have proved,
 * - at which an own change was applied whose acknowledgement has arrived,
 * - at which the data server welcomed the connection (the cache was flushed),
 * - at which a Sync (A.1.11), a LOCK or an $INCREMENT that has returned was called,
 * - at which a read was called that had to fetch a block.
 *
 * Counted: nodes read that another writer has changed since this app server read them last.
 */
import { type EventOf, type Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { type Call, isLocal, meet, type Model, type Stretch } from './model.ts';

interface Floor {
  readonly since: number;
  readonly lsn: number;
  readonly why: string;
}

/** What the data server has answered when they return: what is seen is as new as that (A.2.2). */
const ROUND_TRIPS = new Set(['sync', 'lock', 'incr']);

export class CoherenceChecker extends Checker {
  override readonly name = 'coherence';
  /** By process and data server, ascending: what was known since which event. */
  readonly #floors = new Map<string, Floor[]>();
  /** By process, data server and node: the lsn at the last read. */
  readonly #lastReads = new Map<string, number>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'welcome':
        this.#raise(event, event.app, event.ds, event.lsn, 'connected');
        return;
      case 'acked': {
        const call = model.call(event);
        const { applied } = call;
        if (applied !== undefined && event.code === undefined)
          this.#raise(event, call.app, call.ds, applied.lsn, `${call.name} was acknowledged`);
        return;
      }
      case 'ok': {
        const call = model.call(event);
        if (ROUND_TRIPS.has(call.op))
          this.#raise(event, call.app, call.ds, call.lsnAtCall, `${call.op} ${call.name} returned`);
        return;
      }
      case 'eval':
        return this.#evaluated(event, model);
      default:
    }
  }

  #raise(event: Recorded, app: string, ds: string, lsn: number, why: string): void {
    const floors = this.#floors.get(`${app} ${ds}`) ?? [];
    this.#floors.set(`${app} ${ds}`, floors);
    if (lsn > (floors.at(-1)?.lsn ?? 0)) floors.push({ since: event.i, lsn, why });
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const call = model.call(event);
    const asOf = event.asOf ?? event.i;
    const known = this.#floors
      .get(`${call.app} ${call.ds}`)
      ?.findLast(({ since }) => since < asOf) ?? { lsn: 0, why: 'the start' };
    const fetched = { lsn: call.lsnAtCall, why: 'it fetched a block' };
    const present = { lsn: model.dataServer(call.ds).lsn, why: 'it is there' };
    const remote = event.waited && fetched.lsn > known.lsn ? fetched : known;
    const floor = isLocal(call) ? present : remote;
    let places: Stretch[] = [{ from: floor.lsn, to: Infinity }];
    for (const [key, held] of event.seen) {
      const here = model.places(call, key, held, floor.lsn);
      places = meet(places, here);
      this.#count(call, key, model);
      if (here.length === 0) {
        this.violated(
          event,
          `${call.name} on ${call.app} read ${key}=${String(held)} from ${call.ds}: not so at any position since ` +
            `${floor.lsn} (${floor.why}); ${this.#story(call, key, model)}`,
        );
        return;
      }
    }
    const [lowest] = places;
    if (lowest === undefined) {
      this.violated(
        event,
        `${call.name} on ${call.app} read from ${call.ds} what was never so at once since ${floor.lsn} ` +
          `(${floor.why}): ${event.seen.map(([key, held]) => `${key}=${String(held)}`).join(' ')}`,
      );
      return;
    }
    this.#raise(
      event,
      call.app,
      call.ds,
      lowest.from,
      `${call.name} read ${event.seen[0]?.[0] ?? ''}`,
    );
  }

  #count(call: Call, key: string, model: Model): void {
    const place = `${call.app} ${call.ds} ${key}`;
    const server = model.dataServer(call.ds);
    const last = this.#lastReads.get(place);
    const newest = server.versionsOf(key).at(-1);
    if (
      last !== undefined &&
      newest !== undefined &&
      newest.from > last &&
      newest.by?.app !== call.app
    )
      this.occurrences++;
    this.#lastReads.set(place, server.lsn);
  }

  #story(call: Call, key: string, model: Model): string {
    const versions = model
      .dataServer(call.ds)
      .versionsOf(key)
      .slice(-4)
      .map(({ held, from }) => `${String(held)} from ${from}`);
    return `versions: ${versions.join(', ')}; now ${model.dataServer(call.ds).lsn}`;
  }
}
