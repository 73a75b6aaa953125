/** The state of a connection to a data server, since when it is so, and who is told: log and metrics. */
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StateSet } from '../../ports/metrics.ts';
import type { ConnectionPorts } from './connection-context.ts';
import {
  APP_SIDE_NAMES,
  APP_SIDE_TABLE,
  type AppSideEvent,
  type AppSideState,
} from './connection-state.ts';

export class StateRecord {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stateSet: StateSet;
  #state: AppSideState = 'notConnected';
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
    this.#stateSet.set(APP_SIDE_NAMES[this.#state]);
  }

  get state(): AppSideState {
    return this.#state;
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** The one place where the state changes. */
  transition(event: AppSideEvent): void {
    const from = this.#state;
    const to = APP_SIDE_TABLE[from][event];
    if (to === from) return;
    this.#state = to;
    this.#sinceMs = this.#clock.nowMs();
    this.#stateSet.set(APP_SIDE_NAMES[to]);
    this.#log.info('connection state', { from, to, event });
  }

  /** The connection is no more: nobody counts it. */
  remove(): void {
    this.#stateSet.remove();
  }
}
