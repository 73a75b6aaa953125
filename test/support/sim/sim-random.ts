/**
 * Seeded randomness of a simulation: one generator a concern (network, disk, workload, …), each forked from
 * the run's seed by name, so that adding a fault of one kind does not reshuffle the others.
 */
import type { Random } from '../../../server/ports/random.ts';

export class SimRandom implements Random {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = this.#seed;
    // The first numbers of neighbouring seeds resemble each other.
    for (let i = 0; i < 4; i++) this.next();
  }

  /** A generator of its own for a concern: the same for the same seed and name, whatever was drawn here. */
  fork(name: string): SimRandom {
    let hash = this.#seed ^ 0x811c_9dc5;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x0100_0193);
    return new SimRandom(hash);
  }

  /** Mulberry32: small, and good enough to choose faults. */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  uuid(): string {
    const digits = (): string =>
      Math.floor(this.next() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    return digits() + digits() + digits() + digits();
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** Picks by weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    return (entries.at(-1) as [K, number])[0];
  }
}
