/**
 * One database: its blocks in the buffer pool over a page store, and the changes of its nodes.
 *
 * The blocks' ranges cover the key space without gap. A key's block is in the pool, or else the page with the
 * greatest low ≤ key is it. That holds by these invariants:
 *
 * 1. A block that differs from the page store's last completed commit is in the pool (pinned, buffer-pool.ts).
 * 2. Pooled blocks that came from splitting, merging or detaching cover together the whole range of the pages
 *    they replace: such pages are dead, and no lookup reaches them because the pool is asked first.
 * 3. Pages whose low is no block's low any more are noted in #unstored, and go with the next commit.
 *
 * Identifiers of blocks and long values are a generation, new at each start of the engine, times 2^32, plus a
 * counter: what a crash forgot was of an older generation and is never given out again (rule R13).
 */
import { assert } from '../base/assert.ts';
import { compareBytes } from '../base/bytes.ts';
import { bareMessage, EcpError, messageOf } from '../base/errors.ts';
import { LONG_VALUE_FRACTION } from '../base/limits.ts';
import { matchesGlobal } from '../globals/global-pattern.ts';
import { globalOf, subscriptsStart, subtreeEnd } from '../globals/key.ts';
import { silentLog, type Log } from '../ports/log.ts';
import type { PageBatch, PageStore, StoredPage } from '../ports/page-store.ts';
import { Block, encodeLongStub, LOWEST_KEY } from './block.ts';
import type { Change } from './change.ts';
import { type BufferPool, Frame, type FrameOwner } from './buffer-pool.ts';
import { longIdsWithin } from './capture.ts';
import { closedPageStore } from './closed-page-store.ts';
import {
  blockCapacity,
  decodeDatabaseHeader,
  decodePage,
  encodeDatabaseHeader,
  encodePage,
  GENERATION_FACTOR,
  pageSeed,
} from './page.ts';
import { LongValues } from './long-values.ts';
import { placeText } from './place-text.ts';
import { RangeIndex } from './range-index.ts';
import { Room } from './room.ts';
import { splitBoundary } from './split-boundary.ts';
import { Unstored, type UnstoredState } from './unstored.ts';

/** A block this much below its capacity looks for a neighbour to merge with; together they fill at most 3/4. */
const MERGE_BELOW = 1 / 4;
const MERGE_FILL_MAX = 3 / 4;
/** A compaction leaves room for a few changes. */
const COMPACT_FILL_MAX = 9 / 10;

/** Told of what happens to blocks, synchronously: the coherence directory (rule R2). */
export interface BlockObserver {
  /** The block's nodes changed. */
  changed(database: DatabaseStore, block: Block): void;
  /** `left` gave its upper part to the new block `right`. */
  split(database: DatabaseStore, left: Block, right: Block): void;
  /** `into` took over the blocks whose ranges made up [from, to); their ids are dead. */
  merged(database: DatabaseStore, into: Block, from: Uint8Array, to: Uint8Array | undefined): void;
}

export interface DatabaseOptions {
  readonly number: number;
  readonly name: string;
  readonly uuid: string;
  readonly blockSize: number;
  readonly isJournaled: boolean;
  readonly unjournaledGlobals?: readonly string[];
  /** Begins empty at each start: no journal ever speaks of it. */
  readonly isTemporary?: boolean;
}

export class DatabaseStore implements FrameOwner {
  readonly number: number;
  readonly name: string;
  readonly blockSize: number;
  readonly isTemporary: boolean;
  /** Whether its changes go into the journal; the engine switches it. */
  isJournaled: boolean;
  /** Globals that are excepted from it, likewise: names, or beginnings of names and `*`. */
  unjournaledGlobals: readonly string[];
  /** Packed size that a block may have. */
  readonly capacity: number;
  #store: PageStore;
  readonly #log: Log;
  readonly #pool: BufferPool;
  readonly #index = new RangeIndex<Frame>();
  #uuid: string;
  #seed: number;
  readonly #longValueBytes: number;
  #generation = 0;
  #lastId = 0;
  /** Position of the journal that the page store's state includes. */
  #storedPosition = 0;
  /** Of the journal's image that it was opened with, if there was one. */
  #imagePosition = 0;
  /** Whether the page store has a state at all. */
  #isStored = false;
  readonly #unstored: Unstored;
  /** What it takes on disk, and may take. */
  readonly room: Room;
  #observer: BlockObserver | undefined;
  #pageReads = 0;

  constructor(options: DatabaseOptions, store: PageStore, pool: BufferPool, log: Log = silentLog) {
    this.#log = log;
    const header = store.header();
    const known = header === undefined ? undefined : decodeDatabaseHeader(header);
    this.number = options.number;
    this.name = options.name;
    this.#uuid = known?.uuid ?? options.uuid;
    // A database keeps the block size that it was made with.
    this.blockSize = known?.blockSize ?? options.blockSize;
    this.isJournaled = options.isJournaled;
    this.unjournaledGlobals = options.unjournaledGlobals ?? [];
    this.isTemporary = options.isTemporary ?? false;
    this.capacity = blockCapacity(this.blockSize) - store.overheadBytes;
    this.#store = store;
    this.#pool = pool;
    this.#seed = pageSeed(this.#uuid);
    // A database that begins now has checksums from its first.
    const longValues = new LongValues(
      this.name,
      this.#seed,
      known === undefined ? 0 : known.checkedFrom,
      (id) => this.#store.longValue(id),
    );
    this.#unstored = new Unstored(pool, longValues, log);
    this.room = new Room(this.name, this.blockSize, () => this.#store.usage());
    this.#longValueBytes = Math.floor(this.blockSize / LONG_VALUE_FRACTION);
    if (known !== undefined) {
      this.#storedPosition = known.position;
      this.#generation = known.generation;
      this.#isStored = true;
    }
  }

  /** Names the database for ever. */
  get uuid(): string {
    return this.#uuid;
  }

  /** Takes the name for ever that the journal knows a database by whose page store was never written. */
  adopt(uuid: string): void {
    assert(!this.#isStored, 'only a database that was never stored takes another UUID');
    this.#uuid = uuid;
    this.#seed = pageSeed(uuid);
    this.#unstored.longValues.seed = this.#seed;
  }

  /** The generation of the newest identifiers that may be in use. */
  get generation(): number {
    return this.#generation;
  }

  get storedPosition(): number {
    return this.#storedPosition;
  }

  /** What it includes when it is opened: its page store's state, or a later image of it in the journal. */
  get includedPosition(): number {
    return Math.max(this.#storedPosition, this.#imagePosition);
  }

  get isStored(): boolean {
    return this.#isStored;
  }

  /** Whether a checkpoint has anything to write. */
  get isDirty(): boolean {
    return !this.#unstored.isEmpty;
  }

  get pageReads(): number {
    return this.#pageReads;
  }

  /** Blocks in the pool. */
  get pooledBlocks(): number {
    return this.#index.size;
  }

  /** Starts giving out identifiers of a generation above any before; makes the first block of a new database. */
  start(generation: number): void {
    assert(generation > this.#generation, 'a generation of identifiers is new');
    this.#generation = generation;
    this.#lastId = generation * GENERATION_FACTOR;
    // Those of a store of version 1 have checksums from here on.
    this.#unstored.longValues.checkedFrom ??= generation;
    if (!this.#isStored && this.#index.size === 0) {
      const block = Block.empty(this.#nextId(), LOWEST_KEY, undefined, this.capacity);
      this.#markDirty(this.#pooled(block));
    }
  }

  observe(observer: BlockObserver): void {
    assert(this.#observer === undefined, 'a database has one observer');
    this.#observer = observer;
  }

  /** The block whose range holds the key (the first `length` bytes of `key`): from the pool, or read. */
  blockFor(key: Uint8Array, length = key.length): Block {
    return this.#frameFor(key, length).block;
  }

  /** The next block to the right; undefined at the end of the key space. */
  blockAfter(block: Block): Block | undefined {
    return block.high === undefined ? undefined : this.blockFor(block.high);
  }

  /** The next block to the left; undefined at the beginning of the key space. */
  blockBefore(block: Block): Block | undefined {
    return block.low.length === 0 ? undefined : this.#frameBelow(block.low).block;
  }

  /** The block that holds the keys just below `key`: below the end of the key space if undefined. */
  blockBelow(key: Uint8Array | undefined): Block {
    return this.#frameBelow(key).block;
  }

  /** A node's value, whole; a view that the next look-up or change makes invalid (buffer-pool.ts). */
  get(key: Uint8Array, length = key.length): Uint8Array | undefined {
    const { block } = this.#frameFor(key, length);
    const index = block.find(key, length);
    if (index < 0) return undefined;
    if (!block.isLong(index)) return block.valueAt(index);
    const { id } = block.longAt(index);
    const value = this.readLong(id);
    if (value === undefined) throw this.#damaged(block.low, 'a long value is missing');
    return value;
  }

  /** A long value, or undefined if there is none of this id: the block was changed since (rule R13). */
  readLong(id: number): Uint8Array | undefined {
    return this.#unstored.longValues.read(id);
  }

  /** Names where it is: the block whose range begins at `low`. */
  #damaged(low: Uint8Array, problem: string): EcpError {
    return new EcpError('DAMAGED', `${this.name}, block from ${placeText(low)} on: ${problem}`);
  }

  set(key: Uint8Array, value: Uint8Array): void {
    const { length } = value;
    const isLong = length > this.#longValueBytes;
    // A damaged page is found out before anything changes.
    let frame = this.#frameFor(key, key.length);
    assert(value.length === length, 'a value that is set is no view of a block that was evicted');
    let content = value;
    if (isLong) {
      const id = this.#nextId();
      this.#unstored.longValues.put(id, value);
      content = encodeLongStub({ id, length: value.length });
    }
    if (frame.block.mayHoldLong) this.#freeAt(frame.block, key);
    this.#beforeChange(frame);
    while (!frame.block.set(key, key.length, content, isLong)) {
      this.#split(frame, key);
      frame = this.#frameFor(key, key.length);
    }
    this.#changed(frame);
  }

  /** EcpError FILEFULL where a node's new value might need more on disk than the database may take. */
  assertRoom(valueLength: number): void {
    const longBytes = valueLength > this.#longValueBytes ? valueLength : 0;
    const { blockCount, longValues } = this.#unstored;
    this.room.assertFor(blockCount, longValues.pendingBytes + longBytes);
  }

  /** Merges the block that holds `key` with the next, where both are sparse. Where to go on; undefined at the end. */
  compactAt(key: Uint8Array): Uint8Array | undefined {
    const frame = this.#frameFor(key, key.length);
    const { low, high } = frame.block;
    if (high === undefined) return undefined;
    const next = this.#frameFor(high, high.length);
    // Reading the next may have put the first out of the pool.
    const isMerged = frame.slot >= 0 && this.#merge(frame, next, COMPACT_FILL_MAX);
    return isMerged ? low : high;
  }

  /** Removes one node; false if it was not there. */
  zkill(key: Uint8Array): boolean {
    const frame = this.#frameFor(key, key.length);
    const index = frame.block.find(key);
    if (index < 0) return false;
    if (frame.block.mayHoldLong) this.#freeAt(frame.block, key);
    this.#beforeChange(frame);
    frame.block.removeAt(index);
    this.#changed(frame);
    this.#mergeIfSmall(frame);
    return true;
  }

  /**
   * Removes every node with from ≤ key < to in one step (rule R14), whatever their number: whole blocks
   * between the first and the last are detached without being read. False if nothing was there.
   */
  killRange(from: Uint8Array, to: Uint8Array | undefined): boolean {
    if (to !== undefined && compareBytes(from, to) >= 0) return false;
    const first = this.#frameFor(from, from.length);
    const { high } = first.block;
    if (high === undefined || (to !== undefined && compareBytes(to, high) <= 0)) {
      if (!this.#removeWithin(first, from, to)) return false;
    } else {
      // All that has to be read is read before anything changes; being dirty keeps the first in the pool.
      this.#markDirty(first);
      const last = this.#frameBelow(to);
      const isDetaching = compareBytes(high, last.low) < 0;
      const hasFirst = this.#removeWithin(first, from, to);
      // Before a hole enters the pool, which may evict: a block that lost something is dirty, too.
      const hasLast = this.#removeWithin(last, from, to);
      if (isDetaching) this.#detach(first, high, last.low);
      if (hasLast) this.#changed(last);
      if (!hasFirst && !isDetaching && !hasLast) return false;
    }
    this.#changed(first);
    this.#mergeIfSmall(first);
    return true;
  }

  /**
   * Sets aside everything that changed since the last call, for one atomic commit that includes the journal up to
   * `position`: the state of now, whatever changes before it is encoded.
   */
  beginCommit(position: number): void {
    const header = encodeDatabaseHeader({
      uuid: this.uuid,
      blockSize: this.blockSize,
      position,
      generation: this.#generation,
      checkedFrom: this.#unstored.longValues.checkedFrom,
    });
    this.#unstored.begin(header, {
      stored: this.#store,
      encodePage: (block: Block) => encodePage(block, this.#seed),
      decodePage: (page: StoredPage) => this.#decoded(page),
    });
  }

  /** Encodes about `bytes` of what was set aside: the whole commit when that was the last of it. EcpError DAMAGED. */
  prepareCommit(bytes: number): PageBatch | undefined {
    return this.#unstored.prepare(bytes);
  }

  /** Takes back a commit of which nothing was prepared. */
  cancelCommit(): void {
    this.#unstored.cancel();
  }

  /** By what it differs from its page store, while no commit is under way. */
  get unstored(): UnstoredState {
    return this.#unstored.state;
  }

  /** Takes over what it was at `position` from an image, before anything else is done with it. */
  restore(state: UnstoredState, position: number): void {
    for (const frame of [...this.#index]) this.#forget(frame);
    for (const block of state.blocks) this.#markDirty(this.#pooled(block));
    this.#unstored.restore(state);
    this.#imagePosition = position;
  }

  /** The commit is durable. */
  commitDone(position: number): void {
    this.#unstored.done();
    this.#storedPosition = position;
    this.#isStored = true;
    this.room.stored();
    this.#pool.shrink();
  }

  /** Starts a commit; see PageStore.commit. */
  commit(batch: PageBatch, done: (error: unknown) => void): void {
    this.#store.commit(batch, (error) => {
      if (error === undefined || error === null) {
        this.#log.debug('blocks written to disk', {
          database: this.name,
          blocks: batch.pages.length,
        });
      }
      done(error);
    });
  }

  /** What its last commit stored: for who copies or checks it. */
  get pages(): PageStore {
    return this.#store;
  }

  sizeBytes(): number {
    return this.#store.sizeBytes();
  }

  /** Whether a change goes into the journal. */
  journals(change: Change, isInTransaction: boolean): boolean {
    if (this.isTemporary) return false;
    if (isInTransaction) return true;
    if (!this.isJournaled) return false;
    if (this.unjournaledGlobals.length === 0) return true;
    return !this.#isUnjournaled(change);
  }

  #isUnjournaled(change: Change): boolean {
    const key = change.kind === 'killRange' ? change.from : change.key;
    if (key.length === 0) return false;
    if (change.kind === 'killRange') {
      // A range that reaches beyond a global is no exception of any.
      const end = subtreeEnd(key.subarray(0, subscriptsStart(key)));
      if (change.to === undefined || compareBytes(change.to, end) > 0) return false;
    }
    return matchesGlobal(this.unjournaledGlobals, globalOf(key));
  }

  /** Lets go of its blocks and closes the page store; reads answer <DATABASE> from here on. */
  close(): Promise<void> {
    for (const frame of [...this.#index]) this.#forget(frame);
    const store = this.#store;
    this.#store = closedPageStore(this.name);
    return store.close();
  }

  evicted(frame: Frame): void {
    this.#index.remove(frame);
  }

  /** Every block there is, ascending, read as needed, each until the next is asked for: for verification and tests. */
  *blocks(): IterableIterator<Block> {
    let block: Block | undefined = this.blockFor(LOWEST_KEY);
    while (block !== undefined) {
      yield block;
      block = this.blockAfter(block);
    }
  }

  #nextId(): number {
    this.#lastId++;
    assert(
      this.#lastId < (this.#generation + 1) * GENERATION_FACTOR,
      'a generation does not run out of identifiers',
    );
    return this.#lastId;
  }

  #frameFor(key: Uint8Array, length: number): Frame {
    const frame = this.#index.find(key, length);
    if (frame === undefined) return this.#load(length === key.length ? key : key.slice(0, length));
    frame.isReferenced = true;
    return frame;
  }

  #load(key: Uint8Array): Frame {
    this.#log.debug('block not in the buffer pool', { database: this.name });
    const page = this.#store.floor(key);
    if (page === undefined) throw this.#damaged(key, 'its page is missing');
    const frame = this.#read(page);
    if (!frame.block.covers(key)) throw this.#damaged(key, 'its page is missing');
    return frame;
  }

  #frameBelow(key: Uint8Array | undefined): Frame {
    const pooled = this.#index.below(key);
    if (pooled !== undefined) {
      const { high } = pooled;
      const reaches = high === undefined || (key !== undefined && compareBytes(high, key) >= 0);
      if (reaches) {
        pooled.isReferenced = true;
        return pooled;
      }
    }
    // No pooled block holds those keys, so no dead page does (invariant 2): the page below is the block.
    this.#log.debug('block not in the buffer pool', { database: this.name });
    const page = this.#store.before(key);
    if (page === undefined) throw this.#damaged(LOWEST_KEY, 'its page is missing');
    return this.#read(page);
  }

  #read(page: StoredPage): Frame {
    this.#pageReads++;
    this.#log.debug('block read from disk', { database: this.name });
    const frame = this.#pooled(this.#decoded(page));
    this.#log.debug('block into the buffer pool', { database: this.name });
    return frame;
  }

  #decoded(page: StoredPage): Block {
    try {
      return decodePage(page, this.#seed, this.capacity);
    } catch (error) {
      throw this.#damaged(page.key, bareMessage(messageOf(error)));
    }
  }

  #pooled(block: Block): Frame {
    const frame = new Frame(block, this);
    this.#index.insert(frame);
    this.#pool.add(frame);
    return frame;
  }

  /**
   * A commit may be about to store a block as it is: to be called before it is changed in any way. Splitting and
   * detaching come after it was, by `set` and #removeWithin.
   */
  #beforeChange(frame: Frame): void {
    if (frame.isUncaptured) this.#unstored.beforeChange(frame);
  }

  #markDirty(frame: Frame): void {
    this.#unstored.markDirty(frame);
  }

  #changed(frame: Frame): void {
    if (!frame.isDirty) this.#markDirty(frame);
    this.#observer?.changed(this, frame.block);
  }

  /** Takes a block out of the pool that is no more: merged or detached. */
  #forget(frame: Frame): void {
    this.#index.remove(frame);
    this.#pool.remove(frame);
    this.#unstored.forget(frame);
  }

  /** Makes room for a key that does not fit: in the middle, or right before a key that comes after all others. */
  #split(frame: Frame, key: Uint8Array): void {
    const { block } = frame;
    const boundary = splitBoundary(block, key);
    // The left block is pinned before the right one enters the pool, which may evict.
    this.#markDirty(frame);
    const right = block.split(this.#nextId(), boundary);
    const rightFrame = new Frame(right, this);
    this.#markDirty(rightFrame);
    this.#index.insert(rightFrame);
    this.#pool.add(rightFrame);
    this.#observer?.split(this, block, right);
  }

  #removeWithin(frame: Frame, from: Uint8Array, to: Uint8Array | undefined): boolean {
    const { block } = frame;
    for (const id of longIdsWithin(block, from, to)) this.#unstored.longValues.free(id);
    this.#beforeChange(frame);
    if (block.removeRange(from, to) === 0) return false;
    this.#markDirty(frame);
    return true;
  }

  /** The whole blocks of [from, to), between `first` and another, become an empty part of `first`. */
  #detach(first: Frame, from: Uint8Array, to: Uint8Array): void {
    for (const frame of this.#index.overlapping(from, to)) {
      for (const id of longIdsWithin(frame.block, from, to)) this.#unstored.longValues.free(id);
      this.#forget(frame);
    }
    this.#unstored.detach({ from, to });
    this.#markDirty(first);
    if (first.block.setHigh(to)) {
      this.#observer?.merged(this, first.block, from, to);
      return;
    }
    // A shorter prefix would have made the first block's nodes too large: the hole is a block of its own.
    const hole = Block.empty(this.#nextId(), from, to, this.capacity);
    const frame = new Frame(hole, this);
    this.#markDirty(frame);
    this.#index.insert(frame);
    this.#pool.add(frame);
    this.#observer?.merged(this, hole, from, to);
    this.#changed(frame);
  }

  /** Merges a block that shrank with a neighbour in the pool: reading one is not worth it, and could fail. */
  #mergeIfSmall(frame: Frame): void {
    const { block } = frame;
    if (block.byteLength > this.capacity * MERGE_BELOW) return;
    const right = block.high === undefined ? undefined : this.#index.find(block.high);
    if (right !== undefined && this.#merge(frame, right)) return;
    const left = this.#index.below(block.low);
    if (left?.high !== undefined && compareBytes(left.high, block.low) === 0) {
      this.#merge(left, frame);
    }
  }

  #merge(left: Frame, right: Frame, fillMax = MERGE_FILL_MAX): boolean {
    if (left.block.mergedLength(right.block) > this.capacity * fillMax) return false;
    const { low, high } = right.block;
    this.#forget(right);
    this.#markDirty(left);
    this.#beforeChange(left);
    const isMerged = left.block.absorb(right.block);
    assert(isMerged, 'the merged length was computed right');
    this.#unstored.remove({ from: low, to: high });
    this.#observer?.merged(this, left.block, low, high);
    return true;
  }

  /** The long value of a node, if it has one, is not needed any more. */
  #freeAt(block: Block, key: Uint8Array): void {
    const index = block.find(key);
    if (index >= 0 && block.isLong(index)) this.#unstored.longValues.free(block.longAt(index).id);
  }
}
