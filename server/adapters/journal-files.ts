/**
 * The journal as files: one per segment, named journal-0000000001.seg and so on, in a directory of their own.
 *
 * What `segments` reports when this opens is made durable first: a process that was killed may have left
 * bytes in the operating system's cache which recovery reads and builds on.
 *
 * A sync runs on the event loop's thread while syncs are fast (a solid-state disk: 60–100 µs, less than the
 * way through the thread pool costs), and in the pool when they are not, so that a slow disk stalls no reads.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { assert } from '../base/assert.ts';
import type { KeyRing } from '../ports/cipher.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import { readFileRange, readWholeFile, segmentFileName, segmentsIn } from './journal-folder.ts';
import { syncPath } from './sync-path.ts';

/** A sync slower than this, on average, goes to the thread pool. */
const INLINE_SYNC_MS_MAX = 0.2;
/**
 * Zeros are written so far ahead: a sync of bytes that only replace others need not change the file's size, and
 * takes a quarter less. Readers take zeros for the segment's end.
 */
const PREALLOCATED_BYTES = 256 * 1024;
const ZEROS = new Uint8Array(PREALLOCATED_BYTES);
/** More bytes than this take a while on any disk: their sync goes to the thread pool. */
const INLINE_SYNC_BYTES_MAX = 256 * 1024;
/** Weight of the newest sync in the average. */
const AVERAGE_WEIGHT = 1 / 8;
/** A disk that takes longer than this in the pool is not tried inline. */
const PROBE_MS_MAX = 1;
const PROBE_EVERY = 16;

export class JournalFiles implements JournalDisk {
  readonly keys: KeyRing | undefined;
  readonly #directory: string;
  readonly #segments: number[];
  /** Open files with bytes that no completed sync included, the newest last. */
  #descriptors: number[] = [];
  /** Of the newest file: where the next append goes, and where its zeros end. */
  #length = 0;
  #allocated = 0;
  #isDirectoryChanged = false;
  #averageMs = 0;
  #lastMs = 0;
  #pooled = 0;
  /** Appended since the last sync began. */
  #unsyncedBytes = 0;
  #isSyncing = false;
  #isClosed = false;

  /** Makes the directory if need be. */
  constructor(directory: string, keys?: KeyRing) {
    this.keys = keys;
    this.#directory = directory;
    fs.mkdirSync(directory, { recursive: true });
    this.#segments = segmentsIn(directory);
    for (const segment of this.#segments) syncPath(join(directory, segmentFileName(segment)));
    syncPath(directory);
    syncPath(join(directory, '..'));
  }

  segments(): readonly number[] {
    return [...this.#segments];
  }

  read(segment: number): Uint8Array {
    return readWholeFile(join(this.#directory, segmentFileName(segment)));
  }

  readRange(segment: number, from: number, length: number): Uint8Array {
    return readFileRange(join(this.#directory, segmentFileName(segment)), from, length);
  }

  create(segment: number): void {
    // 'x': a file of that name would be another segment's.
    const descriptor = fs.openSync(join(this.#directory, segmentFileName(segment)), 'wx');
    this.#descriptors.push(descriptor);
    this.#length = 0;
    this.#allocated = 0;
    this.#segments.push(segment);
    this.#isDirectoryChanged = true;
  }

  append(bytes: Uint8Array): void {
    const descriptor = this.#descriptors.at(-1);
    assert(descriptor !== undefined, 'a segment was created');
    if (this.#length + bytes.length > this.#allocated && bytes.length < PREALLOCATED_BYTES) {
      this.#preallocate(descriptor);
    }
    let at = 0;
    while (at < bytes.length) {
      const written = fs.writeSync(descriptor, bytes, at, bytes.length - at, this.#length);
      at += written;
      this.#length += written;
    }
    this.#unsyncedBytes += bytes.length;
  }

  #preallocate(descriptor: number): void {
    const at = Math.max(this.#allocated, this.#length);
    try {
      this.#allocated = at + fs.writeSync(descriptor, ZEROS, 0, ZEROS.length, at);
    } catch {
      // No room for zeros is no failure: whether there is room for the bytes, their own write says.
    }
  }

  sync(done: (error: unknown) => void): void {
    assert(!this.#isSyncing, 'one sync at a time');
    this.#isSyncing = true;
    const startMs = performance.now();
    const finish = (error: unknown): void => {
      this.#isSyncing = false;
      if (this.#isClosed) return;
      const tookMs = performance.now() - startMs;
      // Only what an inline sync would cost is averaged: the pool adds a cost of its own.
      if (inline) this.#averageMs += (tookMs - this.#averageMs) * AVERAGE_WEIGHT;
      this.#lastMs = tookMs;
      done(error);
    };
    const inline = this.#goesInline();
    this.#unsyncedBytes = 0;
    // A new segment, rarely: older files and the directory first, on this thread.
    try {
      for (let oldest = this.#oldest(); oldest !== undefined; oldest = this.#oldest()) {
        fs.fdatasyncSync(oldest);
        // Forgotten first: once closed its number may be another file's.
        this.#descriptors.shift();
        fs.closeSync(oldest);
      }
      if (this.#isDirectoryChanged) syncPath(this.#directory);
      this.#isDirectoryChanged = false;
      const newest = this.#descriptors[0];
      assert(newest !== undefined, 'a segment was created');
      if (!inline) {
        fs.fdatasync(newest, finish);
        return;
      }
      fs.fdatasyncSync(newest);
    } catch (error) {
      finish(error);
      return;
    }
    finish(undefined);
  }

  /** The oldest open file but the newest. */
  #oldest(): number | undefined {
    return this.#descriptors.length > 1 ? this.#descriptors[0] : undefined;
  }

  /** While the disk is fast, the calling thread syncs; in the pool, one of PROBE_EVERY looks whether it is again. */
  #goesInline(): boolean {
    if (this.#unsyncedBytes > INLINE_SYNC_BYTES_MAX) return false;
    if (this.#averageMs <= INLINE_SYNC_MS_MAX) return true;
    this.#pooled++;
    return this.#pooled % PROBE_EVERY === 0 && this.#lastMs < PROBE_MS_MAX;
  }

  abandon(): void {
    assert(!this.#isSyncing, 'no sync is under way when what it speaks of is abandoned');
    for (const descriptor of this.#descriptors.splice(0)) fs.closeSync(descriptor);
    this.#length = 0;
    this.#allocated = 0;
  }

  remove(segment: number): void {
    fs.unlinkSync(join(this.#directory, segmentFileName(segment)));
    this.#segments.splice(this.#segments.indexOf(segment), 1);
  }

  close(): void {
    this.#isClosed = true;
    for (const descriptor of this.#descriptors.splice(0)) fs.closeSync(descriptor);
  }
}
