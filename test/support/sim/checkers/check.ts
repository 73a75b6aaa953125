/** Lets every checker read a history. */
import type { Recorded } from '../history.ts';
import { type Checker, OCCURRENCES_MIN, type Verdict } from './checker.ts';
import { CoherenceChecker } from './coherence.ts';
import { DurabilityChecker } from './durability.ts';
import { ExactlyOnceChecker } from './exactly-once.ts';
import { InOrderChecker } from './in-order.ts';
import { LivenessChecker } from './liveness.ts';
import { Model } from './model.ts';
import { ReadYourWritesChecker } from './read-your-writes.ts';

export function check(events: readonly Recorded[]): Verdict[] {
  const model = new Model();
  const checkers: Checker[] = [
    new CoherenceChecker(),
    new InOrderChecker(),
    new ReadYourWritesChecker(),
    new DurabilityChecker(),
    new ExactlyOnceChecker(),
    new LivenessChecker(),
  ];
  for (const event of events) {
    model.take(event);
    for (const checker of checkers) checker.take(event, model);
  }
  return checkers.map(({ name, occurrences, witness }) => ({
    checker: name,
    verdict:
      witness !== undefined ? 'VIOLATION' : occurrences < OCCURRENCES_MIN ? 'VACUOUS' : 'PASS',
    occurrences,
    witness,
  }));
}
