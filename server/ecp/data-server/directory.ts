/**
 * The coherence directory: which connections hold which blocks, a bit each.
 *
 * An entry stands for one block and is keyed by the block's low key: block splits copy the bits to both
 * halves, merges unite them (rule R2). A bit may outlive the copy (the holder evicted it): harmless, an
 * invalidation too many. A missing bit would be a stale read, so bits are set in the same step in which a
 * block is encoded and queued, and cleared only when its invalidation is queued.
 */
import { compareBytes } from '../../base/bytes.ts';
import { KeyMap } from '../../base/key-map.ts';
import { CONNECTIONS_MAX } from '../../base/limits.ts';

const BITS_A_WORD = 32;
const WORDS_MAX = Math.ceil(CONNECTIONS_MAX / BITS_A_WORD);

/** A set of connection slots, 0 to CONNECTIONS_MAX - 1; grows by the word. */
class Holders {
  #words: number[] = [];

  has(slot: number): boolean {
    return (((this.#words[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;
  }

  add(slot: number): void {
    const word = slot >>> 5;
    while (this.#words.length <= word) this.#words.push(0);
    this.#words[word] = (this.#words[word] as number) | (1 << (slot & 31));
  }

  /** Takes out and visits every slot but `kept`. Returns whether any is left. */
  takeOthers(kept: number, visit: (slot: number) => void): boolean {
    const keeps = kept >= 0 && this.has(kept);
    for (let word = 0; word < this.#words.length && word < WORDS_MAX; word++) {
      let bits = this.#words[word] as number;
      this.#words[word] = 0;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const slot = word * BITS_A_WORD + bit;
        if (slot !== kept) visit(slot);
      }
    }
    if (keeps) this.add(kept);
    return keeps;
  }

  onlyHeldBy(slot: number): boolean {
    const word = slot >>> 5;
    return this.#words.every((bits, i) => bits === (i === word ? 1 << (slot & 31) : 0));
  }

  unite(other: Holders): void {
    other.#words.forEach((bits, word) => {
      while (this.#words.length <= word) this.#words.push(0);
      this.#words[word] = (this.#words[word] as number) | bits;
    });
  }

  remove(slot: number): void {
    const word = slot >>> 5;
    if (word < this.#words.length)
      this.#words[word] = (this.#words[word] as number) & ~(1 << (slot & 31));
  }

  get empty(): boolean {
    return this.#words.every((bits) => bits === 0);
  }

  copy(): Holders {
    const copy = new Holders();
    copy.#words = [...this.#words];
    return copy;
  }
}

/** The directory of one database. */
export class Directory {
  readonly #holders = new KeyMap<Holders>();

  /** Blocks that somebody holds. */
  get size(): number {
    return this.#holders.size;
  }

  /** Notes that the connection in `slot` is being sent the block that starts at `low`. */
  hold(low: Uint8Array, slot: number): void {
    let holders = this.#holders.get(low);
    if (holders === undefined) {
      holders = new Holders();
      this.#holders.set(low, holders);
    }
    holders.add(slot);
  }

  holds(low: Uint8Array, slot: number): boolean {
    return this.#holders.get(low)?.has(slot) ?? false;
  }

  /** Visits and clears every holder but the writer (-1: none is spared). */
  invalidateOthers(low: Uint8Array, writer: number, visit: (slot: number) => void): void {
    const holders = this.#holders.get(low);
    if (holders === undefined || (writer >= 0 && holders.onlyHeldBy(writer))) return;
    if (!holders.takeOthers(writer, visit)) this.#holders.delete(low);
  }

  /** A block was split: whoever held it holds both halves. */
  split(low: Uint8Array, rightLow: Uint8Array): void {
    const holders = this.#holders.get(low);
    if (holders !== undefined) this.#holders.set(rightLow, holders.copy());
  }

  /** Blocks of [from, to) became one that starts at `low`: whoever held any of them holds it. */
  merge(low: Uint8Array, from: Uint8Array, to: Uint8Array | undefined): void {
    const united = new Holders();
    for (;;) {
      const entry = this.#holders.ceiling(from);
      if (entry === undefined || (to !== undefined && compareBytes(entry[0], to) >= 0)) break;
      united.unite(entry[1]);
      this.#holders.delete(entry[0]);
    }
    if (united.empty) return;
    const there = this.#holders.get(low);
    if (there === undefined) this.#holders.set(low, united);
    else there.unite(united);
  }

  /** A connection is gone, its slot free for another one: forgets all that it held. */
  forget(slot: number): void {
    const empty: Uint8Array[] = [];
    for (const [low, holders] of this.#holders.entries()) {
      holders.remove(slot);
      if (holders.empty) empty.push(low);
    }
    for (const low of empty) this.#holders.delete(low);
  }
}
