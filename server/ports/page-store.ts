/**
 * Where a database's blocks rest: an ordered map from a block's low key to its bytes, with atomic
 * commits of many pages. Reads are synchronous and see the last *completed* commit. What is called
 * page here is one stored block; its size is the caller's concern.
 */

export interface StoredPage {
  readonly key: Uint8Array;
  /** Whoever reads it owns them: a copy. Of a batch they are the caller's again when `done` is called without an error. */
  readonly bytes: Uint8Array;
}

/** One atomic commit. The removals take place before the puts. */
export interface PageBatch {
  /** Single pages that go: as good as a range each, and faster where there are many. */
  readonly removeKeys?: readonly Uint8Array[];
  /** Half-open ranges of keys whose pages go; `to` undefined means the end. */
  readonly removeRanges: readonly {
    readonly from: Uint8Array;
    readonly to: Uint8Array | undefined;
  }[];
  readonly pages: readonly StoredPage[];
  /** Long values, by an id that is never used again. `undefined` removes one. */
  readonly longValues: readonly { readonly id: number; readonly bytes: Uint8Array | undefined }[];
  /** The database's header, replaced whole. */
  readonly header: Uint8Array;
}

/** What can be read of a page store. */
export interface PageReader {
  /** The page with the greatest key ≤ `key`. */
  floor(key: Uint8Array): StoredPage | undefined;
  /** The page with the greatest key < `key`; undefined `key` means the end. */
  before(key: Uint8Array | undefined): StoredPage | undefined;
  longValue(id: number): Uint8Array | undefined;
  /** Ids of the long values above `id`, ascending: at most `limit`. */
  longValuesAfter(id: number, limit: number): readonly number[];
  header(): Uint8Array | undefined;
}

/** The state of a page store at one moment, whatever is committed meanwhile: it keeps what it reads from being reused. */
export interface PageSnapshot extends PageReader {
  /** The key that `before` would find, of a store that knows it without reading the page. */
  readonly keyBefore?: (key: Uint8Array | undefined) => Uint8Array | undefined;
  /** Names in the store that are of nothing that belongs there: at most `limit`. */
  unknownKeys(limit: number): readonly Uint8Array[];
  /** Header, pages, long values and what else there is, counted; undefined where the store has a layout of its own. */
  readonly records: number | undefined;
  close(): void;
}

/** What a store takes on disk. */
export interface StoreUsage {
  readonly fileBytes: number;
  /** Of them, what holds something; the rest takes what comes next. */
  readonly usedBytes: number;
}

export interface PageStore extends PageReader {
  /** Bytes that it adds to each page: a block is so much smaller. */
  readonly overheadBytes: number;
  /**
   * Starts a commit and returns; `done` follows when it is durable, or with an error when it is not. At
   * most one is under way. A failed commit leaves the previous state.
   */
  commit(batch: PageBatch, done: (error: unknown) => void): void;
  /** The state of the last completed commit, to be closed soon. */
  snapshot(): PageSnapshot;
  usage(): StoreUsage;
  /**
   * Copies the last completed commit into a new folder (however the adapter names such), while reads and commits go
   * on; durable when it resolves. What is there opens as a store of the same kind. One at a time; `close` waits for it.
   */
  copyTo(folder: string): Promise<void>;
  /** Bytes the store takes on disk. */
  sizeBytes(): number;
  close(): Promise<void>;
}
