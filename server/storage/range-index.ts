/**
 * An ordered map of disjoint ranges by their low keys: which range covers this key? For the buffer pool
 * and for the app server's cache, where every read begins with this question.
 *
 * Two levels of sorted arrays. Neighbouring keys share long prefixes, so each array knows the prefix
 * common to its keys and keeps the six bytes after it as an exact double: most comparisons are of numbers.
 *
 * Invariants
 * - The low of an item never changes while it is in the index; its high may, as long as ranges stay disjoint.
 * - No leaf is empty; the lows of leaf i all lie below those of leaf i + 1.
 * - A leaf is filed under a key that is not above its lows, and above those of the leaf before.
 */
import { assert } from '../base/assert.ts';
import { commonPrefixLength, compareBytes, EMPTY } from '../base/bytes.ts';
import { comparePart } from './block-format.ts';

/** Insertion moves half of a leaf on average. */
const LEAF_COUNT_MAX = 256;
const HEAD_BYTES = 6;

/** A range [low, high); high undefined means the end of the key space. */
export interface Ranged {
  readonly low: Uint8Array;
  readonly high: Uint8Array | undefined;
}

/** The bytes of key[at, at + 6) as a number, zeros where the key has ended. */
function headOf(key: Uint8Array, length: number, at: number): number {
  if (at + HEAD_BYTES <= length) {
    return (
      ((key[at] as number) * 0x100 + (key[at + 1] as number)) * 0x1_0000_0000 +
      (key[at + 2] as number) * 0x100_0000 +
      (((key[at + 3] as number) << 16) | ((key[at + 4] as number) << 8) | (key[at + 5] as number))
    );
  }
  let head = 0;
  for (let i = at; i < at + HEAD_BYTES; i++)
    head = head * 0x100 + (i < length ? (key[i] as number) : 0);
  return head;
}

/** Values in the order of their keys. */
class SortedArray<T> {
  readonly keys: Uint8Array[];
  readonly values: T[];
  #heads: Float64Array;
  #prefixLength = 0;

  constructor(keys: Uint8Array[], values: T[]) {
    this.keys = keys;
    this.values = values;
    this.#heads = new Float64Array(16);
    this.#measure();
  }

  /** Finds the common prefix and all heads anew. */
  #measure(): void {
    const { keys } = this;
    const first = keys[0];
    const last = keys[keys.length - 1];
    this.#prefixLength =
      first === undefined || last === undefined ? 0 : commonPrefixLength(first, last);
    if (this.#heads.length < keys.length) {
      this.#heads = new Float64Array(Math.max(keys.length * 2, 16));
    }
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as Uint8Array;
      this.#heads[i] = headOf(key, key.length, this.#prefixLength);
    }
  }

  /** How many keys are ≤ `key`. */
  countUpTo(key: Uint8Array, length: number): number {
    const { keys } = this;
    const count = keys.length;
    if (count === 0) return 0;
    const prefixLength = this.#prefixLength;
    const sample = keys[0] as Uint8Array;
    const shorter = length < prefixLength ? length : prefixLength;
    for (let i = 0; i < shorter; i++) {
      const difference = (key[i] as number) - (sample[i] as number);
      if (difference !== 0) return difference < 0 ? 0 : count;
    }
    if (length < prefixLength) return 0;
    const head = headOf(key, length, prefixLength);
    const heads = this.#heads;
    let first = 0;
    let last = count;
    while (first < last) {
      const middle = (first + last) >>> 1;
      const other = heads[middle] as number;
      const isUpTo =
        other < head ||
        (other === head && comparePart(key, length, keys[middle] as Uint8Array) >= 0);
      if (isUpTo) first = middle + 1;
      else last = middle;
    }
    return first;
  }

  insert(index: number, key: Uint8Array, value: T): void {
    const { keys, values } = this;
    keys.splice(index, 0, key);
    values.splice(index, 0, value);
    const isInside = index > 0 && index < keys.length - 1;
    if (!isInside || this.#heads.length < keys.length) {
      this.#measure();
      return;
    }
    // Between two keys the common prefix of all is the same as before.
    this.#heads.copyWithin(index + 1, index, keys.length - 1);
    this.#heads[index] = headOf(key, key.length, this.#prefixLength);
  }

  removeAt(index: number): void {
    this.keys.splice(index, 1);
    this.values.splice(index, 1);
    // The prefix stays common to the rest, if not the longest possible.
    this.#heads.copyWithin(index, index + 1, this.keys.length + 1);
  }

  /** Gives the upper half away. */
  halve(): SortedArray<T> {
    const half = this.keys.length >>> 1;
    const upper = new SortedArray(this.keys.splice(half), this.values.splice(half));
    this.#measure();
    return upper;
  }
}

export class RangeIndex<T extends Ranged> {
  readonly #leafCountMax: number;
  #leaves = new SortedArray<SortedArray<T>>([], []);
  #size = 0;

  /** `leafCountMax`: items of a leaf above which it is halved. */
  constructor(leafCountMax = LEAF_COUNT_MAX) {
    this.#leafCountMax = leafCountMax;
  }

  get size(): number {
    return this.#size;
  }

  /** The item whose range holds the key: the first `length` bytes of `key`. */
  find(key: Uint8Array, length = key.length): T | undefined {
    const item = this.floor(key, length);
    if (item === undefined) return undefined;
    const { high } = item;
    return high === undefined || comparePart(key, length, high) < 0 ? item : undefined;
  }

  /** The item with the greatest low ≤ key. */
  floor(key: Uint8Array, length = key.length): T | undefined {
    const at = this.#leaves.countUpTo(key, length) - 1;
    const leaf = this.#leaves.values[at];
    if (leaf === undefined) return undefined;
    const index = leaf.countUpTo(key, length) - 1;
    // A leaf whose first items went is filed under a key below the ones that it has left.
    return index >= 0 ? leaf.values[index] : this.#leaves.values[at - 1]?.values.at(-1);
  }

  /** The item with the smallest low ≥ key. */
  ceiling(key: Uint8Array, length = key.length): T | undefined {
    const at = this.#leaves.countUpTo(key, length) - 1;
    const leaf = this.#leaves.values[at];
    if (leaf !== undefined) {
      const index = leaf.countUpTo(key, length);
      const found = leaf.keys[index - 1];
      if (found !== undefined && comparePart(key, length, found) === 0)
        return leaf.values[index - 1];
      if (index < leaf.values.length) return leaf.values[index];
    }
    return this.#leaves.values[at + 1]?.values[0];
  }

  /** The item with the greatest low < key; undefined `key` means the end of the key space. */
  below(key: Uint8Array | undefined, length = key?.length ?? 0): T | undefined {
    const leaves = this.#leaves.values;
    if (key === undefined) return leaves[leaves.length - 1]?.values.at(-1);
    const at = this.#leaves.countUpTo(key, length) - 1;
    const leaf = leaves[at];
    if (leaf === undefined) return undefined;
    const index = leaf.countUpTo(key, length) - 1;
    const found = leaf.keys[index];
    if (found !== undefined && comparePart(key, length, found) > 0) return leaf.values[index];
    return index > 0 ? leaf.values[index - 1] : leaves[at - 1]?.values.at(-1);
  }

  /** All items whose range has a key in [low, high), ascending. */
  overlapping(low: Uint8Array, high: Uint8Array | undefined): T[] {
    const items: T[] = [];
    const first = this.find(low) ?? this.ceiling(low);
    if (first === undefined) return items;
    const leaves = this.#leaves.values;
    let at = this.#leaves.countUpTo(first.low, first.low.length) - 1;
    let leaf = leaves[at];
    let index = leaf === undefined ? 0 : leaf.countUpTo(first.low, first.low.length) - 1;
    while (leaf !== undefined) {
      for (; index < leaf.values.length; index++) {
        const item = leaf.values[index] as T;
        if (high !== undefined && compareBytes(item.low, high) >= 0) return items;
        items.push(item);
      }
      leaf = leaves[++at];
      index = 0;
    }
    return items;
  }

  /** The item after this one. */
  next(item: T): T | undefined {
    const leaves = this.#leaves.values;
    const at = this.#leaves.countUpTo(item.low, item.low.length) - 1;
    const leaf = leaves[at];
    if (leaf === undefined) return leaves[0]?.values[0];
    const index = leaf.countUpTo(item.low, item.low.length);
    return index < leaf.values.length ? leaf.values[index] : leaves[at + 1]?.values[0];
  }

  /** Adds an item. Its range must be free, its low at least: the caller removes what overlaps first. */
  insert(item: T): void {
    const { low } = item;
    this.#size++;
    const { keys, values } = this.#leaves;
    if (values.length === 0) {
      this.#leaves.insert(0, low, new SortedArray([low], [item]));
      return;
    }
    const at = Math.max(0, this.#leaves.countUpTo(low, low.length) - 1);
    const leaf = values[at] as SortedArray<T>;
    const index = leaf.countUpTo(low, low.length);
    const before = leaf.keys[index - 1];
    assert(before === undefined || compareBytes(before, low) !== 0, 'a range is indexed once');
    leaf.insert(index, low, item);
    if (index === 0 && compareBytes(keys[at] as Uint8Array, low) > 0) this.#rekey(at);
    if (leaf.keys.length > this.#leafCountMax) {
      const upper = leaf.halve();
      this.#leaves.insert(at + 1, upper.keys[0] as Uint8Array, upper);
    }
  }

  /** A leaf got a key below the one it was filed under. */
  #rekey(at: number): void {
    const leaf = this.#leaves.values[at] as SortedArray<T>;
    this.#leaves.removeAt(at);
    this.#leaves.insert(at, leaf.keys[0] as Uint8Array, leaf);
  }

  /** Takes an item out; false if it (or another with its low) is not there. */
  remove(item: T): boolean {
    const { low } = item;
    const at = this.#leaves.countUpTo(low, low.length) - 1;
    const leaf = this.#leaves.values[at];
    if (leaf === undefined) return false;
    const index = leaf.countUpTo(low, low.length) - 1;
    if (leaf.values[index] !== item) return false;
    leaf.removeAt(index);
    if (leaf.keys.length === 0) this.#leaves.removeAt(at);
    this.#size--;
    return true;
  }

  clear(): void {
    this.#leaves = new SortedArray<SortedArray<T>>([], []);
    this.#size = 0;
  }

  /** Ascending. The index must not change meanwhile. */
  *[Symbol.iterator](): IterableIterator<T> {
    for (const leaf of this.#leaves.values) yield* leaf.values;
  }

  /** The first item, if there is one. */
  first(): T | undefined {
    return this.ceiling(EMPTY, 0);
  }
}
