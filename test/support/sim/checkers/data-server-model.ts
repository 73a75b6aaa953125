/**
 * A data server's state over time, as its applied changes tell: a function of the lsn. `versions` of a node are the
 * stretches in which it held one value. A crash that loses the journal's tail is a step like others: at its lsn lost
 * values give way to what the surviving prefix makes.
 */
import { covers, type EventOf, type Held, type Operation } from '../history-schema.ts';

export interface Version {
  readonly held: Held;
  /** First lsn at which the node held it; 0: from the beginning. */
  readonly from: number;
  /** The lsn at which it gave way. */
  to: number;
  /** Who set it, if it was one of the jobs. */
  readonly by: Call | undefined;
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
  readonly txn: number | undefined;
  readonly names: readonly string[];
  readonly isImmediate: boolean;
  readonly mode: 'exclusive' | 'shared';
  /** Locks at this data server that its job has, as it knows. */
  readonly under: readonly string[];
  /** Place in the history, and time. */
  readonly invokedAt: number;
  readonly invokedMs: number;
  /** The data server's lsn when it was called. */
  readonly lsnAtCall: number;
  ended: 'ok' | 'err' | 'info' | undefined;
  result: string | undefined;
  sent: { readonly ep: number; readonly seq: number } | undefined;
  acked: boolean;
  /** It never was, the app server has forgotten it without knowing that it is durable, or it was refused. */
  void: boolean;
  settledDurable: boolean;
  /** A job was told that it is durable. */
  acknowledgedDurable: boolean;
  /** Where it was applied; undefined before, and after a crash that lost it. */
  applied: EventOf<'applied'> | undefined;
  /** When its effect held: each time it was applied, until a crash lost it. */
  readonly effective: { from: number; to: number }[];
}

/** A change of a node: by whom, and where in the order of that process's calls. */
export interface Write {
  readonly lsn: number;
  readonly call: Call;
}

export interface LogEntry {
  readonly event: EventOf<'applied'>;
  readonly call: Call | undefined;
}

export class DataServerModel {
  readonly name: string;
  lsn = 0;
  /** What survived so far, in order. */
  log: LogEntry[] = [];
  readonly versions = new Map<string, Version[]>();
  /** Of each node, what jobs made of it, as far as it survived: no rollbacks, and no KILLs of what was not there. */
  writes = new Map<string, Write[]>();
  /** When each lsn was reached. */
  readonly times: number[] = [];

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

  put(key: string, held: Held, by: Call | undefined): void {
    let versions = this.versions.get(key);
    if (versions === undefined) {
      versions = [{ held: null, from: 0, to: Infinity, by: undefined }];
      this.versions.set(key, versions);
    }
    const last = versions.at(-1) as Version;
    last.to = this.lsn;
    versions.push({ held, from: this.lsn, to: Infinity, by });
    if (by === undefined) return;
    const writes = this.writes.get(key);
    const write = { lsn: this.lsn, call: by };
    if (writes === undefined) this.writes.set(key, [write]);
    else writes.push(write);
  }

  apply(entry: LogEntry): void {
    this.lsn = entry.event.lsn;
    this.log.push(entry);
    this.#effect(entry);
  }

  #effect({ event, call }: LogEntry): void {
    if (event.op === 'set' || event.op === 'incr') {
      this.put(event.key, event.v ?? '', call);
      return;
    }
    for (const [key, versions] of this.versions) {
      if (event.op === 'kill' ? !covers(event.key, key) : key !== event.key) continue;
      if (versions.at(-1)?.held !== null) this.put(key, null, call);
    }
  }

  /** Goes back to what was applied up to `pos`. Returns what is lost. */
  recover(lsn: number, pos: number): readonly LogEntry[] {
    this.lsn = lsn;
    const kept = this.log.filter(({ event }) => event.pos <= pos);
    if (kept.length === this.log.length) return [];
    const lost = this.log.filter(({ event }) => event.pos > pos);
    const prefix = new DataServerModel(this.name);
    for (const entry of kept) prefix.apply(entry);
    this.log = kept;
    for (const [key, versions] of this.versions) {
      const before = versions.at(-1) as Version;
      const now = prefix.versionsOf(key).at(-1);
      const held = now?.held ?? null;
      if (before.held !== held) this.put(key, held, now?.by);
    }
    this.writes = prefix.writes;
    return lost;
  }
}
