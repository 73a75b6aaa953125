/** What a checker is: it follows a history and says whether one guarantee held. */
import type { Recorded } from '../history.ts';
import type { Model } from './model.ts';

/** So often must what a guarantee speaks of have happened for a pass to mean something. */
export const OCCURRENCES_MIN = 50;

export abstract class Checker {
  abstract readonly name: string;
  /** How often the guarantee's pre-condition came about. */
  occurrences = 0;
  /** The first violation: what was seen, and why no correct run shows it. */
  witness: string | undefined;

  /** Called with each event, which the model has taken already. */
  abstract take(event: Recorded, model: Model): void;

  protected violated(event: Recorded, why: string): void {
    this.witness ??= `event ${event.i}, t=${event.t.toFixed(3)} ms: ${why}`;
  }
}

export interface Verdict {
  readonly checker: string;
  readonly verdict: 'PASS' | 'VIOLATION' | 'VACUOUS';
  readonly occurrences: number;
  readonly witness: string | undefined;
}
