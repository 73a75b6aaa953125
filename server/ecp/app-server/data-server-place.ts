/** A data server as a place of data: what Sync and durability mean for the jobs of this app server. */
import { assert } from '../../base/assert.ts';
import type { DataPlace, NamedLock } from '../database-access.ts';
import { durable } from '../durable.ts';
import type { JobSink } from '../job-sink.ts';
import type { DataServerConnection } from './data-server-connection.ts';
import { PendingQuery } from './pending-requests.ts';
import { RemoteDatabase } from './remote-database.ts';
import type { WantedRemoteLock } from './remote-locks.ts';

export class DataServerPlace implements DataPlace {
  readonly #connection: DataServerConnection;

  constructor(connection: DataServerConnection) {
    this.#connection = connection;
  }

  /** A round trip: own changes before it are applied, and invalidations queued before its answer are taken (A.1.11). */
  sync(job: JobSink): Promise<void> | undefined {
    this.#connection.transactions.check(job);
    // A server that was never used has nothing of ours, and nothing of it is cached here.
    if (this.#connection.state === 'notConnected') return undefined;
    return new Promise((done, failed) => {
      void this.#connection.submit(PendingQuery.sync(job, { done, failed }));
    });
  }

  flush(job: JobSink): Promise<void> {
    this.#connection.transactions.check(job);
    return durable(this.#connection);
  }

  lock(
    job: JobSink,
    locks: readonly NamedLock[],
    mayWait: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    this.#connection.transactions.check(job);
    return this.#connection.locks.lock(job, locks.map(remoteLock), mayWait, signal);
  }

  unlock(job: JobSink, locks: readonly NamedLock[]): void {
    this.#connection.locks.unlock(job, locks.map(remoteLock));
  }

  endJob(job: JobSink): void {
    this.#connection.locks.endJob(job);
  }
}

function remoteLock({ database, ...lock }: NamedLock): WantedRemoteLock {
  assert(database instanceof RemoteDatabase, 'locks at a data server are of its databases');
  return { ...lock, place: database };
}
