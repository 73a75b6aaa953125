/** A clock that stands still until it is told, and a random source from a seed: for tests of cores. */
import type { Clock, Timer } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

export class ManualClock implements Clock {
  #now = 0;
  #order = 0;
  #entries: Entry[] = [];
  /** What somebody set the wall clock by. */
  wallOffsetMs = 0;

  nowMs(): number {
    return this.#now;
  }

  wallMs(): number {
    return this.#now + this.wallOffsetMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    const entry = { at: this.#now + delayMs, order: this.#order++, callback };
    this.#entries.push(entry);
    return { cancel: () => (this.#entries = this.#entries.filter((other) => other !== entry)) };
  }

  soon(callback: () => void): void {
    this.after(0, callback);
  }

  /** Lets time pass, calling what falls due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#entries
        .filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (due === undefined) break;
      this.#entries = this.#entries.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = end;
  }

  /** Forgets every timer: the process ended. */
  crash(): void {
    this.#entries = [];
  }
}

/** Mulberry32: small, and good enough to choose faults. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const digits = (): string =>
    Math.floor(next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return { next, uuid: () => digits() + digits() + digits() + digits() };
}
