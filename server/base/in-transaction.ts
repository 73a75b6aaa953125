/**
 * A function run between TSTART and TCOMMIT, the same over every implementation of the interface: what it throws
 * undoes its own level, and nothing of the levels around it.
 *
 * The level at its beginning decides what is undone, not the count of calls: a TSTART or TCOMMIT of which nobody
 * knows whether it happened is found out by asking.
 */
import { isEcpError } from './errors.ts';
import type { MaybePromise } from './maybe-promise.ts';

export interface TransactionControl<O> {
  tlevel(): MaybePromise<number>;
  tstart(): MaybePromise<void>;
  tcommit(options?: O): MaybePromise<void>;
  trollback(scope?: 'all' | 'level'): MaybePromise<void>;
}

export async function inTransaction<O, D extends TransactionControl<O>, T>(
  database: D,
  work: (database: D) => MaybePromise<T>,
  options: O,
): Promise<T> {
  const level = await database.tlevel();
  try {
    await database.tstart();
    const result = await work(database);
    await database.tcommit(options);
    return result;
  } catch (error) {
    await rollBackTo(database, level);
    throw error;
  }
}

/** What keeps it from being rolled back is told by the job's next operation: the caller hears what came first. */
async function rollBackTo<O>(database: TransactionControl<O>, level: number): Promise<void> {
  try {
    while ((await database.tlevel()) > level) await database.trollback('level');
  } catch (problem) {
    if (!isEcpError(problem)) throw problem;
  }
}
