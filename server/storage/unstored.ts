/**
 * What the page store of one database does not have yet: dirty blocks, pages that are no more, long values; and of
 * that, what a commit under way is bringing there.
 *
 *   dirty ── begin ──► set aside ── prepare, in slices ──► handed over ── done ──► stored
 *     ▲                    │
 *     └───── cancel ───────┘   as long as nothing was prepared
 *
 * Without a commit under way it is also all that an image of the database in the journal needs (journal-images.ts).
 */
import { assert, present } from '../base/assert.ts';
import { freeBytes } from '../base/bytes.ts';
import type { Log } from '../ports/log.ts';
import type { PageBatch } from '../ports/page-store.ts';
import type { Block } from './block.ts';
import type { BufferPool, Frame } from './buffer-pool.ts';
import { Capture, type CaptureForm, type KeyRange } from './capture.ts';
import type { LongValues } from './long-values.ts';

/** By what a database differs from its page store. */
export interface UnstoredState {
  readonly blocks: readonly Block[];
  /** Pages that go, before blocks replace others. */
  readonly removed: readonly KeyRange[];
  /** Ranges whose nodes were killed without being read. */
  readonly detached: readonly KeyRange[];
  readonly longValues: ReadonlyMap<number, Uint8Array>;
  readonly longFreed: ReadonlySet<number>;
}

export class Unstored {
  readonly #pool: BufferPool;
  readonly #log: Log;
  readonly longValues: LongValues;
  #dirty = new Set<Frame>();
  #committing = new Set<Frame>();
  /** Of the commit under way, until it is handed to the page store. */
  #capture: Capture | undefined;
  /** What the page store was handed: nobody's but the commit's. */
  #handedOver: PageBatch | undefined;
  /** Ranges whose pages the next commit removes, before it puts any. */
  #removed: KeyRange[] = [];
  /** Ranges whose nodes were killed without being read: the next commit frees their long values. */
  #detached: KeyRange[] = [];

  constructor(pool: BufferPool, longValues: LongValues, log: Log) {
    this.#pool = pool;
    this.longValues = longValues;
    this.#log = log;
  }

  get isEmpty(): boolean {
    return this.#dirty.size === 0 && this.#removed.length === 0 && !this.longValues.isDirty;
  }

  /** Blocks that are to be stored: twice, where they changed again during a commit. */
  get blockCount(): number {
    return this.#dirty.size + this.#committing.size;
  }

  /** A block is about to change: a commit that is about to store it as it is encodes it now. */
  beforeChange(frame: Frame): void {
    if (frame.isUncaptured) present(this.#capture, 'what encodes a block').take(frame);
  }

  markDirty(frame: Frame): void {
    if (frame.isDirty) return;
    this.#pool.markDirty(frame);
    this.#dirty.add(frame);
  }

  /** A block is no more. */
  forget(frame: Frame): void {
    this.#dirty.delete(frame);
    this.#committing.delete(frame);
  }

  /** The pages of a range go. */
  remove(range: KeyRange): void {
    this.#removed.push(range);
  }

  /** They go unread, and with them their nodes' long values. */
  detach(range: KeyRange): void {
    this.#removed.push(range);
    this.#detached.push(range);
  }

  /** Sets aside all of it for one commit: the state of now, whatever changes before it is encoded. */
  begin(header: Uint8Array, form: CaptureForm): void {
    assert(this.#committing.size === 0, 'one commit of a database is under way');
    this.#committing = this.#dirty;
    this.#dirty = new Set();
    for (const frame of this.#committing) this.#pool.markCommitting(frame);
    const content = {
      frames: this.#committing,
      removeRanges: this.#removed,
      detached: this.#detached,
      longValues: this.longValues.capture(),
      header,
    };
    this.#removed = [];
    this.#detached = [];
    this.#capture = new Capture(content, form, this.#log);
  }

  /** Encodes about `bytes` of what was set aside: the whole commit when that was the last of it. EcpError DAMAGED. */
  prepare(bytes: number): PageBatch | undefined {
    const batch = present(this.#capture, 'a commit that was begun').advance(bytes);
    if (batch !== undefined) {
      this.#capture = undefined;
      this.#handedOver = batch;
    }
    return batch;
  }

  /** The commit is durable. Its copies go at once: there are a checkpoint's worth of them. */
  done(): void {
    const { pages = [], longValues = [] } = this.#handedOver ?? {};
    for (const { bytes } of pages) freeBytes(bytes);
    for (const { bytes } of longValues) if (bytes !== undefined) freeBytes(bytes);
    this.#handedOver = undefined;
    for (const frame of this.#committing) frame.isCommitting = false;
    this.#committing = new Set();
    this.longValues.commitDone();
  }

  /** Takes back a commit of which nothing was prepared: what was set aside is as dirty as what changed since. */
  cancel(): void {
    const { removeRanges, detached } = present(this.#capture, 'a commit that was begun').content;
    for (const frame of this.#committing) {
      frame.isCommitting = false;
      frame.isUncaptured = false;
      this.markDirty(frame);
    }
    this.#committing = new Set();
    this.#capture = undefined;
    this.#removed.unshift(...removeRanges);
    this.#detached.unshift(...detached);
    this.longValues.cancel();
  }

  /** What an image is made of, while no commit is under way. */
  get state(): UnstoredState {
    assert(this.#committing.size === 0, 'an image is made while no commit is under way');
    return {
      blocks: Array.from(this.#dirty, ({ block }) => block),
      removed: this.#removed,
      detached: this.#detached,
      longValues: this.longValues.unstored,
      longFreed: this.longValues.unstoredFreed,
    };
  }

  /** Takes over an image's; its blocks are the database's business. */
  restore(state: UnstoredState): void {
    this.#removed.push(...state.removed);
    this.#detached.push(...state.detached);
    for (const [id, value] of state.longValues) this.longValues.put(id, value);
    for (const id of state.longFreed) this.longValues.free(id);
  }
}
