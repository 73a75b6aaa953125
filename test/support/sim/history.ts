/** Records a history as a run goes on. */
import type { HistoryEvent, Recorded } from './history-schema.ts';

export class History {
  readonly events: Recorded[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(event: HistoryEvent): void {
    this.events.push({ i: this.events.length, t: this.#now(), ...event });
  }

  toJsonl(): string {
    return this.events.map((event) => JSON.stringify(event)).join('\n') + '\n';
  }
}
