/**
 * A page store in LMDB: one environment, one directory per database.
 *
 * Keys begin with a letter that says what they hold, because LMDB takes no empty key, and a database's first
 * block has one:
 *   h            the header
 *   l | id u64   a long value, big-endian
 *   p | key      a page
 *
 * A commit is one LMDB transaction; without overlappingSync it is durable when its promise resolves. It is handed over as
 * one batch, which LMDB's own thread carries out: a transaction's callback would do all of it in this one. Nothing here
 * may ever run a synchronous transaction: it would cut a batch in two.
 */
import { mkdirSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { open, type RootDatabase, type Transaction } from 'lmdb';
import type {
  PageBatch,
  PageReader,
  PageSnapshot,
  PageStore,
  StoredPage,
  StoreUsage,
} from '../ports/page-store.ts';
import { checkLmdbFile } from './lmdb-file-check.ts';
import { syncPath, syncPathInPool } from './sync-path.ts';

export const PAGE_STORE_FILE = 'pages.mdb';
/** What LMDB says where its lists of pages do not add up. */
const INCOMPATIBLE = 'MDB_INCOMPATIBLE';
const PAGE = 0x70;
const LONG = 0x6c;
const HEADER_KEY = Buffer.from('h');
const FIRST_PAGE_KEY = Buffer.from([PAGE]);
const END_OF_LONG_VALUES = Buffer.from([LONG + 1]);
const FIRST_LONG_KEY = Buffer.from([LONG]);
const AFTER_HEADER = Buffer.from([0x68, 0]);
/** At the beginning of the file. */
const META_PAGES = 2;
const END_OF_PAGES = Buffer.from([PAGE + 1]);

const LONG_KEY_BYTES = 9;
/** Keys that are listed in one turn of the event loop: about 1 ms. */
const KEYS_A_SLICE = 512;
const ZERO = Buffer.from([0]);

function pageKey(key: Uint8Array): Buffer {
  const whole = Buffer.allocUnsafe(key.length + 1);
  whole[0] = PAGE;
  whole.set(key, 1);
  return whole;
}

function longKey(id: number): Buffer {
  const key = Buffer.alloc(LONG_KEY_BYTES);
  key[0] = LONG;
  key.writeBigUInt64BE(BigInt(id), 1);
  return key;
}

/** Plain byte arrays for the cores: a Buffer would make their hot loops polymorphic. */
function plain(bytes: Uint8Array, from = 0): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + from, bytes.length - from);
}

export class LmdbPageStore implements PageStore {
  /** Its own are the caller's business (BLOCK_OVERHEAD_BYTES). */
  readonly overheadBytes = 0;
  readonly #path: string;
  readonly #database: RootDatabase<Buffer, Buffer>;
  readonly #reads: LmdbReads;
  #hasFailed = false;
  #commit: Promise<void> = Promise.resolve();
  #copy: Promise<void> = Promise.resolve();

  /** Opens the database in a directory, which is made if need be. EcpError DAMAGED where there is something else. */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#path = join(directory, PAGE_STORE_FILE);
    checkLmdbFile(this.#path);
    this.#database = open<Buffer, Buffer>({
      path: this.#path,
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
      overlappingSync: false,
      // Its batch of a turn of the event loop has a promise that nobody gets, and that rejects with the commit.
      eventTurnBatching: false,
      maxReaders: 16,
    });
    this.#reads = new LmdbReads(this.#database);
    // Else a power cut could take the files of a new database away, with all that was committed to them.
    const parent = dirname(directory);
    for (const path of [this.#path, directory, parent, dirname(parent)]) syncPath(path);
  }

  floor(key: Uint8Array): StoredPage | undefined {
    return this.#reads.floor(key);
  }

  before(key: Uint8Array | undefined): StoredPage | undefined {
    return this.#reads.before(key);
  }

  longValue(id: number): Uint8Array | undefined {
    return this.#reads.longValue(id);
  }

  longValuesAfter(id: number, limit: number): readonly number[] {
    return this.#reads.longValuesAfter(id, limit);
  }

  header(): Uint8Array | undefined {
    return this.#reads.header();
  }

  snapshot(): PageSnapshot {
    return new LmdbSnapshot(this.#database);
  }

  usage(): StoreUsage {
    const { root, free } = statisticsOf(this.#database);
    const usedPages = META_PAGES + pagesOf(root) + pagesOf(free);
    return { fileBytes: this.sizeBytes(), usedBytes: usedPages * root.pageSize };
  }

  commit(batch: PageBatch, done: (error: unknown) => void): void {
    this.#commit = this.#transact(batch).then(
      () => {
        // Else a read in this turn could still see the state before.
        this.#database.resetReadTxn();
        done(undefined);
      },
      async (error: unknown) => {
        this.#hasFailed = true;
        done(await causeOf(error));
      },
    );
  }

  copyTo(folder: string): Promise<void> {
    const copied = this.#copyInto(folder);
    this.#copy = copied.catch(() => undefined);
    return copied;
  }

  /** LMDB copies in a thread, from one read transaction. */
  async #copyInto(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, PAGE_STORE_FILE);
    try {
      await this.#database.backup(path, true);
    } catch (error) {
      // Compacting counts pages, and refuses where one is in no list. Such a page is lost room, and no damage.
      if (!String(error).includes(INCOMPATIBLE)) throw error;
      await rm(path, { force: true });
      await this.#database.backup(path, false);
    }
    for (const written of [path, folder]) await syncPathInPool(written);
  }

  sizeBytes(): number {
    return statSync(this.#path).size;
  }

  async close(): Promise<void> {
    await this.#commit;
    await this.#copy;
    // Closing after a failed write has been seen to crash the process; the exit closes as well.
    if (!this.#hasFailed) await this.#database.close();
  }

  async #transact(batch: PageBatch): Promise<void> {
    const database = this.#database;
    const removed = await this.#keysWithin(batch.removeRanges);
    // All or none, in this order: operations of one batch that are not awaited.
    await database.batch(() => {
      for (const key of removed) void database.remove(key);
      for (const key of batch.removeKeys ?? []) void database.remove(pageKey(key));
      for (const { key, bytes } of batch.pages) void database.put(pageKey(key), asBuffer(bytes));
      for (const { id, bytes } of batch.longValues) {
        if (bytes === undefined) void database.remove(longKey(id));
        else void database.put(longKey(id), asBuffer(bytes));
      }
      void database.put(HEADER_KEY, asBuffer(batch.header));
    });
  }

  /** The pages' keys in these ranges, listed in slices: nothing but a commit changes them, and one is under way. */
  async #keysWithin(ranges: PageBatch['removeRanges']): Promise<readonly Buffer[]> {
    const all: Buffer[] = [];
    for (const { from, to } of ranges) {
      const end = to === undefined ? END_OF_PAGES : pageKey(to);
      for (let start = pageKey(from); ;) {
        const keys = this.#reads.keys(start, end, KEYS_A_SLICE);
        for (const key of keys) all.push(key);
        const last = keys[KEYS_A_SLICE - 1];
        if (last === undefined) break;
        start = Buffer.concat([last, ZERO]);
        await nextTurn();
      }
    }
    return all;
  }
}

/** Reads: of the last completed commit, or of the transaction that is given. */
class LmdbReads implements PageReader {
  readonly #database: RootDatabase<Buffer, Buffer>;
  readonly #options: { readonly transaction?: Transaction };

  constructor(database: RootDatabase<Buffer, Buffer>, transaction?: Transaction) {
    this.#database = database;
    this.#options = transaction === undefined ? {} : { transaction };
  }

  floor(key: Uint8Array): StoredPage | undefined {
    return this.#last(pageKey(key), false);
  }

  before(key: Uint8Array | undefined): StoredPage | undefined {
    return this.#last(key === undefined ? END_OF_PAGES : pageKey(key), true);
  }

  longValue(id: number): Uint8Array | undefined {
    return this.#get(longKey(id));
  }

  longValuesAfter(id: number, limit: number): readonly number[] {
    const keys = this.keys(longKey(id + 1), END_OF_LONG_VALUES, limit);
    return keys
      .filter(({ length }) => length === LONG_KEY_BYTES)
      .map((key) => Number(key.readBigUInt64BE(1)));
  }

  header(): Uint8Array | undefined {
    return this.#get(HEADER_KEY);
  }

  keys(start: Buffer | undefined, end: Buffer | undefined, limit: number): Buffer[] {
    const bounds = { ...(start && { start }), ...(end && { end }) };
    return Array.from(this.#database.getKeys({ ...this.#options, ...bounds, limit }));
  }

  #get(key: Buffer): Uint8Array | undefined {
    const { transaction } = this.#options;
    const bytes =
      transaction === undefined
        ? this.#database.getBinary(key)
        : this.#database.get(key, { transaction });
    return bytes === undefined ? undefined : plain(bytes);
  }

  #last(start: Buffer, isExclusive: boolean): StoredPage | undefined {
    const range = this.#database.getRange({
      ...this.#options,
      start,
      end: FIRST_PAGE_KEY,
      inclusiveEnd: true,
      exclusiveStart: isExclusive,
      reverse: true,
      limit: 1,
    });
    for (const { key, value } of range) return { key: plain(key, 1), bytes: plain(value) };
    return undefined;
  }
}

/** A read transaction, which LMDB keeps what it sees for. */
class LmdbSnapshot extends LmdbReads implements PageSnapshot {
  readonly records: number;
  readonly #transaction: Transaction;

  constructor(database: RootDatabase<Buffer, Buffer>) {
    database.resetReadTxn();
    const transaction = database.useReadTransaction();
    super(database, transaction);
    this.#transaction = transaction;
    this.records = statisticsOf(database).root.entryCount;
  }

  unknownKeys(limit: number): readonly Uint8Array[] {
    const gaps: readonly (readonly [Buffer | undefined, Buffer | undefined])[] = [
      [undefined, HEADER_KEY],
      [AFTER_HEADER, FIRST_LONG_KEY],
      [END_OF_LONG_VALUES, FIRST_PAGE_KEY],
      [END_OF_PAGES, undefined],
    ];
    const found: Uint8Array[] = [];
    for (const [start, end] of gaps)
      found.push(...this.keys(start, end, limit - found.length).map((key) => plain(key)));
    return found;
  }

  close(): void {
    this.#transaction.done();
  }
}

interface TreeStatistics {
  readonly pageSize: number;
  readonly entryCount: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

/** The library's types say nothing of what it returns. */
function statisticsOf(database: RootDatabase<Buffer, Buffer>): {
  readonly root: TreeStatistics;
  readonly free: TreeStatistics;
} {
  return database.getStats() as { root: TreeStatistics; free: TreeStatistics };
}

function pagesOf(tree: TreeStatistics): number {
  return tree.treeBranchPageCount + tree.treeLeafPageCount + tree.overflowPages;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A failed commit says what LMDB said in a promise of its own, which must not stay without a handler. */
async function causeOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (cause) {
    return cause;
  }
}
