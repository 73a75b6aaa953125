/**
 * In-order updates (A.1.1): whoever sees a change of an app server's process sees all changes that this
 * process made before it on the same data server.
 *
 * Two halves. The data server applies a session's changes in the order of the calls, each sequence number
 * above the one before. And vector clocks of the readers: a job that read the change numbered n of a session
 * reads from then on, of every node, a version at least as new as the session's last change of it up to n.
 * The clocks start anew when the data server has restarted. They are not transitive: that takes locks.
 *
 * Counted: reads of a node that a clock speaks of.
 */
import { covers, type EventOf, type Recorded } from '../history.ts';
import { Checker } from './checker.ts';
import type { Call, Model } from './model.ts';

export class InOrderChecker extends Checker {
  override readonly name = 'in-order';
  /** By data server and session epoch: the last sequence number applied, and the call. */
  readonly #last = new Map<string, { seq: number; call: Call | undefined }>();
  /** By job and data server: the highest sequence number seen of each epoch. */
  readonly #clocks = new Map<string, Map<number, number>>();

  override take(event: Recorded, model: Model): void {
    if (event.k === 'applied') this.#applied(event, model);
    else if (event.k === 'recovered') this.#recovered(event, model);
    else if (event.k === 'eval') this.#evaluated(event, model);
  }

  #applied(event: EventOf<'applied'> & Recorded, model: Model): void {
    if (event.ep === 0) return;
    const session = `${event.ds} ${event.ep}`;
    const last = this.#last.get(session);
    const call = model.callOf(event.ds, event.ep, event.seq);
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
    for (const { ep, seq } of model.dataServer(event.ds).log) {
      this.#last.set(`${event.ds} ${ep}`, { seq, call: model.callOf(event.ds, ep, seq) });
    }
    for (const reader of [...this.#clocks.keys()])
      if (reader.endsWith(` ${event.ds}`)) this.#clocks.delete(reader);
  }

  #evaluated(event: EventOf<'eval'> & Recorded, model: Model): void {
    const call = model.call(event);
    const server = model.dataServer(call.ds);
    const reader = `${call.p} ${call.ds}`;
    const clock = this.#clocks.get(reader) ?? new Map<number, number>();
    this.#clocks.set(reader, clock);
    for (const [key, held] of event.seen) {
      const pending = model
        .ownChanges(call.app, call.ds, key)
        .some((change) => !change.acked && (change.v ?? null) === held);
      const versions = server.versionsOf(key);
      const version = versions.findLast((candidate) => candidate.held === held);
      if (!pending && version !== undefined) this.#compare(event, model, clock, key, version.from);
      if (held !== null && version !== undefined && version.ep !== 0) {
        clock.set(version.ep, Math.max(clock.get(version.ep) ?? 0, version.seq));
      }
    }
  }

  #compare(
    event: EventOf<'eval'> & Recorded,
    model: Model,
    clock: ReadonlyMap<number, number>,
    key: string,
    from: number,
  ): void {
    const call = model.call(event);
    let counted = false;
    for (const change of model.dataServer(call.ds).log) {
      const seen = clock.get(change.ep);
      if (seen === undefined || change.seq > seen) continue;
      if (change.op === 'kill' ? !covers(change.key, key) : change.key !== key) continue;
      if (!counted) this.occurrences++;
      counted = true;
      // A KILL or ZKILL of what was not there made no version.
      const made = model
        .dataServer(call.ds)
        .versionsOf(key)
        .some((version) => version.from === change.lsn);
      if (!made || change.lsn <= from) continue;
      this.violated(
        event,
        `${call.name} read ${key} as of ${from}, but knows number ${seen} of epoch ${change.ep}, ` +
          `whose number ${change.seq} changed it at ${change.lsn}`,
      );
    }
  }
}
