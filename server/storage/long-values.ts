/**
 * The long values of one database that no block has room for: those that its page store has, and those that the next
 * commit brings there or takes away. A value never changes: a node that does gets another id (rule R13).
 *
 * Invariants: a value that was freed is gone at once for readers, and in the store with the next commit; one that is
 * new, or handed to the commit under way, is read from memory.
 */
import { bareMessage, EcpError, messageOf } from '../base/errors.ts';
import type { PageBatch } from '../ports/page-store.ts';
import {
  decodeLongValue,
  encodeLongValue,
  GENERATION_FACTOR,
  LONG_CHECKSUM_BYTES,
} from './page.ts';

export class LongValues {
  readonly #database: string;
  readonly #stored: (id: number) => Uint8Array | undefined;
  /** Of the checksums: the database's (page.ts). */
  seed: number;
  /** Those of this generation and later ones have checksums; undefined until a start of a store of version 1. */
  checkedFrom: number | undefined;
  #new = new Map<number, Uint8Array>();
  #newBytes = 0;
  #committingBytes = 0;
  #committing = new Map<number, Uint8Array>();
  #freed = new Set<number>();
  /** Those that the commit under way takes away. */
  #freeing: ReadonlySet<number> = new Set();

  constructor(
    database: string,
    seed: number,
    checkedFrom: number | undefined,
    stored: (id: number) => Uint8Array | undefined,
  ) {
    this.#database = database;
    this.seed = seed;
    this.checkedFrom = checkedFrom;
    this.#stored = stored;
  }

  /** Whether a commit has anything to bring or take away. */
  get isDirty(): boolean {
    return this.#new.size > 0 || this.#freed.size > 0;
  }

  /** Bytes that the commit under way and the next one bring. */
  get pendingBytes(): number {
    return this.#newBytes + this.#committingBytes;
  }

  /** A value, or undefined if there is none of this id. EcpError DAMAGED where it is not what was stored. */
  read(id: number): Uint8Array | undefined {
    if (this.#freed.has(id)) return undefined;
    return this.#new.get(id) ?? this.#committing.get(id) ?? this.#readStored(id);
  }

  #readStored(id: number): Uint8Array | undefined {
    const stored = this.#stored(id);
    const firstChecked = (this.checkedFrom ?? Infinity) * GENERATION_FACTOR;
    if (stored === undefined || id < firstChecked) return stored;
    try {
      return decodeLongValue(id, stored, this.seed);
    } catch (error) {
      const problem = bareMessage(messageOf(error));
      throw new EcpError('DAMAGED', `${this.#database}, long value ${id}: ${problem}`);
    }
  }

  put(id: number, value: Uint8Array): void {
    this.#new.set(id, value.slice());
    this.#newBytes += value.length + LONG_CHECKSUM_BYTES;
  }

  free(id: number): void {
    const value = this.#new.get(id);
    if (value === undefined) {
      this.#freed.add(id);
      return;
    }
    this.#new.delete(id);
    this.#newBytes -= value.length + LONG_CHECKSUM_BYTES;
  }

  /** What a commit is to bring and take away, encoded as it is asked for; the commit is under way from here on. */
  capture(): Iterable<PageBatch['longValues'][number]> {
    this.#committing = this.#new;
    this.#new = new Map();
    this.#committingBytes = this.#newBytes;
    this.#newBytes = 0;
    const freed = this.#freed;
    // Readers see them until the commit is done; nobody asks for them: no block names them any more.
    this.#freed = new Set();
    this.#freeing = freed;
    return this.#encoded(this.#committing, freed);
  }

  *#encoded(
    values: ReadonlyMap<number, Uint8Array>,
    freed: ReadonlySet<number>,
  ): IterableIterator<PageBatch['longValues'][number]> {
    for (const [id, value] of values) yield { id, bytes: encodeLongValue(id, value, this.seed) };
    for (const id of freed) yield { id, bytes: undefined };
  }

  commitDone(): void {
    this.#committing = new Map();
    this.#committingBytes = 0;
    this.#freeing = new Set();
  }

  /** The commit that was captured does not take place. */
  cancel(): void {
    const freedSince = this.#freed;
    this.#freed = new Set(this.#freeing);
    for (const [id, value] of this.#committing) this.put(id, value);
    this.commitDone();
    for (const id of freedSince) this.free(id);
  }

  /** What the next commit brings … */
  get unstored(): ReadonlyMap<number, Uint8Array> {
    return this.#new;
  }

  /** … and takes away. */
  get unstoredFreed(): ReadonlySet<number> {
    return this.#freed;
  }
}
