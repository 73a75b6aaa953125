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
import { TransactionsChecker } from './transactions.ts';

export function check(events: readonly Recorded[]): Verdict[] {
  const model = new Model();
  const checkers: Checker[] = [
    new CoherenceChecker(),
    new InOrderChecker(),
    new ReadYourWritesChecker(),
    new DurabilityChecker(),
    new ExactlyOnceChecker(),
    new TransactionsChecker(),
    new LivenessChecker(),
  ];
  for (const event of events) {
    model.take(event);
    for (const checker of checkers) checker.take(event, model);
  }
  return checkers.map(({ name, occurrences, witness }) => verdictOf(name, occurrences, witness));
}

/** One verdict a checker over many runs: a violation of any; vacuous only if all of them together are. */
export function summary(runs: readonly (readonly Verdict[])[]): Verdict[] {
  const names = runs[0]?.map(({ checker }) => checker) ?? [];
  return names.map((checker) => {
    const all = runs.flatMap((run) => run.filter((verdict) => verdict.checker === checker));
    const witness = all.find((verdict) => verdict.witness !== undefined)?.witness;
    return verdictOf(
      checker,
      all.reduce((sum, { occurrences }) => sum + occurrences, 0),
      witness,
    );
  });
}

function verdictOf(checker: string, occurrences: number, witness: string | undefined): Verdict {
  const pass = occurrences < OCCURRENCES_MIN ? 'VACUOUS' : 'PASS';
  return { checker, verdict: witness === undefined ? pass : 'VIOLATION', occurrences, witness };
}
