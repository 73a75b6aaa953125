/**
 * Disks in memory, deterministic, that crash: for tests and the simulator. What was written but not synced is
 * lost, torn or kept by a crash, as the given random function decides.
 *
 * They outlive the engine that uses them: after `crash()` a new engine opens on the same objects. A completion
 * that was under way at a crash never comes.
 */
import { assert } from '../../base/assert.ts';
import { compareBytes, concatBytes, EMPTY, hexOf } from '../../base/bytes.ts';
import type { KeyRing } from '../../ports/cipher.ts';
import type { JournalDisk } from '../../ports/journal-disk.ts';
import type {
  PageBatch,
  PageSnapshot,
  PageStore,
  StoredPage,
  StoreUsage,
} from '../../ports/page-store.ts';

/** Uniform in [0, 1). */
export type RandomFunction = () => number;

/** When completions come: at once, or when the caller of this runs what it is given. */
export type Defer = (complete: () => void) => void;

const atOnce: Defer = (complete) => complete();

/** Bytes that a crash keeps or loses as one: a disk sector. */
const SECTOR_BYTES = 512;
const DISK_PAGE_BYTES = 4096;

interface Segment {
  /** What survives a crash for certain. */
  durable: Uint8Array;
  /** What was appended since the last completed sync. */
  readonly pending: Uint8Array[];
  /** Whether the name itself survives. */
  isNamed: boolean;
  /** What is pending never becomes durable. */
  isAbandoned: boolean;
}

export class MemoryJournalDisk implements JournalDisk {
  keys: KeyRing | undefined;
  readonly #segments = new Map<number, Segment>();
  #defer: Defer;
  #newest = -1;
  #isSyncing = false;
  #incarnation = 0;
  #appends = 0;
  #syncs = 0;
  /** Called before each append, sync, create and remove; throws to make it fail. */
  fault: (operation: 'append' | 'sync' | 'create' | 'remove') => void = () => undefined;

  constructor(defer: Defer = atOnce) {
    this.#defer = defer;
  }

  get appends(): number {
    return this.#appends;
  }

  get syncs(): number {
    return this.#syncs;
  }

  set defer(defer: Defer) {
    this.#defer = defer;
  }

  segments(): readonly number[] {
    return [...this.#segments.keys()].sort((a, b) => a - b);
  }

  read(segment: number): Uint8Array {
    const found = this.#segments.get(segment);
    assert(found !== undefined, 'a segment that is read exists');
    return concatBytes(found.durable, ...found.pending);
  }

  readRange(segment: number, from: number, length: number): Uint8Array {
    return this.read(segment).slice(from, from + length);
  }

  create(segment: number): void {
    this.fault('create');
    assert(segment > this.#newest, 'segment numbers grow');
    this.#segments.set(segment, {
      durable: EMPTY,
      pending: [],
      isNamed: false,
      isAbandoned: false,
    });
    this.#newest = segment;
  }

  append(bytes: Uint8Array): void {
    this.#appends++;
    const segment = this.#segments.get(this.#newest);
    assert(segment !== undefined, 'a segment was created');
    try {
      this.fault('append');
    } catch (failure) {
      // A failing write may have written a part.
      segment.pending.push(bytes.slice(0, bytes.length >>> 1));
      throw failure;
    }
    segment.pending.push(bytes.slice());
  }

  sync(done: (error: unknown) => void): void {
    assert(!this.#isSyncing, 'one sync at a time');
    this.#syncs++;
    this.#isSyncing = true;
    const incarnation = this.#incarnation;
    const included = [...this.#segments.values()]
      .filter(({ isAbandoned }) => !isAbandoned)
      .map((segment) => ({
        segment,
        count: segment.pending.length,
      }));
    this.#defer(() => {
      if (incarnation !== this.#incarnation) return;
      this.#isSyncing = false;
      let error: unknown;
      try {
        this.fault('sync');
      } catch (failure) {
        error = failure;
      }
      // A failed sync makes nothing durable; the bytes are in doubt until a crash decides.
      if (error === undefined) {
        for (const { segment, count } of included) {
          segment.durable = concatBytes(segment.durable, ...segment.pending.splice(0, count));
          segment.isNamed = true;
        }
      }
      done(error);
    });
  }

  abandon(): void {
    assert(!this.#isSyncing, 'no sync is under way when what it speaks of is abandoned');
    for (const segment of this.#segments.values()) {
      if (segment.pending.length > 0 || !segment.isNamed) segment.isAbandoned = true;
    }
  }

  remove(segment: number): void {
    this.fault('remove');
    this.#segments.delete(segment);
  }

  close(): void {
    this.#incarnation++;
    this.#isSyncing = false;
  }

  /** Another disk that holds what this one holds now. */
  clone(): MemoryJournalDisk {
    const clone = new MemoryJournalDisk();
    for (const [number, segment] of this.#segments)
      clone.#segments.set(number, { ...segment, pending: [...segment.pending] });
    clone.#newest = this.#newest;
    clone.keys = this.keys;
    return clone;
  }

  /** Ends the process. With `random`, the machine: each unsynced sector is kept, lost (zeros) or torn. */
  crash(random?: RandomFunction): void {
    this.#incarnation++;
    this.#isSyncing = false;
    for (const [number, segment] of this.#segments) {
      const pending = concatBytes(...segment.pending);
      segment.pending.length = 0;
      if (random === undefined) {
        segment.durable = concatBytes(segment.durable, pending);
      } else if (!segment.isNamed && random() < 0.3) {
        this.#segments.delete(number);
        continue;
      } else {
        segment.durable = concatBytes(segment.durable, tear(pending, random));
      }
      segment.isNamed = true;
      segment.isAbandoned = false;
    }
    this.#newest = Math.max(-1, ...this.#segments.keys());
  }
}

/** A part of what was not synced: cut somewhere, and sectors before the cut perhaps lost. */
function tear(pending: Uint8Array, random: RandomFunction): Uint8Array {
  const fate = random();
  if (fate < 0.25) return EMPTY;
  if (fate < 0.5) return pending;
  const kept = pending.slice(0, Math.floor(random() * (pending.length + 1)));
  if (fate < 0.75) {
    for (let at = 0; at < kept.length; at += SECTOR_BYTES) {
      if (random() < 0.3) kept.fill(0, at, at + SECTOR_BYTES);
    }
  }
  return kept;
}

interface StoreState {
  /** Ascending by key. */
  pages: StoredPage[];
  longValues: Map<number, Uint8Array>;
  header: Uint8Array | undefined;
}

export class MemoryPageStore implements PageStore {
  readonly overheadBytes = 0;
  #state: StoreState = { pages: [], longValues: new Map(), header: undefined };
  #defer: Defer;
  /** The state of the commit under way, as it will be. */
  #next: StoreState | undefined;
  #incarnation = 0;
  #commits = 0;
  /** What was copied, by folder. */
  readonly copies = new Map<string, MemoryPageStore>();
  /** Called as each commit completes; throws to make it fail. */
  fault: (operation: 'commit') => void = () => undefined;

  constructor(defer: Defer = atOnce) {
    this.#defer = defer;
  }

  get commits(): number {
    return this.#commits;
  }

  get pageCount(): number {
    return this.#state.pages.length;
  }

  get longValueCount(): number {
    return this.#state.longValues.size;
  }

  set defer(defer: Defer) {
    this.#defer = defer;
  }

  floor(key: Uint8Array): StoredPage | undefined {
    return copy(this.#state.pages[upTo(this.#state.pages, key, true) - 1]);
  }

  before(key: Uint8Array | undefined): StoredPage | undefined {
    const { pages } = this.#state;
    return copy(key === undefined ? pages.at(-1) : pages[upTo(pages, key, false) - 1]);
  }

  longValue(id: number): Uint8Array | undefined {
    return this.#state.longValues.get(id)?.slice();
  }

  longValuesAfter(id: number, limit: number): readonly number[] {
    const ids = [...this.#state.longValues.keys()].filter((other) => other > id);
    return ids.sort((a, b) => a - b).slice(0, limit);
  }

  header(): Uint8Array | undefined {
    return this.#state.header?.slice();
  }

  commit(batch: PageBatch, done: (error: unknown) => void): void {
    assert(this.#next === undefined, 'one commit at a time');
    this.#commits++;
    const next = after(this.#state, batch);
    this.#next = next;
    const incarnation = this.#incarnation;
    this.#defer(() => {
      if (incarnation !== this.#incarnation) return;
      this.#next = undefined;
      let error: unknown;
      try {
        this.fault('commit');
        this.#state = next;
      } catch (failure) {
        error = failure;
      }
      done(error);
    });
  }

  snapshot(): PageSnapshot {
    const frozen = new MemoryPageStore();
    frozen.#state = this.#state;
    return {
      floor: (key) => frozen.floor(key),
      before: (key) => frozen.before(key),
      longValue: (id) => frozen.longValue(id),
      longValuesAfter: (id, limit) => frozen.longValuesAfter(id, limit),
      header: () => frozen.header(),
      unknownKeys: () => [],
      records:
        this.#state.pages.length +
        this.#state.longValues.size +
        (this.#state.header === undefined ? 0 : 1),
      close: () => undefined,
    };
  }

  /** What a disk would take, roughly: whole pages of it. */
  usage(): StoreUsage {
    const { pages, longValues } = this.#state;
    const contents = [...pages.map(({ bytes }) => bytes), ...longValues.values()];
    const usedBytes = contents.reduce((sum, { length }) => sum + diskBytes(length), 0);
    return { fileBytes: usedBytes, usedBytes };
  }

  copyTo(folder: string): Promise<void> {
    this.copies.set(folder, this.clone());
    return Promise.resolve();
  }

  /** Another store that holds what this one holds now. */
  clone(): MemoryPageStore {
    const clone = new MemoryPageStore();
    clone.#state = this.#state;
    return clone;
  }

  sizeBytes(): number {
    return this.#state.pages.reduce((sum, page) => sum + page.bytes.length, 0);
  }

  close(): Promise<void> {
    this.#incarnation++;
    this.#next = undefined;
    return Promise.resolve();
  }

  /** Ends the process: a commit under way took place as a whole or not at all, as `random` decides. */
  crash(random: RandomFunction = () => 1): void {
    this.#incarnation++;
    if (this.#next !== undefined && random() < 0.5) this.#state = this.#next;
    this.#next = undefined;
  }
}

const diskBytes = (length: number): number => Math.ceil(length / DISK_PAGE_BYTES) * DISK_PAGE_BYTES;

/** Engines never change a page; yet a test that does must not reach the disk. */
function copy(page: StoredPage | undefined): StoredPage | undefined {
  return page === undefined ? undefined : { key: page.key.slice(), bytes: page.bytes.slice() };
}

/** How many pages have a key < `key`, or ≤ it if `isInclusive`. */
function upTo(pages: readonly StoredPage[], key: Uint8Array, isInclusive: boolean): number {
  let first = 0;
  let last = pages.length;
  while (first < last) {
    const middle = (first + last) >>> 1;
    const order = compareBytes((pages[middle] as StoredPage).key, key);
    if (order < 0 || (order === 0 && isInclusive)) first = middle + 1;
    else last = middle;
  }
  return first;
}

function after(state: StoreState, batch: PageBatch): StoreState {
  let { pages } = state;
  for (const { from, to } of batch.removeRanges) {
    pages = pages.filter(
      ({ key }) => compareBytes(key, from) < 0 || (to !== undefined && compareBytes(key, to) >= 0),
    );
  }
  if (batch.removeKeys !== undefined) {
    const gone = new Set(batch.removeKeys.map((key) => hexOf(key)));
    pages = pages.filter(({ key }) => !gone.has(hexOf(key)));
  }
  const puts = batch.pages.map(({ key, bytes }) => ({ key: key.slice(), bytes: bytes.slice() }));
  puts.sort((a, b) => compareBytes(a.key, b.key));
  const merged: StoredPage[] = [];
  let i = 0;
  for (const put of puts) {
    for (; i < pages.length; i++) {
      const page = pages[i] as StoredPage;
      const order = compareBytes(page.key, put.key);
      if (order > 0) break;
      if (order < 0) merged.push(page);
    }
    merged.push(put);
  }
  merged.push(...pages.slice(i));
  const longValues = new Map(state.longValues);
  for (const { id, bytes } of batch.longValues) {
    if (bytes === undefined) longValues.delete(id);
    else longValues.set(id, bytes.slice());
  }
  return { pages: merged, longValues, header: batch.header.slice() };
}
