/**
 * Virtual time: one queue of events for all nodes, taken in order of time and, at one time, in a seeded order.
 * After each event the callbacks asked for with `soon` run, and the microtasks that promises made, until
 * nothing of either is left: then the turn is over and the next event is taken.
 *
 * A node sees time through a NodeClock of its own; when it is killed, none of its timers fires any more.
 */
import type { Clock, Timer } from '../../../server/ports/clock.ts';
import type { SimRandom } from './sim-random.ts';

interface Entry {
  readonly at: number;
  /** Decides between entries of one time. */
  readonly tie: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** More events than any run needs: timers that fall due for ever at one time would hang it. */
const TURNS_MAX = 2_000_000;

/** An arbitrary day, so that wall-clock times look like some. */
const WALL_START_MS = 1_700_000_000_000;

export class Scheduler {
  readonly #random: SimRandom;
  readonly #heap: Entry[] = [];
  #soon: (() => void)[] = [];
  #now = 0;
  #turns = 0;

  constructor(random: SimRandom) {
    this.#random = random;
  }

  get now(): number {
    return this.#now;
  }

  /** Events taken so far. */
  get turns(): number {
    return this.#turns;
  }

  after(delayMs: number, callback: () => void): Timer {
    const entry = {
      at: this.#now + Math.max(0, delayMs),
      tie: this.#random.next(),
      callback,
      cancelled: false,
    };
    this.#push(entry);
    return { cancel: () => (entry.cancelled = true) };
  }

  soon(callback: () => void): void {
    this.#soon.push(callback);
  }

  /** Takes events until `done` says so, none is left, or time is up. Returns whether `done` said so. */
  async run(untilMs: number, done: () => boolean): Promise<boolean> {
    await this.#settle();
    while (!done()) {
      const next = this.#heap[0];
      if (next === undefined || next.at > untilMs) return false;
      this.#pop();
      if (next.cancelled) continue;
      this.#now = next.at;
      this.#turns++;
      if (this.#turns > TURNS_MAX) throw new Error(`no end after ${TURNS_MAX} events`);
      next.callback();
      await this.#settle();
    }
    return true;
  }

  async #settle(): Promise<void> {
    do {
      while (this.#soon.length > 0) {
        const callbacks = this.#soon;
        this.#soon = [];
        for (const callback of callbacks) callback();
      }
      // All microtasks run before the next macrotask.
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (this.#soon.length > 0);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      if (!isBefore(entry, heap[parent] as Entry)) break;
      heap[place] = heap[parent] as Entry;
      place = parent;
    }
    heap[place] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry))
        child++;
      if (!isBefore(heap[child] as Entry, last)) break;
      heap[place] = heap[child] as Entry;
      place = child;
    }
    heap[place] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.tie < b.tie);
}

/** Time as one process sees it. */
export class NodeClock implements Clock {
  readonly #scheduler: Scheduler;
  #alive = true;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  get alive(): boolean {
    return this.#alive;
  }

  nowMs(): number {
    return this.#scheduler.now;
  }

  wallMs(): number {
    return WALL_START_MS + this.#scheduler.now;
  }

  after(delayMs: number, callback: () => void): Timer {
    return this.#scheduler.after(delayMs, () => {
      if (this.#alive) callback();
    });
  }

  soon(callback: () => void): void {
    this.#scheduler.soon(() => {
      if (this.#alive) callback();
    });
  }

  /** The process is gone. */
  kill(): void {
    this.#alive = false;
  }
}
