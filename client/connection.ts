/**
 * A connection and its jobs: batches out, replies in, and a new stream when one is lost.
 *
 *   idle ──call──► dialing ──first message──► up
 *    ▲                │ ▲                      │
 *    │ patience over  │ └── back-off ◄── lost ─┘          any ──last job closed, abort──► closed
 *    └────────────────┘
 *
 * Invariants:
 * - Calls are sent in the order in which they were made; what one turn of microtasks made is one message.
 * - While dialing only the opening of jobs is sent: what else is sent before anyone answers would be in doubt if
 *   nobody does.
 * - A change is handed to a link at most once. When the link is lost before its answer, it fails with outcome
 *   'maybe'. Reads are sent again, in their order, before what was not sent yet.
 * - Calls held, and their bytes, are bounded (base/limits.ts).
 */
import { EcpError } from '../server/base/errors.ts';
import {
  CLIENT_BATCH_BYTES_TARGET,
  CLIENT_PENDING_BYTES_MAX,
  CLIENT_PENDING_MAX,
} from '../server/base/limits.ts';
import { type Bounds, Call, KEPT, RETRIED, type Role } from './call.ts';
import type { Dial, Link } from './link.ts';
import { RemoteJob } from './remote-job.ts';
import {
  decodeServerMessage,
  encodeOperations,
  errorOf,
  type Operation,
  type Reply,
} from './wire.ts';

const BACK_OFF_MS_FIRST = 50;
const BACK_OFF_MS_MAX = 2000;
/** A stream that nobody answers for so long is given up. */
const DIAL_MS_MAX = 5000;
/** A server that does not answer to the end of a job is left. */
const CLOSE_MS_MAX = 2000;
const ID_MAX = 2 ** 32 - 1;

export interface ConnectionSettings {
  readonly dial: Dial;
  /** How long operations wait for a connection before they fail with <NETWORK>. */
  readonly patienceMs: number;
}

/** From the loss of a link to the next one that works. */
interface Outage {
  readonly sinceMs: number;
  attempts: number;
  retried: number;
  failed: number;
  readonly unconfirmed: Set<RemoteJob>;
  /** False for the first connection of all. */
  readonly hadLink: boolean;
}

export class Connection {
  readonly #settings: ConnectionSettings;
  /** Jobs that the server has opened. */
  readonly #jobs = new Set<RemoteJob>();
  #state: 'idle' | 'dialing' | 'up' | 'closed' = 'idle';
  #link: Link | undefined;
  #timer: NodeJS.Timeout | undefined;
  #outage: Outage | undefined;
  /** Why the server said that it ends the stream. */
  #farewell: EcpError | undefined;
  #queue: Call[] = [];
  readonly #unanswered = new Map<number, Call>();
  #pendingBytes = 0;
  #flushScheduled = false;
  #congested = false;
  #nextId = 1;
  #nextJob = 1;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  // ── Calls ────────────────────────────────────────────────────────────────────────────────────────────

  /** Sends an operation of a job with what else this turn makes. Throws where it cannot be taken. */
  call(
    job: RemoteJob,
    role: Role,
    operation: Operation,
    bounds: Bounds,
    levels = 0,
  ): Promise<Reply> {
    if (this.#state === 'closed') throw new EcpError('CANCELLED', 'the connection is closed');
    if (bounds.signal?.aborted === true) {
      throw new EcpError('CANCELLED', 'aborted before it was sent', {
        retry: 'same',
        cause: bounds.signal.reason,
      });
    }
    // What ends a transaction, or lets go of a lock, is not kept from it by what is in it.
    const isFull = this.#queue.length + this.#unanswered.size >= CLIENT_PENDING_MAX;
    if (isFull && !KEPT.has(role)) this.#refuse();
    if (role === 'change') job.changeCount++;
    const call = new Call(this.#takeId(), job, role, operation, levels);
    if (this.#pendingBytes > 0 && this.#pendingBytes + call.size > CLIENT_PENDING_BYTES_MAX)
      this.#refuse();
    this.#pendingBytes += call.size;
    job.transaction.called(call);
    call.bind(bounds, () => this.#cancelled(call));
    this.#queue.push(call);
    this.#wake();
    return call.promise;
  }

  #refuse(): never {
    throw new EcpError('RESOURCE', 'too many operations wait for an answer: await some', {
      retry: 'same',
    });
  }

  #takeId(): number {
    for (;;) {
      const id = this.#nextId;
      this.#nextId = id === ID_MAX ? 1 : id + 1;
      if (!this.#unanswered.has(id)) return id;
    }
  }

  #cancelled(call: Call): void {
    if (KEPT.has(call.role)) return;
    // One that was not sent stays in the queue, and is passed over there.
    if (this.#unanswered.has(call.id) && this.#state === 'up') {
      const cancel = { job: call.job.id, cancel: { operation: call.id } };
      this.#link?.send(encodeOperations([cancel]));
      this.#lockOver(call);
    }
  }

  /** The job goes on: what it called behind its LOCK is sent. */
  #lockOver({ job, id }: Call): void {
    if (job.locks.waiting !== id) return;
    job.locks.waiting = undefined;
    this.#wake();
  }

  #settle(call: Call, how: (call: Call) => void): void {
    this.#unanswered.delete(call.id);
    this.#lockOver(call);
    this.#pendingBytes -= call.size;
    how(call);
  }

  // ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────────

  async openJob(namespace: string, bounds: Bounds): Promise<RemoteJob> {
    const job = new RemoteJob(this.#nextJob++, namespace);
    try {
      await this.call(job, 'open', { openJob: { namespace } }, bounds);
    } catch (error) {
      if (this.#jobs.size === 0) this.close();
      throw error;
    }
    return job;
  }

  /** HALT. What the job called before takes effect if the connection is there; the last one closes it. */
  async closeJob(job: RemoteJob): Promise<void> {
    if (job.closed) return;
    job.end();
    this.#jobs.delete(job);
    if (this.#state === 'up') {
      try {
        await this.call(job, 'close', { closeJob: {} }, { timeoutMs: CLOSE_MS_MAX });
      } catch {
        // The end of the stream is the end of its jobs.
      }
    } else {
      this.#failQueued(new EcpError('CANCELLED', 'this job has ended'), (call) => call.job === job);
    }
    if (this.#jobs.size === 0) this.close();
  }

  /** Ends the connection and all its jobs. */
  close(reason = new EcpError('CANCELLED', 'the connection is closed')): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#link?.close();
    this.#link = undefined;
    for (const call of [...this.#unanswered.values()]) {
      const error = RETRIED.has(call.role) ? reason : maybe(reason);
      this.#settle(call, () => call.fail(error));
    }
    this.#failQueued(reason, () => true);
    for (const job of this.#jobs) job.end();
    this.#jobs.clear();
  }

  #failQueued(reason: EcpError, which: (call: Call) => boolean): void {
    const queue = this.#queue;
    this.#queue = queue.filter((call) => !which(call));
    for (const call of queue) {
      if (!which(call)) continue;
      call.job.transaction.ended(call, false);
      this.#settle(call, () => call.fail(reason));
    }
  }

  // ── Sending ──────────────────────────────────────────────────────────────────────────────────────────

  #wake(): void {
    if (this.#state === 'idle') {
      this.#startOutage(false);
      this.#dial();
    } else if (this.#state === 'up' && !this.#flushScheduled && !this.#congested) {
      this.#flushScheduled = true;
      queueMicrotask(() => {
        this.#flushScheduled = false;
        if (this.#state === 'up') this.#flush();
      });
    }
  }

  #flush(): void {
    const queue = this.#queue;
    const held: Call[] = [];
    let next = 0;
    while (next < queue.length && !this.#congested) {
      const batch: Operation[] = [];
      let bytes = 0;
      for (; next < queue.length; next++) {
        const call = queue[next] as Call;
        if (call.over && !KEPT.has(call.role)) {
          this.#pendingBytes -= call.size;
          continue;
        }
        if (call.job.locks.waiting !== undefined && call.role !== 'close') {
          held.push(call);
          continue;
        }
        if (batch.length > 0 && bytes + call.size > CLIENT_BATCH_BYTES_TARGET) break;
        bytes += call.size;
        this.#note(call, batch);
      }
      if (batch.length > 0) this.#sendBatch(batch);
    }
    this.#queue = [...held, ...queue.slice(next)];
  }

  #note(call: Call, batch: Operation[]): void {
    call.sent = true;
    if (call.role === 'lock') call.job.locks.waiting = call.id;
    this.#unanswered.set(call.id, call);
    batch.push(call.operation);
  }

  #sendBatch(batch: Operation[]): void {
    this.#congested = this.#link?.send(encodeOperations(batch)) === false;
  }

  // ── The link ─────────────────────────────────────────────────────────────────────────────────────────

  #startOutage(hadLink: boolean): void {
    this.#outage ??= {
      sinceMs: performance.now(),
      attempts: 0,
      retried: 0,
      failed: 0,
      unconfirmed: new Set(),
      hadLink,
    };
  }

  #dial(): void {
    this.#state = 'dialing';
    this.#congested = false;
    this.#farewell = undefined;
    if (this.#outage !== undefined) this.#outage.attempts++;
    const link: Link = this.#settings.dial({
      message: (bytes) => {
        if (this.#link === link) this.#message(bytes);
      },
      drained: () => {
        if (this.#link !== link) return;
        this.#congested = false;
        this.#wake();
      },
      closed: (reason, { final }) => {
        if (this.#link === link) this.#lost(reason, final);
      },
    });
    this.#link = link;
    this.#timer = setTimeout(() => {
      link.close();
      if (this.#link === link) this.#lost('no answer', false);
    }, DIAL_MS_MAX);
    this.#sendOpenings();
  }

  #sendOpenings(): void {
    const batch: Operation[] = [];
    for (const job of this.#jobs) {
      const { namespace } = job;
      const call = new Call(this.#takeId(), job, 'open', { openJob: { namespace } });
      this.#pendingBytes += call.size;
      this.#note(call, batch);
      // Such as a namespace that is no longer there.
      call.promise.catch((error: unknown) => job.delayError(error as EcpError));
    }
    const opens = (call: Call): boolean => call.role === 'open' && !call.over;
    for (const call of this.#queue) if (opens(call)) this.#note(call, batch);
    this.#queue = this.#queue.filter((call) => !opens(call));
    this.#sendBatch(batch);
  }

  #message(bytes: Uint8Array): void {
    let message: ReturnType<typeof decodeServerMessage>;
    try {
      message = decodeServerMessage(bytes);
    } catch {
      this.#link?.close();
      this.#lost('a message that is none', true);
      return;
    }
    for (const reply of message.replies) {
      const call = this.#unanswered.get(reply.id ?? 0);
      if (call === undefined) continue;
      if (!reply.error) this.#accepted(call);
      call.job.transaction.ended(call, !reply.error);
      this.#settle(call, () => call.answer(reply));
    }
    for (const { job, error } of message.events) {
      const shown = errorOf(error ?? {});
      if ((job ?? 0) === 0) this.#farewell = shown;
      for (const one of this.#jobs) {
        if (one.id !== job) continue;
        if (shown.locksLost) one.locks.losses++;
        one.delayError(shown);
      }
    }
    if (this.#state === 'dialing' && this.#farewell === undefined) this.#becomeUp();
  }

  #accepted(call: Call): void {
    call.job.answered(call);
    if (call.role === 'open' && !call.over && !call.job.closed) this.#jobs.add(call.job);
  }

  #becomeUp(): void {
    this.#state = 'up';
    clearTimeout(this.#timer);
    const outage = this.#outage;
    this.#outage = undefined;
    if (outage?.hadLink === true) {
      const { attempts, retried, failed } = outage;
      const downMs = performance.now() - outage.sinceMs;
      for (const job of this.#jobs) {
        const unconfirmed = outage.unconfirmed.has(job);
        job.reconnected({ downMs, attempts, retried, failed, unconfirmed });
      }
    }
    this.#wake();
  }

  #lost(reason: string, final: boolean): void {
    clearTimeout(this.#timer);
    this.#link = undefined;
    const why = this.#farewell?.message ?? reason;
    if (this.#state === 'up') {
      this.#startOutage(true);
      for (const job of this.#jobs) if (job.lost()) this.#outage?.unconfirmed.add(job);
    }
    this.#sortUnanswered(why);
    this.#endTransactions(why);
    this.#endLocks(why);
    if (final || this.#farewell?.code === 'DAMAGED') {
      this.close(new EcpError('PROTECT', `the server does not take this client: ${why}`));
      return;
    }
    this.#state = 'dialing';
    const outage = this.#outage;
    const downMs = performance.now() - (outage?.sinceMs ?? 0);
    const attempts = outage?.attempts ?? 0;
    if (downMs >= this.#settings.patienceMs) {
      this.#giveUp(why);
      return;
    }
    const delayMs = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_FIRST * 2 ** Math.min(attempts, 10));
    const leftMs = this.#settings.patienceMs - downMs;
    this.#timer = setTimeout(
      () => this.#dial(),
      Math.min(leftMs, delayMs * (0.5 + Math.random() / 2)),
    );
  }

  /** What was sent and not answered goes back to the head of the queue, or fails. */
  #sortUnanswered(why: string): void {
    const again: Call[] = [];
    for (const call of [...this.#unanswered.values()]) {
      const reopening = call.role === 'open' && this.#jobs.has(call.job);
      // It is over, whether that was before or is by this.
      call.job.transaction.ended(call, true);
      if (call.over || reopening) {
        this.#settle(call, () => undefined);
      } else if (RETRIED.has(call.role)) {
        this.#unanswered.delete(call.id);
        again.push(call);
        if (this.#outage !== undefined && call.role === 'read') this.#outage.retried++;
      } else if (call.role === 'close' || call.role === 'unlock' || call.operation.trollback) {
        this.#settle(call, () => call.answer({}));
      } else {
        if (this.#outage !== undefined) this.#outage.failed++;
        const error = new EcpError('NETWORK', `the connection was lost: ${why}`, {
          retry: 'reconnect',
          outcome: call.role === 'lock' ? 'none' : 'maybe',
        });
        this.#settle(call, () => call.fail(error));
      }
    }
    this.#queue = [...again, ...this.#queue];
  }

  /** The server has rolled back what was open: nothing of that is sent any more. */
  #endTransactions(why: string): void {
    const unsent = new Map<RemoteJob, Call[]>();
    for (const job of this.#jobs) if (job.transaction.level > 0) unsent.set(job, []);
    if (unsent.size === 0) return;
    for (const call of this.#queue) unsent.get(call.job)?.push(call);
    const ended = new Set<Call>();
    for (const [job, calls] of unsent) {
      job.transaction.lost(calls, why, (call, error) => {
        ended.add(call);
        this.#settle(call, () => (error === undefined ? call.answer({}) : call.fail(error)));
      });
    }
    this.#queue = this.#queue.filter((call) => !ended.has(call));
  }

  /** The server has let go of every lock: who held one is told, before anything of it is sent (rule R5). */
  #endLocks(why: string): void {
    const losers = new Set<RemoteJob>();
    for (const job of this.#jobs) if (job.locks.lost()) losers.add(job);
    if (losers.size === 0) return;
    const problem = `the locks are lost with the connection: ${why}`;
    const error = new EcpError('NETWORK', problem, { retry: 'reconnect', locksLost: true });
    const without: ReadonlySet<Role> = new Set(['open', 'close', 'unlock']);
    this.#failQueued(
      error,
      ({ job, role, operation }) =>
        losers.has(job) && !without.has(role) && !operation.trollback && !operation.tlevel,
    );
    for (const job of losers) job.delayError(error);
  }

  /** Those who wait are told; the next call dials anew. */
  #giveUp(why: string): void {
    this.#state = 'idle';
    const error = new EcpError('NETWORK', `no connection: ${why}`, { retry: 'reconnect' });
    this.#failQueued(error, () => true);
  }
}

function maybe(reason: EcpError): EcpError {
  return new EcpError(reason.code, reason.message, {
    retry: reason.retry,
    outcome: 'maybe',
    cause: reason,
  });
}
