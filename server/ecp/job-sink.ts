/** The job (in M: a process) that a request belongs to, as the lower layers see it. */
import type { EcpError } from '../base/errors.ts';
import type { JobTransaction } from '../transactions/job-transaction.ts';

export interface JobSink {
  /** Names it on this instance: in lists of transactions and locks. */
  readonly id?: number;
  /** Its transaction; of level 0, or undefined, outside of one. */
  readonly jobTransaction?: JobTransaction;
  /** A change takes several turns: what the job asks next waits for it. */
  hold?(work: Promise<void>): Promise<void>;
  /** An error of a change that the job did not await: its next operation throws it, and 'delayed-error' is emitted. */
  delayError(error: EcpError): void;
  /** A lock that it held in a database is lost; an error tells it why. */
  lockLost?(database: object, key: Uint8Array): void;
}
