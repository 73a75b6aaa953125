/** The machine's time, for the Clock port. */
import type { Clock, Timer } from '../ports/clock.ts';

/** setTimeout's longest delay; longer ones are waited for in parts. */
const DELAY_MS_MAX = 2 ** 31 - 1;

export class SystemClock implements Clock {
  nowMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  after(delayMs: number, callback: () => void): Timer {
    let handle: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const partMs = Math.min(leftMs, DELAY_MS_MAX);
      handle = setTimeout(() => (leftMs > partMs ? wait(leftMs - partMs) : callback()), partMs);
    };
    wait(delayMs);
    return { cancel: () => clearTimeout(handle) };
  }

  soon(callback: () => void): void {
    queueMicrotask(callback);
  }
}
