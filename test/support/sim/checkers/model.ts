/**
 * What every checker knows: the data servers' states over time, as their applied changes tell, and what became of
 * every operation. Fed event by event; a checker asks after each.
 *
 * A data server's state is a function of the lsn: `versions` of a node are the stretches in which it held one
 * value. A crash that loses the journal's tail is a step like others: at its lsn lost values give way to what the
 * surviving prefix makes.
 */
import {
  covers,
  type EventOf,
  type Held,
  type Operation,
  operationName,
  type Recorded,
} from '../history.ts';

export interface Version {
  readonly held: Held;
  /** First lsn at which the node held it; 0: from the beginning. */
  readonly from: number;
  /** The lsn at which it gave way. */
  to: number;
  /** Session epoch and sequence number of the change that made it. */
  readonly ep: number;
  readonly seq: number;
}

/** A stretch of lsns, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** An operation of a job. */
export interface Call {
  readonly name: string;
  readonly p: string;
  readonly app: string;
  readonly ds: string;
  readonly op: Operation;
  readonly key: string;
  readonly v: string | undefined;
  /** Places in the history. */
  readonly invokedAt: number;
  /** The data server's lsn when it was called. */
  readonly lsnAtCall: number;
  ended: 'ok' | 'err' | 'info' | undefined;
  result: string | undefined;
  sent: { readonly ep: number; readonly seq: number } | undefined;
  acked: boolean;
  /** The app server has forgotten it without knowing that it is durable, or it was refused. */
  void: boolean;
  settledDurable: boolean;
  /** A job was told that it is durable. */
  acknowledgedDurable: boolean;
  /** Where it was applied; undefined before, and after a crash that lost it. */
  applied: EventOf<'applied'> | undefined;
  /** When its effect held: each time it was applied, until a crash lost it. */
  readonly effective: { from: number; to: number }[];
}

export class DataServerModel {
  readonly name: string;
  lsn = 0;
  /** What survived so far, in order. */
  log: EventOf<'applied'>[] = [];
  readonly versions = new Map<string, Version[]>();

  constructor(name: string) {
    this.name = name;
  }

  versionsOf(key: string): readonly Version[] {
    return this.versions.get(key) ?? [];
  }

  /** What the nodes hold now. */
  state(): Record<string, string> {
    const nodes: Record<string, string> = {};
    for (const [key, versions] of this.versions) {
      const held = versions.at(-1)?.held;
      if (held !== undefined && held !== null) nodes[key] = held;
    }
    return nodes;
  }

  put(key: string, held: Held, by: { readonly ep: number; readonly seq: number }): void {
    let versions = this.versions.get(key);
    if (versions === undefined) {
      versions = [{ held: null, from: 0, to: Infinity, ep: 0, seq: 0 }];
      this.versions.set(key, versions);
    }
    const last = versions.at(-1) as Version;
    last.to = this.lsn;
    versions.push({ held, from: this.lsn, to: Infinity, ep: by.ep, seq: by.seq });
  }
}

export class Model {
  readonly dataServers = new Map<string, DataServerModel>();
  readonly calls = new Map<string, Call>();
  /** Changes of an app server's process to a data server, by node, in the order of their calls. */
  readonly #own = new Map<string, Call[]>();
  readonly #bySequence = new Map<string, Call>();
  /** App servers that crashed. */
  readonly dead = new Set<string>();
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

  callOf(ds: string, ep: number, seq: number): Call | undefined {
    return this.#bySequence.get(`${ds} ${ep} ${seq}`);
  }

  /** Own changes of a process that cover a node, in order. */
  ownChanges(app: string, ds: string, key: string): readonly Call[] {
    return this.#own.get(`${app} ${ds} ${key}`) ?? [];
  }

  take(event: Recorded): void {
    switch (event.k) {
      case 'start':
        this.keys = event.keys;
        return;
      case 'inv':
        return this.#invoked(event);
      case 'ok':
      case 'err':
      case 'info': {
        const call = this.call(event);
        call.ended = event.k;
        if (event.k === 'ok') call.result = event.v;
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
      case 'eval':
      case 'transaction':
      case 'kept':
      case 'committed':
      case 'told':
      case 'welcome':
      case 'refused':
      case 'final':
      case 'fault':
      case 'end':
        return;
    }
  }

  #invoked(event: EventOf<'inv'> & { readonly i: number }): void {
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
      invokedAt: event.i,
      lsnAtCall: this.dataServer(ds).lsn,
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
    if (!isChange(op)) return;
    const covered = op === 'kill' ? this.keys.filter((other) => covers(key, other)) : [key];
    for (const each of covered) {
      const place = `${app} ${ds} ${each}`;
      const own = this.#own.get(place);
      if (own === undefined) this.#own.set(place, [call]);
      else own.push(call);
    }
  }

  #applied(event: EventOf<'applied'>): void {
    const server = this.dataServer(event.ds);
    server.lsn = event.lsn;
    server.log.push(event);
    this.#effect(server, event);
    const call = this.callOf(event.ds, event.ep, event.seq);
    if (call === undefined) return;
    call.applied = event;
    call.effective.push({ from: event.lsn, to: Infinity });
  }

  #effect(server: DataServerModel, event: EventOf<'applied'>): void {
    if (event.op === 'set' || event.op === 'incr') {
      server.put(event.key, event.v ?? '', event);
      return;
    }
    for (const [key, versions] of server.versions) {
      if (event.op === 'kill' ? !covers(event.key, key) : key !== event.key) continue;
      if (versions.at(-1)?.held !== null) server.put(key, null, event);
    }
  }

  /** What lay behind the recovered position is gone: the state is that of the prefix. */
  #recovered(event: EventOf<'recovered'>): void {
    const server = this.dataServer(event.ds);
    server.lsn = event.lsn;
    const kept: EventOf<'applied'>[] = [];
    for (const applied of server.log) {
      if (applied.pos <= event.pos) {
        kept.push(applied);
        continue;
      }
      const call = this.callOf(applied.ds, applied.ep, applied.seq);
      const last = call?.effective.at(-1);
      if (call === undefined || last === undefined || call.applied !== applied) continue;
      last.to = event.lsn - 1;
      call.applied = undefined;
    }
    if (kept.length === server.log.length) return;
    server.log = kept;
    const prefix = new DataServerModel(event.ds);
    for (const applied of kept) {
      this.#effect(prefix, applied);
    }
    for (const [key, versions] of server.versions) {
      const before = versions.at(-1) as Version;
      const now = prefix.versionsOf(key).at(-1);
      const held = now?.held ?? null;
      if (before.held === held) continue;
      server.put(key, held, { ep: now?.ep ?? 0, seq: now?.seq ?? 0 });
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
    const versions = server.versions.get(key) ?? [
      { held: null, from: 0, to: Infinity, ep: 0, seq: 0 },
    ];
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
