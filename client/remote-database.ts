/** A job over the network, as an application holds it. */
import { textOf } from '../server/base/bytes.ts';
import { EcpError } from '../server/base/errors.ts';
import { inTransaction } from '../server/base/in-transaction.ts';
import { LOCK_TIMEOUT_MS_MAX } from '../server/base/limits.ts';
import type { MaybePromise } from '../server/base/maybe-promise.ts';
import type {
  CommitOptions,
  Database,
  Lock,
  LockKind,
  LockOptions,
  LockReference,
  OperationOptions,
  UnlockOptions,
} from '../server/instance/database.ts';
import { type Bounds, narrowed, type Role } from './call.ts';
import { ChangePromise } from './change-promise.ts';
import type { Events } from './remote-job.ts';
import { encodeLocks, type RemoteLock } from './remote-locks.ts';
import { type Handle, RemoteNode } from './remote-node.ts';
import type { Operation, Reply } from './wire.ts';

export class RemoteDatabase implements Database {
  readonly #handle: Handle;

  constructor(handle: Handle) {
    this.#handle = handle;
  }

  get namespace(): string {
    return this.#handle.job.namespace;
  }

  global(name: string): RemoteNode {
    return new RemoteNode(this.#handle, name, []);
  }

  async *globals(): AsyncIterableIterator<string> {
    let after = '';
    for (;;) {
      const { page } = await this.#call('read', { globals: { after } });
      for (const entry of page?.entries ?? []) {
        after = textOf(entry.subscripts?.[0] ?? new Uint8Array());
        yield after;
      }
      if (page?.more !== true) return;
    }
  }

  /** Another job, on the same connection. */
  async job(options: { readonly namespace?: string } = {}): Promise<RemoteDatabase> {
    const { connection, bounds, job } = this.#handle;
    job.check();
    const opened = await connection.openJob(options.namespace ?? this.namespace, bounds);
    return new RemoteDatabase({ connection, bounds, job: opened });
  }

  with(options: OperationOptions): RemoteDatabase {
    return new RemoteDatabase({ ...this.#handle, bounds: narrowed(this.#handle.bounds, options) });
  }

  async sync(): Promise<void> {
    await this.#barrier({ sync: {} });
  }

  async flush(): Promise<void> {
    await this.#barrier({ flush: {} });
  }

  async #barrier(operation: Operation): Promise<void> {
    this.#handle.job.checkConfirmed();
    await this.#call('flush', operation);
    // What became of changes before it that nobody awaited.
    this.#handle.job.check();
  }

  async disconnect(dataServer: string): Promise<void> {
    await this.#call('command', { disconnect: { dataServer } });
  }

  // ── Transactions ─────────────────────────────────────────────────────────────────────────────────────

  async tlevel(): Promise<number> {
    const { connection, job } = this.#handle;
    const { transaction } = job;
    job.checkOpen();
    if (transaction.isExact) return transaction.level;
    const { level } = await connection.call(job, 'read', { tlevel: {} }, this.#deadline);
    return transaction.isLost ? transaction.level : (level ?? 0);
  }

  tstart(): Promise<void> {
    const { job, bounds } = this.#handle;
    return this.#control(() => {
      job.check();
      job.transaction.check();
      return { operation: { tstart: {} }, levels: 1, bounds };
    });
  }

  tcommit(options: CommitOptions = {}): Promise<void> {
    const { job, bounds } = this.#handle;
    const { transaction } = job;
    return this.#control(() => {
      job.check();
      transaction.check();
      const how = options.commit === undefined ? {} : { [options.commit]: true };
      const operation = { tcommit: { ...how, failuresSeen: transaction.failuresSeen() } };
      return { operation, levels: transaction.level > 0 ? -1 : 0, bounds };
    });
  }

  trollback(scope: 'all' | 'level' = 'all'): Promise<void> {
    const { job } = this.#handle;
    const { transaction } = job;
    return this.#control(() => {
      job.checkOpen();
      if (transaction.isLost) {
        transaction.rollBack(scope);
        return undefined;
      }
      if (transaction.isExact && transaction.level === 0) return undefined;
      const levels = scope === 'all' ? transaction.level : Math.min(1, transaction.level);
      const operation = { trollback: { level: scope === 'level' } };
      return { operation, levels: -levels, bounds: this.#deadline };
    });
  }

  /** No signal keeps a transaction from being rolled back, or a lock from being let go of. */
  get #deadline(): Bounds {
    const { timeoutMs } = this.#handle.bounds;
    return timeoutMs === undefined ? {} : { timeoutMs };
  }

  #control(
    check: () => { operation: Operation; levels: number; bounds: Bounds } | undefined,
  ): Promise<void> {
    const { connection, job } = this.#handle;
    const work = async (): Promise<void> => {
      const asked = check();
      if (asked === undefined) return;
      await connection.call(job, 'control', asked.operation, asked.bounds, asked.levels);
    };
    return this.#unawaited(work());
  }

  transaction<T>(
    work: (database: RemoteDatabase) => MaybePromise<T>,
    options: CommitOptions = {},
  ): Promise<T> {
    return inTransaction<CommitOptions, RemoteDatabase, T>(this, work, options);
  }

  // ── Locks ────────────────────────────────────────────────────────────────────────────────────────────

  async lock(names: readonly LockReference[], options: LockOptions = {}): Promise<Lock> {
    const { connection, job, bounds } = this.#handle;
    job.check();
    job.transaction.check();
    const { shared = false, escalating = false, timeoutMs, signal } = options;
    if (timeoutMs !== undefined && !(timeoutMs >= 0 && timeoutMs <= LOCK_TIMEOUT_MS_MAX))
      throw new EcpError('SYNTAX', `LOCK: timeoutMs is a number from 0 to ${LOCK_TIMEOUT_MS_MAX}`);
    const locks = encodeLocks(names, shared);
    const lock = {
      names: locks.map(({ reference }) => reference),
      shared,
      escalating,
      ...(timeoutMs !== undefined && { timeoutMs: Math.ceil(timeoutMs) }),
    };
    const until = narrowed(bounds, signal === undefined ? {} : { signal });
    await connection.call(job, 'lock', { lock }, until);
    job.locks.granted(locks);
    const { lostConnections } = job.locks;
    let isHeld = true;
    const unlock = ({ immediate = false }: UnlockOptions = {}): Promise<void> => {
      const mine = isHeld && !job.closed && job.locks.lostConnections === lostConnections;
      isHeld = false;
      return this.#unawaited(mine ? this.#unlock(locks, { shared, immediate }) : Promise.resolve());
    };
    return { unlock, [Symbol.asyncDispose]: () => unlock() };
  }

  unlock(names: readonly LockReference[], options: LockKind & UnlockOptions = {}): Promise<void> {
    const { shared = false, immediate = false } = options;
    const work = async (): Promise<void> => {
      this.#handle.job.check();
      await this.#unlock(encodeLocks(names, shared), { shared, immediate });
    };
    return this.#unawaited(work());
  }

  async #unlock(
    locks: readonly RemoteLock[],
    kind: { readonly shared: boolean; readonly immediate: boolean },
  ): Promise<void> {
    const { connection, job } = this.#handle;
    const names = locks.map(({ reference }) => reference);
    const done = connection.call(job, 'unlock', { unlock: { names, ...kind } }, this.#deadline);
    job.locks.unlocked(locks);
    await done;
  }

  unlockAll({ immediate = false }: UnlockOptions = {}): Promise<void> {
    const { connection, job } = this.#handle;
    const work = async (): Promise<void> => {
      job.check();
      const done = connection.call(job, 'unlock', { unlockAll: { immediate } }, this.#deadline);
      job.locks.allUnlocked();
      await done;
    };
    return this.#unawaited(work());
  }

  #unawaited(work: Promise<void>): Promise<void> {
    const { job } = this.#handle;
    return ChangePromise.of(work, (error) => job.delayError(error as EcpError));
  }

  async #call(role: Role, operation: Operation): Promise<Reply> {
    const { connection, job, bounds } = this.#handle;
    job.check();
    return connection.call(job, role, operation, bounds);
  }

  on<E extends keyof Events>(event: E, listener: Events[E]): this {
    this.#handle.job.on(event, listener);
    return this;
  }

  off<E extends keyof Events>(event: E, listener: Events[E]): this {
    this.#handle.job.off(event, listener);
    return this;
  }

  close(): Promise<void> {
    return this.#handle.connection.closeJob(this.#handle.job);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
