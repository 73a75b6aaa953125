/**
 * A time limit that is a setting: when the setting changes while it runs, it counts from when it began all the same.
 */
import type { Clock, Timer } from '../ports/clock.ts';

export class Deadline {
  readonly #clock: Clock;
  readonly #limitMs: () => number;
  readonly #passed: () => void;
  #beganMs = 0;
  #timer: Timer | undefined;

  /** `passed` is called once for every time it began, `limitMs` later, unless it is cancelled. */
  constructor(clock: Clock, limitMs: () => number, passed: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#passed = passed;
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins, anew if it runs. */
  begin(): void {
    this.#beganMs = this.#clock.nowMs();
    this.#arm();
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** The setting has changed, perhaps: what is over by it now is over at once. */
  renew(): void {
    if (this.isRunning) this.#arm();
  }

  #arm(): void {
    this.#timer?.cancel();
    const leftMs = this.#beganMs + this.#limitMs() - this.#clock.nowMs();
    this.#timer = this.#clock.after(Math.max(0, leftMs), () => {
      this.#timer = undefined;
      this.#passed();
    });
  }
}
