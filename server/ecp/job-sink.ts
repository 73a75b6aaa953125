/** The job (in M: a process) that a request belongs to, as the lower layers see it. */
import type { EcpError } from '../base/errors.ts';

export interface JobSink {
  /** An error of a change that the job did not await: its next operation throws it, and 'delayed-error' is emitted. */
  delayError(error: EcpError): void;
}
