/**
 * What one commit of a database takes: the state at one position of the journal, encoded in slices while changes go on,
 * so that no other work waits for all of it.
 *
 * A block that is still to be encoded (`isUncaptured`) is encoded at the latest right before it changes again: `take`.
 * A block that leaves the pool meanwhile, merged or detached, does not change any more, and waits its turn.
 */
import { compareBytes } from '../base/bytes.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../ports/log.ts';
import type { PageBatch, PageReader, StoredPage } from '../ports/page-store.ts';
import type { Block } from './block.ts';
import type { Frame } from './buffer-pool.ts';

type LongValue = PageBatch['longValues'][number];

export interface KeyRange {
  readonly from: Uint8Array;
  readonly to: Uint8Array | undefined;
}

/** What is to be stored, set aside in one step. */
export interface CaptureContent {
  readonly frames: Iterable<Frame>;
  readonly removeRanges: readonly KeyRange[];
  /** Ranges that were killed without being read: the long values of their stored nodes go. */
  readonly detached: readonly KeyRange[];
  /** Encoded as they are taken. */
  readonly longValues: Iterable<LongValue>;
  readonly header: Uint8Array;
}

/** How the database writes and reads what it stores. */
export interface CaptureForm {
  readonly stored: Pick<PageReader, 'before'>;
  encodePage(block: Block): StoredPage;
  /** EcpError DAMAGED. */
  decodePage(page: StoredPage): Block;
}

/** What a step costs however little it encodes. */
const STEP_BYTES = 256;

/** Long values of a block's nodes in a range of keys. */
export function* longIdsWithin(
  block: Block,
  from: Uint8Array,
  to: Uint8Array | undefined,
): IterableIterator<number> {
  if (!block.mayHoldLong) return;
  const last = to === undefined ? block.count : block.position(to);
  for (let i = block.position(from); i < last; i++) if (block.isLong(i)) yield block.longAt(i).id;
}

export class Capture {
  readonly content: CaptureContent;
  readonly #form: CaptureForm;
  readonly #log: Log;
  readonly #frames: readonly Frame[];
  readonly #pages: StoredPage[] = [];
  readonly #longValues: LongValue[] = [];
  readonly #steps: Generator<number, void>;

  constructor(content: CaptureContent, form: CaptureForm, log: Log) {
    this.content = content;
    this.#form = form;
    this.#log = log;
    this.#frames = [...content.frames];
    for (const frame of this.#frames) frame.isUncaptured = true;
    this.#steps = this.#work();
  }

  /** Encodes a block that is about to change, if that was not done yet. */
  take(frame: Frame): void {
    if (!frame.isUncaptured) return;
    frame.isUncaptured = false;
    this.#pages.push(this.#form.encodePage(frame.block));
  }

  /** Does about `bytes` worth of the work. The commit, when that was the last of it. */
  advance(bytes: number): PageBatch | undefined {
    for (let left = bytes; left > 0;) {
      const step = this.#steps.next();
      if (step.done === true) {
        const { removeRanges, header } = this.content;
        return { removeRanges, pages: this.#pages, longValues: this.#longValues, header };
      }
      left -= step.value;
    }
    return undefined;
  }

  /** Yields what each step cost, in bytes. */
  *#work(): Generator<number, void> {
    const { detached, longValues } = this.content;
    for (const value of longValues) {
      this.#longValues.push(value);
      yield STEP_BYTES + (value.bytes?.length ?? 0);
    }
    for (const range of detached) yield* this.#freeDetached(range);
    for (const frame of this.#frames) {
      if (!frame.isUncaptured) continue;
      this.take(frame);
      yield frame.block.capacity;
    }
  }

  /**
   * A page in such a range may be dead, with a part of its nodes alive in blocks that were split off: only keys inside
   * the range count. What was stored under them is not in use any more, whatever was set there since.
   */
  *#freeDetached({ from, to }: KeyRange): Generator<number, void> {
    let below = to;
    for (;;) {
      const page = this.#form.stored.before(below);
      if (page === undefined) return;
      for (const id of this.#longIdsOf(page, from, to))
        this.#longValues.push({ id, bytes: undefined });
      yield page.bytes.length;
      if (compareBytes(page.key, from) <= 0) return;
      below = page.key;
    }
  }

  /** A damaged page goes as a sound one does. What long values it named nobody knows: the integrity check finds them. */
  #longIdsOf(page: StoredPage, from: Uint8Array, to: Uint8Array | undefined): Iterable<number> {
    try {
      return longIdsWithin(this.#form.decodePage(page), from, to);
    } catch (error) {
      this.#log.error('a damaged page of killed nodes: its long values stay behind', {
        cause: messageOf(error),
      });
      return [];
    }
  }
}
