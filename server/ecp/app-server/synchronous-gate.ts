/**
 * Rule R16: a loop over cached reads that never awaits would keep the stream from being read, and so see one
 * moment for ever. A read answers synchronously only while the stream was served within the last second; then
 * one read waits for a turn.
 */
import { SYNCHRONOUS_READ_STALENESS_MS_MAX } from '../../base/limits.ts';
import type { Clock } from '../../ports/clock.ts';

/** The clock is looked at once in so many reads: a thousand cached reads take about a millisecond. */
const READS_A_LOOK = 256;

export class SynchronousGate {
  readonly clock: Clock;
  #servedMs: number;
  #reads = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.#servedMs = clock.nowMs();
  }

  /** Messages, or a turn of their own, were let in. */
  served(): void {
    this.#servedMs = this.clock.nowMs();
  }

  /** Whether a read may answer at once. */
  open(): boolean {
    if (++this.#reads < READS_A_LOOK) return true;
    this.#reads = 0;
    if (this.clock.nowMs() - this.#servedMs <= SYNCHRONOUS_READ_STALENESS_MS_MAX) return true;
    this.#reads = READS_A_LOOK;
    return false;
  }

  /** Resolves after messages that wait have been let in. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.after(0, () => {
        this.#reads = 0;
        this.served();
        resolve();
      });
    });
  }
}
