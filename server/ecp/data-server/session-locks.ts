/**
 * Locks of app servers' jobs: what a session says of them, and what is done for it.
 *
 * UNLOCK, its cancellation and the end of a job are changes: numbered, marked in the journal, applied once however
 * often they are sent. LOCK and its outcome are not: after a cut the app server claims what its jobs hold, and asks again
 * for what they wait for (rule R6).
 */
import { isEcpError, messageOf } from '../../base/errors.ts';
import { LockDigest } from '../../locks/digest.ts';
import type { LockName } from '../../locks/lock-name.ts';
import type { LockOwner } from '../../locks/lock-request.ts';
import type { ClaimedLock } from '../../locks/lock-table.ts';
import type { DatabaseStore } from '../../storage/database-store.ts';
import type { StorageEngine } from '../../storage/engine.ts';
import type { LockMessage, WireLock } from '../wire/lock-messages.ts';
import type { LockService, PendingLock } from './lock-service.ts';
import type { Session } from './session.ts';

type Message<K extends LockMessage['kind']> = Extract<LockMessage, { kind: K }>;

/** What it needs of the data server. */
export interface SessionLocksPorts {
  readonly engine: StorageEngine;
  readonly service: LockService;
  /** EcpError DATABASE where app servers may not see it. */
  database(number: number): DatabaseStore;
}

/** The last LOCK of a job: while its app server may not know what became of it. */
interface LastLock {
  readonly number: number;
  readonly locks: readonly { readonly name: LockName; readonly mode: WireLock['mode'] }[];
  state: 'pending' | 'granted' | 'over';
  pending: PendingLock | undefined;
}

export class SessionLocks {
  readonly #ports: SessionLocksPorts;
  readonly #last = new WeakMap<LockOwner, LastLock>();
  /** What recovering sessions have claimed so far. */
  readonly #claims = new Map<
    Session,
    { readonly claims: ClaimedLock[]; readonly digest: LockDigest }
  >();

  constructor(ports: SessionLocksPorts) {
    this.#ports = ports;
  }

  /** A numbered message. EcpError where it cannot be what the protocol says. */
  handle(
    session: Session,
    sequence: number,
    message: Exclude<LockMessage, { readonly kind: 'claim' | 'claimed' }>,
  ): void {
    if (message.kind === 'lock') this.#lock(session, sequence, message);
    else this.#release(session, sequence, message);
  }

  #owner(session: Session, job: number): LockOwner {
    return this.#ports.service.table.owner(session.name, job);
  }

  #name({ database, key }: WireLock): LockName {
    // Names are kept: the frame's memory is not.
    return { database: this.#ports.database(database).uuid, key: key.slice() };
  }

  /** It is answered before its outcome is told, however soon that is known. */
  #lock(session: Session, sequence: number, message: Message<'lock'>): void {
    const { channel } = session;
    let locks;
    try {
      locks = message.locks.map((lock) => ({ ...lock, name: this.#name(lock) }));
    } catch (error) {
      if (!isEcpError(error)) throw error;
      session.queue({ kind: 'failed', sequence, code: error.code, message: messageOf(error) });
      return;
    }
    session.queue({ kind: 'locking', sequence });
    const owner = this.#owner(session, message.job);
    const last: LastLock = { number: sequence, locks, state: 'pending', pending: undefined };
    this.#last.set(owner, last);
    const { mayWait } = message;
    last.pending = this.#ports.service.lock(owner, locks, { mayWait }, (told) => {
      last.state = told === 'granted' ? 'granted' : 'over';
      if (session.channel !== channel) return;
      const outcome = isEcpError(told) ? 'full' : told;
      session.queue({ kind: 'locked', lock: sequence, outcome });
    });
  }

  /** One of the changes: applied once, and marked in the journal before anybody else profits from it (rule R1). */
  #release(
    session: Session,
    sequence: number,
    message: Message<'cancelLock'> | Message<'unlock'> | Message<'endJob'>,
  ): void {
    if (sequence > session.lastApplied) {
      const position = this.#ports.engine.mark(session.origin(sequence));
      session.markDurability(sequence, position);
      this.#apply(this.#owner(session, message.job), message);
    }
    session.queue({ kind: 'applied', sequence });
  }

  #apply(
    owner: LockOwner,
    message: Message<'cancelLock'> | Message<'unlock'> | Message<'endJob'>,
  ): void {
    const { service } = this.#ports;
    switch (message.kind) {
      case 'unlock':
        for (const lock of message.locks) {
          const name = this.#nameIfOpen(lock);
          if (name !== undefined) service.unlock(owner, name, lock.mode);
        }
        return;
      case 'cancelLock':
        this.#cancel(owner, message.lock);
        return;
      case 'endJob':
        service.remove(owner);
        return;
    }
  }

  /** A database that is away has no number: its locks go with their jobs. */
  #nameIfOpen(lock: WireLock): LockName | undefined {
    try {
      return this.#name(lock);
    } catch (error) {
      if (!isEcpError(error, 'DATABASE')) throw error;
      return undefined;
    }
  }

  /** The job has given up waiting; a grant that crosses this is let go of at once (rule R17). */
  #cancel(owner: LockOwner, number: number): void {
    const last = this.#last.get(owner);
    if (last?.number !== number) return;
    this.#last.delete(owner);
    if (last.state === 'pending') last.pending?.cancel();
    else if (last.state === 'granted')
      for (const { name, mode } of last.locks) this.#ports.service.unlock(owner, name, mode);
  }

  /** In recovery: what a job holds. */
  claim(session: Session, { job, locks }: Message<'claim'>): void {
    let so = this.#claims.get(session);
    if (so === undefined) {
      so = { claims: [], digest: new LockDigest() };
      this.#claims.set(session, so);
    }
    const owner = this.#owner(session, job);
    for (const lock of locks) {
      const name = this.#name(lock);
      const { mode, count } = lock;
      so.claims.push({ owner, name, mode, count });
      so.digest.add(job, name.database, name.key, mode, count);
    }
  }

  /**
   * All is claimed. Says what is wrong where it cannot be true: not all has come, the data server knows of a lock that it
   * does not hold, or somebody else holds it. The session cannot go on then (rule R6).
   */
  claimed(
    session: Session,
    { count, digest }: Message<'claimed'>,
    wasRestarted: boolean,
  ): string | undefined {
    const { service } = this.#ports;
    const so = this.#claims.get(session) ?? { claims: [], digest: new LockDigest() };
    this.#claims.delete(session);
    if (so.digest.count !== count || so.digest.digest !== digest)
      return `${count} locks are claimed, ${so.digest.count} with another digest have come`;
    for (const { owner } of so.claims) this.#last.delete(owner);
    const unknown = wasRestarted
      ? undefined
      : so.claims.find(({ owner, name, mode }) => !service.table.isHeld(owner, name, mode));
    if (unknown !== undefined) return 'a lock is claimed that is not held here';
    if (service.claim(session.name, so.claims)) return undefined;
    return 'a lock is claimed that somebody else holds';
  }

  /** Locks of these jobs were taken away: their app server hears it. */
  takenAway(session: Session, jobs: readonly number[]): void {
    for (const job of jobs) session.queue({ kind: 'locked', lock: job, outcome: 'removed' });
  }

  /** The stream is cut: the session keeps what it holds. */
  lost(session: Session): void {
    this.#claims.delete(session);
    this.#ports.service.dropPending(session.name);
  }

  /** The session is over, and what it did was rolled back: its locks go. */
  ended(session: Session): void {
    this.#claims.delete(session);
    this.#ports.service.removeClient(session.name);
  }
}
