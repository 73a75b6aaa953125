/** A request of this app server from its call to its answer; a change until it is durable. */
import { isEcpError, type EcpError } from '../../base/errors.ts';
import type { JobSink } from '../job-sink.ts';
import type { Accepted } from './accepted.ts';
import type { Reply, Request } from '../wire/frame.ts';

export abstract class Pending {
  readonly job: JobSink;
  /** Its place in the order of requests; 0 until it is sent. */
  sequence = 0;
  answered = false;
  /** Its outcome is told, and it is not a success: it is never sent again, and nobody waits for its durability. */
  ended = false;
  /** When it began to wait for a connection. */
  queuedAtMs = 0;
  /** Called when it is sent, there was room for it; or with the error that kept it from being sent. */
  onSent: ((error: EcpError | undefined) => void) | undefined;
  /** What its caller got when it had to wait. */
  accepted: Accepted | undefined;
  /** Called when it is answered and, for a change, durable; or with the error that ended it. */
  onSettled: ((error: EcpError | undefined) => void) | undefined;

  constructor(job: JobSink) {
    this.job = job;
  }

  /** Changes are kept until durable and sent again after a reconnection. */
  abstract readonly isChange: boolean;

  /** Somebody waits for its outcome, and so hears of an error. */
  get isAwaited(): boolean {
    return false;
  }

  /** It ends what others wait for: there is always room for it in the queue (rule R10). */
  get isRelease(): boolean {
    return false;
  }

  /** Bytes that it and its reply take of the window, roughly. */
  abstract readonly cost: number;

  /**
   * What goes onto the wire, built at the moment of sending: the numbered request, after unnumbered parts if
   * it has any. Throws an EcpError where that is impossible (no such database).
   */
  protected abstract requests(): readonly Request[];

  /** The same, or the error. */
  build(): readonly Request[] | EcpError {
    try {
      return this.requests();
    } catch (error) {
      if (isEcpError(error)) return error;
      throw error;
    }
  }

  /** On a new stream: the data server applied it before, so that every block of this stream includes it. */
  included(): void {
    // Says something of changes only.
  }

  /** The answer, at its place in the stream. */
  abstract answer(reply: Reply): void;

  /** Calls when it is settled, besides whoever else hears of it. */
  whenSettled(done: (error: EcpError | undefined) => void): void {
    const before = this.onSettled;
    this.onSettled = (error) => {
      before?.(error);
      done(error);
    };
  }

  /** It ends without an answer, or is answered and will not be durable: whoever is concerned hears of it. */
  end(error: EcpError): void {
    this.ended = true;
    if (!this.answered) {
      this.answered = true;
      this.fail(error);
    } else if (this.isChange && !this.isAwaited) {
      this.job.delayError(error);
    }
    this.onSent?.(error);
    this.onSettled?.(error);
  }

  /** It will not be answered. */
  abstract fail(error: EcpError): void;
}
