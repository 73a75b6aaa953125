/** While there is no connection yet, requests wait at most the request wait (§3.2.1: 20 s), then end with an error. */
import type { EcpError } from '../../base/errors.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RequestWindow } from './request-window.ts';

export interface RequestWaitPorts {
  readonly clock: Clock;
  readonly window: RequestWindow;
  /** Whether there still is no connection. */
  isWaiting(): boolean;
  waitMs(): number;
  error(): EcpError;
}

export class RequestWait {
  readonly #ports: RequestWaitPorts;
  #timer: Timer | undefined;

  constructor(ports: RequestWaitPorts) {
    this.#ports = ports;
  }

  /** A request waits, or the oldest one has ended. */
  watch(): void {
    const { clock, window } = this.#ports;
    if (!this.#ports.isWaiting()) return;
    this.cancel();
    const first = window.firstWaiting;
    if (first === undefined) return;
    const dueMs = first.queuedAtMs + this.#ports.waitMs() - clock.nowMs();
    this.#timer = clock.after(Math.max(0, dueMs), () => {
      if (!this.#ports.isWaiting()) return;
      const error = this.#ports.error();
      // A millisecond of grace: the timer's sum and this difference may round differently.
      const sinceMs = clock.nowMs() - this.#ports.waitMs() + 1;
      for (const pending of window.takeExpired(sinceMs)) pending.end(error);
      this.watch();
    });
  }

  cancel(): void {
    this.#timer?.cancel();
  }
}
