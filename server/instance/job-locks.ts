/**
 * The locks of a job: LOCK and UNLOCK of names in its namespace, each where its name maps (rule R17).
 *
 * Names of one place are granted all together or none; those of several places one place after the other, and let go
 * of again where one is not granted. An unlock in a transaction takes place when that ends, unless it is immediate
 * (A.1.6); locked again before that, a name is held as if it had never been unlocked.
 *
 * Invariants
 * - One LOCK of a job is under way at a time: what the job asks next waits for it (job.ts).
 * - What is kept here is what the places hold for the job, but for locks that are lost and not told yet.
 */
import { onAbort } from '../base/abort.ts';
import { EcpError, messageOf } from '../base/errors.ts';
import { LOCKS_PER_REQUEST_MAX } from '../base/limits.ts';
import type { DataPlace, NamedLock } from '../ecp/database-access.ts';
import type { Timer } from '../ports/clock.ts';
import type { LockOptions, UnlockOptions } from './database.ts';
import type { Job } from './job.ts';

/** What the job has of a name in a mode. */
export interface JobLock {
  readonly lock: NamedLock;
  /** How often it is held, */
  count: number;
  /** and how often of these it was unlocked in the transaction that is open. */
  deferred: number;
}

export class JobLocks {
  readonly #job: Job;
  /** By database, then by mode and name. */
  readonly #held = new Map<object, Map<string, JobLock>>();
  readonly #deferred = new Set<JobLock>();
  /** Ends the waiting of the LOCK that is under way. */
  #giveUp: ((error: EcpError) => void) | undefined;

  constructor(job: Job) {
    this.#job = job;
  }

  /** EcpError CANCELLED where they were not granted in time; NETWORK, LOCKTABLEFULL, DATABASE. */
  async lock(locks: readonly NamedLock[], options: LockOptions): Promise<readonly JobLock[]> {
    const { clock } = this.#job.host;
    const { timeoutMs, signal } = options;
    if (signal?.aborted === true) throw aborted(signal);
    const wait = new AbortController();
    let timer: Timer | undefined;
    const giveUp = (error: EcpError): void => wait.abort(error);
    const forget = signal && onAbort(signal, () => giveUp(aborted(signal)));
    if (timeoutMs !== undefined && timeoutMs > 0)
      timer = clock.after(timeoutMs, () => giveUp(notInTime(timeoutMs)));
    this.#giveUp = giveUp;
    const granted: NamedLock[] = [];
    try {
      for (const [place, wanted] of byPlace(locks)) {
        const isGranted = await place.lock(this.#job, wanted, timeoutMs !== 0, wait.signal);
        if (isGranted) granted.push(...wanted);
        wait.signal.throwIfAborted();
        if (!isGranted) throw timeoutMs === 0 ? notInTime(0) : cancelled('it was denied');
      }
    } catch (error) {
      unlockAt(this.#job, granted);
      throw error;
    } finally {
      this.#giveUp = undefined;
      timer?.cancel();
      forget?.();
    }
    return locks.map((lock) => this.#count(lock));
  }

  /** A LOCK that waits does so no more. */
  stopWaiting(error: EcpError): void {
    this.#giveUp?.(error);
  }

  #count(lock: NamedLock): JobLock {
    let names = this.#held.get(lock.database);
    if (names === undefined) {
      names = new Map<string, JobLock>();
      this.#held.set(lock.database, names);
    }
    const name = textOf(lock);
    const known = names.get(name);
    if (known === undefined) {
      const held = { lock, count: 1, deferred: 0 };
      names.set(name, held);
      return held;
    }
    known.count++;
    if (known.deferred > 0) {
      known.deferred--;
      if (known.deferred === 0) this.#deferred.delete(known);
      this.#release([known]);
    }
    return known;
  }

  /** Lets go of one count of each; of those that are not held nothing is said. */
  unlock(held: readonly JobLock[], { immediate = false }: UnlockOptions): void {
    const ours = held.filter(({ count, deferred }) => count > deferred);
    if (immediate || !this.#isInTransaction) this.#release(ours);
    else for (const one of ours) this.#defer(one, 1);
  }

  /** What the job has of these names. */
  heldOf(locks: readonly NamedLock[]): readonly JobLock[] {
    return locks.flatMap((lock) => this.#held.get(lock.database)?.get(textOf(lock)) ?? []);
  }

  unlockAll({ immediate = false }: UnlockOptions): void {
    const all = [...this.#held.values()].flatMap((names) => [...names.values()]);
    if (!immediate && this.#isInTransaction) {
      for (const one of all) this.#defer(one, one.count - one.deferred);
      return;
    }
    const places = new Set(all.map(({ lock }) => lock.database.place));
    this.#forget(all);
    for (const place of places) place.endJob(this.#job);
  }

  get #isInTransaction(): boolean {
    return this.#job.jobTransaction.level > 0;
  }

  #defer(held: JobLock, by: number): void {
    held.deferred += by;
    if (held.deferred > 0) this.#deferred.add(held);
  }

  /** The transaction has ended: what was unlocked in it is let go of. */
  transactionEnded(): void {
    const released: JobLock[] = [];
    for (const held of this.#deferred) {
      for (let i = 0; i < held.deferred; i++) released.push(held);
      held.deferred = 0;
    }
    this.#deferred.clear();
    this.#release(released);
  }

  /** Lets go of one count of each, here and at its place. */
  #release(held: readonly JobLock[]): void {
    for (const one of held) if (--one.count === 0) this.#forget([one]);
    unlockAt(
      this.#job,
      held.map(({ lock }) => lock),
    );
  }

  #forget(held: readonly JobLock[]): void {
    for (const one of held) {
      one.count = 0;
      one.deferred = 0;
      this.#deferred.delete(one);
      const names = this.#held.get(one.lock.database);
      names?.delete(textOf(one.lock));
      if (names?.size === 0) this.#held.delete(one.lock.database);
    }
  }

  /** A lock is no longer held: its place has lost it, or it was taken away. */
  lost(database: object, key: Uint8Array): void {
    const names = this.#held.get(database);
    for (const mode of ['exclusive', 'shared'] as const) {
      const held = names?.get(textOf({ key, mode }));
      if (held !== undefined) this.#forget([held]);
    }
  }

  /** What it held at a place was taken away. */
  lostAt(place: DataPlace): void {
    for (const names of [...this.#held.values()])
      this.#forget([...names.values()].filter(({ lock }) => lock.database.place === place));
  }

  /** The job is over. */
  end(): void {
    this.#held.clear();
    this.#deferred.clear();
    for (const place of this.#job.host.places()) place.endJob(this.#job);
  }
}

/** In parts that a place takes at once. */
function unlockAt(job: Job, locks: readonly NamedLock[]): void {
  for (const [place, ofPlace] of byPlace(locks)) {
    for (let at = 0; at < ofPlace.length; at += LOCKS_PER_REQUEST_MAX)
      place.unlock(job, ofPlace.slice(at, at + LOCKS_PER_REQUEST_MAX));
  }
}

function byPlace(locks: readonly NamedLock[]): Map<DataPlace, NamedLock[]> {
  return Map.groupBy(locks, ({ database }) => database.place);
}

/** One character a byte, behind the mode. */
function textOf({ key, mode }: Pick<NamedLock, 'key' | 'mode'>): string {
  return `${mode} ${String.fromCharCode(...key)}`;
}

function notInTime(timeoutMs: number): EcpError {
  return cancelled(`not granted within ${timeoutMs} ms`);
}

function aborted({ reason }: AbortSignal): EcpError {
  return cancelled(`aborted: ${messageOf(reason)}`);
}

function cancelled(problem: string): EcpError {
  return new EcpError('CANCELLED', `LOCK: ${problem}`, { retry: 'same' });
}
