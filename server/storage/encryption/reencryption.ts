/**
 * Carries an encrypted page store over to the key that encrypts now, a slice at a time: pages and index in the order
 * of their lows, then long values. Each slice is a commit of its own that changes nothing of the content, so a crash
 * or a change of the database in between does no harm. Nothing is remembered over a restart: what is under the key
 * already is passed over at the cost of reading the index.
 *
 * When one pass from end to end is through, nothing is left under another key: what was written meanwhile was written
 * with the new one. The last commit says so in the header.
 */
import type { StoredPage } from '../../ports/page-store.ts';
import type { EncryptedPageStore } from './encrypted-page-store.ts';
import type { IndexNode } from './index-node.ts';
import type { Seal } from './sealer.ts';

/** Of a slice: bytes that are encrypted again, about; parts of the index and long values that are looked at. */
const SLICE_BYTES = 1024 * 1024;
const SLICE_LEAVES = 32;
const SLICE_LONG_VALUES = 64;

type Pass =
  | { readonly phase: 'pages'; readonly from: Uint8Array; readonly passed: number }
  | { readonly phase: 'long values'; readonly after: number }
  | { readonly phase: 'end' };

const BEGINNING: Pass = { phase: 'pages', from: new Uint8Array(0), passed: 0 };

/** What a slice does, and where the next goes on. */
interface Slice {
  readonly pages: readonly StoredPage[];
  readonly longValues: readonly { readonly id: number; readonly bytes: Uint8Array }[];
  readonly next: Pass;
}

export class Reencryption {
  readonly #store: EncryptedPageStore;
  #pass: Pass = BEGINNING;
  #key: string;

  constructor(store: EncryptedPageStore) {
    this.#store = store;
    this.#key = store.key;
  }

  /** Whether anything may be under another key than the one that encrypts now. */
  get isNeeded(): boolean {
    return this.#store.keysInUse.length > 1;
  }

  /** Pages that are known to be under the key that encrypts now, of all: 0 to 1. */
  get progress(): number {
    if (!this.isNeeded) return 1;
    if (this.#key !== this.#store.key) return 0;
    if (this.#pass.phase !== 'pages') return 1;
    return Math.min(1, this.#pass.passed / Math.max(1, this.#store.reads.pages));
  }

  /** The next slice. `done` follows when its commit is durable, or with an error: then nothing was changed. */
  step(done: (error: unknown) => void): void {
    if (!this.isNeeded) {
      done(undefined);
      return;
    }
    let next = this.#pass;
    this.#store.recommit(
      () => {
        if (this.#key !== this.#store.key) {
          this.#key = this.#store.key;
          this.#pass = BEGINNING;
        }
        const { pages, longValues, next: after } = this.#slice();
        next = after;
        const isPure = next.phase === 'end';
        if (pages.length === 0 && longValues.length === 0 && !isPure) return undefined;
        return { pages, longValues, isPure };
      },
      (error) => {
        if (error === undefined) this.#pass = next.phase === 'end' ? BEGINNING : next;
        done(error);
      },
    );
  }

  #slice(): Slice {
    const pass = this.#pass;
    if (pass.phase === 'pages') return this.#pages(pass.from, pass.passed);
    return this.#longValues(pass.phase === 'long values' ? pass.after : 0);
  }

  #pages(from: Uint8Array, passedBefore: number): Slice {
    const pages: StoredPage[] = [];
    let passed = passedBefore;
    let bytes = 0;
    let key = from;
    for (let leaves = 0; leaves < SLICE_LEAVES && bytes < SLICE_BYTES; leaves++) {
      const place = this.#leafAt(key);
      if (place === undefined) break;
      const { leaf, high, isUnderKey } = place;
      let i = Math.max(0, leaf.position(key, false));
      // Writing one page again writes the way to it again.
      let isWayNeeded = !isUnderKey && i === 0;
      for (; i < leaf.count && bytes < SLICE_BYTES; i++) {
        const { low, seal } = leaf.entryAt(i);
        passed++;
        if (!isWayNeeded && this.#isCurrent(seal)) continue;
        isWayNeeded = false;
        const page = this.#store.reads.page(seal);
        pages.push({ key: low, bytes: page });
        bytes += page.length;
      }
      if (i < leaf.count) {
        return { pages, longValues: [], next: { phase: 'pages', from: leaf.lowAt(i), passed } };
      }
      if (high === undefined)
        return { pages, longValues: [], next: { phase: 'long values', after: 0 } };
      key = high;
    }
    const isEmpty = this.#store.reads.root === undefined;
    const next: Pass = isEmpty
      ? { phase: 'long values', after: 0 }
      : { phase: 'pages', from: key, passed };
    return { pages, longValues: [], next };
  }

  /** The leaf that is responsible for a key, where the next begins, and whether the way to it is under the key. */
  #leafAt(key: Uint8Array):
    | {
        readonly leaf: IndexNode;
        readonly high: Uint8Array | undefined;
        readonly isUnderKey: boolean;
      }
    | undefined {
    const { root } = this.#store.reads;
    if (root === undefined) return undefined;
    let { seal } = root;
    let isUnderKey = this.#isCurrent(seal);
    let high: Uint8Array | undefined;
    for (;;) {
      const node = this.#store.reads.node(seal);
      if (node.level === 0) return { leaf: node, high, isUnderKey };
      const i = Math.max(0, node.position(key, true) - 1);
      if (i + 1 < node.count) high = node.lowAt(i + 1);
      seal = node.sealAt(i);
      isUnderKey &&= this.#isCurrent(seal);
    }
  }

  #longValues(after: number): Slice {
    const longValues: { id: number; bytes: Uint8Array }[] = [];
    const ids = this.#store.longValuesAfter(after, SLICE_LONG_VALUES);
    let bytes = 0;
    let last = after;
    for (const id of ids) {
      if (bytes >= SLICE_BYTES) break;
      last = id;
      const seal = this.#store.reads.sealOfLong(id);
      if (seal === undefined || this.#isCurrent(seal)) continue;
      const value = this.#store.longValue(id);
      if (value === undefined) continue;
      longValues.push({ id, bytes: value });
      bytes += value.length;
    }
    const next: Pass = ids.length === 0 ? { phase: 'end' } : { phase: 'long values', after: last };
    return { pages: [], longValues, next };
  }

  #isCurrent({ era }: Seal): boolean {
    return era.fingerprint === this.#key;
  }
}
