/** What a checker is: it follows a history and says whether one guarantee of the guide's appendix A held. */
import type { Recorded } from '../history-schema.ts';
import type { Model } from './model.ts';

/** So often must what a guarantee speaks of have happened, over all runs together, for a pass to mean something. */
export const OCCURRENCES_MIN = 50;

export abstract class Checker {
  /** The guarantee or limitation. */
  abstract readonly name: string;
  /** How often its pre-condition came about. */
  occurrences = 0;
  /** The first violation: what was seen, and why no correct run shows it. */
  witness: string | undefined;
  /** What the guide's limitations allow, by cause: how often it was seen. */
  readonly allowed = new Map<string, number>();

  /** Called with each event, which the model has taken already. */
  abstract take(event: Recorded, model: Model): void;

  protected violated(event: Recorded, why: string): void {
    this.witness ??= `event ${event.i}, t=${event.t.toFixed(3)} ms: ${why}`;
  }

  /** To be called only where the history has the cause. */
  protected allow(cause: string): void {
    this.allowed.set(cause, (this.allowed.get(cause) ?? 0) + 1);
  }
}

/** ALLOWED: a limitation of the guide was seen, with its cause, and no violation. */
export interface Verdict {
  readonly checker: string;
  readonly verdict: 'PASS' | 'VIOLATION' | 'ALLOWED' | 'VACUOUS';
  readonly occurrences: number;
  readonly witness: string | undefined;
  readonly allowed: Readonly<Record<string, number>>;
}

export function verdictOf(
  checker: Pick<Checker, 'name' | 'occurrences' | 'witness' | 'allowed'>,
  occurrencesMin = OCCURRENCES_MIN,
): Verdict {
  const { name, occurrences, witness, allowed } = checker;
  const clean = allowed.size > 0 ? 'ALLOWED' : 'PASS';
  const held = occurrences < occurrencesMin ? 'VACUOUS' : clean;
  const verdict = witness === undefined ? held : 'VIOLATION';
  return { checker: name, verdict, occurrences, witness, allowed: Object.fromEntries(allowed) };
}
