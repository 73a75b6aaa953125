/** A data server as a place of data: what Sync and durability mean for the jobs of this app server. */
import type { DataPlace } from '../database-access.ts';
import type { JobSink } from '../job-sink.ts';
import type { DataServerConnection } from './data-server-connection.ts';
import { PendingQuery } from './pending-requests.ts';

export class DataServerPlace implements DataPlace {
  readonly #connection: DataServerConnection;

  constructor(connection: DataServerConnection) {
    this.#connection = connection;
  }

  /** A round trip: own changes before it are applied, and invalidations queued before its answer are taken (A.1.11). */
  sync(job: JobSink): Promise<void> | undefined {
    // A server that was never used has nothing of ours, and nothing of it is cached here.
    if (this.#connection.state === 'notConnected') return undefined;
    return new Promise((done, failed) => {
      void this.#connection.submit(PendingQuery.sync(job, { done, failed }));
    });
  }

  flush(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#connection.whenDurable((error) => {
        if (error === undefined) resolve();
        else reject(error);
      }),
    );
  }
}
