/** What an integrity check has found: every finding counted, and a bounded number of them in full. */
import { FINDINGS_MAX } from '../../base/limits.ts';

/** `error`: something stored is not what it was, or cannot be right. `warning`: nothing is lost by it. */
export type Severity = 'error' | 'warning';

export interface Finding {
  readonly severity: Severity;
  /** What it is about: `DATA, block from ^x(1) to ^x(9)`. */
  readonly place: string;
  readonly problem: string;
  /** What comes of it, and what helps. */
  readonly consequence: string;
}

export class Findings {
  readonly list: Finding[] = [];
  #errors = 0;
  #warnings = 0;

  get errors(): number {
    return this.#errors;
  }

  get warnings(): number {
    return this.#warnings;
  }

  /** Findings that the list has no room for. */
  get unlisted(): number {
    return this.#errors + this.#warnings - this.list.length;
  }

  error(place: string, problem: string, consequence: string): void {
    this.#errors++;
    this.#note({ severity: 'error', place, problem, consequence });
  }

  warning(place: string, problem: string, consequence: string): void {
    this.#warnings++;
    this.#note({ severity: 'warning', place, problem, consequence });
  }

  #note(finding: Finding): void {
    if (this.list.length < FINDINGS_MAX) {
      this.list.push(finding);
      return;
    }
    if (finding.severity === 'warning') return;
    // An error is worth more than a warning.
    const place = this.list.findLastIndex(({ severity }) => severity === 'warning');
    if (place >= 0) this.list[place] = finding;
  }
}
