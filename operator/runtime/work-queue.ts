/**
 * Keys that wait for a worker, with the semantics of the Kubernetes project's own controllers.
 *
 *        add            take            done
 *   ─────────────▶ ready ─────▶ running ─────▶ nowhere
 *                    ▲             │ add
 *                    └───── again ◀┘            (ready at its done)
 *
 * Invariants: a key is at one worker at most; added while it runs, it runs once more, however often it was added; of several
 * delayed wishes for a key the earliest is kept. So everything here is bounded by the number of keys.
 */
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Metrics } from '../../server/ports/metrics.ts';
import { WorkQueueMetrics } from './work-queue-metrics.ts';

export interface WorkQueueOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** After the first failure in a row; each further one doubles it. */
const BACKOFF_MS_MIN = 5;
const BACKOFF_MS_MAX = 1_000_000;
/** Over all keys together: one retry every so often, and so many at once after a time of rest. */
const RETRY_INTERVAL_MS = 100;
const RETRY_BURST = 100;

interface Delayed {
  readonly atMs: number;
  readonly timer: Timer;
}

export class WorkQueue {
  readonly #clock: Clock;
  readonly #metrics: WorkQueueMetrics;
  /** In the order in which they were added. */
  readonly #ready = new Set<string>();
  readonly #running = new Set<string>();
  /** Part of `#running`. */
  readonly #again = new Set<string>();
  readonly #delayed = new Map<string, Delayed>();
  /** Failures in a row, by key. */
  readonly #failures = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  /** When the retries granted so far are over, were they one interval apart. */
  #grantedToMs = -Infinity;
  #isShutDown = false;

  constructor({ name, clock, metrics }: WorkQueueOptions) {
    this.#clock = clock;
    this.#metrics = new WorkQueueMetrics(name, clock, metrics);
  }

  /** Keys that wait for a worker now, those at one and added once more included; not the delayed ones. */
  get depth(): number {
    return this.#ready.size + this.#again.size;
  }

  /** Keys at workers. */
  get running(): number {
    return this.#running.size;
  }

  add(key: string): void {
    if (this.#isShutDown || this.#ready.has(key) || this.#again.has(key)) return;
    (this.#running.has(key) ? this.#again : this.#ready).add(key);
    this.#metrics.added(key, this.depth);
    this.#hand();
  }

  /** The earliest of several wishes for a key wins. */
  addAfter(key: string, delayMs: number): void {
    if (this.#isShutDown) return;
    this.#metrics.retried();
    if (!(delayMs > 0)) {
      this.add(key);
      return;
    }
    const atMs = this.#clock.nowMs() + delayMs;
    const before = this.#delayed.get(key);
    if (before !== undefined && before.atMs <= atMs) return;
    before?.timer.cancel();
    const timer = this.#clock.after(delayMs, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { atMs, timer });
  }

  /**
   * After a failure: later with each one in a row, and later while many keys fail. `atLeastMs`: what the API server
   * asked for.
   */
  addRateLimited(key: string, atLeastMs = 0): void {
    if (this.#isShutDown) return;
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const backoffMs = BACKOFF_MS_MIN * 2 ** failures;
    const delayMs = Math.max(backoffMs, this.#turnMs(), atLeastMs);
    this.addAfter(key, Math.min(delayMs, BACKOFF_MS_MAX));
  }

  /** The key's failures are over: its next one is the first again. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Undefined after `shutDown`, once nothing is ready. Whoever takes a key says `done`. */
  take(): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#takers.push(resolve);
    this.#hand();
    return promise;
  }

  done(key: string): void {
    if (!this.#running.delete(key)) return;
    this.#metrics.done(key);
    if (this.#again.delete(key)) this.#ready.add(key);
    this.#hand();
  }

  /** Takes nothing more; what is ready or to run once more can still be taken. */
  shutDown(): void {
    this.#isShutDown = true;
    for (const { timer } of this.#delayed.values()) timer.cancel();
    this.#delayed.clear();
    this.#hand();
  }

  #hand(): void {
    for (const key of this.#ready) {
      const taker = this.#takers.shift();
      if (taker === undefined) return;
      this.#ready.delete(key);
      this.#running.add(key);
      this.#metrics.taken(key, this.depth);
      taker(key);
    }
    if (!this.#isShutDown) return;
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  /** Takes a place among the retries of all keys; how long it is until then. */
  #turnMs(): number {
    const nowMs = this.#clock.nowMs();
    const rested = nowMs - RETRY_BURST * RETRY_INTERVAL_MS;
    this.#grantedToMs = Math.max(this.#grantedToMs, rested) + RETRY_INTERVAL_MS;
    return Math.max(0, this.#grantedToMs - nowMs);
  }
}
