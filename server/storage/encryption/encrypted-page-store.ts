/**
 * A page store whose disk tells nothing of what is in it but how much there is: over another page store, with
 * everything encrypted and authenticated (docs/formats/page.md, "Encrypted").
 *
 * Pages and the nodes of the index that finds them by their lows are stored under the names of their seals, which are
 * never used again. A commit seals what changed, the way from there to the index's root, and the header that names the
 * root, all in one commit of the store below.
 *
 * Reads go from the root of the last completed commit. The store below may show the one under way before it says that
 * it is completed: what the old root needs is gone then, and the new one is read. Nothing else can be: names are new.
 *
 * Invariants: every key that something may be sealed with is in
 * the header's list, from the commit on that first uses it; one commit of the store below is under way at most: the
 * database's own waits for a slice of re-encryption (reencryption.ts), or the slice for it.
 */
import { assert } from '../../base/assert.ts';
import { compareBytes, concatBytes, freeBytes, successor, utf8 } from '../../base/bytes.ts';
import { type KeyRing, type MasterKey, TAG_BYTES } from '../../ports/cipher.ts';
import type {
  PageBatch,
  PageReader,
  PageSnapshot,
  PageStore,
  StoredPage,
  StoreUsage,
} from '../../ports/page-store.ts';
import type { Random } from '../../ports/random.ts';
import {
  decodeEncryptedHeader,
  decodeEnvelope,
  encodeEncryptedHeader,
  encodeEnvelope,
  type EncryptedHeader,
} from './encrypted-header.ts';
import {
  EncryptedReads,
  NODE_AAD,
  nodeName,
  PAGE_AAD,
  pageName,
  sealLong,
} from './encrypted-reads.ts';
import { IndexNode } from './index-node.ts';
import type { NodeCache } from './node-cache.ts';
import { type KeyRange, updateIndex } from './page-index.ts';
import { keyOf, Sealer, type Seal } from './sealer.ts';

const PURPOSE = 'ecp page store 1 ';
/** A commit of the database, and a slice of re-encryption. */
const WAITING_MAX = 2;

export interface EncryptionPorts {
  readonly ring: KeyRing;
  readonly random: Random;
  readonly cache: NodeCache;
}

type Done = (error: unknown) => void;

/** What a commit is to hold. */
interface Work {
  readonly removed: readonly KeyRange[];
  readonly pages: readonly StoredPage[];
  readonly longValues: PageBatch['longValues'];
  /** Undefined: as it is. */
  readonly header: Uint8Array | undefined;
  /** Nothing in the store is sealed with another key any more. */
  readonly isPure: boolean;
}

/** What is sealed anew, with the same content. */
export interface Resealed {
  readonly pages: readonly StoredPage[];
  readonly longValues: readonly { readonly id: number; readonly bytes: Uint8Array }[];
  readonly isPure: boolean;
}

interface Commit {
  readonly batch: PageBatch;
  readonly state: EncryptedHeader;
}

export class EncryptedPageStore implements PageStore {
  readonly overheadBytes: number;
  readonly #raw: PageStore;
  readonly #ring: KeyRing;
  readonly #cache: NodeCache;
  readonly #storeId: string;
  readonly #sealer: Sealer;
  #reads: EncryptedReads;
  /** As it is after the commit under way. */
  #next: EncryptedReads | undefined;
  #isBusy = false;
  #isClosed = false;
  readonly #waiting: (() => void)[] = [];

  /** `key` encrypts from here on. EcpError DATABASE where a key is missing, DAMAGED. */
  constructor(raw: PageStore, key: MasterKey, { ring, random, cache }: EncryptionPorts) {
    this.overheadBytes = raw.overheadBytes + TAG_BYTES;
    this.#raw = raw;
    this.#ring = ring;
    this.#cache = cache;
    const header = raw.header();
    const stored = header === undefined ? undefined : decodeEnvelope(header);
    if (stored !== undefined) keyOf(ring, stored.envelope.seal.era.fingerprint, 'it');
    this.#storeId = stored?.envelope.storeId ?? random.uuid();
    this.#sealer = new Sealer(ring, random, utf8(PURPOSE + this.#storeId), key);
    this.#reads = this.#readsOf(raw, this.#stateIn(raw));
    for (const fingerprint of this.#reads.keys) keyOf(ring, fingerprint, 'it');
  }

  #stateIn(raw: PageReader): EncryptedHeader | undefined {
    const header = raw.header();
    if (header === undefined) return undefined;
    const { envelope, plain, sealed } = decodeEnvelope(header);
    return decodeEncryptedHeader(
      this.#sealer.open(envelope.seal, plain, sealed, 'the header of the database'),
    );
  }

  #readsOf(raw: PageReader, state: EncryptedHeader | undefined): EncryptedReads {
    return new EncryptedReads(raw, this.#sealer, this.#cache, state);
  }

  /** The state of the last completed commit. */
  get reads(): EncryptedReads {
    return this.#reads;
  }

  /** Fingerprint of the key that encrypts now. */
  get key(): string {
    return this.#sealer.key.fingerprint;
  }

  /** Fingerprints of all keys that are needed to read it. */
  get keysInUse(): readonly string[] {
    return [this.key, ...this.#reads.keys.filter((key) => key !== this.key)];
  }

  /** Encrypts with another key from here on; what is there is left to re-encryption. EcpError DATABASE. */
  useKey(key: MasterKey): void {
    for (const fingerprint of this.keysInUse) keyOf(this.#ring, fingerprint, 'it');
    this.#sealer.use(key);
  }

  floor(key: Uint8Array): StoredPage | undefined {
    return this.#read((reads) => reads.floor(key));
  }

  before(key: Uint8Array | undefined): StoredPage | undefined {
    return this.#read((reads) => reads.before(key));
  }

  #read<T>(read: (reads: EncryptedReads) => T): T {
    try {
      return read(this.#reads);
    } catch (error) {
      if (this.#next === undefined) throw error;
      return read(this.#next);
    }
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
    const raw = this.#raw.snapshot();
    let reads: EncryptedReads;
    try {
      reads = this.#readsOf(raw, this.#stateIn(raw));
    } catch (error) {
      raw.close();
      throw error;
    }
    return {
      floor: (key) => reads.floor(key),
      before: (key) => reads.before(key),
      keyBefore: (key) => reads.keyBefore(key),
      longValue: (id) => reads.longValue(id),
      longValuesAfter: (id, limit) => reads.longValuesAfter(id, limit),
      header: () => reads.header(),
      unknownKeys: (limit) => raw.unknownKeys(limit),
      records: raw.records === undefined ? undefined : raw.records - reads.nodes,
      close: () => raw.close(),
    };
  }

  usage(): StoreUsage {
    return this.#raw.usage();
  }

  /** As it lies there: a copy needs the same keys. */
  copyTo(folder: string): Promise<void> {
    return this.#raw.copyTo(folder);
  }

  sizeBytes(): number {
    return this.#raw.sizeBytes();
  }

  commit(batch: PageBatch, done: Done): void {
    const { longValues, header } = batch;
    const single = (batch.removeKeys ?? []).map((key) => ({ from: key, to: successor(key) }));
    const removed = [...batch.removeRanges, ...single];
    const pages = [...batch.pages].sort((a, b) => compareBytes(a.key, b.key));
    this.#enqueue(() => ({ removed, pages, longValues, header, isPure: false }), done);
  }

  /** Commits what `reseal` gives once no other commit is under way; nothing, if it gives nothing. */
  recommit(reseal: () => Resealed | undefined, done: Done): void {
    this.#enqueue(() => {
      const resealed = reseal();
      return resealed && { ...resealed, removed: [], header: undefined };
    }, done);
  }

  /** What still waits for another commit is not begun any more: nobody was told that it took place. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.length = 0;
    return this.#raw.close();
  }

  #enqueue(work: () => Work | undefined, done: Done): void {
    if (this.#isClosed) return;
    this.#waiting.push(() => this.#begin(work, done));
    assert(this.#waiting.length <= WAITING_MAX, 'few commits wait');
    this.#proceed();
  }

  #proceed(): void {
    if (!this.#isBusy) this.#waiting.shift()?.();
  }

  #begin(work: () => Work | undefined, done: Done): void {
    this.#isBusy = true;
    let commit: Commit;
    try {
      const content = work();
      if (content === undefined) {
        this.#finish(done, undefined);
        return;
      }
      commit = this.#seal(content);
    } catch (error) {
      this.#finish(done, error);
      return;
    }
    const next = this.#readsOf(this.#raw, commit.state);
    this.#next = next;
    this.#raw.commit(commit.batch, (error) => {
      this.#next = undefined;
      if (error === undefined) {
        this.#reads = next;
        for (const { bytes } of commit.batch.pages) freeBytes(bytes);
      }
      this.#finish(done, error);
    });
  }

  #finish(done: Done, error: unknown): void {
    this.#isBusy = false;
    done(error);
    this.#proceed();
  }

  #seal(work: Work): Commit {
    const before = this.#reads;
    const content = work.header ?? before.header();
    assert(content !== undefined, 'a database that is re-encrypted has a header');
    const stored: StoredPage[] = [];
    const puts = work.pages.map(({ key: low, bytes }) => {
      const { seal, bytes: sealed } = this.#sealer.seal(PAGE_AAD, bytes);
      stored.push({ key: pageName(seal), bytes: sealed });
      return { low, seal };
    });
    const nodes = new NewNodes(this.#sealer, before);
    const update = updateIndex(nodes, before.root, { removed: work.removed, puts });
    const freedNodes = nodes.free(update.freedNodes);
    nodes.keepIn(this.#cache);
    for (const seal of freedNodes) this.#cache.delete(seal);
    const others = before.keys.filter((key) => key !== this.key);
    const state: EncryptedHeader = {
      pages: before.pages + update.gained,
      nodes: before.nodes + nodes.count - freedNodes.length,
      keys: work.isPure ? [this.key] : [...others, this.key],
      root: update.root,
      content: content.slice(),
    };
    const batch: PageBatch = {
      removeRanges: [],
      removeKeys: [...update.freedPages.map(pageName), ...freedNodes.map(nodeName)],
      pages: [...stored, ...nodes.stored()],
      longValues: work.longValues.map(({ id, bytes }) => ({
        id,
        bytes: bytes === undefined ? undefined : sealLong(this.#sealer, id, bytes),
      })),
      header: this.#sealHeader(state),
    };
    return { batch, state };
  }

  #sealHeader(state: EncryptedHeader): Uint8Array {
    const plain = encodeEnvelope({ storeId: this.#storeId, seal: this.#sealer.next });
    return concatBytes(plain, this.#sealer.seal(plain, encodeEncryptedHeader(state)).bytes);
  }
}

/** The nodes that an update of the index makes, until they are committed. */
class NewNodes {
  readonly #sealer: Sealer;
  readonly #before: EncryptedReads;
  readonly #nodes = new Map<
    string,
    { readonly seal: Seal; readonly node: IndexNode; readonly sealed: Uint8Array }
  >();

  constructor(sealer: Sealer, before: EncryptedReads) {
    this.#sealer = sealer;
    this.#before = before;
  }

  readonly read = (seal: Seal): IndexNode =>
    this.#nodes.get(textOf(seal))?.node ?? this.#before.node(seal);

  readonly write = (bytes: Uint8Array): Seal => {
    const { seal, bytes: sealed } = this.#sealer.seal(NODE_AAD, bytes);
    this.#nodes.set(textOf(seal), { seal, node: IndexNode.decode(bytes, true), sealed });
    return seal;
  };

  get count(): number {
    return this.#nodes.size;
  }

  /** Those of the freed nodes that are stored: others were made by this very update, and are not needed. */
  free(freed: readonly Seal[]): readonly Seal[] {
    return freed.filter((seal) => !this.#nodes.delete(textOf(seal)));
  }

  /** They are what will be read next, if the commit takes place. */
  keepIn(cache: NodeCache): void {
    for (const { seal, node } of this.#nodes.values()) cache.put(seal, node);
  }

  stored(): StoredPage[] {
    return [...this.#nodes.values()].map(({ seal, sealed }) => ({
      key: nodeName(seal),
      bytes: sealed,
    }));
  }
}

function textOf({ era, counter }: Seal): string {
  return era.salt + String(counter);
}
