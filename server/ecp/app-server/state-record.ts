/** The state of a connection to a data server, since when it is so, when it was last heard, and who is told: log and metrics. */
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Gauge, StateSet } from '../../ports/metrics.ts';
import { StateMachine } from '../state-machine.ts';
import type { ConnectionPorts } from './connection-context.ts';
import {
  APP_SIDE,
  APP_SIDE_NAMES,
  type AppSideEvent,
  type AppSideState,
} from './connection-state.ts';

/** The metric that says when a data server was heard, and so how old cached data may be (A.2.2), is itself so late at most. */
const HEARD_TOLD_MS = 1000;

export class StateRecord {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stateSet: StateSet;
  readonly #heard: Gauge;
  readonly #machine = new StateMachine(APP_SIDE, APP_SIDE.initial);
  #heardMs = 0;
  #toldMs = -Infinity;
  #sinceMs: number;

  constructor({ clock, metrics }: ConnectionPorts, log: Log, peer: string) {
    this.#clock = clock;
    this.#log = log;
    this.#sinceMs = clock.nowMs();
    this.#stateSet = metrics.stateSet(
      'ecp_connection_state',
      'State of each ECP connection, 1 for the present one',
      Object.values(APP_SIDE_NAMES),
      { role: 'app-server', peer },
    );
    this.#stateSet.set(APP_SIDE_NAMES[this.state]);
    this.#heard = metrics.gauge(
      'ecp_last_heard_timestamp_seconds',
      'When the last message of the session came from a data server, in seconds since 1970: what is cached is of then or later',
      { peer },
    );
  }

  get state(): AppSideState {
    return this.#machine.state;
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** When a message came last, by the clock's milliseconds. */
  get heardMs(): number {
    return this.#heardMs;
  }

  heard(): void {
    this.#heardMs = this.#clock.nowMs();
    if (this.#heardMs - this.#toldMs < HEARD_TOLD_MS) return;
    this.#toldMs = this.#heardMs;
    this.#heard.set(this.#clock.wallMs() / 1000);
  }

  /** The session is over, and nothing of it is cached. */
  forgetHeard(): void {
    this.#toldMs = -Infinity;
    this.#heard.remove();
  }

  transition(event: AppSideEvent): void {
    const from = this.state;
    if (!this.#machine.take(event)) return;
    const to = this.state;
    this.#sinceMs = this.#clock.nowMs();
    this.#stateSet.set(APP_SIDE_NAMES[to]);
    this.#log.info('connection state', { from, to, event });
  }

  /** The connection is no more: nobody counts it. */
  remove(): void {
    this.#stateSet.remove();
    this.#heard.remove();
  }
}
