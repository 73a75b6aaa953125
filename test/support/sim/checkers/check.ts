/** Lets every checker read a history, and sums up what they say of many. */
import type { Recorded } from '../history-schema.ts';
import { type Checker, type Verdict, verdictOf } from './checker.ts';
import { CoherenceChecker } from './coherence.ts';
import { CommitChecker } from './commit.ts';
import { DirtyReadsChecker } from './dirty-reads.ts';
import { DurabilityChecker } from './durability.ts';
import { ExactlyOnceChecker } from './exactly-once.ts';
import { InOrderChecker } from './in-order.ts';
import { IncrementOrderChecker } from './increment-order.ts';
import { LivenessChecker } from './liveness.ts';
import { LockRecoveryChecker } from './lock-recovery.ts';
import { LocksChecker } from './locks.ts';
import { Model } from './model.ts';
import { ReadYourWritesChecker } from './read-your-writes.ts';
import { RollbackChecker } from './rollback.ts';
import { RollbackOnlyChecker } from './rollback-only.ts';
import { StalenessChecker } from './staleness.ts';
import { SyncChecker } from './sync.ts';
import { TransactionLocksChecker } from './transaction-locks.ts';
import { TransactionRecoveryChecker } from './transaction-recovery.ts';

export function allCheckers(): Checker[] {
  return [
    new InOrderChecker(),
    new LocksChecker(),
    new RollbackChecker(),
    new CommitChecker(),
    new TransactionLocksChecker(),
    new RollbackOnlyChecker(),
    new TransactionRecoveryChecker(),
    new LockRecoveryChecker(),
    new IncrementOrderChecker(),
    new SyncChecker(),
    new ExactlyOnceChecker(),
    new StalenessChecker(),
    new DirtyReadsChecker(),
    new CoherenceChecker(),
    new ReadYourWritesChecker(),
    new DurabilityChecker(),
    new LivenessChecker(),
  ];
}

/** `occurrencesMin`: so often must a pre-condition have come about for the verdict not to be VACUOUS. */
export function check(events: readonly Recorded[], occurrencesMin?: number): Verdict[] {
  const model = new Model();
  const checkers = allCheckers();
  for (const event of events) {
    model.take(event);
    for (const checker of checkers) checker.take(event, model);
  }
  return checkers.map((checker) => verdictOf(checker, occurrencesMin));
}

/**
 * One verdict a checker over many runs: a violation of any; vacuous only if all of them together are; allowed if any is.
 */
export function summary(runs: readonly (readonly Verdict[])[]): Verdict[] {
  const names = runs[0]?.map(({ checker }) => checker) ?? [];
  return names.map((name) => {
    const all = runs.flatMap((run) => run.filter((verdict) => verdict.checker === name));
    const allowed = new Map<string, number>();
    for (const verdict of all)
      for (const [cause, count] of Object.entries(verdict.allowed))
        allowed.set(cause, (allowed.get(cause) ?? 0) + count);
    const occurrences = all.reduce((sum, verdict) => sum + verdict.occurrences, 0);
    const witness = all.find((verdict) => verdict.witness !== undefined)?.witness;
    return verdictOf({ name, occurrences, witness, allowed });
  });
}

/** A table: guarantee, verdict, how often its pre-condition came about, and what was allowed, by cause. */
export function report(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ checker }) => checker.length));
  const lines = verdicts.map(({ checker, verdict, occurrences, allowed }) => {
    const causes = Object.entries(allowed).map(([cause, count]) => `${cause}: ${count}`);
    const columns = [checker.padEnd(width), verdict.padEnd(9), String(occurrences).padStart(9)];
    return [...columns, ...causes].join('  ').trimEnd();
  });
  const head = ['guarantee'.padEnd(width), 'verdict  ', 'occurred', 'allowed'].join('  ');
  return [head, ...lines].join('\n');
}
