/**
 * A block: all nodes of one half-open key range [low, high) of one database. It says what is absent in
 * its range too, so it is the unit of disk I/O, of caching and of invalidation.
 *
 * The same bytes are the wire form, the page form and the form searched in memory (docs/formats/block.md):
 *
 *   header | low | high | pad | entries, growing up | free | slots, growing down from the end
 *
 * Invariants
 * - Every key in [low, high) starts with the block prefix, the common prefix of low and high; entries hold
 *   what follows it. Inserts never change the prefix; a new fence does, and repacks the block.
 * - Slot i (the i-th Uint16 from the end) is half the offset of the i-th entry in key order: entries start
 *   at even offsets, so that a copy of twice 64 KiB is still addressable.
 * - `byteLength` (the packed size) never exceeds `capacity`.
 * - An encoded block has no free space, and its entries lie in key order without gaps.
 * - The range never changes but by `split`, `absorb` and `setHigh`; `low` never changes at all.
 */
import { assert } from '../base/assert.ts';
import { commonPrefixLength, compareBytes, EMPTY, freeBytes, textOf } from '../base/bytes.ts';
import { KEY_BYTES_MAX } from '../base/limits.ts';
import {
  VERSION,
  HEADER_BYTES,
  AT_COUNT,
  AT_LOW_LENGTH,
  AT_HIGH_LENGTH,
  AT_HEAP_END,
  AT_ID,
  NO_HIGH,
  ENTRY_HEADER_BYTES,
  SLOT_BYTES,
  SUFFIX_LENGTH_MASK,
  LONG_FLAG,
  LONG_STUB_BYTES,
  type LongValueReference,
  readU32,
  readU16,
  writeU16,
  writeU32,
  readU64,
  writeU64,
  copyBytes,
  even,
  entryBytes,
  heapStartOf,
  checkPadding,
  damaged,
  comparePart,
} from './block-format.ts';

export { encodeLongStub, LOWEST_KEY } from './block-format.ts';

export class Block {
  readonly id: number;
  readonly low: Uint8Array;
  /** Limit of `byteLength`; the memory grows towards it as needed. */
  readonly capacity: number;
  #high: Uint8Array | undefined;
  #bytes: Uint8Array;
  #count: number;
  #prefixLength: number;
  #heapStart: number;
  #heapEnd: number;
  /** Bytes of entries that were removed or replaced. */
  #garbage = 0;
  /** Entries lie in key order, so that they can be copied as a whole. */
  #ordered = true;
  #mayHoldLong = false;

  private constructor(
    id: number,
    low: Uint8Array,
    high: Uint8Array | undefined,
    capacity: number,
    bytes: Uint8Array,
    count: number,
    heapEnd: number,
  ) {
    this.id = id;
    this.low = low;
    this.#high = high;
    this.capacity = capacity;
    this.#bytes = bytes;
    this.#count = count;
    this.#prefixLength = high === undefined ? 0 : commonPrefixLength(low, high);
    this.#heapStart = heapStartOf(low, high);
    this.#heapEnd = heapEnd;
  }

  /** A block without nodes. The fences are kept, not copied: the caller never changes them. */
  static empty(id: number, low: Uint8Array, high: Uint8Array | undefined, capacity: number): Block {
    assert(high === undefined || compareBytes(low, high) < 0, 'a block range is not empty');
    const heapStart = heapStartOf(low, high);
    assert(heapStart <= capacity, 'the fences fit into a block');
    return new Block(id, low, high, capacity, new Uint8Array(heapStart), 0, heapStart);
  }

  /**
   * A block over bytes that `encode` made. Takes the bytes over: the caller must not touch them again.
   * `capacity` below their length means their length. Trusts nothing: EcpError DAMAGED where a length,
   * an order or a range does not hold.
   */
  static decode(bytes: Uint8Array, capacity = bytes.length): Block {
    if (bytes.length < HEADER_BYTES) throw damaged('it is shorter than its header');
    if (bytes[0] !== VERSION) throw damaged(`version ${bytes[0] ?? 0} is not known`);
    if (bytes[1] !== 0) throw damaged('it has unknown flags');
    const lowLength = readU16(bytes, AT_LOW_LENGTH);
    const highLength = readU16(bytes, AT_HIGH_LENGTH);
    const highEnd = HEADER_BYTES + lowLength + (highLength === NO_HIGH ? 0 : highLength);
    if (lowLength > KEY_BYTES_MAX || (highLength !== NO_HIGH && highLength > KEY_BYTES_MAX)) {
      throw damaged('a fence is too long');
    }
    const count = readU16(bytes, AT_COUNT);
    const heapEnd = readU32(bytes, AT_HEAP_END);
    if (heapEnd + count * SLOT_BYTES !== bytes.length || heapEnd < even(highEnd)) {
      throw damaged('its parts do not add up to its length');
    }
    if (bytes.length > 2 * 0xffff) throw damaged('it is too long');
    const id = readU64(bytes, AT_ID);
    if (!Number.isSafeInteger(id)) throw damaged('its id is out of range');
    const low = bytes.slice(HEADER_BYTES, HEADER_BYTES + lowLength);
    const high =
      highLength === NO_HIGH ? undefined : bytes.slice(HEADER_BYTES + lowLength, highEnd);
    if (high !== undefined && compareBytes(low, high) >= 0) throw damaged('its range is empty');
    const block = new Block(id, low, high, Math.max(capacity, bytes.length), bytes, count, heapEnd);
    block.#validate();
    return block;
  }

  /** A packed copy, which the caller owns, with `room` bytes behind it. */
  encode(room = 0): Uint8Array {
    if (this.#garbage > 0 || !this.#ordered) this.#repack(this.#high, this.#bytes.length);
    const slots = this.#count * SLOT_BYTES;
    const whole = new Uint8Array(this.#heapEnd + slots + room);
    const bytes = this.#bytes;
    whole.set(bytes.subarray(0, this.#heapEnd));
    whole.set(bytes.subarray(bytes.length - slots), this.#heapEnd);
    whole[0] = VERSION;
    whole[1] = 0;
    writeU16(whole, AT_COUNT, this.#count);
    writeU16(whole, AT_LOW_LENGTH, this.low.length);
    writeU16(whole, AT_HIGH_LENGTH, this.#high?.length ?? NO_HIGH);
    writeU32(whole, AT_HEAP_END, this.#heapEnd);
    writeU64(whole, AT_ID, this.id);
    whole.set(this.low, HEADER_BYTES);
    if (this.#high !== undefined) whole.set(this.#high, HEADER_BYTES + this.low.length);
    return whole;
  }

  /** Gives its memory back, not waiting for the collector: views are empty from here on, and whoever uses it fails. */
  release(): void {
    freeBytes(this.#bytes);
    this.#bytes = EMPTY;
    this.#count = this.#heapEnd = 0;
  }

  /** The first key after the range; undefined means the end of the key space. */
  get high(): Uint8Array | undefined {
    return this.#high;
  }

  /** Nodes in the block. */
  get count(): number {
    return this.#count;
  }

  /** Bytes that all keys of the range have in common, and that no entry holds. */
  get prefixLength(): number {
    return this.#prefixLength;
  }

  /** Bytes of `encode`. */
  get byteLength(): number {
    return this.#heapEnd - this.#garbage + this.#count * SLOT_BYTES;
  }

  /** False if no node has a long value; true if one has or had. */
  get mayHoldLong(): boolean {
    return this.#mayHoldLong;
  }

  /** Bytes of memory that the block's content takes. */
  get memoryBytes(): number {
    return this.#bytes.length;
  }

  /** Whether the key, the first `length` bytes of `key`, lies in the range. */
  covers(key: Uint8Array, length = key.length): boolean {
    return (
      comparePart(key, length, this.low) >= 0 &&
      (this.#high === undefined || comparePart(key, length, this.#high) < 0)
    );
  }

  /**
   * The index of the node with this key (the first `length` bytes of `key`), or -(index where it would
   * stand) - 1. The key must lie in the range: it is compared after the block prefix only.
   */
  find(key: Uint8Array, length = key.length): number {
    const bytes = this.#bytes;
    const lastSlot = bytes.length - SLOT_BYTES;
    assert(lastSlot > 0, 'a block that was released is not used');
    const prefixLength = this.#prefixLength;
    const keyLength = length - prefixLength;
    let first = 0;
    let last = this.#count - 1;
    while (first <= last) {
      const middle = (first + last) >>> 1;
      const slot = lastSlot - middle * SLOT_BYTES;
      const at = ((bytes[slot] as number) | ((bytes[slot + 1] as number) << 8)) << 1;
      const suffixLength =
        ((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) & SUFFIX_LENGTH_MASK;
      const shorter = suffixLength < keyLength ? suffixLength : keyLength;
      let i = at + ENTRY_HEADER_BYTES;
      const end = i + shorter;
      let j = prefixLength;
      while (i < end && bytes[i] === key[j]) {
        i++;
        j++;
      }
      const order = i < end ? (bytes[i] as number) - (key[j] as number) : suffixLength - keyLength;
      if (order === 0) return middle;
      if (order < 0) first = middle + 1;
      else last = middle - 1;
    }
    return -first - 1;
  }

  /** The index of the first node with a key ≥ `key`, for any key: 0 below the range, `count` above it. */
  position(key: Uint8Array, length = key.length): number {
    if (comparePart(key, length, this.low) <= 0) return 0;
    if (this.#high !== undefined && comparePart(key, length, this.#high) >= 0) return this.#count;
    const index = this.find(key, length);
    return index >= 0 ? index : -index - 1;
  }

  /** The whole key of a node: a copy. */
  keyAt(index: number): Uint8Array {
    const at = this.#entryAt(index);
    const suffixLength = readU16(this.#bytes, at) & SUFFIX_LENGTH_MASK;
    const key = new Uint8Array(this.#prefixLength + suffixLength);
    copyBytes(key, 0, this.low, 0, this.#prefixLength);
    const suffixAt = at + ENTRY_HEADER_BYTES;
    copyBytes(key, this.#prefixLength, this.#bytes, suffixAt, suffixAt + suffixLength);
    return key;
  }

  /** A node's value, or its stub: a view that the block's next change, or its end, makes invalid. */
  valueAt(index: number): Uint8Array {
    const at = this.#entryAt(index);
    const from = this.#valueOffset(at);
    return this.#bytes.subarray(from, from + readU16(this.#bytes, at + 2));
  }

  /** A node's value as text (UTF-8). Not for long values. */
  textAt(index: number): string {
    const at = this.#entryAt(index);
    const from = this.#valueOffset(at);
    return textOf(this.#bytes, from, from + readU16(this.#bytes, at + 2));
  }

  /** Whether the node's value lives outside the block. */
  isLong(index: number): boolean {
    return (readU16(this.#bytes, this.#entryAt(index)) & LONG_FLAG) !== 0;
  }

  /** Where the node's long value is; only where `isLong`. */
  longAt(index: number): LongValueReference {
    const at = this.#entryAt(index);
    assert((readU16(this.#bytes, at) & LONG_FLAG) !== 0, 'the node has a long value');
    const from = this.#valueOffset(at);
    return { id: readU64(this.#bytes, from), length: readU32(this.#bytes, from + 8) };
  }

  /**
   * Sets a node, whose key must lie in the range; with `isLong` the value is a stub of encodeLongStub.
   * Returns false, having done nothing, when the block's packed size would exceed its capacity.
   */
  set(key: Uint8Array, keyLength: number, value: Uint8Array, isLong = false): boolean {
    if (isLong) this.#mayHoldLong = true;
    const index = this.find(key, keyLength);
    const suffixLength = keyLength - this.#prefixLength;
    const size = entryBytes(suffixLength, value.length);
    if (index >= 0) return this.#replace(index, key, suffixLength, value, size, isLong);
    if (this.byteLength + size + SLOT_BYTES > this.capacity) return false;
    if (!this.#hasRoom(size + SLOT_BYTES)) this.#makeRoom(size + SLOT_BYTES);
    const slot = -index - 1;
    const bytes = this.#bytes;
    const slotsFrom = bytes.length - this.#count * SLOT_BYTES;
    if (slot < this.#count) {
      bytes.copyWithin(slotsFrom - SLOT_BYTES, slotsFrom, bytes.length - slot * SLOT_BYTES);
      this.#ordered = false;
    }
    this.#count++;
    this.#append(slot, key, suffixLength, value, size, isLong);
    return true;
  }

  /** Removes one node. */
  removeAt(index: number): void {
    this.#removeSlots(index, index + 1);
  }

  /** Removes the nodes with from ≤ key < to (undefined: to the end); returns how many. */
  removeRange(from: Uint8Array, to: Uint8Array | undefined): number {
    const first = this.position(from);
    const last = to === undefined ? this.#count : this.position(to);
    if (last > first) this.#removeSlots(first, last);
    return Math.max(0, last - first);
  }

  /**
   * Whether `split` may use this boundary: it lies strictly inside the range, and what is below fits with
   * the boundary as its fence, which may be longer than the present one.
   */
  splitsAt(boundary: Uint8Array): boolean {
    return (
      compareBytes(boundary, this.low) > 0 &&
      this.covers(boundary) &&
      this.#sizeWithin(boundary, this.position(boundary)) <= this.capacity
    );
  }

  /**
   * Moves the upper part of the block into a new one and returns it. The parts meet at `boundary`, a key
   * inside the range; without one where it halves the bytes (at least two nodes are needed then).
   */
  split(newId: number, boundary: Uint8Array = this.#middleKey()): Block {
    assert(this.splitsAt(boundary), 'a split boundary lies strictly inside the range, and fits');
    const right = Block.empty(newId, boundary, this.#high, this.capacity);
    right.#repack(right.#high, Math.min(this.capacity, this.byteLength));
    const first = this.position(boundary);
    for (let i = first; i < this.#count; i++) {
      const fits = right.set(this.keyAt(i), this.#keyLengthAt(i), this.valueAt(i), this.isLong(i));
      assert(fits, 'a part of a block fits into a block');
    }
    if (first < this.#count) this.#removeSlots(first, this.#count);
    this.#repack(boundary, 0);
    return right;
  }

  /** Takes the next block's range and nodes over. False, having done nothing, if both exceed this block's capacity. */
  absorb(right: Block): boolean {
    assert(
      this.#high !== undefined && compareBytes(this.#high, right.low) === 0,
      'merged blocks are neighbours',
    );
    if (this.mergedLength(right) > this.capacity) return false;
    this.#repack(right.#high, 0);
    for (let i = 0; i < right.#count; i++) {
      const key = right.keyAt(i);
      const fits = this.set(key, key.length, right.valueAt(i), right.isLong(i));
      assert(fits, 'the merged size was computed right');
    }
    return true;
  }

  /** The packed size of this block and its right neighbour as one: whether `absorb` pays. */
  mergedLength(right: Block): number {
    return this.#sizeWithin(right.#high) + right.#entriesSize(this.low, right.#high, right.#count);
  }

  /**
   * Moves the upper fence. Nodes at or above it must be gone before. Returns false, having done nothing,
   * if a shorter block prefix would make the nodes too large.
   */
  setHigh(high: Uint8Array | undefined): boolean {
    assert(high === undefined || compareBytes(this.low, high) < 0, 'a block range is not empty');
    assert(
      this.#count === 0 ||
        high === undefined ||
        compareBytes(this.keyAt(this.#count - 1), high) < 0,
      'no node lies above the new fence',
    );
    if (this.#sizeWithin(high) > this.capacity) return false;
    this.#repack(high, 0);
    return true;
  }

  #entryAt(index: number): number {
    assert(index >= 0 && index < this.#count, 'a node index lies inside its block');
    return readU16(this.#bytes, this.#bytes.length - (index + 1) * SLOT_BYTES) << 1;
  }

  #valueOffset(entryAt: number): number {
    return entryAt + ENTRY_HEADER_BYTES + (readU16(this.#bytes, entryAt) & SUFFIX_LENGTH_MASK);
  }

  #keyLengthAt(index: number): number {
    return this.#prefixLength + (readU16(this.#bytes, this.#entryAt(index)) & SUFFIX_LENGTH_MASK);
  }

  #entrySizeAt(at: number): number {
    return entryBytes(readU16(this.#bytes, at) & SUFFIX_LENGTH_MASK, readU16(this.#bytes, at + 2));
  }

  #hasRoom(count: number): boolean {
    return this.#heapEnd + count <= this.#bytes.length - this.#count * SLOT_BYTES;
  }

  /** More memory, or the same without its garbage; the packed size is known to fit the capacity. */
  #makeRoom(count: number): void {
    const needed = this.byteLength + count;
    const grown = Math.max(needed, this.#bytes.length + (this.#bytes.length >> 1), 256);
    this.#repack(this.#high, even(Math.max(needed, Math.min(this.capacity, grown))));
  }

  /** Writes an entry behind the others and points a slot to it. */
  #append(
    slot: number,
    key: Uint8Array,
    suffixLength: number,
    value: Uint8Array,
    size: number,
    isLong: boolean,
  ): void {
    const bytes = this.#bytes;
    const at = this.#heapEnd;
    writeU16(bytes, bytes.length - (slot + 1) * SLOT_BYTES, at >>> 1);
    writeU16(bytes, at, isLong ? suffixLength | LONG_FLAG : suffixLength);
    writeU16(bytes, at + 2, value.length);
    const valueAt = at + ENTRY_HEADER_BYTES + suffixLength;
    copyBytes(
      bytes,
      at + ENTRY_HEADER_BYTES,
      key,
      this.#prefixLength,
      this.#prefixLength + suffixLength,
    );
    copyBytes(bytes, valueAt, value, 0, value.length);
    this.#heapEnd = at + size;
    // The padding byte is part of the format: golden bytes would differ by what lay there before.
    if (valueAt + value.length < this.#heapEnd) bytes[this.#heapEnd - 1] = 0;
  }

  #replace(
    index: number,
    key: Uint8Array,
    suffixLength: number,
    value: Uint8Array,
    size: number,
    isLong: boolean,
  ): boolean {
    const at = this.#entryAt(index);
    const oldSize = this.#entrySizeAt(at);
    if (size === oldSize) {
      const bytes = this.#bytes;
      const from = this.#valueOffset(at);
      writeU16(bytes, at, isLong ? suffixLength | LONG_FLAG : suffixLength);
      writeU16(bytes, at + 2, value.length);
      copyBytes(bytes, from, value, 0, value.length);
      if (from + value.length < at + size) bytes[at + size - 1] = 0;
      return true;
    }
    if (this.byteLength - oldSize + size > this.capacity) return false;
    if (!this.#hasRoom(size)) {
      // Repacking would need the old entry gone, and its slot with it: remove, then insert.
      this.#removeSlots(index, index + 1);
      return this.set(key, suffixLength + this.#prefixLength, value, isLong);
    }
    this.#garbage += oldSize;
    this.#ordered = false;
    this.#append(index, key, suffixLength, value, size, isLong);
    return true;
  }

  #removeSlots(from: number, to: number): void {
    for (let i = from; i < to; i++) this.#garbage += this.#entrySizeAt(this.#entryAt(i));
    const bytes = this.#bytes;
    const slotsFrom = bytes.length - this.#count * SLOT_BYTES;
    bytes.copyWithin(
      slotsFrom + (to - from) * SLOT_BYTES,
      slotsFrom,
      bytes.length - to * SLOT_BYTES,
    );
    this.#count -= to - from;
    if (this.#count === 0) {
      this.#heapEnd = this.#heapStart;
      this.#garbage = 0;
      this.#ordered = true;
    }
  }

  /** Bytes of the first `count` entries and slots as they would be in a block of range [low, high). */
  #entriesSize(low: Uint8Array, high: Uint8Array | undefined, count: number): number {
    const prefixLength = high === undefined ? 0 : commonPrefixLength(low, high);
    const longer = this.#prefixLength - prefixLength;
    let size = count * SLOT_BYTES;
    for (let i = 0; i < count; i++) {
      const at = this.#entryAt(i);
      const suffixLength = readU16(this.#bytes, at) & SUFFIX_LENGTH_MASK;
      size += entryBytes(suffixLength + longer, readU16(this.#bytes, at + 2));
    }
    return size;
  }

  /** The packed size with another upper fence, of the first `count` nodes. */
  #sizeWithin(high: Uint8Array | undefined, count = this.#count): number {
    return heapStartOf(this.low, high) + this.#entriesSize(this.low, high, count);
  }

  /** The key that leaves the larger part smallest. */
  #middleKey(): Uint8Array {
    assert(this.#count >= 2, 'a block needs two nodes to be halved');
    const total = this.byteLength - this.#heapStart;
    let left = 0;
    for (let i = 0; i < this.#count - 1; i++) {
      const size = this.#entrySizeAt(this.#entryAt(i)) + SLOT_BYTES;
      // One more node on the left would make the left part larger than the right is without it.
      if (i > 0 && left + size > total - left) return this.keyAt(i);
      left += size;
    }
    return this.keyAt(this.#count - 1);
  }

  /** Lays the block out anew: entries in key order, no garbage, an upper fence perhaps new, at least `length` bytes. */
  #repack(high: Uint8Array | undefined, length: number): void {
    const old = this.#bytes;
    const oldPrefixLength = this.#prefixLength;
    const heapStart = heapStartOf(this.low, high);
    const prefixLength = high === undefined ? 0 : commonPrefixLength(this.low, high);
    const longer = oldPrefixLength - prefixLength;
    const size = this.#sizeWithin(high);
    assert(size <= this.capacity, 'a block does not outgrow its capacity');
    const bytes = new Uint8Array(Math.max(even(length), size));
    let at = heapStart;
    for (let i = 0; i < this.#count; i++) {
      const from = this.#entryAt(i);
      const word = readU16(old, from);
      const suffixLength = word & SUFFIX_LENGTH_MASK;
      const valueLength = readU16(old, from + 2);
      writeU16(bytes, bytes.length - (i + 1) * SLOT_BYTES, at >>> 1);
      writeU16(bytes, at, (word & LONG_FLAG) | (suffixLength + longer));
      writeU16(bytes, at + 2, valueLength);
      const suffixFrom = from + ENTRY_HEADER_BYTES;
      const suffixAt = at + ENTRY_HEADER_BYTES;
      // A longer prefix drops the suffix's head; a shorter one brings part of the old prefix back.
      if (longer > 0) copyBytes(bytes, suffixAt, this.low, prefixLength, oldPrefixLength);
      copyBytes(
        bytes,
        suffixAt + Math.max(0, longer),
        old,
        suffixFrom + Math.max(0, -longer),
        suffixFrom + suffixLength + valueLength,
      );
      at += entryBytes(suffixLength + longer, valueLength);
    }
    this.#bytes = bytes;
    this.#high = high;
    this.#prefixLength = prefixLength;
    this.#heapStart = heapStart;
    this.#heapEnd = at;
    this.#garbage = 0;
    this.#ordered = true;
  }

  /** Every entry lies where the one before ended, keys ascend and stay inside the range. */
  #validate(): void {
    const bytes = this.#bytes;
    const prefixLength = this.#prefixLength;
    let expected = this.#heapStart;
    checkPadding(bytes, HEADER_BYTES + this.low.length + (this.#high?.length ?? 0), expected);
    let before = this.low.subarray(prefixLength);
    const fence = this.#high?.subarray(prefixLength);
    for (let i = 0; i < this.#count; i++) {
      const at = this.#entryAt(i);
      if (at !== expected || at + ENTRY_HEADER_BYTES > this.#heapEnd) {
        throw damaged('an entry is not where it should be');
      }
      const word = readU16(bytes, at);
      const suffixLength = word & SUFFIX_LENGTH_MASK;
      const valueLength = readU16(bytes, at + 2);
      expected += entryBytes(suffixLength, valueLength);
      if (expected > this.#heapEnd) throw damaged('an entry is longer than the block');
      checkPadding(bytes, at + ENTRY_HEADER_BYTES + suffixLength + valueLength, expected);
      if (prefixLength + suffixLength > KEY_BYTES_MAX) throw damaged('a key is too long');
      if ((word & ~(SUFFIX_LENGTH_MASK | LONG_FLAG)) !== 0) throw damaged('unknown entry flags');
      if ((word & LONG_FLAG) !== 0) this.#validateStub(at, valueLength);
      const suffixAt = at + ENTRY_HEADER_BYTES;
      const suffix = bytes.subarray(suffixAt, suffixAt + suffixLength);
      const order = compareBytes(before, suffix);
      if (order > 0 || (order === 0 && i > 0)) throw damaged('its keys do not ascend');
      before = suffix;
    }
    if (expected !== this.#heapEnd) throw damaged('its entries do not fill it');
    if (this.#count > 0 && fence !== undefined && compareBytes(before, fence) >= 0) {
      throw damaged('a key lies outside its range');
    }
  }

  #validateStub(at: number, valueLength: number): void {
    this.#mayHoldLong = true;
    if (valueLength !== LONG_STUB_BYTES) throw damaged('a stub has a wrong length');
    if (!Number.isSafeInteger(readU64(this.#bytes, this.#valueOffset(at)))) {
      throw damaged('a long value id is out of range');
    }
  }
}
