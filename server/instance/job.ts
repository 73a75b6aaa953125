/**
 * A job (in M: a process): one `Database` handle in one namespace, with its own errors, locks and transactions.
 *
 * Everything an application calls in process is here and in global-node.ts. An operation first throws what
 * became of an earlier change that nobody awaited.
 */
import { EcpError, isEcpError } from '../base/errors.ts';
import { LOCK_TIMEOUT_MS_MAX, LOCKS_PER_REQUEST_MAX } from '../base/limits.ts';
import { map } from '../base/maybe-promise.ts';
import { inTransaction } from '../base/in-transaction.ts';
import { Accepted } from '../ecp/app-server/accepted.ts';
import type { DataPlace, NamedLock } from '../ecp/database-access.ts';
import type { JobSink } from '../ecp/job-sink.ts';
import { locksTakenAway } from '../ecp/locks-taken-away.ts';
import { bounded } from './bounds.ts';
import type {
  CommitOptions,
  Database,
  GlobalNode,
  Lock,
  LockKind,
  LockOptions,
  LockReference,
  MaybePromise,
  OperationOptions,
  UnlockOptions,
} from './database.ts';
import { Node } from './global-node.ts';
import { type JobLock, JobLocks } from './job-locks.ts';
import { globalsOf } from './globals-list.ts';
import type { Namespace } from './namespace.ts';
import type { Clock } from '../ports/clock.ts';
import { JobTransaction } from '../transactions/job-transaction.ts';

/** What a job needs of its instance. */
export interface JobHost {
  readonly clock: Clock;
  /** EcpError NAMESPACE where there is none of that name. */
  namespace(name: string): Namespace;
  /** Raised whenever namespaces, databases or their routes change. */
  readonly generation: number;
  /** Where data lives that this instance reaches: itself, and every data server. */
  places(): readonly DataPlace[];
  disconnect(dataServer: string): Promise<void>;
  /** How transactions are kept that do not say. */
  readonly commit: NonNullable<CommitOptions['commit']>;
  /** A transaction was kept. */
  committed(how: NonNullable<CommitOptions['commit']>): void;
  openJob(namespace: string): Job;
  closed(job: Job): void;
}

type Listener = (error: Error) => void;

/** Global names whose nodes a job keeps at hand. */
const NODES_MAX = 1000;

export class Job implements Database, JobSink {
  readonly id: number;
  readonly namespace: string;
  readonly host: JobHost;
  readonly jobTransaction = new JobTransaction();
  readonly #locks = new JobLocks(this);
  readonly #nodes = new Map<string, Node>();
  readonly #listeners = new Set<Listener>();
  #namespace: Namespace;
  #generation: number;
  #delayed: EcpError | undefined;
  #closed = false;
  /** Settles when the change under way has ended, however it did. */
  #underway: Promise<void> | undefined;

  constructor(id: number, namespace: string, host: JobHost) {
    this.id = id;
    this.namespace = namespace;
    this.host = host;
    this.#namespace = host.namespace(namespace);
    this.#generation = host.generation;
  }

  // ── Errors that come late ────────────────────────────────────────────────────────────────────────────

  delayError(error: EcpError): void {
    // That locks are lost is told before anything else: what comes next would be done without them (rule R5).
    if (this.#delayed === undefined || error.locksLost) this.#delayed = error;
    for (const listener of this.#listeners) listener(error);
  }

  /** Throws what an earlier change left behind, or that the job has ended. */
  check(): void {
    this.#checkOpen();
    const error = this.#delayed;
    if (error === undefined) return;
    this.#delayed = undefined;
    throw error;
  }

  #checkOpen(): void {
    if (this.#closed) throw jobEnded();
  }

  on(_event: 'delayed-error', listener: Listener): this {
    this.#listeners.add(listener);
    return this;
  }

  off(_event: 'delayed-error', listener: Listener): this {
    this.#listeners.delete(listener);
    return this;
  }

  // ── Order ────────────────────────────────────────────────────────────────────────────────────────────

  /** Whether a change is under way that takes several turns: what is asked next waits for it. */
  get isBusy(): boolean {
    return this.#underway !== undefined;
  }

  /** Runs an operation behind what is under way, and behind what that brings about. */
  ordered<T>(operation: () => MaybePromise<T>): MaybePromise<T> {
    return this.#underway === undefined
      ? operation()
      : this.#underway.then(() => this.ordered(operation));
  }

  /** Likewise a change: its caller may leave the promise alone. */
  orderedChange<T>(change: () => MaybePromise<T>): MaybePromise<T> {
    const done = this.ordered(change);
    return done instanceof Promise ? this.#accepted(done) : done;
  }

  /** A change has begun that takes several turns. Its caller may leave the promise alone: the error is delayed then. */
  hold(work: Promise<void>): Promise<void> {
    const settle = (): void => {
      if (this.#underway === settled) this.#underway = undefined;
    };
    const settled: Promise<void> = work.then(settle, settle);
    this.#underway = settled;
    return this.#accepted(work);
  }

  #accepted<T>(work: Promise<T>): Promise<T> {
    if (work instanceof Accepted) return work;
    const accepted = Accepted.begin<T>((resolve, reject) => {
      work.then(resolve, (error: unknown) => {
        reject(error);
        this.host.clock.soon(() => {
          if (accepted.observed) return;
          if (!isEcpError(error)) throw error;
          this.delayError(error);
        });
      });
    });
    return accepted;
  }

  // ── Transactions ─────────────────────────────────────────────────────────────────────────────────────

  tlevel(): MaybePromise<number> {
    return this.ordered(() => {
      this.#checkOpen();
      return this.jobTransaction.level;
    });
  }

  tstart(): MaybePromise<void> {
    return this.orderedChange(() => {
      this.check();
      this.jobTransaction.start();
    });
  }

  tcommit(options: CommitOptions = {}): MaybePromise<void> {
    return this.orderedChange(() => {
      this.check();
      const { commit = this.host.commit } = options;
      const isOutermost = this.jobTransaction.level === 1;
      const done = map(
        this.#thenUnlock(this.jobTransaction.commit(commit === 'synchronous')),
        () => {
          if (isOutermost) this.host.committed(commit);
        },
      );
      // Of several places it is not over before each has said so: what the job asks next is no part of it.
      return done instanceof Promise && this.jobTransaction.level > 0 ? this.hold(done) : done;
    });
  }

  trollback(scope: 'all' | 'level' = 'all'): MaybePromise<void> {
    return this.orderedChange(() => {
      // Not `check`: an earlier change that failed is a reason to roll back.
      this.#checkOpen();
      const done = this.#thenUnlock(this.jobTransaction.rollback(scope));
      return done instanceof Promise ? this.hold(done) : done;
    });
  }

  /** What was unlocked in a transaction is let go of when that has ended, behind all that it did (A.1.6). */
  #thenUnlock(done: MaybePromise<void>): MaybePromise<void> {
    return map(done, () => {
      if (this.jobTransaction.level === 0) this.#locks.transactionEnded();
    });
  }

  transaction<T>(
    work: (database: Database) => MaybePromise<T>,
    options: CommitOptions = {},
  ): Promise<T> {
    return inTransaction<CommitOptions, Database, T>(this, work, options);
  }

  // ── Locks ────────────────────────────────────────────────────────────────────────────────────────────

  async lock(names: readonly LockReference[], options: LockOptions = {}): Promise<Lock> {
    this.check();
    checkNames(names);
    const { timeoutMs } = options;
    if (timeoutMs !== undefined && !(timeoutMs >= 0 && timeoutMs <= LOCK_TIMEOUT_MS_MAX))
      throw new EcpError('SYNTAX', `LOCK: timeoutMs is a number from 0 to ${LOCK_TIMEOUT_MS_MAX}`);
    const locks = names.map((name) => this.#lockOf(name, options));
    let held: readonly JobLock[] = [];
    await this.ordered(() => {
      this.#checkOpen();
      const granted = this.#locks.lock(locks, options).then((these) => {
        held = these;
      });
      return this.hold(granted);
    });
    const unlock = (how: UnlockOptions = {}): MaybePromise<void> => {
      const ours = held;
      held = [];
      return this.orderedChange(() => this.#locks.unlock(ours, how));
    };
    return { unlock, [Symbol.asyncDispose]: async () => unlock() };
  }

  unlock(
    names: readonly LockReference[],
    options: LockKind & UnlockOptions = {},
  ): MaybePromise<void> {
    return this.orderedChange(() => {
      this.check();
      checkNames(names);
      const locks = names.map((name) => this.#lockOf(name, options));
      this.#locks.unlock(this.#locks.heldOf(locks), options);
    });
  }

  unlockAll(options: UnlockOptions = {}): MaybePromise<void> {
    return this.orderedChange(() => {
      this.check();
      this.#locks.unlockAll(options);
    });
  }

  lockLost(database: object, key: Uint8Array): void {
    this.#locks.lost(database, key);
  }

  /** An administrator has taken away what it held at a place. */
  locksTakenAway(place: DataPlace): void {
    this.#locks.lostAt(place);
    this.delayError(locksTakenAway());
  }

  #lockOf([global, ...subscripts]: LockReference, options: LockOptions): NamedLock {
    const { database, key } = new Node(this, global, []).place(subscripts);
    const mode = options.shared === true ? 'shared' : 'exclusive';
    return { database, key, mode, isEscalating: options.escalating === true };
  }

  // ── Operations ───────────────────────────────────────────────────────────────────────────────────────

  /** The job's namespace as it is configured now. */
  get space(): Namespace {
    if (this.#generation !== this.host.generation) {
      this.#namespace = this.host.namespace(this.namespace);
      this.#generation = this.host.generation;
    }
    return this.#namespace;
  }

  global(name: string): GlobalNode {
    let node = this.#nodes.get(name);
    if (node === undefined) {
      node = new Node(this, name, []);
      if (this.#nodes.size >= NODES_MAX) this.#nodes.clear();
      this.#nodes.set(name, node);
    }
    return node;
  }

  globals(): AsyncIterableIterator<string> {
    this.check();
    return globalsOf(this);
  }

  job(options: { readonly namespace?: string } = {}): Database {
    return this.host.openJob(options.namespace ?? this.namespace);
  }

  with(options: OperationOptions): Database {
    return bounded(this, options, this.host.clock);
  }

  sync(): MaybePromise<void> {
    if (this.isBusy) return this.ordered(() => this.sync());
    this.check();
    return this.#everywhere((place) => place.sync(this));
  }

  flush(): MaybePromise<void> {
    if (this.isBusy) return this.ordered(() => this.flush());
    this.check();
    return this.#everywhere((place) => place.flush(this));
  }

  async #everywhere(operation: (place: DataPlace) => MaybePromise<void>): Promise<void> {
    await Promise.all(this.host.places().map(async (place) => operation(place)));
    this.check();
  }

  disconnect(dataServer: string): Promise<void> {
    this.check();
    return this.host.disconnect(dataServer);
  }

  /** HALT: rolls back what is open. A frozen instance does that at its next start. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    this.#locks.stopWaiting(jobEnded());
    try {
      const done = this.ordered(() => this.jobTransaction.rollback());
      if (done instanceof Promise) await done;
    } catch (error) {
      this.jobTransaction.abandon();
      if (!isEcpError(error, 'FROZEN')) throw error;
    } finally {
      this.#locks.end();
      this.host.closed(this);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function checkNames(names: readonly LockReference[]): void {
  if (names.length === 0 || names.length > LOCKS_PER_REQUEST_MAX)
    throw new EcpError('SYNTAX', `LOCK and UNLOCK take 1 to ${LOCKS_PER_REQUEST_MAX} names`);
}

function jobEnded(): EcpError {
  return new EcpError('CANCELLED', 'this job has ended');
}
