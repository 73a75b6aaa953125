/**
 * Locks of a data server, for the jobs of its app servers and its own: the lock table (locks/), and when what it grants
 * may be told.
 *
 *   asked ──► early: sessions of before the start may still claim theirs ──► waiting in the table's queues
 *         ──► withheld: granted there, told when the journal is durable ──► told
 *
 * A grant is told when the journal is durable up to the latest release by any other client: what was changed under a
 * lock that was let go of is not lost once somebody can see it who got that lock, or one after it (rule R1). The job is
 * held back until then, not the stream; who would not wait for others waits for that, too. After a start nobody is
 * granted anything until all remembered sessions have claimed what they held, or were given up (rule R6).
 */
import { isEcpError, type EcpError } from '../../base/errors.ts';
import { deadlockOf } from '../../locks/deadlock.ts';
import type { LockName } from '../../locks/lock-name.ts';
import {
  LOCAL_CLIENT,
  type LockMode,
  type LockOwner,
  type LockRequest,
  type WantedLock,
} from '../../locks/lock-request.ts';
import { type ClaimedLock, type LockLimits, LockTable } from '../../locks/lock-table.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Metrics } from '../../ports/metrics.ts';
import { type LockCounters, lockCounters } from './lock-counters.ts';

/** What it needs of the storage engine. */
export interface LockJournal {
  /** The position after the last record. */
  readonly position: number;
  readonly durablePosition: number;
  requestSync(): void;
}

export interface LockServicePorts {
  readonly clock: Pick<Clock, 'wallMs'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** `denied`: it was not to wait, and somebody else has it. */
export type LockOutcome = 'granted' | 'denied' | EcpError;

interface Ticket {
  readonly owner: LockOwner;
  readonly wanted: readonly WantedLock[];
  readonly mayWait: boolean;
  readonly tell: (outcome: LockOutcome) => void;
  /** Once the table has it. */
  request: LockRequest | undefined;
  isOver: boolean;
}

/** Of a request that was not told yet. */
export interface PendingLock {
  /** Its time is up, or its job is gone: nothing is told, and what it was granted is let go of. */
  cancel(): void;
}

export class LockService {
  readonly table: LockTable;
  readonly #journal: LockJournal;
  readonly #log: Log;
  readonly #counters: LockCounters;
  readonly #byRequest = new Map<LockRequest, Ticket>();
  #early: Ticket[] = [];
  #isOpen: boolean;
  /** With the position that must be durable first. */
  #withheld: { readonly ticket: Ticket; readonly position: number }[] = [];
  /** The latest release, and the latest by another client than that one. */
  #latest = { client: '', position: 0 };
  #latestOther = { client: '', position: 0 };

  /** `isOpen` false: nobody is granted anything before `open`. */
  constructor(
    limits: LockLimits,
    journal: LockJournal,
    { log, metrics, clock }: LockServicePorts,
    isOpen: boolean,
  ) {
    this.table = new LockTable(limits, () => clock.wallMs());
    this.#journal = journal;
    this.#log = log;
    this.#counters = lockCounters(metrics);
    this.#isOpen = isOpen;
  }

  /** Every session of before the start has claimed its locks, or is given up. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const early = this.#early;
    this.#early = [];
    for (const ticket of early) if (!ticket.isOver) this.#ask(ticket);
  }

  /**
   * Asks for locks, all together or none. `tell` is called once, perhaps before this returns, and not after `cancel`:
   * with the outcome, or with <LOCKTABLEFULL>.
   */
  lock(
    owner: LockOwner,
    wanted: readonly WantedLock[],
    options: { readonly mayWait: boolean },
    tell: (outcome: LockOutcome) => void,
  ): PendingLock {
    const ticket: Ticket = { owner, wanted, ...options, tell, request: undefined, isOver: false };
    if (this.#isOpen) this.#ask(ticket);
    else this.#early.push(ticket);
    return {
      cancel: () => {
        if (!ticket.isOver) this.#counters.notInTime.inc();
        this.#cancel(ticket);
      },
    };
  }

  /**
   * Takes up what a client held before the start of this data server, or before its stream was cut: its holds are these
   * and no others from here on. False where somebody else has one of them: then not everybody can be right.
   */
  claim(client: string, claims: readonly ClaimedLock[]): boolean {
    const granted = this.table.replace(client, claims);
    if (granted === undefined) return false;
    this.#released(client, granted);
    return true;
  }

  /** A client's stream is cut: what its jobs wait for, or were granted and not told, they ask for again. */
  dropPending(client: string): void {
    for (const ticket of this.#tickets()) if (ticket.owner.client === client) this.#cancel(ticket);
  }

  /** Lets go of one count of a lock. What was changed under it is in the journal already. */
  unlock(owner: LockOwner, name: LockName, mode: LockMode): void {
    this.#released(owner.client, this.table.unlock(owner, name, mode));
  }

  /** Lets go of all that a job holds. */
  unlockAll(owner: LockOwner): void {
    this.#released(owner.client, this.table.unlockAll(owner));
  }

  /** A job is gone. Nothing that it waits for is told any more. */
  remove(owner: LockOwner): void {
    this.#forget((ticket) => ticket.owner === owner);
    this.#released(owner.client, this.table.remove(owner));
  }

  /** An app server is given up, with all its jobs; what they did was rolled back before. */
  removeClient(client: string): void {
    this.#forget(({ owner }) => owner.client === client);
    this.#released(client, this.table.removeClient(client));
  }

  /**
   * Somebody takes away the locks of a client, or of one job of it; what it waits for is denied. Returns the jobs that held
   * something. What they have changed until now is in the journal before anybody is granted what they had (rule R1);
   * what is on its way is not.
   */
  takeAway(client: string, job: number | undefined): readonly number[] {
    const owners = this.table
      .ownersOf(client)
      .filter((owner) => job === undefined || owner.job === job);
    const concerned = new Set(owners);
    const held = owners.filter(({ holds }) => holds.size > 0).map((owner) => owner.job);
    for (const ticket of this.#tickets()) {
      if (!concerned.has(ticket.owner) || ticket.isOver) continue;
      this.#cancel(ticket);
      ticket.isOver = false;
      this.#tell(ticket, 'denied');
    }
    for (const owner of owners) this.unlockAll(owner);
    return held;
  }

  /** The journal is durable up to `position`. */
  durable(position: number): void {
    const ready = this.#withheld.filter((one) => one.position <= position);
    if (ready.length === 0) return;
    this.#withheld = this.#withheld.filter((one) => one.position > position);
    for (const { ticket } of ready) this.#tell(ticket, 'granted');
  }

  #ask(ticket: Ticket): void {
    let request: LockRequest;
    try {
      request = this.table.lock(ticket.owner, ticket.wanted);
    } catch (error) {
      if (!isEcpError(error)) throw error;
      this.#tell(ticket, error);
      return;
    }
    ticket.request = request;
    if (request.state === 'granted') this.#granted(ticket);
    else if (ticket.mayWait) {
      this.#byRequest.set(request, ticket);
      this.#reportDeadlock(request);
    } else {
      this.#serve(this.table.cancel(request));
      this.#tell(ticket, 'denied');
    }
  }

  #granted(ticket: Ticket): void {
    const { client } = ticket.owner;
    const release = this.#latest.client === client ? this.#latestOther : this.#latest;
    if (release.position <= this.#journal.durablePosition) {
      this.#tell(ticket, 'granted');
      return;
    }
    this.#withheld.push({ ticket, position: release.position });
    this.#journal.requestSync();
  }

  /** Notes a release, then serves those that it lets go on: they see what it guarded. */
  #released(client: string, granted: readonly LockRequest[]): void {
    const { position } = this.#journal;
    if (this.#latest.client !== client) this.#latestOther = this.#latest;
    this.#latest = { client, position };
    this.#serve(granted);
  }

  #serve(granted: readonly LockRequest[]): void {
    for (const request of granted) {
      const ticket = this.#byRequest.get(request);
      this.#byRequest.delete(request);
      if (ticket !== undefined) this.#granted(ticket);
    }
  }

  #tell(ticket: Ticket, outcome: LockOutcome): void {
    if (ticket.isOver) return;
    ticket.isOver = true;
    if (outcome === 'granted') this.#counters.granted.inc();
    else if (outcome === 'denied') this.#counters.notInTime.inc();
    else this.#counters.tableFull.inc();
    ticket.tell(outcome);
  }

  #cancel(ticket: Ticket): void {
    if (ticket.isOver) return;
    ticket.isOver = true;
    this.#early = this.#early.filter((early) => early !== ticket);
    this.#withheld = this.#withheld.filter((withheld) => withheld.ticket !== ticket);
    const { request, owner } = ticket;
    if (request === undefined) return;
    this.#byRequest.delete(request);
    if (request.state === 'waiting') this.#serve(this.table.cancel(request));
    else for (const { name, mode } of ticket.wanted) this.unlock(owner, name, mode);
  }

  /** All that were not told yet. */
  #tickets(): readonly Ticket[] {
    const withheld = this.#withheld.map(({ ticket }) => ticket);
    return [...this.#early, ...this.#byRequest.values(), ...withheld];
  }

  #forget(isGone: (ticket: Ticket) => boolean): void {
    for (const ticket of this.#tickets()) {
      if (!isGone(ticket)) continue;
      ticket.isOver = true;
      if (ticket.request !== undefined) this.#byRequest.delete(ticket.request);
    }
    this.#early = this.#early.filter(({ isOver }) => !isOver);
    this.#withheld = this.#withheld.filter(({ ticket }) => !ticket.isOver);
  }

  #reportDeadlock(request: LockRequest): void {
    const circle = deadlockOf(this.table, request);
    if (circle === undefined) return;
    this.#counters.deadlocks.inc();
    this.#log.warn('jobs wait for each other: a deadlock', {
      jobs: circle
        .map(({ owner: { client, job } }) =>
          client === LOCAL_CLIENT ? `job ${job} local` : `job ${job} of ${client}`,
        )
        .join(', '),
    });
  }
}
