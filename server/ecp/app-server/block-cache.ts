/**
 * The app server's block cache: copies of data servers' blocks, shared by all jobs of the instance, bounded
 * in bytes (guide §1.1 "a shared network buffer cache").
 *
 * A space holds the copies of one remote database. Copies of a space never overlap: where a new one does,
 * it wins (rule R2). Eviction is second chance: a copy that was read since the last sweep stays once more.
 */
import { assert } from '../../base/assert.ts';
import { CACHED_BLOCK_GROWTH_MAX, LONG_VALUE_FRACTION } from '../../base/limits.ts';
import { Block } from '../../storage/block.ts';
import { RangeIndex } from '../../storage/range-index.ts';

/** What a copy costs in memory beside its bytes, roughly. */
const COPY_OVERHEAD_BYTES = 320;

export class CachedBlock {
  readonly low: Uint8Array;
  readonly high: Uint8Array | undefined;
  readonly block: Block;
  readonly space: CacheSpace;
  /** Read since the last sweep. */
  referenced = true;
  /** Long values of its nodes, by id: they come and go with it. */
  longValues: Map<number, Uint8Array> | undefined;
  longBytes = 0;
  bytes: number;

  constructor(space: CacheSpace, block: Block) {
    this.space = space;
    this.block = block;
    this.low = block.low;
    this.high = block.high;
    this.bytes = block.memoryBytes + COPY_OVERHEAD_BYTES;
  }
}

export class BlockCache {
  /** In the order of the sweep: the first was looked at longest ago. */
  readonly #copies = new Set<CachedBlock>();
  #bytesMax: number;
  #bytes = 0;
  #evictions = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#copies.size;
  }

  get evictions(): number {
    return this.#evictions;
  }

  get bytesMax(): number {
    return this.#bytesMax;
  }

  resize(bytesMax: number): void {
    this.#bytesMax = bytesMax;
    this.#evict();
  }

  added(copy: CachedBlock): void {
    this.#copies.add(copy);
    this.#bytes += copy.bytes;
    this.#evict();
  }

  removed(copy: CachedBlock): void {
    if (this.#copies.delete(copy)) this.#bytes -= copy.bytes;
  }

  /** A copy grew or shrank; one that was dropped meanwhile counts no more. */
  resized(copy: CachedBlock, bytes: number): void {
    if (!this.#copies.has(copy)) return;
    this.#bytes += bytes - copy.bytes;
    copy.bytes = bytes;
    this.#evict();
  }

  #evict(): void {
    if (this.#bytes <= this.#bytesMax) return;
    for (const copy of this.#copies) {
      if (this.#bytes <= this.#bytesMax || this.#copies.size === 1) return;
      if (copy.referenced) {
        copy.referenced = false;
        // To the end of the sweep.
        this.#copies.delete(copy);
        this.#copies.add(copy);
      } else {
        this.#evictions++;
        copy.space.drop(copy);
      }
    }
  }
}

/** The copies of one remote database. */
export class CacheSpace {
  readonly #cache: BlockCache;
  readonly #index = new RangeIndex<CachedBlock>();
  #blockSize: number;
  #last: CachedBlock | undefined;

  constructor(cache: BlockCache, blockSize: number) {
    this.#cache = cache;
    this.#blockSize = blockSize;
  }

  get count(): number {
    return this.#index.size;
  }

  set blockSize(bytes: number) {
    this.#blockSize = bytes;
  }

  /** The copy that covers the key, if there is one. */
  find(key: Uint8Array, length = key.length): CachedBlock | undefined {
    let copy = this.#last;
    if (copy === undefined || !copy.block.covers(key, length)) {
      copy = this.#index.find(key, length);
      if (copy === undefined) return undefined;
      this.#last = copy;
    }
    copy.referenced = true;
    return copy;
  }

  /** The copy that covers the greatest keys below `key`. */
  findBelow(key: Uint8Array): CachedBlock | undefined {
    const copy = this.#index.below(key);
    if (copy === undefined) return undefined;
    copy.referenced = true;
    return copy;
  }

  /** Takes a block that a data server sent. */
  insert(bytes: Uint8Array): Block {
    const block = Block.decode(bytes, CACHED_BLOCK_GROWTH_MAX * this.#blockSize);
    this.#insert(block);
    return block;
  }

  #insert(block: Block): void {
    this.invalidate(block.low, block.high);
    const copy = new CachedBlock(this, block);
    this.#index.insert(copy);
    this.#cache.added(copy);
  }

  drop(copy: CachedBlock): void {
    this.#index.remove(copy);
    this.#cache.removed(copy);
    if (this.#last === copy) this.#last = undefined;
  }

  /** Drops every copy that has a part in [low, high); returns how many. */
  invalidate(low: Uint8Array, high: Uint8Array | undefined): number {
    const copies = this.#index.overlapping(low, high);
    for (const copy of copies) this.drop(copy);
    return copies.length;
  }

  flush(): void {
    for (let copy = this.#index.first(); copy !== undefined; copy = this.#index.first())
      this.drop(copy);
    assert(this.#index.size === 0, 'a flushed space holds nothing');
  }

  /** Applies an own change at its place in the stream: the copy equals the data server's block again. */
  applySet(key: Uint8Array, value: Uint8Array): void {
    const copy = this.#index.find(key);
    if (copy === undefined) return;
    // Long values live outside the block under an id that only the data server knows.
    if (value.length > this.#blockSize / LONG_VALUE_FRACTION) return this.drop(copy);
    if (copy.block.set(key, key.length, value)) {
      this.#measure(copy);
    } else {
      this.#split(copy);
      this.applySet(key, value);
    }
  }

  /** A copy that outgrew its limit becomes two (rule R12); one that cannot be split is dropped. */
  #split(copy: CachedBlock): void {
    this.drop(copy);
    if (copy.block.count < 2) return;
    const right = copy.block.split(copy.block.id);
    this.#insert(copy.block);
    this.#insert(right);
  }

  applyZkill(key: Uint8Array): void {
    const copy = this.#index.find(key);
    if (copy === undefined) return;
    const place = copy.block.find(key);
    if (place >= 0) copy.block.removeAt(place);
  }

  /** Removes the nodes of [from, to) from every copy. */
  applyKill(from: Uint8Array, to: Uint8Array): void {
    for (const copy of this.#index.overlapping(from, to)) copy.block.removeRange(from, to);
  }

  #measure(copy: CachedBlock): void {
    const bytes = copy.block.memoryBytes + COPY_OVERHEAD_BYTES + copy.longBytes;
    if (bytes !== copy.bytes) this.#cache.resized(copy, bytes);
  }

  keepLongValue(copy: CachedBlock, id: number, value: Uint8Array): void {
    copy.longValues ??= new Map();
    copy.longBytes += value.length - (copy.longValues.get(id)?.length ?? 0);
    copy.longValues.set(id, value);
    this.#measure(copy);
  }
}
