/**
 * One connection of a client: several jobs on one stream (proto/client.proto).
 *
 *   message ─► waiting ─► begun, in order ─► reply queue ─► channel, a batch a turn
 *                │               │
 *                └── while too much is under way or unsent, the channel is paused
 *
 * Invariants:
 * - Operations of a job are begun in the order in which they came. What is begun takes its place in that order
 *   at once (instance/job.ts), except a MERGE, which may be a loop, and what begins or ends a transaction: the job's
 *   next operations wait for it. While a LOCK waits there are none (job-lock-calls.ts).
 * - Every operation but `cancel` is answered exactly once, unless the connection ends first.
 * - Operations under way, jobs and unsent bytes are bounded (base/limits.ts). A message is at most
 *   CLIENT_MESSAGE_BYTES_MAX long, and no more than the few that were on their way come while paused.
 * - The end of the stream is HALT: all its jobs are closed.
 */
import { EcpError, isEcpError, messageOf } from '../../base/errors.ts';
import {
  CLIENT_BATCH_BYTES_TARGET,
  CLIENT_JOBS_MAX,
  CLIENT_OPERATIONS_MAX,
  CLIENT_OPERATIONS_PER_TURN,
  CLIENT_REPLY_BYTES_MAX,
  CLIENT_REPLY_BYTES_TARGET,
  CLIENT_SCAN_WEIGHT,
} from '../../base/limits.ts';
import type { MaybePromise } from '../../base/maybe-promise.ts';
import type { Database } from '../../instance/database.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ChannelEvents, PausableChannel } from '../../ports/transport.ts';
import { JobLockCalls } from './job-lock-calls.ts';
import { CONTROLS, JobTransactionCalls } from './job-transaction-calls.ts';
import {
  decodeOperations,
  encodeServerMessage,
  errorOf,
  type Event,
  type Operation,
  type Reply,
  type Result,
  sizeOf,
} from './messages.ts';
import { CHANGES, perform, SCANS } from './operations.ts';

/** What a session needs of its instance. */
export interface SessionHost {
  /** EcpError NAMESPACE, or RESOURCE when there are too many jobs. */
  openJob(namespace: string): Database;
}

export interface SessionPorts {
  readonly clock: Clock;
  readonly log: Log;
}

interface SessionJob {
  readonly database: Database;
  /** The error that was last sent as an event: the job's next operation would throw it once more. */
  delivered: Error | undefined;
  readonly transaction: JobTransactionCalls;
  readonly locks: JobLockCalls;
  /** Operations that wait for the end of one that blocks; undefined when none is under way. */
  behind: Begun[] | undefined;
}

/** An operation under way. */
interface Begun {
  readonly id: number;
  readonly operation: Operation;
  weight: number;
  answered: boolean;
}

export class ClientSession implements ChannelEvents {
  readonly #channel: PausableChannel;
  readonly #host: SessionHost;
  readonly #ports: SessionPorts;
  readonly #ended: () => void;
  readonly #jobs = new Map<number, SessionJob>();
  readonly #begun = new Map<number, Begun>();
  #weight = 0;
  /** Operations not begun: a list of messages, the first from `#next` on. */
  #waiting: (readonly Operation[])[] = [];
  #next = 0;
  #paused = false;
  #runScheduled = false;
  #replies: Reply[] = [];
  #events: Event[] = [];
  #unsentBytes = 0;
  #sendScheduled = false;
  /** The channel asked us to wait for `drained`. */
  #congested = false;
  #closed = false;
  /** Why the connection ends as soon as nothing is under way; nothing more is taken. */
  #draining: EcpError | undefined;

  constructor(
    channel: PausableChannel,
    host: SessionHost,
    ports: SessionPorts,
    ended: () => void = () => undefined,
  ) {
    this.#channel = channel;
    this.#host = host;
    this.#ports = ports;
    this.#ended = ended;
  }

  get jobCount(): number {
    return this.#jobs.size;
  }

  // ── The channel ──────────────────────────────────────────────────────────────────────────────────────

  message(bytes: Uint8Array): void {
    if (this.#closed || this.#draining !== undefined) return;
    try {
      this.#waiting.push(decodeOperations(bytes));
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#run();
  }

  drained(): void {
    this.#congested = false;
    this.#send();
    this.#run();
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = [];
    this.#replies = [];
    for (const job of this.#jobs.values()) {
      job.behind = undefined;
      this.#close(job);
    }
    this.#jobs.clear();
    this.#ended();
  }

  /** Takes nothing more, answers what was asked, then ends the connection with the reason. */
  drain(reason: EcpError): void {
    this.#draining = reason;
    for (const { locks } of this.#jobs.values()) locks.stopWaiting(reason);
    this.#run();
  }

  #endIfDrained(): void {
    if (this.#draining === undefined || this.#closed || this.#congested) return;
    if (this.#waiting.length > 0 || this.#begun.size > 0 || this.#replies.length > 0) return;
    this.#refuse(this.#draining);
  }

  /** Ends a connection with the reason: of a peer that does not keep to the protocol it hurts that one only. */
  #refuse(error: unknown): void {
    const known = isEcpError(error);
    if (!known) this.#ports.log.error('client session failed', { problem: messageOf(error) });
    const shown = known ? error : new EcpError('DAMAGED', 'internal error');
    this.#channel.send(
      encodeServerMessage({ replies: [], events: [{ job: 0, error: errorOf(shown) }] }),
    );
    this.#channel.close();
    this.closed();
  }

  // ── Beginning operations ─────────────────────────────────────────────────────────────────────────────

  get #isFull(): boolean {
    return this.#weight >= CLIENT_OPERATIONS_MAX || this.#unsentBytes >= CLIENT_REPLY_BYTES_TARGET;
  }

  #run(): void {
    if (this.#runScheduled) return;
    let left = CLIENT_OPERATIONS_PER_TURN;
    for (;;) {
      const [operations] = this.#waiting;
      if (operations === undefined || this.#closed || this.#isFull) break;
      const operation = operations[this.#next];
      if (operation === undefined) {
        this.#waiting.shift();
        this.#next = 0;
        continue;
      }
      if (left-- === 0) {
        this.#runScheduled = true;
        this.#ports.clock.after(0, () => {
          this.#runScheduled = false;
          this.#run();
        });
        break;
      }
      this.#next++;
      try {
        this.#begin(operation);
      } catch (error) {
        this.#refuse(error);
      }
    }
    this.#hold((this.#waiting.length > 0 || this.#draining !== undefined) && !this.#closed);
    this.#endIfDrained();
  }

  #hold(pause: boolean): void {
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) this.#channel.pause();
    else this.#channel.resume();
  }

  #begin(operation: Operation): void {
    if (operation.kind === 'cancel') {
      this.#cancel(operation.cancel.operation ?? 0, operation.job ?? 0);
      return;
    }
    const id = operation.id ?? 0;
    if (id === 0 || this.#begun.has(id)) {
      throw new EcpError('DAMAGED', `the operation id ${id} is 0, or still under way`);
    }
    const weight =
      operation.kind !== undefined && SCANS.has(operation.kind) ? CLIENT_SCAN_WEIGHT : 1;
    const begun: Begun = { id, operation, weight, answered: false };
    this.#begun.set(id, begun);
    this.#weight += weight;
    const job = this.#jobs.get(operation.job ?? 0);
    if (job?.locks.isWaiting === true) this.#refuseBehindLock(job, begun);
    else if (job?.behind !== undefined) job.behind.push(begun);
    else this.#start(begun);
  }

  /** Nothing waits behind a LOCK: it would take the room of those who are to let go of it. */
  #refuseBehindLock(job: SessionJob, begun: Begun): void {
    if (begun.operation.kind === 'closeJob') {
      job.locks.stopWaiting(new EcpError('CANCELLED', 'this job has ended'));
      job.behind?.push(begun);
    } else this.#fail(begun, new EcpError('SYNTAX', 'the job waits for its LOCK: nothing else'));
  }

  #start(begun: Begun): void {
    let result: MaybePromise<Result>;
    try {
      result = this.#perform(begun);
    } catch (error) {
      this.#fail(begun, error);
      return;
    }
    if (!(result instanceof Promise)) {
      this.#finish(begun, result);
      return;
    }
    const job = this.#jobs.get(begun.operation.job ?? 0);
    const blocks = isBlocking(begun) && job !== undefined;
    if (blocks) job.behind = [];
    if (begun.operation.kind === 'lock') {
      // It may wait for one that is let go of by this connection.
      this.#weight -= begun.weight;
      begun.weight = 0;
    }
    result
      .then(
        (value) => this.#finish(begun, value),
        (error: unknown) => this.#fail(begun, error),
      )
      .finally(() => {
        if (blocks) this.#unblock(job);
        this.#run();
      });
  }

  #unblock(job: SessionJob): void {
    const waiting = job.behind ?? [];
    job.behind = undefined;
    for (const [i, begun] of waiting.entries()) {
      if (begun.answered && !isControl(begun)) this.#release(begun);
      else this.#start(begun);
      if (!isBlocked(job)) continue;
      const behind = waiting.slice(i + 1);
      if (job.locks.isWaiting) for (const one of behind) this.#refuseBehindLock(job, one);
      else job.behind = behind;
      return;
    }
  }

  #perform(begun: Begun): MaybePromise<Result> {
    const { operation } = begun;
    const id = operation.job ?? 0;
    if (operation.kind === 'openJob') {
      this.#open(id, operation.openJob.namespace ?? '');
      return {};
    }
    const job = this.#job(id);
    job.locks.check(operation);
    if (operation.kind === 'closeJob') {
      this.#jobs.delete(id);
      this.#close(job);
      return {};
    }
    const check = (): void => {
      if (begun.answered || this.#closed) throw new EcpError('CANCELLED', 'cancelled');
    };
    const context = {
      database: job.database,
      otherJob: (other: number) => this.#job(other).database,
      check,
    };
    const { kind } = operation;
    if (isControl(begun)) return retryDelivered(job, () => job.transaction.perform(operation));
    if (operation.kind === 'lock')
      return retryDelivered(job, () => job.locks.lock(begun.id, operation.lock));
    const work = (): MaybePromise<Result> =>
      retryDelivered(job, () => job.locks.unlock(operation) ?? perform(operation, context));
    return kind !== undefined && CHANGES.has(kind) ? job.transaction.change(work) : work();
  }

  #cancel(id: number, jobId: number): void {
    const reason = new EcpError('CANCELLED', 'cancelled by the client', { retry: 'same' });
    const begun = this.#begun.get(id);
    this.#jobs.get(begun?.operation.job ?? jobId)?.locks.cancel(id, reason);
    if (begun === undefined || begun.answered) return;
    const { kind } = begun.operation;
    const mayHappen = kind !== undefined && (CHANGES.has(kind) || CONTROLS.has(kind));
    const outcome = mayHappen ? 'maybe' : 'none';
    // It keeps its place among those under way until it ends: cancelling must not make room for more.
    this.#answer(begun, {
      error: errorOf(
        new EcpError('CANCELLED', 'cancelled by the client', { retry: 'same', outcome }),
      ),
    });
  }

  // ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────────

  #job(id: number): SessionJob {
    const job = this.#jobs.get(id);
    if (job === undefined)
      throw new EcpError('CANCELLED', `there is no job ${id} on this connection`);
    return job;
  }

  #open(id: number, namespace: string): void {
    if (id === 0 || this.#jobs.has(id)) throw new EcpError('SYNTAX', `job ${id} is 0, or open`);
    if (this.#jobs.size >= CLIENT_JOBS_MAX) {
      throw new EcpError('RESOURCE', `more than ${CLIENT_JOBS_MAX} jobs on one connection`);
    }
    const database = this.#host.openJob(namespace);
    const job: SessionJob = {
      database,
      transaction: new JobTransactionCalls(database),
      locks: new JobLockCalls(database),
      delivered: undefined,
      behind: undefined,
    };
    job.database.on('delayed-error', (error) => {
      job.delivered = error;
      job.locks.told(error);
      const known = isEcpError(error) ? error : new EcpError('NETWORK', messageOf(error));
      this.#events.push({ job: id, error: errorOf(known) });
      this.#scheduleSend();
    });
    this.#jobs.set(id, job);
  }

  #close(job: SessionJob): void {
    job.database.close().catch((error: unknown) => {
      this.#ports.log.error('a client job did not close', { problem: messageOf(error) });
    });
  }

  // ── Replies ──────────────────────────────────────────────────────────────────────────────────────────

  #finish(begun: Begun, result: Result): void {
    this.#release(begun);
    if (this.#unsentBytes <= CLIENT_REPLY_BYTES_MAX) {
      this.#answer(begun, result);
      return;
    }
    const { kind } = begun.operation;
    const isChange = kind !== undefined && CHANGES.has(kind);
    const error = new EcpError('RESOURCE', 'replies are not taken as fast as they are made', {
      retry: isChange ? 'never' : 'same',
      outcome: isChange ? 'maybe' : 'none',
    });
    this.#answer(begun, { error: errorOf(error) });
  }

  #fail(begun: Begun, error: unknown): void {
    this.#release(begun);
    if (isEcpError(error)) this.#answer(begun, { error: errorOf(error) });
    else if (!this.#closed) this.#refuse(error);
  }

  #release(begun: Begun): void {
    if (this.#begun.delete(begun.id)) this.#weight -= begun.weight;
  }

  #answer(begun: Begun, result: Result): void {
    if (begun.answered || this.#closed) return;
    begun.answered = true;
    const reply: Reply = result;
    reply.id = begun.id;
    this.#replies.push(reply);
    this.#unsentBytes += sizeOf(reply);
    this.#scheduleSend();
  }

  #scheduleSend(): void {
    if (this.#sendScheduled || this.#congested || this.#closed) return;
    this.#sendScheduled = true;
    this.#ports.clock.soon(() => {
      this.#sendScheduled = false;
      this.#send();
      this.#run();
    });
  }

  /** Sends what there is, in messages of about the target's size. */
  #send(): void {
    while (!this.#congested && !this.#closed && this.#replies.length + this.#events.length > 0) {
      let bytes = 0;
      let count = 0;
      while (count < this.#replies.length) {
        const size = sizeOf(this.#replies[count] as Reply);
        if (count > 0 && bytes + size > CLIENT_BATCH_BYTES_TARGET) break;
        bytes += size;
        count++;
      }
      const replies = this.#replies.splice(0, count);
      this.#unsentBytes -= bytes;
      const message = encodeServerMessage({ replies, events: this.#events.splice(0) });
      this.#congested = !this.#channel.send(message);
    }
  }
}

function isControl({ operation: { kind } }: Begun): boolean {
  return kind !== undefined && CONTROLS.has(kind);
}

function isBlocking(begun: Begun): boolean {
  const { kind } = begun.operation;
  return kind === 'merge' || kind === 'lock' || isControl(begun);
}

/** Not narrowed by what was assigned before a call. */
function isBlocked(job: SessionJob): boolean {
  return job.behind !== undefined;
}

/**
 * A job throws a late error once more with its next operation, before it begins. The client knows it already,
 * from the event, and tells its application: the operation itself must not be lost to it.
 */
function retryDelivered(
  job: SessionJob,
  operation: () => MaybePromise<Result>,
): MaybePromise<Result> {
  const again = (error: unknown): MaybePromise<Result> => {
    if (error !== job.delivered) throw error;
    job.delivered = undefined;
    return operation();
  };
  try {
    const result = operation();
    return result instanceof Promise ? result.catch(again) : result;
  } catch (error) {
    return again(error);
  }
}
