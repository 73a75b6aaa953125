/**
 * What jobs know to have happened, as vector clocks over one data server: for each process that changes something, how
 * far its calls are known. A read is legal where, of every node, it shows a version that is at least as new as the last
 * known change of that node. Each guarantee is a rule that raises somebody's clock, and otherwise the same.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { type Call, type Model, type Version, writerOf } from './model.ts';

/** By process (or job of a data server): the place in the history of the last known call. */
export type Clock = Map<string, number>;

export function raise(clock: Clock, writer: string, index: number): void {
  if ((clock.get(writer) ?? -1) < index) clock.set(writer, index);
}

export function merge(into: Clock, from: ReadonlyMap<string, number> | undefined): void {
  if (from !== undefined) for (const [writer, index] of from) raise(into, writer, index);
}

export interface Contradiction {
  readonly key: string;
  /** The version that was shown. */
  readonly from: number;
  readonly known: Call;
  readonly lsn: number;
}

export class Knowledge {
  /** By data server, then by job. */
  readonly #clocks = new Map<string, Map<string, Clock>>();

  of(ds: string, p: string): Clock {
    const clocks = this.#clocks.get(ds) ?? new Map<string, Clock>();
    this.#clocks.set(ds, clocks);
    const clock = clocks.get(p) ?? new Map<string, number>();
    clocks.set(p, clock);
    return clock;
  }

  /** Nobody knows anything of it any more. */
  forget(ds: string): void {
    this.#clocks.delete(ds);
  }

  /** What a read shows against what its job knows; `count` is called for every node of which it knows something. */
  contradiction(
    event: EventOf<'eval'> & Recorded,
    model: Model,
    count: (known: Call) => void,
  ): Contradiction | undefined {
    const call = model.call(event);
    const clock = this.of(call.ds, call.p);
    if (clock.size === 0) return undefined;
    const server = model.dataServer(call.ds);
    for (const [key, held] of event.seen) {
      const writes = server.writes.get(key);
      if (writes === undefined) continue;
      const last = writes.findLast((write) => isKnown(clock, write.call));
      if (last === undefined) continue;
      count(last.call);
      const version = shown(event, model, key, held);
      if (version === undefined || last.lsn <= version.from) continue;
      return { key, from: version.from, known: last.call, lsn: last.lsn };
    }
    return undefined;
  }
}

function isKnown(clock: ReadonlyMap<string, number>, call: Call): boolean {
  return (clock.get(writerOf(call)) ?? -1) >= call.invokedAt;
}

/** The newest version that a read can have shown; undefined where it shows a pending change of its own process. */
export function shown(
  event: EventOf<'eval'> & Recorded,
  model: Model,
  key: string,
  held: string | null,
): Version | undefined {
  const call = model.call(event);
  const isPending = model
    .ownChanges(call.app, call.ds, key)
    .some((change) => !change.acked && (change.v ?? null) === held);
  if (isPending) return undefined;
  return model
    .dataServer(call.ds)
    .versionsOf(key)
    .findLast((version) => version.held === held);
}

export function describeContradiction(call: Call, found: Contradiction, why: string): string {
  const { key, from, known, lsn } = found;
  return (
    `${call.name} read ${key} from ${call.ds} as of ${from}, but knows ${known.name} (${known.op} ` +
    `${known.key}), which changed it at ${lsn}: ${why}`
  );
}
