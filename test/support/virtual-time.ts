/**
 * Time that passes only when a test says so. Every host has a clock of its own over the same time, so that a
 * crash takes the timers of one host away and leaves the others'.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timer } from '../../server/ports/clock.ts';

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly owner: HostClock | undefined;
  readonly callback: () => void;
}

export class VirtualTime {
  #nowMs = 0;
  #order = 0;
  #entries: Entry[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  clock(): HostClock {
    return new HostClock(this);
  }

  schedule(delayMs: number, callback: () => void, owner?: HostClock): Timer {
    const entry = { atMs: this.#nowMs + delayMs, order: this.#order++, owner, callback };
    let at = this.#entries.length;
    while (at > 0 && (this.#entries[at - 1] as Entry).atMs > entry.atMs) at--;
    this.#entries.splice(at, 0, entry);
    return {
      cancel: () => {
        const index = this.#entries.indexOf(entry);
        if (index !== -1) this.#entries.splice(index, 1);
      },
    };
  }

  forget(owner: HostClock): void {
    this.#entries = this.#entries.filter((entry) => entry.owner !== owner);
  }

  /** Time passes while a callback runs: nothing is called. */
  elapse(ms: number): void {
    this.#nowMs += ms;
  }

  /** Runs all that is due now, promises included, until nothing is; no time passes. */
  async settle(): Promise<void> {
    for (;;) {
      await nextTurn();
      const first = this.#entries[0];
      if (first === undefined || first.atMs > this.#nowMs) return;
      this.#entries.shift();
      first.callback();
    }
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await this.settle();
      const next = this.#entries[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
    }
    this.#nowMs = endMs;
    await this.settle();
  }

  /** The result of `work`, as much time passing as it takes; fails after `limitMs` of it. */
  async run<T>(work: T | Promise<T>, limitMs = 60_000): Promise<T> {
    const endMs = this.#nowMs + limitMs;
    const state = { isOver: false };
    const end = (): void => {
      state.isOver = true;
    };
    const promise = Promise.resolve(work);
    promise.then(end, end);
    for (;;) {
      await this.settle();
      if (state.isOver) return promise;
      const next = this.#entries[0];
      if (next === undefined || next.atMs > endMs)
        throw new Error(`not done within ${limitMs} ms of virtual time`);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
    }
  }
}

export class HostClock implements Clock {
  readonly #time: VirtualTime;
  #isOver = false;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  nowMs(): number {
    return this.#time.nowMs;
  }

  wallMs(): number {
    return this.#time.nowMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    if (this.#isOver) return { cancel: () => undefined };
    return this.#time.schedule(delayMs, callback, this);
  }

  soon(callback: () => void): void {
    if (!this.#isOver) this.#time.schedule(0, callback, this);
  }

  /** The host ended: nothing of it is called any more. */
  crash(): void {
    this.#isOver = true;
    this.#time.forget(this);
  }
}
