/**
 * What the instance asks of a database, local or remote. Values and keys are bytes here; the interface that
 * applications see (instance/database.ts) is built on it.
 *
 * An operation returns its result, or a promise where the network is needed.
 */
import type { MISS, NodeReader } from '../globals/navigation.ts';
import type { MaybePromise } from '../base/maybe-promise.ts';
import type { LockMode } from '../locks/lock-request.ts';
import type { JobSink } from './job-sink.ts';

/** The nodes that decide a read: at most `limit` of [from, to), the last ones with `reverse`. */
export interface ReadSpan {
  readonly from: Uint8Array;
  readonly to: Uint8Array | undefined;
  readonly reverse: boolean;
  readonly limit: number;
}

/** A read as a function of a reader: it may be evaluated several times, until it does not miss. */
export type Read<T> = (reader: NodeReader) => T | typeof MISS;

/** A change of one node or subtree. */
export type NodeChange =
  | { readonly kind: 'set'; readonly value: Uint8Array }
  | { readonly kind: 'kill' }
  | { readonly kind: 'zkill' };

export interface DatabaseAccess {
  readonly name: string;
  /** Where it lives, with its locks. Throws <DATABASE> where it is away. */
  readonly place: DataPlace;
  /** Text of the node at `bytes[0, length)` if that is known without work: the hot path; else MISS. */
  textAtOnce(bytes: Uint8Array, length: number): string | undefined | typeof MISS;
  /** Evaluates a read; `span` tells what decides it, should the data server have to answer (rule R7). */
  read<T>(job: JobSink, read: Read<T>, span: () => ReadSpan): MaybePromise<T>;
  /** Keeps `key` and the value: the caller changes them no more. */
  change(job: JobSink, key: Uint8Array, change: NodeChange): MaybePromise<void>;
  /** The new value, durable where the database is journaled (§4.3.8). */
  increment(job: JobSink, key: Uint8Array, by: Uint8Array): MaybePromise<Uint8Array>;
  /** $SEQUENCE: a number that no other caller gets, above those that its caller got before (§4.3.8). */
  sequence(job: JobSink, key: Uint8Array): MaybePromise<number>;
  /** MERGE where both subtrees lie on one server; undefined where the caller must copy node by node. */
  merge(
    job: JobSink,
    key: Uint8Array,
    source: DatabaseAccess,
    sourceKey: Uint8Array,
  ): MaybePromise<void> | undefined;
}

/** A lock on a name, where the name maps (rule R17). */
export interface NamedLock {
  readonly database: DatabaseAccess;
  readonly key: Uint8Array;
  readonly mode: LockMode;
  readonly isEscalating?: boolean;
}

/** A place where databases live, and whose changes become durable together: this instance, or a data server. */
export interface DataPlace {
  /** Resolves when all that was asked before is applied there, and what is seen is current (A.1.11). */
  sync(job: JobSink): MaybePromise<void>;
  /** Resolves when all changes made before are durable there. */
  flush(job: JobSink): MaybePromise<void>;
  /**
   * Locks several names that live here, all together or none. False where somebody else has one of them and it is not
   * to wait, or `signal` was aborted before they were granted. One call of a job at a time.
   */
  lock(
    job: JobSink,
    locks: readonly NamedLock[],
    mayWait: boolean,
    signal: AbortSignal,
  ): MaybePromise<boolean>;
  /** Lets go of one count of each, LOCKS_PER_REQUEST_MAX at most; behind all changes that were made before. */
  unlock(job: JobSink, locks: readonly NamedLock[]): void;
  /** Lets go of all that the job holds or waits for here. */
  endJob(job: JobSink): void;
}
