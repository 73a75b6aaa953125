/**
 * A database of a data server as this app server sees it: cached blocks, the overlay of changes under way, and
 * requests for what is not here (guide §1.3.2, §2.4).
 */
import { compareBytes } from '../../base/bytes.ts';
import { bareMessage, EcpError, isEcpError } from '../../base/errors.ts';
import { PREFETCH_BLOCKS_MAX, READ_RESTARTS_MAX } from '../../base/limits.ts';
import { MISS } from '../../globals/navigation.ts';
import type { MaybePromise } from '../../base/maybe-promise.ts';
import { subtreeEnd } from '../../globals/key.ts';
import type { Log } from '../../ports/log.ts';
import type { DatabaseAccess, DataPlace, NodeChange, Read, ReadSpan } from '../database-access.ts';
import type { Reply } from '../wire/frame.ts';
import type { CatalogueEntry } from '../wire/handshake.ts';
import { CacheSpace, type BlockCache } from './block-cache.ts';
import type { DataServerConnection } from './data-server-connection.ts';
import { Overlay } from './overlay.ts';
import type { JobSink } from '../job-sink.ts';
import type { Pending } from './pending.ts';
import {
  PendingChange,
  PendingQuery,
  type ChangeListener,
  type Target,
} from './pending-requests.ts';
import { SequenceRanges, type SequenceCounters } from '../sequence-ranges.ts';
import { RemoteReader, SnapshotReader, type Missed } from './remote-reader.ts';
import type { SynchronousGate } from './synchronous-gate.ts';

export interface RemoteDatabaseSettings {
  /** Its name on this app server. */
  readonly name: string;
  /** Its name on the data server. */
  readonly database: string;
  readonly readOnly: boolean;
}

export interface CacheCounters {
  readonly sequences: SequenceCounters;
  readonly hits: { inc(by?: number): void };
  /** Of them, those that may be out of date for longer than the stream takes (A.2.2). */
  readonly hitsInTrouble: { inc(by?: number): void };
  readonly misses: { inc(by?: number): void };
}

const BLOCK_SIZE_UNTIL_KNOWN = 8192;

/** One read that is not answered yet. */
interface OpenRead<T> {
  readonly job: JobSink;
  readonly read: Read<T>;
  readonly span: () => ReadSpan;
  readonly resolve: (result: T) => void;
  readonly reject: (error: unknown) => void;
  fetches: number;
}

export class RemoteDatabase implements DatabaseAccess, Target, ChangeListener {
  readonly settings: RemoteDatabaseSettings;
  readonly connection: DataServerConnection;
  readonly place: DataPlace;
  readonly #space: CacheSpace;
  readonly #overlay = new Overlay();
  readonly #reader: RemoteReader;
  readonly #sequences: SequenceRanges;
  readonly #gate: SynchronousGate;
  readonly #counters: CacheCounters;
  readonly #log: Log;
  #entry: CatalogueEntry | undefined;
  /** Where the last fetched blocks ended: a miss there is a scan, and asks for more ahead. */
  #scanEdge: Uint8Array | undefined;
  #ahead = 0;

  constructor(
    settings: RemoteDatabaseSettings,
    server: { readonly connection: DataServerConnection; readonly place: DataPlace },
    cache: BlockCache,
    gate: SynchronousGate,
    counters: CacheCounters,
    log: Log,
  ) {
    this.#log = log;
    this.settings = settings;
    this.connection = server.connection;
    this.place = server.place;
    this.#space = new CacheSpace(cache, BLOCK_SIZE_UNTIL_KNOWN);
    this.#reader = new RemoteReader(this.#space, this.#overlay);
    this.#gate = gate;
    this.#sequences = new SequenceRanges(this, gate.clock, counters.sequences);
    this.#counters = counters;
  }

  get name(): string {
    return this.settings.name;
  }

  get entry(): CatalogueEntry | undefined {
    return this.#entry;
  }

  /** Its name for ever, once the data server has told. */
  get uuid(): string | undefined {
    return this.#entry?.uuid;
  }

  get cachedBlocks(): number {
    return this.#space.count;
  }

  number(): number {
    if (this.#entry === undefined) {
      const { name, database } = this.settings;
      throw new EcpError(
        'DATABASE',
        `${name}: data server ${this.connection.settings.name} has no database ${database}`,
      );
    }
    return this.#entry.number;
  }

  // ── What the connection tells ────────────────────────────────────────────────────────────────────────

  catalogue(entries: readonly CatalogueEntry[]): void {
    const entry = entries.find((candidate) => candidate.name === this.settings.database);
    const before = this.#entry;
    // Another number: it was away in between.
    const isSame = before?.uuid === entry?.uuid && before?.number === entry?.number;
    if (before !== undefined && !isSame) this.flush();
    this.#entry = entry;
    if (entry !== undefined) this.#space.blockSize = entry.blockSize;
  }

  block(bytes: Uint8Array): void {
    const block = this.#space.insert(bytes);
    this.#log.debug('block into the cache', { database: this.name });
    // The furthest end of what came is where a scan misses next.
    if (this.#scanForward) {
      if (
        this.#scanEdge === undefined ||
        block.high === undefined ||
        compareBytes(block.high, this.#scanEdge) > 0
      ) {
        this.#scanEdge = block.high;
      }
    } else if (this.#scanEdge === undefined || compareBytes(block.low, this.#scanEdge) < 0) {
      this.#scanEdge = block.low;
    }
  }

  #scanForward = true;

  invalidate(low: Uint8Array, high: Uint8Array | undefined): number {
    const dropped = this.#space.invalidate(low, high);
    if (dropped > 0) this.#log.debug('block dropped from the cache', { database: this.name });
    return dropped;
  }

  /** Every copy is out of date; what is under way stays (rule R8). Its data may be of another time: ranges end, too. */
  flush(): void {
    this.#space.flush();
    this.#sequences.forget();
  }

  sessionEnded(): void {
    // What the data server allows is asked anew.
    this.#entry = undefined;
    this.flush();
    this.#overlay.clear();
  }

  // ── Reads ────────────────────────────────────────────────────────────────────────────────────────────

  textAtOnce(bytes: Uint8Array, length: number): string | undefined | typeof MISS {
    if (!this.#gate.open()) return MISS;
    const text = this.#reader.textFromCache(bytes, length);
    if (text !== MISS) this.#countHit();
    return text;
  }

  read<T>(job: JobSink, read: Read<T>, span: () => ReadSpan): MaybePromise<T> {
    if (!this.#gate.open()) return this.#gate.wait().then(() => this.read(job, read, span));
    const result = read(this.#reader);
    if (result !== MISS) {
      this.#countHit();
      return result;
    }
    this.#counters.misses.inc();
    return new Promise<T>((resolve, reject) => {
      this.#supply({ job, read, span, resolve, reject, fetches: 0 }, this.#reader);
    });
  }

  #countHit(): void {
    this.#counters.hits.inc();
    if (this.connection.state === 'trouble') this.#counters.hitsInTrouble.inc();
  }

  /** Gets what the read missed, then evaluates it again, in the same step in which it arrived. */
  #supply<T>(open: OpenRead<T>, reader: RemoteReader | SnapshotReader): void {
    const missed = reader.missed as Missed;
    reader.missed = undefined;
    const again = (): void => this.#evaluate(open, reader);
    try {
      switch (missed.kind) {
        case 'change':
          missed.change.whenAnswered(again);
          return;
        case 'long':
          this.#fetchLong(open, missed, again);
          return;
        case 'block':
          open.fetches++;
          this.#log.debug('block not in the cache', { database: this.name });
          if (open.fetches > READ_RESTARTS_MAX + 1) this.#scan(open);
          else this.#fetch(open, missed, again);
          return;
      }
    } catch (error) {
      open.reject(error);
    }
  }

  #evaluate<T>(open: OpenRead<T>, reader: RemoteReader | SnapshotReader): void {
    try {
      const result = open.read(reader);
      if (result === MISS) this.#supply(open, reader);
      else open.resolve(result);
    } catch (error) {
      open.reject(error);
    }
  }

  #submit(pending: Pending): void {
    // The answer, or the error, comes by the request itself: this may run inside another one's answer.
    try {
      this.connection.transactions.check(pending.job);
      void this.connection.submit(pending);
    } catch (error) {
      if (!isEcpError(error)) throw error;
      pending.fail(error);
    }
  }

  #fetch<T>(
    open: OpenRead<T>,
    missed: Extract<Missed, { kind: 'block' }>,
    again: () => void,
  ): void {
    const { key, reverse } = missed;
    const scanning =
      this.#scanEdge !== undefined &&
      compareBytes(this.#scanEdge, key) === 0 &&
      this.#scanForward !== reverse;
    this.#ahead = scanning ? Math.min(PREFETCH_BLOCKS_MAX, this.#ahead * 2 + 1) : 0;
    this.#scanForward = !reverse;
    this.#scanEdge = undefined;
    const blockSize = this.#entry?.blockSize ?? BLOCK_SIZE_UNTIL_KNOWN;
    this.#submit(
      PendingQuery.fetch(
        open.job,
        this,
        { key, ahead: this.#ahead, reverse, blockSize },
        { done: again, failed: open.reject },
      ),
    );
  }

  /** The data server answers the read itself (rule R7). */
  #scan<T>(open: OpenRead<T>): void {
    this.#submit(
      PendingQuery.scan(open.job, this, open.span(), {
        done: (nodes) =>
          this.#evaluate(
            open,
            new SnapshotReader(
              nodes.map((node) => ({ ...node, key: node.key.slice(), value: node.value.slice() })),
            ),
          ),
        failed: open.reject,
      }),
    );
  }

  /** Gets a long value piece by piece; if it is gone meanwhile, its block is read again (rule R13). */
  #fetchLong<T>(
    open: OpenRead<T>,
    missed: Extract<Missed, { kind: 'long' }>,
    again: () => void,
  ): void {
    const value = new Uint8Array(missed.length);
    const next = (offset: number): void => {
      this.#submit(
        PendingQuery.long(
          open.job,
          this,
          { id: missed.id, offset },
          {
            done: (part) => {
              if (part.total !== missed.length || part.bytes.length === 0) {
                const { from, to } = open.span();
                this.#space.invalidate(from, to);
                this.#evaluate(open, this.#reader);
                return;
              }
              const end = offset + part.bytes.length;
              if (end > missed.length)
                throw new EcpError('DAMAGED', 'a long value longer than its length');
              value.set(part.bytes, offset);
              if (end < missed.length) return next(end);
              missed.keep(value);
              again();
            },
            failed: open.reject,
          },
        ),
      );
    };
    next(0);
  }

  /** The node's value where it is known here, changes under way included. */
  known(key: Uint8Array): Uint8Array | undefined | typeof MISS {
    const value = this.#reader.get(key);
    this.#reader.missed = undefined;
    return value;
  }

  // ── Changes ──────────────────────────────────────────────────────────────────────────────────────────

  change(job: JobSink, key: Uint8Array, change: NodeChange): MaybePromise<void> {
    const pending = this.#pendingChange(job, key, change);
    if (change.kind === 'kill') this.#overlay.kill(key, pending);
    else this.#overlay.set(key, change.kind === 'set' ? change.value : undefined, pending);
    return this.connection.submit(pending);
  }

  /** What keeps a change from being made makes all of its transaction rollback-only (§4.3.2). */
  #pendingChange(job: JobSink, key: Uint8Array, change: NodeChange): PendingChange {
    try {
      this.#checkWritable();
      this.connection.assertTakes();
      return new PendingChange(job, this, key, change, this, this.connection.transactions.of(job));
    } catch (error) {
      if (isEcpError(error)) job.jobTransaction?.fail(error);
      throw error;
    }
  }

  /** In a transaction it is not undone, and no part of it (rule R17). */
  increment(job: JobSink, key: Uint8Array, by: Uint8Array): Promise<Uint8Array> {
    return this.#answered(
      new PendingChange(job, this, key, { kind: 'increment', by }, this),
      (pending) => pending.result as Uint8Array,
    );
  }

  sequence(job: JobSink, key: Uint8Array): MaybePromise<number> {
    this.#checkWritable();
    const value = this.#sequences.atHand(key);
    if (value !== undefined) return value;
    this.connection.transactions.check(job);
    return this.#sequences.taken(key);
  }

  merge(
    job: JobSink,
    key: Uint8Array,
    source: DatabaseAccess,
    sourceKey: Uint8Array,
  ): Promise<void> | undefined {
    if (!(source instanceof RemoteDatabase) || source.connection !== this.connection)
      return undefined;
    // In a transaction it is made of SETs, each of which is undone.
    if ((job.jobTransaction?.level ?? 0) > 0) return undefined;
    const operation = { kind: 'merge', from: source, fromKey: sourceKey } as const;
    return this.#answered(new PendingChange(job, this, key, operation, this), () => undefined);
  }

  /** A change whose effect only the data server knows: reads of its node or subtree wait for the answer. */
  #answered<T>(pending: PendingChange, result: (pending: PendingChange) => T): Promise<T> {
    this.#checkWritable();
    this.connection.transactions.check(pending.job);
    this.connection.assertTakes();
    this.#overlay.await(pending.key, pending);
    return new Promise<T>((resolve, reject) => {
      // Returns when it is durable; a refusal ends it at once.
      pending.onRefused = reject;
      pending.onSettled = (error) => {
        if (error === undefined) resolve(result(pending));
        else reject(error);
      };
      const accepted = this.connection.submit(pending);
      accepted?.then(undefined, reject);
    });
  }

  #checkWritable(): void {
    if (this.settings.readOnly || this.#entry?.readOnly === true) {
      throw new EcpError('PROTECT', `${this.name} is read-only`);
    }
  }

  /** Blocks tell of it from here on, and of what came after it: over them it would be a step back (A.1.1). */
  included(change: PendingChange): void {
    this.#overlay.settle(change.key, change);
  }

  /** The change is applied at the data server: its copy here follows, at the same place of the stream (rule R3). */
  applied(change: PendingChange, reply: Reply): void {
    this.#overlay.settle(change.key, change);
    if (reply.kind === 'failed') {
      this.#refused(change, reply);
      return;
    }
    const { key, operation } = change;
    if (change.isIncluded && operation.kind !== 'increment') return;
    switch (operation.kind) {
      case 'set':
        this.#space.applySet(key, operation.value);
        return;
      case 'kill':
        this.#space.applyKill(key, subtreeEnd(key));
        return;
      case 'zkill':
        this.#space.applyZkill(key);
        return;
      case 'increment':
        if (reply.kind !== 'incremented')
          throw new EcpError('DAMAGED', `${reply.kind} answers an $INCREMENT`);
        change.result = reply.value.slice();
        if (!change.isIncluded) this.#space.applySet(key, change.result);
        return;
      case 'merge':
        // The data server has invalidated what it changed.
        return;
    }
  }

  #refused(change: PendingChange, reply: Extract<Reply, { kind: 'failed' }>): void {
    const cause = new EcpError(reply.code, bareMessage(reply.message));
    const { kind } = change.operation;
    change.ended = true;
    change.transaction?.fail(cause);
    if (change.onRefused !== undefined) {
      change.onRefused(cause);
      return;
    }
    // The caller has gone on: the job hears of it later (§2.2).
    const error = new EcpError(
      'NETWORK DATA UPDATE FAILED',
      `${kind} failed at the data server: ${cause.message}`,
      { cause },
    );
    change.job.delayError(error);
  }

  failed(change: PendingChange, error: EcpError): void {
    this.#overlay.settle(change.key, change);
    if (change.isAwaited) return;
    // Whoever awaited a change that was never sent has seen this; once sent, its promise has resolved.
    if (change.sequence === 0 && change.accepted?.observed === true) return;
    change.job.delayError(error);
  }
}
