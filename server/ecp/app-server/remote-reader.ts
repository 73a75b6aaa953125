/**
 * Reads over the cache with the overlay merged in. Answers at once or says MISS and notes in `missed` what it
 * would need; the remote database gets that and asks again from the start, so that all parts of an answer are
 * of one moment (rule R7).
 */
import { compareBytes, successor } from '../../base/bytes.ts';
import { subtreeEnd } from '../../globals/key.ts';
import { MISS, type NodeReader } from '../../globals/navigation.ts';
import type { ScannedNode } from '../wire/frame.ts';
import type { CachedBlock, CacheSpace } from './block-cache.ts';
import type { Overlay } from './overlay.ts';
import type { PendingChange } from './pending-requests.ts';

export type Missed =
  /** The block that covers `key`, or with `reverse` the one that covers what is below it. */
  | { readonly kind: 'block'; readonly key: Uint8Array; readonly reverse: boolean }
  | {
      readonly kind: 'long';
      readonly id: number;
      readonly length: number;
      readonly keep: (value: Uint8Array) => void;
    }
  /** The answer of a change that is under way. */
  | { readonly kind: 'change'; readonly change: PendingChange };

export class RemoteReader implements NodeReader {
  readonly #space: CacheSpace;
  readonly #overlay: Overlay;
  missed: Missed | undefined;

  constructor(space: CacheSpace, overlay: Overlay) {
    this.#space = space;
    this.#overlay = overlay;
  }

  get(key: Uint8Array): Uint8Array | undefined | typeof MISS {
    if (!this.#overlay.isEmpty) {
      const pending = this.#overlay.at(key);
      if (pending.kind === 'value') return pending.value;
      if (pending.kind === 'absent') return undefined;
      if (pending.kind === 'unknown') return this.#missChange(pending.token);
    }
    const copy = this.#space.find(key);
    if (copy === undefined) return this.#missBlock(key, false);
    const place = copy.block.find(key);
    if (place < 0) return undefined;
    if (copy.block.isLong(place)) return this.#longValue(copy, place);
    return copy.block.valueAt(place);
  }

  /** The hot path: text of a node at `bytes[0, length)`, with nothing pending and its block cached; else MISS. */
  textFromCache(bytes: Uint8Array, length: number): string | undefined | typeof MISS {
    if (!this.#overlay.isEmpty) return MISS;
    const copy = this.#space.find(bytes, length);
    if (copy === undefined) return MISS;
    const place = copy.block.find(bytes, length);
    if (place < 0) return undefined;
    return copy.block.isLong(place) ? MISS : copy.block.textAt(place);
  }

  #longValue(copy: CachedBlock, place: number): Uint8Array | typeof MISS {
    const { id, length } = copy.block.longAt(place);
    const kept = copy.longValues?.get(id);
    if (kept !== undefined) return kept;
    this.missed = {
      kind: 'long',
      id,
      length,
      keep: (value) => this.#space.keepLongValue(copy, id, value),
    };
    return MISS;
  }

  ceiling(from: Uint8Array, limit: Uint8Array | undefined): Uint8Array | undefined | typeof MISS {
    const overlay = this.#overlay;
    if (overlay.isEmpty) return this.#cachedCeiling(from, limit);
    const unknown = overlay.unknownIn(from, limit);
    if (unknown !== undefined) return this.#missChange(unknown);
    const pending = overlay.valueAtOrAfter(from, limit);
    const end = pending ?? limit;
    let at = from;
    for (;;) {
      const cached = this.#cachedCeiling(at, end);
      if (cached === MISS) return MISS;
      if (cached === undefined) return pending;
      if (overlay.at(cached).kind === 'silent') return cached;
      const killed = overlay.killAround(cached);
      at = killed === undefined ? successor(cached) : subtreeEnd(killed);
      if (end !== undefined && compareBytes(at, end) >= 0) return pending;
    }
  }

  #cachedCeiling(
    from: Uint8Array,
    limit: Uint8Array | undefined,
  ): Uint8Array | undefined | typeof MISS {
    let at = from;
    for (;;) {
      const copy = this.#space.find(at);
      if (copy === undefined) return this.#missBlock(at, false);
      const place = copy.block.position(at);
      if (place < copy.block.count) {
        const key = copy.block.keyAt(place);
        return limit === undefined || compareBytes(key, limit) < 0 ? key : undefined;
      }
      const { high } = copy.block;
      if (high === undefined || (limit !== undefined && compareBytes(high, limit) >= 0))
        return undefined;
      at = high;
    }
  }

  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined | typeof MISS {
    const overlay = this.#overlay;
    if (overlay.isEmpty) return this.#cachedBelow(key, limit);
    const unknown = overlay.unknownIn(limit, key);
    if (unknown !== undefined) return this.#missChange(unknown);
    const pending = overlay.valueBelow(key, limit);
    const end = pending ?? limit;
    let at = key;
    for (;;) {
      const cached = this.#cachedBelow(at, end);
      if (cached === MISS) return MISS;
      if (cached === undefined) return pending;
      if (overlay.at(cached).kind === 'silent') return cached;
      // Nothing of a killed subtree counts: what matters next lies below its root.
      at = overlay.killAround(cached) ?? cached;
      if (compareBytes(at, end) <= 0) return pending;
    }
  }

  #cachedBelow(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined | typeof MISS {
    let at = key;
    for (;;) {
      const copy = this.#space.findBelow(at);
      const { high } = copy?.block ?? {};
      if (copy === undefined || (high !== undefined && compareBytes(high, at) < 0))
        return this.#missBlock(at, true);
      const place = copy.block.position(at) - 1;
      if (place >= 0) {
        const found = copy.block.keyAt(place);
        return compareBytes(found, limit) >= 0 ? found : undefined;
      }
      if (compareBytes(copy.low, limit) <= 0) return undefined;
      at = copy.low;
    }
  }

  #missBlock(key: Uint8Array, reverse: boolean): typeof MISS {
    this.missed = { kind: 'block', key: key.slice(), reverse };
    return MISS;
  }

  #missChange(token: object): typeof MISS {
    this.missed = { kind: 'change', change: token as PendingChange };
    return MISS;
  }
}

/** Reads over nodes that the data server itself found for one operation. */
export class SnapshotReader implements NodeReader {
  readonly #nodes: readonly ScannedNode[];
  readonly #longValues = new Map<number, Uint8Array>();
  missed: Missed | undefined;

  /** `nodes` in any order. */
  constructor(nodes: readonly ScannedNode[]) {
    this.#nodes = [...nodes].sort((a, b) => compareBytes(a.key, b.key));
  }

  get(key: Uint8Array): Uint8Array | undefined | typeof MISS {
    const node = this.#nodes.find((candidate) => compareBytes(candidate.key, key) === 0);
    if (node?.long === undefined) return node?.value;
    const { id, length } = node.long;
    const kept = this.#longValues.get(id);
    if (kept !== undefined) return kept;
    this.missed = { kind: 'long', id, length, keep: (value) => this.#longValues.set(id, value) };
    return MISS;
  }

  ceiling(key: Uint8Array, limit: Uint8Array | undefined): Uint8Array | undefined {
    const found = this.#nodes.find((node) => compareBytes(node.key, key) >= 0)?.key;
    return found !== undefined && (limit === undefined || compareBytes(found, limit) < 0)
      ? found
      : undefined;
  }

  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    const found = this.#nodes.findLast((node) => compareBytes(node.key, key) < 0)?.key;
    return found !== undefined && compareBytes(found, limit) >= 0 ? found : undefined;
  }
}
