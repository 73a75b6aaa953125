/** One operation on its way: its message, its promise, and the bounds that may end it early. */
import { onAbort } from '../server/base/abort.ts';
import { EcpError, messageOf } from '../server/base/errors.ts';
import type { OperationOptions } from '../server/instance/database.ts';
import type { RemoteJob } from './remote-job.ts';
import { errorOf, type Operation, type Reply, sizeOf } from './wire.ts';

/**
 * What may be done when the connection is lost after an operation was sent: a `read`, or the opening of a job,
 * is sent again; of a `change`, a `flush` (or sync) and a `command` nobody knows whether it happened. A `control` begins
 * or ends a transaction, which the loss has ended (remote-transaction.ts); so it has every `lock` (remote-locks.ts), and
 * done each `unlock`.
 */
export type Role =
  'read' | 'change' | 'control' | 'flush' | 'command' | 'lock' | 'unlock' | 'open' | 'close';

/** Roles that are sent again over a new connection. */
export const RETRIED: ReadonlySet<Role> = new Set(['read', 'open']);

/** Roles that are sent even if nobody waits for them any more: what follows relies on them. */
export const KEPT: ReadonlySet<Role> = new Set(['control', 'unlock']);

/** Roles of which nothing is left where they are given up, or the connection is lost. */
const UNDONE: ReadonlySet<Role> = new Set([...RETRIED, 'lock']);

/** The bounds of every operation of a handle. */
export type Bounds = OperationOptions;

/** Both bounds at once: any of the signals, the shorter time. */
export function narrowed(bounds: Bounds, options: OperationOptions): Bounds {
  const signals = [bounds.signal, options.signal].filter((signal) => signal !== undefined);
  const times = [bounds.timeoutMs, options.timeoutMs].filter((ms) => ms !== undefined);
  return {
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    ...(times.length > 0 && { timeoutMs: Math.min(...times) }),
  };
}

export class Call {
  readonly id: number;
  readonly job: RemoteJob;
  readonly role: Role;
  readonly operation: Operation;
  /** Of a `control`: levels of the transaction more, or less. */
  readonly levels: number;
  readonly size: number;
  readonly promise: Promise<Reply>;
  /** The job's count of changes when this was called. */
  readonly changeCount: number;
  /** Handed to the link at least once: from then on a change may happen. */
  sent = false;
  over = false;
  #resolve: (reply: Reply) => void = () => undefined;
  #reject: (error: EcpError) => void = () => undefined;
  #unbind: () => void = () => undefined;

  constructor(id: number, job: RemoteJob, role: Role, operation: Operation, levels = 0) {
    this.id = id;
    this.levels = levels;
    this.job = job;
    this.role = role;
    const { losses } = job.locks;
    this.operation = { ...operation, id, job: job.id, ...(losses && { lockLossesSeen: losses }) };
    this.size = sizeOf(operation);
    this.changeCount = job.changeCount;
    this.promise = new Promise<Reply>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Ends the call with <CANCELLED> when the signal is aborted or the time is over; tells `cancelled`. */
  bind({ signal, timeoutMs }: Bounds, cancelled: () => void): void {
    if (signal === undefined && timeoutMs === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const end = (message: string, cause?: unknown): void => {
      if (this.over) return;
      const mayHappen = KEPT.has(this.role) || (this.sent && !UNDONE.has(this.role));
      const outcome = mayHappen ? 'maybe' : 'none';
      this.fail(new EcpError('CANCELLED', message, { retry: 'same', outcome, cause }));
      cancelled();
    };
    const abort = (): void => end(`aborted: ${messageOf(signal?.reason)}`, signal?.reason);
    const forget = signal && onAbort(signal, abort);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => end(`not done within ${timeoutMs} ms`), timeoutMs);
    }
    this.#unbind = () => {
      clearTimeout(timer);
      forget?.();
    };
  }

  answer(reply: Reply): void {
    if (reply.error) {
      const error = errorOf(reply.error);
      if (this.role === 'change') this.job.transaction.failed(error);
      this.fail(error);
    } else if (!this.over) {
      this.#end();
      this.#resolve(reply);
    }
  }

  fail(error: EcpError): void {
    if (this.over) return;
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    this.over = true;
    this.#unbind();
  }
}
