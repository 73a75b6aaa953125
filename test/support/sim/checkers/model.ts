/**
 * What every checker knows: the data servers' states over time, who has which locks and transactions, and what became of
 * every operation. Fed event by event; a checker asks after each.
 */
import {
  covers,
  type EventOf,
  type Held,
  type Operation,
  operationName,
  type Recorded,
} from '../history-schema.ts';
import { type Call, DataServerModel, type LogEntry } from './data-server-model.ts';
import { LockModel } from './lock-model.ts';
import { TransactionModel } from './transaction-model.ts';

export type { Call, DataServerModel, LogEntry, Version } from './data-server-model.ts';

/** A stretch of lsns, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export class Model {
  readonly dataServers = new Map<string, DataServerModel>();
  readonly calls = new Map<string, Call>();
  readonly locks = new LockModel();
  readonly transactions = new TransactionModel();
  /** Changes of an app server's process to a data server, by node, in the order of their calls. */
  readonly #own = new Map<string, Call[]>();
  readonly #bySequence = new Map<string, Call>();
  /** What the last start of a data server did not get back. */
  lost: readonly LogEntry[] = [];
  readonly #apps = new Map<string, string>();
  /** Processes that are gone. */
  readonly dead = new Set<string>();
  /** How long an app server may show what it has although its connection does not work. */
  staleMs = Infinity;
  /** Nodes that a change may touch. */
  keys: readonly string[] = [];

  dataServer(name: string): DataServerModel {
    let server = this.dataServers.get(name);
    if (server === undefined) this.dataServers.set(name, (server = new DataServerModel(name)));
    return server;
  }

  call(event: { readonly p: string; readonly n: number }): Call {
    const call = this.calls.get(operationName(event));
    if (call === undefined) throw new Error(`the history never called ${operationName(event)}`);
    return call;
  }

  /** The process of a job. */
  appOf(p: string): string {
    return this.#apps.get(p) ?? '';
  }

  /** Whose change was applied. */
  callOf({ ds, ep, seq, p, n }: EventOf<'applied'>): Call | undefined {
    if (ep !== 0) return this.#bySequence.get(`${ds} ${ep} ${seq}`);
    return p === undefined || n === undefined ? undefined : this.calls.get(`${p}.${n}`);
  }

  /** Own changes of a process that cover a node, in order. */
  ownChanges(app: string, ds: string, key: string): readonly Call[] {
    return this.#own.get(`${app} ${ds} ${key}`) ?? [];
  }

  take(event: Recorded): void {
    this.#take(event);
    this.locks.take(event, this);
    this.transactions.take(event, this);
  }

  #take(event: Recorded): void {
    switch (event.k) {
      case 'start':
        this.keys = event.keys;
        this.staleMs = event.staleMs ?? Infinity;
        return;
      case 'inv':
        return this.#invoked(event);
      case 'ok':
      case 'err':
      case 'info': {
        const call = this.call(event);
        call.ended = event.k;
        if (event.k === 'ok') call.result = event.v;
        if (event.k === 'err') call.void = true;
        return;
      }
      case 'sent': {
        const call = this.call(event);
        call.sent = { ep: event.ep, seq: event.seq };
        this.#bySequence.set(`${call.ds} ${event.ep} ${event.seq}`, call);
        return;
      }
      case 'acked': {
        const call = this.call(event);
        call.acked = true;
        if (event.code !== undefined) call.void = true;
        return;
      }
      case 'settled': {
        const call = this.call(event);
        if (event.code === undefined) call.settledDurable = true;
        else call.void = true;
        return;
      }
      case 'applied':
        return this.#applied(event);
      case 'recovered':
        return this.#recovered(event);
      case 'nemesis':
        if (event.app !== undefined) this.dead.add(event.app);
        return;
      default:
    }
  }

  #invoked(event: EventOf<'inv'> & Recorded): void {
    const { p, app, ds, op } = event;
    const key = event.key ?? '';
    const call: Call = {
      name: operationName(event),
      p,
      app,
      ds,
      op,
      key,
      v: event.v,
      txn: event.txn,
      names: event.names ?? [],
      mode: event.mode ?? 'exclusive',
      isImmediate: event.immediate ?? false,
      under: this.locks.namesOf(p, ds),
      invokedAt: event.i,
      invokedMs: event.t,
      lsnAtCall: ds === '' ? 0 : this.dataServer(ds).lsn,
      ended: undefined,
      result: undefined,
      sent: undefined,
      acked: false,
      void: false,
      settledDurable: false,
      acknowledgedDurable: false,
      applied: undefined,
      effective: [],
    };
    this.calls.set(call.name, call);
    this.#apps.set(p, app);
    if (!isChange(op)) return;
    const covered = op === 'kill' ? this.keys.filter((other) => covers(key, other)) : [key];
    for (const each of covered) {
      const place = `${app} ${ds} ${each}`;
      const own = this.#own.get(place);
      if (own === undefined) this.#own.set(place, [call]);
      else own.push(call);
    }
  }

  #applied(event: EventOf<'applied'> & Recorded): void {
    const server = this.dataServer(event.ds);
    const call = event.undoes === undefined ? this.callOf(event) : undefined;
    server.apply({ event, call });
    server.times[event.lsn] = event.t;
    if (call === undefined || event.part === true) return;
    call.applied = event;
    call.effective.push({ from: event.lsn, to: Infinity });
    // Of a job of the data server itself: there is no way between.
    if (event.ep === 0) call.acked = true;
  }

  #recovered(event: EventOf<'recovered'> & Recorded): void {
    const server = this.dataServer(event.ds);
    server.times[event.lsn] = event.t;
    this.lost = server.recover(event.lsn, event.pos);
    for (const { event: applied, call } of this.lost) {
      const last = call?.effective.at(-1);
      if (call === undefined || last === undefined || call.applied !== applied) continue;
      last.to = event.lsn - 1;
      call.applied = undefined;
    }
  }

  /**
   * Where in the data server's order a process can have stood that, at this point of the history, read `held` from
   * `key`: its cache shows one lsn of at least `floor`, with its own pending changes over it. Empty: nowhere.
   */
  places(call: Call, key: string, held: Held, floor: number): Stretch[] {
    const server = this.dataServer(call.ds);
    const now = server.lsn;
    const own = this.ownChanges(call.app, call.ds, key).filter((change) => !change.void);
    const lastBefore = own.findLast((change) => change.invokedAt < call.invokedAt);
    const places: Stretch[] = [];
    for (const change of own) {
      const counts = change === lastBefore || change.invokedAt > call.invokedAt;
      if (!counts || change.acked || change.op === 'incr') continue;
      if ((change.op === 'set' ? change.v : null) !== held) continue;
      places.push(...without({ from: floor, to: now }, change.effective));
    }
    const within = lastBefore === undefined ? [{ from: 0, to: Infinity }] : lastBefore.effective;
    const versions = server.versions.get(key) ?? [{ held: null, from: 0, to: Infinity }];
    for (const version of versions) {
      if (version.held !== held) continue;
      for (const stretch of within) {
        const from = Math.max(version.from, stretch.from, floor);
        const to = Math.min(version.to - 1, stretch.to, now);
        if (from <= to) places.push({ from, to });
      }
    }
    return united(places);
  }
}

/** Whether a job is one of the data server itself that it works on. */
export function isLocal({ app, ds }: Pick<Call, 'app' | 'ds'>): boolean {
  return app.startsWith(`${ds}#`);
}

/** Whose calls are in one order: an app server's process; a job of a data server by itself. */
export function writerOf(call: Call): string {
  return isLocal(call) ? call.p : call.app;
}

/** The name of a process without its incarnation: what a data server calls its session; '' where it is its own. */
export function clientOf(call: Pick<Call, 'app' | 'ds'>): string {
  return isLocal(call) ? '' : (call.app.split('#')[0] ?? '');
}

export function isChange(op: Operation): boolean {
  return op === 'set' || op === 'kill' || op === 'zkill' || op === 'incr';
}

/** The parts of a stretch that lie in none of the others. */
function without(whole: Stretch, others: readonly Stretch[]): Stretch[] {
  let left: Stretch[] = whole.from <= whole.to ? [whole] : [];
  for (const other of others) {
    left = left.flatMap(({ from, to }) => {
      const parts: Stretch[] = [];
      if (from < other.from) parts.push({ from, to: Math.min(to, other.from - 1) });
      if (to > other.to) parts.push({ from: Math.max(from, other.to + 1), to });
      return parts;
    });
  }
  return left;
}

/** Stretches that lie in both sets. */
export function meet(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const both: Stretch[] = [];
  for (const one of a) {
    for (const other of b) {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to, other.to);
      if (from <= to) both.push({ from, to });
    }
  }
  return united(both);
}

/** The same lsns in as few stretches as can be, ascending. */
function united(stretches: readonly Stretch[]): Stretch[] {
  const whole: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}
