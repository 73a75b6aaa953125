/**
 * What an application sees: the same interface in process (an application module) and over the network
 * (client/). See docs/client-api.md.
 *
 * In process an operation returns its value, or a promise of it where the network is needed; over the
 * network always a promise. A change may be called without awaiting it: order is kept, and its error
 * is thrown by the job's next operation and emitted as 'delayed-error'.
 */

import type { MaybePromise } from '../base/maybe-promise.ts';
import type { DataState, ReadSubscript, Subscript, Value } from '../globals/types.ts';

export type { DataState, MaybePromise, ReadSubscript, Subscript, Value };

/** Part of one level of subscripts: `from` ≤ subscript < `to`, in collation order, `reverse` from the end. */
export interface Range {
  readonly from?: Subscript;
  readonly to?: Subscript;
  readonly reverse?: boolean;
  /** At most so many, ≥ 0. */
  readonly limit?: number;
}

/** A job's bounds for one operation or a whole connection. */
export interface OperationOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the operation ends with <CANCELLED>. */
  readonly timeoutMs?: number;
}

/** How a transaction is kept. */
export interface CommitOptions {
  /**
   * Asynchronous: durable soon, and before anything that follows it. Synchronous: durable when it resolves (SynchCommit,
   * A.1.5). By default as the instance is configured (synchCommit), which is asynchronous unless said otherwise.
   */
  readonly commit?: 'asynchronous' | 'synchronous';
}

/** One global, or a subtree of it (`at`): paths are relative to it. */
export interface GlobalNode {
  /** The global's name, without the caret. */
  readonly name: string;
  /** The subscripts of this node; none for the global itself. */
  readonly path: readonly Subscript[];

  /** The node's value, or undefined. */
  get(subscripts?: readonly Subscript[]): MaybePromise<string | undefined>;
  getBytes(subscripts?: readonly Subscript[]): MaybePromise<Uint8Array | undefined>;
  set(subscripts: readonly Subscript[], value: Value): MaybePromise<void>;
  /** The node and all below it. */
  kill(subscripts?: readonly Subscript[]): MaybePromise<void>;
  /** The node's value alone (ZKILL). */
  zkill(subscripts?: readonly Subscript[]): MaybePromise<void>;
  data(subscripts?: readonly Subscript[]): MaybePromise<DataState>;
  /** The next subscript on the last level; '' as last subscript starts at the front (and `previous` at the end). */
  order(subscripts: readonly Subscript[]): MaybePromise<ReadSubscript | undefined>;
  previous(subscripts: readonly Subscript[]): MaybePromise<ReadSubscript | undefined>;
  /** $QUERY: the subscripts of the next node with a value in this subtree's global, depth first. */
  query(
    subscripts?: readonly Subscript[],
    options?: { readonly reverse?: boolean },
  ): MaybePromise<readonly ReadSubscript[] | undefined>;
  /** $INCREMENT in exact decimal; resolves when the result is durable (§4.3.8). */
  increment(subscripts: readonly Subscript[], by?: Value): MaybePromise<string>;
  /**
   * $SEQUENCE: an integer that no other caller gets, and above all that this job got from this instance; 1 first, where the node is
   * undefined. The instance takes a range of numbers from the node at once and gives them out, so that most calls need no
   * network, and numbers may be skipped, but never given twice (§4.3.8). EcpError SYNTAX where the node's value is no
   * integer; MAXNUMBER above 9,007,199,254,740,991.
   */
  sequence(subscripts?: readonly Subscript[]): MaybePromise<number>;
  /** MERGE: copies the source's subtree over this one. */
  merge(
    subscripts: readonly Subscript[],
    source: GlobalNode,
    sourceSubscripts?: readonly Subscript[],
  ): MaybePromise<void>;
  /** Subscripts one level below. */
  keys(subscripts?: readonly Subscript[], range?: Range): AsyncIterableIterator<ReadSubscript>;
  /** Nodes with values at and below, depth first: subscripts relative to this node, and value. */
  entries(
    subscripts?: readonly Subscript[],
    range?: Range,
  ): AsyncIterableIterator<readonly [readonly ReadSubscript[], string]>;
  at(...subscripts: readonly Subscript[]): GlobalNode;
}

/** A name to be locked: a global, and subscripts below it. */
export type LockReference = readonly [global: string, ...subscripts: readonly Subscript[]];

/** What a lock is, besides its name: an unlock is of the same kind. */
export interface LockKind {
  /** Others may share it, too; by default nobody else has it. */
  readonly shared?: boolean;
}

export interface LockOptions extends LockKind {
  /** Milliseconds, up to LOCK_TIMEOUT_MS_MAX; 0 does not wait for others; without it waits for ever. */
  readonly timeoutMs?: number;
  /** Ends the waiting, and lets go of what was granted meanwhile. */
  readonly signal?: AbortSignal;
  /** With very many locks below one name, that name is locked in their stead. */
  readonly escalating?: boolean;
}

export interface UnlockOptions {
  /** In a transaction: now, and not when that ends (A.1.6). */
  readonly immediate?: boolean;
}

/** Locks that were granted together; to be let go of once. */
export interface Lock extends AsyncDisposable {
  unlock(options?: UnlockOptions): MaybePromise<void>;
}

/** One job (in M: a process) in one namespace. */
export interface Database extends AsyncDisposable {
  readonly namespace: string;
  global(name: string): GlobalNode;
  /** Names of the globals that have data in this namespace, ascending. */
  globals(): AsyncIterableIterator<string>;
  /** Another job, in the same namespace unless one is given, with its own locks and transactions. */
  job(options?: { readonly namespace?: string }): MaybePromise<Database>;
  /** The same job, its operations bounded by a signal or a deadline. */
  with(options: OperationOptions): Database;
  /** Resolves when every change made before is *applied* at its data server and seen changes are current (A.1.11). */
  sync(): MaybePromise<void>;
  /** Resolves when every change made before is *durable*. */
  flush(): MaybePromise<void>;
  /** Forced disconnect from a data server by its logical name (§4.2); the next request connects again. */
  disconnect(dataServer: string): MaybePromise<void>;
  /** $TLEVEL: how many transactions are open inside each other, 0 outside of any. */
  tlevel(): MaybePromise<number>;
  /** TSTART: what this job changes from here on is kept together, or undone together. */
  tstart(): MaybePromise<void>;
  /**
   * TCOMMIT of the innermost level; of the outermost one, all is kept. EcpError SYNTAX outside of a transaction;
   * ROLLBACK ONLY, or that of an earlier change, and the transaction stays open to be rolled back.
   */
  tcommit(options?: CommitOptions): MaybePromise<void>;
  /** TROLLBACK of all levels, or of the innermost; nothing outside of a transaction. No late error keeps it from that. */
  trollback(scope?: 'all' | 'level'): MaybePromise<void>;
  /**
   * Runs `work` between TSTART and TCOMMIT, and gives its result; what it throws rolls that back, and is thrown on.
   * Calls inside of it are levels of their own.
   */
  transaction<T>(
    work: (database: Database) => MaybePromise<T>,
    options?: CommitOptions,
  ): Promise<T>;
  /**
   * Locks names, 1 to 255: all of them, or none. What the job asks next waits for the outcome. Locks are counted: as
   * many unlocks as locks let a name go. EcpError CANCELLED where they were not granted within the time, or the signal
   * was aborted; LOCKTABLEFULL, NETWORK, DATABASE, SYNTAX, SUBSCRIPT. Nothing was locked then.
   */
  lock(names: readonly LockReference[], options?: LockOptions): Promise<Lock>;
  /**
   * Lets go of one count of each name; in a transaction, when that ends, unless immediately (A.1.6). What is not held
   * is left alone.
   */
  unlock(names: readonly LockReference[], options?: LockKind & UnlockOptions): MaybePromise<void>;
  /** Lets go of all that the job holds; in a transaction as `unlock`. */
  unlockAll(options?: UnlockOptions): MaybePromise<void>;
  on(event: 'delayed-error', listener: (error: Error) => void): this;
  off(event: 'delayed-error', listener: (error: Error) => void): this;
  /** HALT: ends the job; rolls back what is open, lets go of its locks and waits for none. */
  close(): Promise<void>;
}

/** What an application module exports as default: called once when the instance serves. */
export type Application = (database: Database, signal: AbortSignal) => Promise<void> | void;
