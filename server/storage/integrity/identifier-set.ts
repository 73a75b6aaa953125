/**
 * Identifiers that were met, in bounded memory: where there are too many, every m-th, and the others in later rounds.
 * Identifiers are counters, so each residue has about as many.
 */
export class IdentifierSet {
  readonly #size: number;
  readonly #seen = new Set<number>();
  #modulus = 1;
  #residue = 0;

  /** `size`: how many it remembers, about. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Whether this round looks at an identifier. */
  covers(id: number): boolean {
    return id % this.#modulus === this.#residue;
  }

  has(id: number): boolean {
    return this.#seen.has(id);
  }

  /** Notes an identifier; false if it was met before in this round. */
  add(id: number): boolean {
    if (!this.covers(id)) return true;
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    if (this.#seen.size > this.#size && this.#residue === 0) this.#thin();
    return true;
  }

  #thin(): void {
    this.#modulus *= 2;
    for (const id of this.#seen) if (!this.covers(id)) this.#seen.delete(id);
  }

  /** Goes on to the next round; false when every identifier had its own. */
  next(): boolean {
    this.#seen.clear();
    this.#residue++;
    return this.#residue < this.#modulus;
  }
}
