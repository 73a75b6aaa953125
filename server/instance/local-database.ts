/** A database of this instance itself: reads go to its blocks, changes through the data server, so that app servers stay coherent. */
import { EcpError } from '../base/errors.ts';
import type { DataServer } from '../ecp/data-server/data-server.ts';
import type { DatabaseAccess, DataPlace, NodeChange, Read } from '../ecp/database-access.ts';
import { durable } from '../ecp/durable.ts';
import type { JobSink } from '../ecp/job-sink.ts';
import { SequenceRanges, type SequenceCounters } from '../ecp/sequence-ranges.ts';
import type { MISS } from '../globals/navigation.ts';
import { MISS as missed } from '../globals/navigation.ts';
import type { MaybePromise } from '../base/maybe-promise.ts';
import type { Clock } from '../ports/clock.ts';
import { DatabaseReader } from '../storage/database-reader.ts';
import type { DatabaseStore } from '../storage/database-store.ts';
import type { StorageEngine } from '../storage/engine.ts';
import type { LocalTransactions } from './local-transactions.ts';

export class LocalDatabase implements DatabaseAccess {
  readonly name: string;
  readonly store: DatabaseStore;
  readonly place: DataPlace;
  readonly #engine: StorageEngine;
  readonly #dataServer: DataServer;
  readonly #transactions: LocalTransactions;
  readOnly: boolean;
  readonly #reader: DatabaseReader;
  readonly #sequences: SequenceRanges;

  constructor(
    store: DatabaseStore,
    options: {
      readonly readOnly: boolean;
      readonly clock: Clock;
      readonly sequences: SequenceCounters;
    },
    engine: StorageEngine,
    dataServer: DataServer,
    transactions: LocalTransactions,
    place: DataPlace,
  ) {
    this.place = place;
    this.#transactions = transactions;
    this.name = store.name;
    this.store = store;
    this.#engine = engine;
    this.#dataServer = dataServer;
    this.readOnly = options.readOnly;
    this.#reader = new DatabaseReader(store);
    this.#sequences = new SequenceRanges(this, options.clock, options.sequences);
  }

  textAtOnce(bytes: Uint8Array, length: number): string | undefined | typeof MISS {
    const block = this.store.blockFor(bytes, length);
    const place = block.find(bytes, length);
    if (place < 0) return undefined;
    return block.isLong(place) ? missed : block.textAt(place);
  }

  read<T>(_job: JobSink, read: Read<T>): T {
    const result = read(this.#reader);
    if (result === missed) throw new EcpError('DAMAGED', `${this.name}: a local read missed`);
    return result;
  }

  /**
   * Applied at once; a promise where the job should wait for the disk before its next change (rule R10), or where a
   * KILL in a transaction takes several turns.
   */
  change(job: JobSink, key: Uint8Array, change: NodeChange): MaybePromise<void> {
    this.#checkWritable();
    if (this.#isInTransaction(job)) {
      const transaction = this.#transactions.of(job);
      return transaction.change({ ...change, database: this.store.number, key });
    }
    this.#dataServer.applyLocal({ ...change, database: this.store.number, key });
    return this.#engine.whenRelieved();
  }

  increment(job: JobSink, key: Uint8Array, by: Uint8Array): MaybePromise<Uint8Array> {
    this.#checkWritable();
    const applied = this.#dataServer.applyLocal(
      { kind: 'increment', database: this.store.number, key, by },
      this.#isInTransaction(job),
    );
    const result = applied.result as Uint8Array;
    if (!this.store.isJournaled) return result;
    return durable(this.#dataServer).then(() => result);
  }

  merge(
    job: JobSink,
    key: Uint8Array,
    source: DatabaseAccess,
    sourceKey: Uint8Array,
  ): MaybePromise<void> | undefined {
    // In a transaction every node is a change of its own, to be undone.
    if (!(source instanceof LocalDatabase) || this.#isInTransaction(job)) return undefined;
    this.#checkWritable();
    const request = {
      database: this.store.number,
      key,
      fromDatabase: source.store.number,
      fromKey: sourceKey,
    };
    const unfinished = this.#dataServer.mergeLocal(request, () => this.#checkWritable());
    if (unfinished !== undefined) return job.hold?.(unfinished) ?? unfinished;
    return this.#engine.whenRelieved() ?? Promise.resolve();
  }

  sequence(_job: JobSink, key: Uint8Array): MaybePromise<number> {
    this.#checkWritable();
    return this.#sequences.atHand(key) ?? this.#sequences.taken(key);
  }

  known(key: Uint8Array): Uint8Array | undefined | typeof MISS {
    return this.#reader.get(key);
  }

  /** TEMP has no part in transactions (§4.3.1). */
  #isInTransaction({ jobTransaction }: JobSink): boolean {
    return (jobTransaction?.level ?? 0) > 0 && !this.store.isTemporary;
  }

  #checkWritable(): void {
    if (this.readOnly) throw new EcpError('PROTECT', `${this.name} is read-only`);
  }
}
