/**
 * What a database takes on disk, and the most it may take (maxSize). What is certain is what the page store used after
 * its last commit; what is dirty comes on top, whole blocks each, for a commit writes them beside the old ones.
 *
 * So a database is full a little early, by the blocks that are dirty and would replace others: the checkpoint that
 * follows a refusal settles it. Kills, and what restores nodes in a rollback, are never refused.
 */
import { EcpError } from '../base/errors.ts';
import type { StoreUsage } from '../ports/page-store.ts';

/** A node's new value may change its block and split it. */
const BLOCKS_OF_A_CHANGE = 2;

export class Room {
  /** The most it may take on disk, in bytes; undefined: whatever there is. */
  maxBytes: number | undefined;
  readonly #database: string;
  readonly #blockSize: number;
  readonly #measure: () => StoreUsage;
  #usedBytes: number | undefined;

  constructor(database: string, blockSize: number, measure: () => StoreUsage) {
    this.#database = database;
    this.#blockSize = blockSize;
    this.#measure = measure;
  }

  /** A commit is done. */
  stored(): void {
    this.#usedBytes = undefined;
  }

  /** Of the store, as of now. */
  get usage(): StoreUsage {
    return this.#measure();
  }

  /** EcpError FILEFULL where one more change might not fit beside what is dirty, which may be tried again later. */
  assertFor(dirtyBlocks: number, longBytes: number): void {
    const { maxBytes } = this;
    if (maxBytes === undefined) return;
    this.#usedBytes ??= this.#measure().usedBytes;
    const blocks = dirtyBlocks + BLOCKS_OF_A_CHANGE;
    if (this.#usedBytes + blocks * this.#blockSize + longBytes <= maxBytes) return;
    throw new EcpError('FILEFULL', `${this.#database} may take ${maxBytes} bytes on disk`, {
      retry: 'same',
    });
  }
}
