/** The kinds of requests that a remote database makes. */
import { bareMessage, EcpError } from '../../base/errors.ts';
import { VALUE_CHUNK_BYTES } from '../../base/limits.ts';
import type { Reply, Request, ScannedNode } from '../wire/frame.ts';
import type { JobSink } from '../job-sink.ts';
import { Pending } from './pending.ts';
import type { RemoteTransaction } from './remote-transactions.ts';

/** Bookkeeping of a request, in bytes of the window. */
const REQUEST_BYTES = 64;

/** Where a request goes: numbers are known once the data server has sent its catalogue. */
export interface Target {
  /** Throws <DATABASE> where the data server has no such database. */
  number(): number;
}

/** What a remote database does with the outcome of a change. */
export interface ChangeListener {
  included(change: PendingChange): void;
  applied(change: PendingChange, reply: Reply): void;
  failed(change: PendingChange, error: EcpError): void;
}

type ChangeOperation =
  | { readonly kind: 'set'; readonly value: Uint8Array }
  | { readonly kind: 'kill' }
  | { readonly kind: 'zkill' }
  | { readonly kind: 'increment'; readonly by: Uint8Array }
  | { readonly kind: 'merge'; readonly from: Target; readonly fromKey: Uint8Array };

/** SET, KILL, ZKILL, $INCREMENT or MERGE; also its own token in the overlay. */
export class PendingChange extends Pending {
  override readonly isChange = true;
  readonly key: Uint8Array;
  readonly operation: ChangeOperation;
  /** The new value of an $INCREMENT, when it has been applied. */
  result: Uint8Array | undefined;
  /** Whoever waits for the result hears here that the data server refused the change. */
  onRefused: ((error: EcpError) => void) | undefined;
  /** The part that the data server has in the transaction that it belongs to. */
  readonly transaction: RemoteTransaction | undefined;
  /** Applied before the stream that brings its answer: blocks of this stream may be newer than it. */
  isIncluded = false;
  readonly #target: Target;
  readonly #listener: ChangeListener;
  /** Reads that wait for its answer. */
  #waiters: (() => void)[] | undefined;

  constructor(
    job: JobSink,
    target: Target,
    key: Uint8Array,
    operation: ChangeOperation,
    listener: ChangeListener,
    transaction?: RemoteTransaction,
  ) {
    super(job);
    this.transaction = transaction;
    this.#target = target;
    this.key = key;
    this.operation = operation;
    this.#listener = listener;
  }

  override get isAwaited(): boolean {
    return this.operation.kind === 'increment' || this.operation.kind === 'merge';
  }

  override get cost(): number {
    const value = this.operation.kind === 'set' ? this.operation.value.length : 0;
    return REQUEST_BYTES + this.key.length + value;
  }

  protected override requests(): readonly Request[] {
    return this.transaction === undefined
      ? this.#change()
      : [this.transaction.within(), ...this.#change()];
  }

  #change(): readonly Request[] {
    const { key, operation } = this;
    const database = this.#target.number();
    switch (operation.kind) {
      case 'set':
        if (operation.value.length > VALUE_CHUNK_BYTES)
          return longSet(database, key, operation.value);
        return [{ kind: 'change', change: { kind: 'set', database, key, value: operation.value } }];
      case 'kill':
      case 'zkill':
        return [{ kind: 'change', change: { kind: operation.kind, database, key } }];
      case 'increment':
        return [{ kind: 'change', change: { kind: 'increment', database, key, by: operation.by } }];
      case 'merge':
        return [
          {
            kind: 'merge',
            database,
            key,
            fromDatabase: operation.from.number(),
            fromKey: operation.fromKey,
          },
        ];
    }
  }

  /** Calls when the change has its answer, whatever it is. */
  whenAnswered(callback: () => void): void {
    (this.#waiters ??= []).push(callback);
  }

  override included(): void {
    this.isIncluded = true;
    this.#listener.included(this);
  }

  override answer(reply: Reply): void {
    this.#listener.applied(this, reply);
    this.#wake();
  }

  override fail(error: EcpError): void {
    this.#listener.failed(this, error);
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = undefined;
    for (const waiter of waiters ?? []) waiter();
  }
}

function longSet(database: number, key: Uint8Array, value: Uint8Array): Request[] {
  const requests: Request[] = [];
  for (let at = 0; at < value.length; at += VALUE_CHUNK_BYTES) {
    requests.push({ kind: 'part', bytes: value.subarray(at, at + VALUE_CHUNK_BYTES) });
  }
  requests.push({ kind: 'setLong', database, key, length: value.length });
  return requests;
}

interface Outcome<T> {
  readonly done: (result: T) => void;
  readonly failed: (error: EcpError) => void;
}

/** A request that changes nothing: answered once, sent again after a reconnection. */
export class PendingQuery<T> extends Pending {
  override readonly isChange = false;
  override readonly cost: number;
  readonly #build: () => Request;
  readonly #take: (reply: Reply) => T;
  readonly #outcome: Outcome<T>;

  private constructor(
    job: JobSink,
    cost: number,
    build: () => Request,
    take: (reply: Reply) => T,
    outcome: Outcome<T>,
  ) {
    super(job);
    this.cost = REQUEST_BYTES + cost;
    this.#build = build;
    this.#take = take;
    this.#outcome = outcome;
  }

  /** The block that covers the key; `done` is called when it is in the cache (or was, a moment ago). */
  static fetch(
    job: JobSink,
    target: Target,
    wanted: {
      readonly key: Uint8Array;
      readonly ahead: number;
      readonly reverse: boolean;
      readonly blockSize: number;
    },
    outcome: Outcome<void>,
  ): PendingQuery<void> {
    const { key, ahead, reverse, blockSize } = wanted;
    return new PendingQuery<void>(
      job,
      (1 + ahead) * blockSize,
      () => ({ kind: 'fetch', database: target.number(), key, ahead, reverse }),
      (reply) => expect(reply, 'block', 'sent'),
      outcome,
    );
  }

  static scan(
    job: JobSink,
    target: Target,
    wanted: {
      readonly from: Uint8Array;
      readonly to: Uint8Array | undefined;
      readonly reverse: boolean;
      readonly limit: number;
    },
    outcome: Outcome<readonly ScannedNode[]>,
  ): PendingQuery<readonly ScannedNode[]> {
    return new PendingQuery<readonly ScannedNode[]>(
      job,
      wanted.limit * VALUE_CHUNK_BYTES,
      () => ({ kind: 'scan', database: target.number(), ...wanted }),
      (reply) => (reply.kind === 'scanned' ? reply.nodes : unexpected(reply)),
      outcome,
    );
  }

  static long(
    job: JobSink,
    target: Target,
    wanted: { readonly id: number; readonly offset: number },
    outcome: Outcome<{ readonly total: number; readonly bytes: Uint8Array }>,
  ): PendingQuery<{ readonly total: number; readonly bytes: Uint8Array }> {
    return new PendingQuery<{ readonly total: number; readonly bytes: Uint8Array }>(
      job,
      VALUE_CHUNK_BYTES,
      () => ({ kind: 'long', database: target.number(), ...wanted }),
      (reply) => (reply.kind === 'longPart' ? reply : unexpected(reply)),
      outcome,
    );
  }

  static sync(job: JobSink, outcome: Outcome<void>): PendingQuery<void> {
    return new PendingQuery<void>(
      job,
      0,
      () => ({ kind: 'sync' }),
      (reply) => expect(reply, 'synced'),
      outcome,
    );
  }

  protected override requests(): readonly Request[] {
    return [this.#build()];
  }

  override answer(reply: Reply): void {
    if (reply.kind === 'failed') {
      this.#outcome.failed(new EcpError(reply.code, bareMessage(reply.message)));
      return;
    }
    this.#outcome.done(this.#take(reply));
  }

  override fail(error: EcpError): void {
    this.#outcome.failed(error);
  }
}

function expect(reply: Reply, ...kinds: readonly Reply['kind'][]): void {
  if (!kinds.includes(reply.kind)) unexpected(reply);
}

function unexpected(reply: Reply): never {
  throw new EcpError('DAMAGED', `an answer of kind ${reply.kind} to another question`);
}
