/**
 * The transaction of a client's job: TSTART, TCOMMIT and TROLLBACK, and the changes in it that failed.
 *
 * A client may send all of a transaction in one message, TCOMMIT included, before it hears that a change in it has
 * failed. So a commit says how many failures the client knows of, and is refused where there are more.
 */
import { EcpError, messageOf } from '../../base/errors.ts';
import type { MaybePromise } from '../../base/maybe-promise.ts';
import type { Database } from '../../instance/database.ts';
import type { Kind, Operation, Result } from './messages.ts';

/** The job's next operations wait for them; they are done even if nobody waits for their reply any more. */
export const CONTROLS: ReadonlySet<Kind> = new Set(['tstart', 'tcommit', 'trollback']);

export class JobTransactionCalls {
  readonly #database: Database;
  /** $TLEVEL after the last of these calls. */
  #level = 0;
  #failed = 0;
  #firstFailure: unknown;

  constructor(database: Database) {
    this.#database = database;
  }

  /** EcpError as the interface says; ROLLBACK ONLY where a change has failed that the client does not know of. */
  async perform(operation: Operation): Promise<Result> {
    const database = this.#database;
    const before = await database.tlevel();
    try {
      switch (operation.kind) {
        case 'tstart':
          if (before === 0) this.#failed = 0;
          await database.tstart();
          break;
        case 'tcommit': {
          const { synchronous, asynchronous, failuresSeen } = operation.tcommit;
          if (before > 0) this.#checkFailures(failuresSeen ?? 0);
          if (synchronous === true) await database.tcommit({ commit: 'synchronous' });
          else if (asynchronous === true) await database.tcommit({ commit: 'asynchronous' });
          else await database.tcommit();
          break;
        }
        case 'trollback':
          await database.trollback(operation.trollback.level === true ? 'level' : 'all');
          break;
        default:
      }
      return {};
    } finally {
      this.#level = await database.tlevel();
    }
  }

  #checkFailures(seen: number): void {
    if (this.#failed <= seen) return;
    const problem = `a change in the transaction failed: ${messageOf(this.#firstFailure)}`;
    throw new EcpError('ROLLBACK ONLY', problem);
  }

  /** Runs a change of the job; in a transaction, its failure counts. */
  change(operation: () => MaybePromise<Result>): MaybePromise<Result> {
    if (this.#level === 0) return operation();
    const note = (error: unknown): never => {
      if (this.#failed++ === 0) this.#firstFailure = error;
      throw error;
    };
    try {
      const result = operation();
      return result instanceof Promise ? result.catch(note) : result;
    } catch (error) {
      return note(error);
    }
  }
}
