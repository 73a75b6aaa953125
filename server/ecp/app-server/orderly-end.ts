/**
 * The end of a connection by order (§3.3): what was changed is sent and acknowledged, for a bounded time, before it
 * ends (§4.2, step 1). The other steps are the connection's end itself.
 *
 * Where a second order comes before the first is done, the last one counts, and who ordered is told at the same end.
 */
import type { EcpError } from '../../base/errors.ts';
import type { Clock, Timer } from '../../ports/clock.ts';

/** How long an orderly end waits for changes to be acknowledged. */
export const DISCONNECT_WAIT_MS = 10_000;

export interface OrderlyEndPorts {
  /** Whether there is anything that could be acknowledged. */
  hasSession(): boolean;
  whenDurable(done: (error: EcpError | undefined) => void): void;
  end(change: 'disconnect' | 'disable'): void;
  connect(): void;
}

export class OrderlyEnd {
  readonly #clock: Clock;
  readonly #ports: OrderlyEndPorts;
  #change: 'disconnect' | 'disable' = 'disconnect';
  #connectsThen = false;
  #waiting: (() => void)[] = [];
  #timer: Timer | undefined;

  constructor(clock: Clock, ports: OrderlyEndPorts) {
    this.#clock = clock;
    this.#ports = ports;
  }

  /** Ends it, or waits for the end that is under way. */
  join(done: () => void): void {
    if (this.#timer === undefined) this.order('disconnect', done);
    else this.#waiting.push(done);
  }

  order(change: 'disconnect' | 'disable', done: () => void): void {
    this.#change = change;
    this.#connectsThen = false;
    this.#waiting.push(done);
    if (this.#timer !== undefined) return;
    const waits = this.#ports.hasSession();
    const timer = this.#clock.after(waits ? DISCONNECT_WAIT_MS : 0, () => this.#finish(timer));
    this.#timer = timer;
    if (waits) this.#ports.whenDurable(() => this.#finish(timer));
  }

  /** While one ends, Normal is connecting again when it has. False when none ends. */
  enable(): boolean {
    if (this.#timer === undefined) return false;
    this.#change = 'disconnect';
    this.#connectsThen = true;
    return true;
  }

  /** What is acknowledged late is of an end that is over. */
  #finish(timer: Timer): void {
    if (this.#timer !== timer) return;
    timer.cancel();
    this.#timer = undefined;
    this.#ports.end(this.#change);
    for (const done of this.#waiting.splice(0)) done();
    if (this.#connectsThen) this.#ports.connect();
  }
}
