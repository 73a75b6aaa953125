/**
 * State machines as complete tables: state × event. A cell names the next state, which may be the row's own, or says
 * why the event cannot come about in that state. The one function that makes transitions asserts the latter, so
 * that nothing is ignored in silence.
 *
 * Both ends of a connection are such tables: app-server/connection-state.ts, data-server/session-state.ts.
 */
import { AssertionError } from '../base/assert.ts';

/** A cell that is never reached, and why. */
export interface Impossible {
  readonly impossible: string;
}

export type Cell<State extends string> = State | Impossible;

export type StateTable<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Record<Event, Cell<State>>>>
>;

/** One end of a connection, for programs and for people. */
export interface StateMachineDescription<State extends string, Event extends string> {
  readonly title: string;
  /** Where it begins. */
  readonly initial: State;
  /** The numbers that monitoring tools know. */
  readonly codes: Readonly<Record<State, number>>;
  /** The names of the guide. */
  readonly names: Readonly<Record<State, string>>;
  /** What holds while it is in a state. */
  readonly guarantees: Readonly<Record<State, string>>;
  /** What an event is. */
  readonly events: Readonly<Record<Event, string>>;
  readonly table: StateTable<State, Event>;
}

export function isImpossible<State extends string>(cell: Cell<State>): cell is Impossible {
  return typeof cell === 'object';
}

export function impossible(why: string): Impossible {
  return { impossible: why };
}

export class StateMachine<State extends string, Event extends string> {
  readonly description: StateMachineDescription<State, Event>;
  #state: State;

  constructor(description: StateMachineDescription<State, Event>, initial: State) {
    this.description = description;
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  /** The one place where the state changes. Returns whether it did. */
  take(event: Event): boolean {
    const next = this.description.table[this.#state][event];
    if (next === this.#state) return false;
    if (isImpossible(next)) {
      throw new AssertionError(`no ${event} in state ${this.#state}: ${next.impossible}`);
    }
    this.#state = next as State;
    return true;
  }
}
