/**
 * The locks of a job: LOCK and UNLOCK of names in its namespace, each where its name maps (rule R17).
 *
 * Names of one place are granted all together or none; those of several places one place after the other, and let go
 * of again where one is not granted. An unlock in a transaction takes place when that ends, unless it is immediate
 * (A.1.6).
 */
import { equalBytes } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import type { DataPlace, NamedLock } from '../ecp/database-access.ts';
import type { LockOptions, UnlockOptions } from './database.ts';
import type { Job } from './job.ts';

export class JobLocks {
  readonly #job: Job;
  /** Settles when the LOCK before has its outcome: one is under way at a time. */
  #last: Promise<unknown> = Promise.resolve();
  /** Unlocked in the transaction that is open. */
  #deferred: NamedLock[] = [];

  constructor(job: Job) {
    this.#job = job;
  }

  /** EcpError CANCELLED where they were not granted in time; NETWORK, LOCKTABLEFULL, DATABASE. */
  lock(locks: readonly NamedLock[], { timeoutMs }: LockOptions): Promise<void> {
    const done = this.#last.then(() => this.#lock(locks, timeoutMs));
    this.#last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async #lock(locks: readonly NamedLock[], timeoutMs: number | undefined): Promise<void> {
    const { clock } = this.#job.host;
    const startMs = clock.nowMs();
    const granted: NamedLock[] = [];
    try {
      for (const [place, wanted] of byPlace(locks)) {
        const leftMs =
          timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - (clock.nowMs() - startMs));
        if (!(await place.lock(this.#job, wanted, leftMs))) throw notInTime(timeoutMs ?? 0);
        granted.push(...wanted);
      }
    } catch (error) {
      this.#unlock(granted);
      throw error;
    }
    // Locked again: what was unlocked of it is held as if it had not been.
    for (const lock of locks) this.#recall(lock);
  }

  #recall(lock: NamedLock): void {
    const at = this.#deferred.findIndex(
      ({ database, key, mode }) =>
        database === lock.database && mode === lock.mode && equalBytes(key, lock.key),
    );
    if (at < 0) return;
    const [again] = this.#deferred.splice(at, 1);
    if (again !== undefined) this.#unlock([again]);
  }

  unlock(locks: readonly NamedLock[], { immediate = false }: UnlockOptions): void {
    if (immediate || this.#job.jobTransaction.level === 0) this.#unlock(locks);
    else this.#deferred.push(...locks);
  }

  #unlock(locks: readonly NamedLock[]): void {
    for (const [place, ofPlace] of byPlace(locks)) place.unlock(this.#job, ofPlace);
  }

  /** The transaction has ended: what was unlocked in it is let go of. */
  transactionEnded(): void {
    this.#unlock(this.#deferred.splice(0));
  }

  /** The job is over. */
  end(): void {
    this.#deferred = [];
    for (const place of this.#job.host.places()) place.endJob(this.#job);
  }
}

function byPlace(locks: readonly NamedLock[]): Map<DataPlace, NamedLock[]> {
  return Map.groupBy(locks, ({ database }) => database.place);
}

function notInTime(timeoutMs: number): EcpError {
  return new EcpError('CANCELLED', `LOCK: not granted within ${timeoutMs} ms`, { retry: 'same' });
}
