/** This instance as a place of data: what it applied is visible at once (A.1.11), and locks are in its own table. */
import { onAbort } from '../base/abort.ts';
import { assert } from '../base/assert.ts';
import { isEcpError } from '../base/errors.ts';
import type { DataServer } from '../ecp/data-server/data-server.ts';
import type { LockOutcome } from '../ecp/data-server/lock-service.ts';
import type { DataPlace, NamedLock } from '../ecp/database-access.ts';
import { durable } from '../ecp/durable.ts';
import type { JobSink } from '../ecp/job-sink.ts';
import { LOCAL_CLIENT, type LockOwner, type WantedLock } from '../locks/lock-request.ts';
import { LocalDatabase } from './local-database.ts';

export class LocalPlace implements DataPlace {
  readonly #dataServer: DataServer;

  constructor(dataServer: DataServer) {
    this.#dataServer = dataServer;
  }

  sync(): void {
    // Nothing to wait for: changes here are seen as soon as they are made.
  }

  flush(): Promise<void> {
    return durable(this.#dataServer);
  }

  lock(
    job: JobSink,
    locks: readonly NamedLock[],
    mayWait: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      const wait: { forget?: () => void } = {};
      const wanted = locks.map(localLock);
      const tell = (outcome: LockOutcome): void => {
        wait.forget?.();
        if (isEcpError(outcome)) reject(outcome);
        else resolve(outcome === 'granted');
      };
      const { locks: service } = this.#dataServer;
      const pending = service.lock(this.#owner(job), wanted, { mayWait }, tell);
      const giveUp = (): void => {
        pending.cancel();
        resolve(false);
      };
      if (signal.aborted) giveUp();
      else wait.forget = onAbort(signal, giveUp);
    });
  }

  unlock(job: JobSink, locks: readonly NamedLock[]): void {
    const owner = this.#owner(job);
    for (const { name, mode } of locks.map(localLock))
      this.#dataServer.locks.unlock(owner, name, mode);
  }

  endJob(job: JobSink): void {
    this.#dataServer.locks.remove(this.#owner(job));
  }

  #owner({ id = 0 }: JobSink): LockOwner {
    return this.#dataServer.locks.table.owner(LOCAL_CLIENT, id);
  }
}

function localLock({ database, key, mode, isEscalating = false }: NamedLock): WantedLock {
  assert(database instanceof LocalDatabase, 'locks of this instance are of its databases');
  return { name: { database: database.store.uuid, key }, mode, isEscalating };
}
