/**
 * The locks of a client's job.
 *
 * A job waits for its LOCK: nothing else of it is taken until the reply, so that what waits is bounded by the number of
 * jobs, and takes no room from others; among them may be who is to let go of the lock (rule R10).
 *
 * When locks are lost, what the client has sent before it heard of that was asked for under locks that are not held: it is
 * refused (rule R5). Each operation says of how many losses its client knew.
 */
import { bareMessage, EcpError, isEcpError } from '../../base/errors.ts';
import { map, type MaybePromise } from '../../base/maybe-promise.ts';
import type { Database, Lock } from '../../instance/database.ts';
import {
  type Kind,
  type LockOperation,
  lockReferencesOf,
  type Operation,
  type Result,
} from './messages.ts';

/** What may be done by who does not know yet that locks are lost: it ends things, or says where they stand. */
const WITHOUT_LOCKS: ReadonlySet<Kind> = new Set([
  'unlock',
  'unlockAll',
  'trollback',
  'tlevel',
  'closeJob',
]);

export class JobLockCalls {
  readonly #database: Database;
  /** The LOCK that waits, by the number of its operation. */
  #waiting: { readonly id: number; readonly wait: AbortController } | undefined;
  /** Granted, and nothing of the job has come since: its reply may cross a cancellation. */
  #last: { readonly id: number; readonly lock: Lock } | undefined;
  #losses = 0;
  #loss: EcpError | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether one waits that is not given up. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined && !this.#waiting.wait.signal.aborted;
  }

  async lock(id: number, { names, ...options }: LockOperation): Promise<Result> {
    const wait = new AbortController();
    this.#waiting = { id, wait };
    try {
      const { timeoutMs } = options;
      const lock = await this.#database.lock(lockReferencesOf(names), {
        shared: options.shared === true,
        escalating: options.escalating === true,
        signal: wait.signal,
        ...(typeof timeoutMs === 'number' && { timeoutMs }),
      });
      this.#last = { id, lock };
      return {};
    } finally {
      this.#waiting = undefined;
    }
  }

  /** Nobody waits for the LOCK of a number any more: it is not held, even where its reply is on its way. */
  cancel(id: number, reason: EcpError): void {
    if (this.#waiting?.id === id) this.#waiting.wait.abort(reason);
    if (this.#last?.id !== id) return;
    void this.#last.lock.unlock({ immediate: true });
    this.#last = undefined;
  }

  /** No LOCK waits any more. */
  stopWaiting(reason: EcpError): void {
    this.#waiting?.wait.abort(reason);
  }

  /** Undefined where it is no unlock. */
  unlock(operation: Operation): MaybePromise<Result> | undefined {
    const done = (): Result => ({});
    switch (operation.kind) {
      case 'unlock': {
        const { names, shared, immediate } = operation.unlock;
        const kind = { shared: shared === true, immediate: immediate === true };
        return map(this.#database.unlock(lockReferencesOf(names), kind), done);
      }
      case 'unlockAll': {
        const immediate = operation.unlockAll.immediate === true;
        return map(this.#database.unlockAll({ immediate }), done);
      }
      default:
        return undefined;
    }
  }

  /** The client is told of this. */
  told(error: Error): void {
    if (!isEcpError(error) || !error.locksLost) return;
    this.#losses++;
    this.#loss = error;
  }

  /** The job's next operation begins. Throws where it was asked for under locks that are lost. */
  check({ kind, lockLossesSeen }: Operation): void {
    this.#last = undefined;
    if (this.#loss === undefined || (lockLossesSeen ?? 0) >= this.#losses) return;
    if (kind !== undefined && WITHOUT_LOCKS.has(kind)) return;
    const { code, message, retry } = this.#loss;
    throw new EcpError(code, bareMessage(message), { retry });
  }
}
