/**
 * The buffer pool: the decoded blocks of all databases of an instance, bounded in bytes. Eviction is by the
 * clock algorithm: a block used since the hand last passed gets a second chance.
 *
 * A frame is a block's place in the pool:
 *   clean        the page store's last completed commit has the same block: may be evicted at any time
 *   dirty        changed since it was last handed to a commit: pinned
 *   committing   handed to the commit under way, whose success is not known: pinned, for a read would see
 *                the page store's previous state; it may be dirty again at the same time
 *
 * An evicted block's memory goes at once (Block.release): a block, or a view into it, is good until the next look-up or
 * change in any database of the pool, and what is to be kept longer is copied.
 *
 * The pool exceeds its capacity only by pinned frames; `isOverfull` asks writers to wait for the next
 * checkpoint before that grows (rule R10).
 */
import { CHECKPOINT_DIRTY_BYTES, DIRTY_FRACTION } from '../base/limits.ts';
import type { Block } from './block.ts';

/** Who a frame belongs to: told when the pool lets it go. */
export interface FrameOwner {
  evicted(frame: Frame): void;
}

export class Frame {
  readonly block: Block;
  readonly owner: FrameOwner;
  /** For the range index, which looks at it millions of times a second: the block's own, never another. */
  readonly low: Uint8Array;
  isDirty = false;
  isCommitting = false;
  /** Committing, and not encoded yet: encoded at the latest before it changes (capture.ts). */
  isUncaptured = false;
  isReferenced = true;
  /** Place on the clock's face; -1 when not in the pool. */
  slot = -1;

  constructor(block: Block, owner: FrameOwner) {
    this.block = block;
    this.owner = owner;
    this.low = block.low;
  }

  get high(): Uint8Array | undefined {
    return this.block.high;
  }
}

export class BufferPool {
  #capacityBytes: number;
  #bytes = 0;
  #dirtyBytes = 0;
  readonly #frames: Frame[] = [];
  #hand = 0;
  #evictions = 0;

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get capacityBytes(): number {
    return this.#capacityBytes;
  }

  /** Another share of the instance's memory: what no longer fits is evicted. */
  resize(capacityBytes: number): void {
    this.#capacityBytes = capacityBytes;
    this.shrink();
  }

  /** Bytes of blocks, each counted with its capacity. */
  get bytes(): number {
    return this.#bytes;
  }

  get dirtyBytes(): number {
    return this.#dirtyBytes;
  }

  get blockCount(): number {
    return this.#frames.length;
  }

  get evictions(): number {
    return this.#evictions;
  }

  /** Enough is dirty for a checkpoint to pay. */
  get wantsCheckpoint(): boolean {
    return this.#dirtyBytes > this.#dirtyShare;
  }

  /** So much is dirty that writers have to wait. */
  get isOverfull(): boolean {
    return this.#dirtyBytes > this.#dirtyShare * 2;
  }

  get #dirtyShare(): number {
    return Math.min(this.#capacityBytes / DIRTY_FRACTION, CHECKPOINT_DIRTY_BYTES);
  }

  add(frame: Frame): void {
    frame.slot = this.#frames.length;
    this.#frames.push(frame);
    this.#bytes += frame.block.capacity;
    if (this.#bytes > this.capacityBytes) this.#evict(frame);
  }

  /** Takes a frame out because its block is gone. */
  remove(frame: Frame): void {
    if (frame.isDirty) this.#dirtyBytes -= frame.block.capacity;
    frame.isDirty = false;
    this.#drop(frame);
  }

  markDirty(frame: Frame): void {
    if (frame.isDirty) return;
    frame.isDirty = true;
    this.#dirtyBytes += frame.block.capacity;
  }

  /** The frame's present content was handed to a commit. */
  markCommitting(frame: Frame): void {
    if (frame.isDirty) this.#dirtyBytes -= frame.block.capacity;
    frame.isDirty = false;
    frame.isCommitting = true;
  }

  /** Evicts down to the capacity: frames that a commit unpinned. */
  shrink(): void {
    this.#evict(undefined);
  }

  #drop(frame: Frame): void {
    const last = this.#frames.pop();
    if (last !== undefined && last !== frame) {
      this.#frames[frame.slot] = last;
      last.slot = frame.slot;
    }
    frame.slot = -1;
    this.#bytes -= frame.block.capacity;
  }

  /** Moves the hand, at most twice around, until there is room; `keep` was just asked for. */
  #evict(keep: Frame | undefined): void {
    for (
      let steps = this.#frames.length * 2;
      steps > 0 && this.#bytes > this.capacityBytes;
      steps--
    ) {
      if (this.#hand >= this.#frames.length) this.#hand = 0;
      const frame = this.#frames[this.#hand] as Frame;
      if (frame.isDirty || frame.isCommitting || frame === keep) {
        this.#hand++;
      } else if (frame.isReferenced) {
        frame.isReferenced = false;
        this.#hand++;
      } else {
        this.#drop(frame);
        this.#evictions++;
        frame.owner.evicted(frame);
        frame.block.release();
      }
    }
  }
}
