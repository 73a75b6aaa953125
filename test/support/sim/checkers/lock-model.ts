/**
 * Who has which locks: what the data servers' lock tables say, and what the jobs believe. A job believes that it has a
 * lock from the success of LOCK to the call of UNLOCK; one that it unlocks in a transaction it leaves to that (A.1.6).
 */
import { covers, type EventOf, type LockMode, type Recorded } from '../history-schema.ts';
import { type Call, clientOf, type Model } from './model.ts';

/** One count of a lock that a job believes to have. */
export interface Belief {
  readonly p: string;
  readonly app: string;
  readonly ds: string;
  readonly client: string;
  readonly name: string;
  readonly mode: LockMode;
  readonly since: number;
  /** The data server's lsn when it was granted, at least. */
  readonly lsn: number;
  /** Its data server has started since, and it was not claimed yet. */
  isUnclaimed: boolean;
  /** It was claimed after a start of its data server. */
  outlived: boolean;
  /** Its session is over: as the app server sees it, as the data server does. */
  isDoomed: boolean;
  isGone: boolean;
  /** Unlocked in this transaction of its job, which is to end first. */
  deferredBy: number | undefined;
  /** That transaction's end was called. */
  isDue: boolean;
}

export type Entry = Omit<EventOf<'holds'>, 'k'>;

export class LockModel {
  /** By data server, job and name. */
  readonly table = new Map<string, Entry>();
  /** What the last event let go of that a transaction had kept. */
  settled: readonly Belief[] = [];
  #beliefs: Belief[] = [];

  get beliefs(): readonly Belief[] {
    return this.#beliefs;
  }

  of(ds: string, p: string, name: string): Entry | undefined {
    return this.table.get(`${ds} ${p} ${name}`);
  }

  /** Whether a job believes to have a name, or has left it to its transaction that has not been called to end. */
  believes(ds: string, p: string, name: string): boolean {
    return this.#beliefs.some(
      (belief) =>
        belief.ds === ds &&
        belief.p === p &&
        belief.name === name &&
        !belief.isDue &&
        !belief.isGone,
    );
  }

  /** What a job believes to have locked at a data server, and has not unlocked. */
  namesOf(p: string, ds: string): readonly string[] {
    const own = this.#beliefs.filter(
      (belief) => belief.p === p && belief.ds === ds && belief.deferredBy === undefined,
    );
    return [...new Set(own.map(({ name }) => name))];
  }

  take(event: Recorded, model: Model): void {
    this.settled = [];
    switch (event.k) {
      case 'holds':
        return this.#holds(event);
      case 'inv':
        return this.#invoked(model.call(event));
      case 'ok':
      case 'err':
      case 'info':
        return this.#ended(event, model);
      case 'lost':
        for (const belief of this.#beliefs)
          if (belief.app === event.app && belief.ds === event.ds) belief.isDoomed = true;
        return;
      case 'told':
        this.#beliefs = this.#beliefs.filter(({ p, isDoomed }) => p !== event.p || !isDoomed);
        return;
      case 'gaveUp':
        for (const belief of this.#beliefs)
          if (belief.client === event.client && belief.ds === event.ds) belief.isGone = true;
        return;
      case 'recovered':
        return this.#recovered(event);
      case 'nemesis':
        if (event.app !== undefined)
          this.#beliefs = this.#beliefs.filter(({ app }) => app !== event.app);
        return;
      default:
    }
  }

  #holds(event: EventOf<'holds'>): void {
    const { ds, p, name, exclusive, shared } = event;
    const key = `${ds} ${p} ${name}`;
    if (exclusive + shared === 0) this.table.delete(key);
    else this.table.set(key, event);
    for (const belief of this.#beliefs) {
      if (belief.ds !== ds || belief.p !== p || belief.name !== name) continue;
      if (exclusive + shared > 0 && belief.isUnclaimed) {
        belief.isUnclaimed = false;
        belief.outlived = true;
      }
    }
    this.#settle(event);
  }

  /** What was unlocked in a transaction that is to end, and has left the table, is over. */
  #settle({ ds, p, name, exclusive, shared }: Entry): void {
    const own = this.#beliefs.filter(
      (belief) => belief.ds === ds && belief.p === p && belief.name === name,
    );
    const surplus = own.length - exclusive - shared;
    if (surplus <= 0) return;
    this.settled = own.filter(({ isDue }) => isDue).slice(0, surplus);
    this.#beliefs = this.#beliefs.filter((belief) => !this.settled.includes(belief));
  }

  #invoked(call: Call): void {
    if (call.op === 'unlock') for (const name of call.names) this.#unlock(call, name);
    const endsAll = call.op === 'halt';
    if (endsAll || call.op === 'trollback' || call.op === 'tcommit') this.#end(call, endsAll);
  }

  #unlock(call: Call, name: string): void {
    const belief = this.#find(call, name, (candidate) => candidate.deferredBy === undefined);
    if (belief === undefined) return;
    if (call.txn !== undefined && !call.isImmediate) belief.deferredBy = call.txn;
    else this.#beliefs.splice(this.#beliefs.indexOf(belief), 1);
  }

  #find(call: Call, name: string, is: (belief: Belief) => boolean): Belief | undefined {
    return this.#beliefs.find(
      (belief) =>
        belief.p === call.p &&
        belief.ds === call.ds &&
        belief.name === name &&
        belief.mode === call.mode &&
        is(belief),
    );
  }

  /** A transaction is to end, or the job: what is let go of with it. */
  #end(call: Call, isHalt: boolean): void {
    const isInner = call.v === 'inner' || call.v === 'level';
    for (const belief of this.#beliefs) {
      if (belief.p !== call.p || isInner) continue;
      if (isHalt) belief.deferredBy ??= call.txn ?? 0;
      if (belief.deferredBy !== undefined) belief.isDue = true;
    }
  }

  #ended(event: EventOf<'ok' | 'err' | 'info'> & Recorded, model: Model): void {
    const call = model.call(event);
    if (event.k === 'ok') {
      if (call.op === 'lock') for (const name of call.names) this.#locked(call, name, event.i);
      return;
    }
    if (call.op === 'unlock') this.#restore(call);
    // A commit that failed leaves its transaction to be rolled back.
    if (call.op === 'tcommit')
      for (const belief of this.#beliefs) if (belief.p === call.p) belief.isDue = false;
  }

  /** An UNLOCK that failed has let go of nothing. */
  #restore(call: Call): void {
    for (const name of call.names)
      if (call.under.includes(name)) {
        const deferred = this.#find(call, name, ({ deferredBy }) => deferredBy === call.txn);
        if (deferred !== undefined && call.txn !== undefined) deferred.deferredBy = undefined;
        else this.#locked(call, name, call.invokedAt);
      }
  }

  #locked(call: Call, name: string, since: number): void {
    const again = this.#find(call, name, ({ deferredBy }) => deferredBy !== undefined);
    // Locked again, it is held as if it had never been unlocked.
    if (again !== undefined) this.#beliefs.splice(this.#beliefs.indexOf(again), 1);
    this.#beliefs.push({
      p: call.p,
      app: call.app,
      ds: call.ds,
      client: clientOf(call),
      name,
      mode: call.mode,
      since,
      lsn: call.lsnAtCall,
      isUnclaimed: false,
      outlived: false,
      isDoomed: false,
      isGone: false,
      deferredBy: undefined,
      isDue: false,
    });
  }

  #recovered({ ds }: EventOf<'recovered'>): void {
    for (const [key, entry] of this.table) if (entry.ds === ds) this.table.delete(key);
    for (const belief of this.#beliefs) if (belief.ds === ds) belief.isUnclaimed = true;
  }
}

/** Whether a lock on one name excludes one on the other. */
export function conflict(
  one: { readonly name: string; readonly mode: LockMode },
  other: { readonly name: string; readonly mode: LockMode },
): boolean {
  return (one.mode === 'exclusive' || other.mode === 'exclusive') && related(one.name, other.name);
}

/** The same name, or one above the other. */
export function related(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}

export function modeOf(entry: Entry): LockMode {
  return entry.exclusive > 0 ? 'exclusive' : 'shared';
}
