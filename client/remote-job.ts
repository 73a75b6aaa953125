/** A job at the other end of a connection: what all handles of it share. */
import { EcpError } from '../server/base/errors.ts';
import type { Call } from './call.ts';
import { RemoteLocks } from './remote-locks.ts';
import { RemoteTransaction } from './remote-transaction.ts';

/** What `on('reconnected')` tells. */
export interface Reconnected {
  /** How long there was no connection, in milliseconds. */
  readonly downMs: number;
  /** Attempts until it was back. */
  readonly attempts: number;
  /** Reads that had been sent and were sent again. */
  readonly retried: number;
  /** Operations that had been sent, and failed with <NETWORK>, outcome 'maybe'; none of them was sent again. */
  readonly failed: number;
  /**
   * Whether this job had changes accepted but not yet flushed: they are lost if the server itself was. The
   * job's next flush() or sync() says it, too.
   */
  readonly unconfirmed: boolean;
}

export interface Events {
  readonly 'delayed-error': (error: Error) => void;
  readonly reconnected: (what: Reconnected) => void;
}

export class RemoteJob {
  readonly id: number;
  readonly namespace: string;
  readonly transaction = new RemoteTransaction();
  readonly locks = new RemoteLocks();
  closed = false;
  /** Changes called so far. */
  changeCount = 0;
  /** Of them: the last one that was accepted, and the last one that a flush confirmed. */
  #accepted = 0;
  #confirmed = 0;
  #unconfirmed = false;
  #delayed: EcpError | undefined;
  #emitted: EcpError | undefined;
  readonly #delayedListeners = new Set<Events['delayed-error']>();
  readonly #reconnectedListeners = new Set<Events['reconnected']>();

  constructor(id: number, namespace: string) {
    this.id = id;
    this.namespace = namespace;
  }

  /** Throws that the job has ended, or what became of an earlier change. */
  check(): void {
    this.checkOpen();
    const error = this.#delayed;
    if (error === undefined) return;
    this.#delayed = undefined;
    this.transaction.seen(error);
    throw error;
  }

  checkOpen(): void {
    if (this.closed) throw new EcpError('CANCELLED', 'this job has ended');
  }

  /** Keeps an error for the next operation, and tells the listeners, each error once. */
  delayError(error: EcpError): void {
    // That locks are lost is told before anything else: what comes next would be done without them.
    if (this.#delayed === undefined || error.locksLost) this.#delayed = error;
    if (error === this.#emitted) return;
    this.#emitted = error;
    for (const listener of this.#delayedListeners) listener(error);
  }

  answered(call: Call): void {
    if (call.role === 'flush' && call.operation.flush) {
      this.#confirmed = Math.max(this.#confirmed, call.changeCount);
    }
    // The result of an increment is durable already.
    if (call.role === 'change' && !call.operation.increment) {
      this.#accepted = Math.max(this.#accepted, call.changeCount);
    }
  }

  /** The connection is lost. Returns whether changes were accepted that nobody confirmed. */
  lost(): boolean {
    if (this.#accepted > this.#confirmed) this.#unconfirmed = true;
    this.#confirmed = this.#accepted;
    return this.#unconfirmed;
  }

  /** Throws, once, that a connection was lost with changes accepted and not confirmed. */
  checkConfirmed(): void {
    if (!this.#unconfirmed) return;
    this.#unconfirmed = false;
    throw new EcpError(
      'NETWORK',
      'the connection was lost before changes made earlier were known to be durable',
      { retry: 'never', outcome: 'maybe' },
    );
  }

  reconnected(what: Reconnected): void {
    for (const listener of this.#reconnectedListeners) listener(what);
  }

  on<E extends keyof Events>(event: E, listener: Events[E]): void {
    if (event === 'reconnected') this.#reconnectedListeners.add(listener as Events['reconnected']);
    else this.#delayedListeners.add(listener as Events['delayed-error']);
  }

  off<E extends keyof Events>(event: E, listener: Events[E]): void {
    if (event === 'reconnected')
      this.#reconnectedListeners.delete(listener as Events['reconnected']);
    else this.#delayedListeners.delete(listener as Events['delayed-error']);
  }

  end(): void {
    this.closed = true;
    this.#delayedListeners.clear();
    this.#reconnectedListeners.clear();
  }
}
