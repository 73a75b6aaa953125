/**
 * What a data server does for transactions of this app server's jobs: what of each it has open, as far as was sent, and
 * how that ends.
 *
 *   open ── TCOMMIT ──► committing ──► ended         open ── TROLLBACK to level 0 ──► ended
 *   open ── rolled back there, or the session is over ──► failed: requests to that server hear <NETWORK>, TCOMMIT
 *   <ROLLBACK ONLY>, until the job rolls back (A.1.7, §4.4.2)
 *
 * Levels, commit and rollback are changes: kept until durable, sent again after a cut, taken once (A.1.8).
 */
import { EcpError } from '../../base/errors.ts';
import type { MaybePromise } from '../../base/maybe-promise.ts';
import type { Participant } from '../../transactions/job-transaction.ts';
import type { JobSink } from '../job-sink.ts';
import type { Reply, Request } from '../wire/frame.ts';
import { Pending } from './pending.ts';

/** Bookkeeping of a request, in bytes of the window. */
const REQUEST_BYTES = 64;

type Step = Extract<Request, { kind: 'begin' | 'level' | 'commit' | 'rollback' }>;

/** What it needs of its connection. */
export interface RemoteTransactionsPorts {
  /** Takes a request; throws <NETWORK> where it cannot be sent and will not be. */
  submit(pending: Pending): Promise<void> | undefined;
  /** Has everything that was sent made durable soon. */
  hurry(): void;
  /** Resolves when all that was asked before is answered. */
  sync(job: JobSink): Promise<void>;
  /** Whether the data server that is connected knows of transactions. */
  isKnown(): boolean;
}

/** A step of a transaction, from its call until it is durable. */
class PendingStep extends Pending {
  override readonly isChange = true;
  override readonly cost = REQUEST_BYTES;
  readonly #transaction: RemoteTransaction;
  readonly #step: Step;
  /** Whoever waits for its outcome; without it an error is the job's next operation's. */
  readonly #outcome: ((error: EcpError | undefined) => void) | undefined;

  constructor(
    transaction: RemoteTransaction,
    step: Step,
    outcome?: (error: EcpError | undefined) => void,
  ) {
    super(transaction.job);
    this.#transaction = transaction;
    this.#step = step;
    this.#outcome = outcome;
  }

  override get isAwaited(): boolean {
    return this.#outcome !== undefined;
  }

  override get isRelease(): boolean {
    return this.#step.kind === 'commit' || this.#step.kind === 'rollback';
  }

  protected override requests(): readonly Request[] {
    this.#transaction.sending(this.#step);
    return [this.#step];
  }

  override answer(reply: Reply): void {
    this.#transaction.answered(this.#step);
    if (reply.kind === 'failed') {
      this.ended = true;
      this.#refused(new EcpError(reply.code, reply.message));
    } else {
      this.#outcome?.(undefined);
    }
  }

  override fail(error: EcpError): void {
    this.#transaction.answered(this.#step);
    this.#refused(error);
  }

  #refused(error: EcpError): void {
    this.#transaction.fail(error);
    if (this.#outcome === undefined) this.job.delayError(error);
    else this.#outcome(error);
  }
}

export class RemoteTransaction implements Participant {
  readonly job: JobSink;
  readonly #ports: RemoteTransactionsPorts;
  readonly #registry: RemoteTransactions;
  readonly #begin: PendingStep;
  /** Its level at the data server when all that was sent is taken: 0 before it has begun, and when it has ended. */
  sentLevel = 0;
  #failure: EcpError | undefined;
  /** The session that had it is over. */
  #isGone = false;
  /** Its job has said how it is to end, and hears what comes of that. */
  #isEnding = false;

  /** Begins one of `level` levels, with the next request of its job. */
  constructor(
    registry: RemoteTransactions,
    ports: RemoteTransactionsPorts,
    job: JobSink,
    level: number,
  ) {
    this.job = job;
    this.#registry = registry;
    this.#ports = ports;
    this.#begin = this.#submit({ kind: 'begin', job: jobOf(job), level });
  }

  #submit(step: Step, outcome?: (error: EcpError | undefined) => void): PendingStep {
    const pending = new PendingStep(this, step, outcome);
    void this.#ports.submit(pending);
    return pending;
  }

  /** Where its beginning stands in the order of requests; 0 as long as it was not sent. */
  get beginSequence(): number {
    return this.#begin.sequence;
  }

  /** Why it can only be rolled back. */
  get failure(): EcpError | undefined {
    return this.#failure;
  }

  /** What the next request does to its level there. Throws <NETWORK> where the data server knows of no transactions. */
  sending(step: Step): void {
    if (!this.#ports.isKnown())
      throw new EcpError('NETWORK', 'the data server knows of no transactions: upgrade it first');
    this.sentLevel = step.kind === 'commit' ? 0 : step.level;
  }

  /** What goes before each change that is part of it. Throws <NETWORK> where it failed before it could be sent. */
  within(): Request {
    this.assertWhole();
    return { kind: 'within', job: jobOf(this.job) };
  }

  /** Throws <NETWORK> where it can only be rolled back (A.1.7). */
  assertWhole(): void {
    const cause = this.#failure;
    if (cause === undefined) return;
    throw new EcpError('NETWORK', `until the job rolls back: ${cause.message}`, { cause });
  }

  answered(step: Step): void {
    const isEnd = step.kind === 'commit' || (step.kind === 'rollback' && step.level === 0);
    if (isEnd) this.#registry.ended(this);
  }

  /** It was rolled back there. */
  fail(cause: EcpError): void {
    this.#failure ??= new EcpError(
      'ROLLBACK ONLY',
      `the transaction was rolled back: ${cause.message}`,
      {
        cause,
      },
    );
  }

  /** The session is over, and what it had open with it. */
  sessionEnded(error: EcpError): void {
    this.#isGone = true;
    this.sentLevel = 0;
    this.fail(error);
    if (!this.#isEnding) this.job.delayError(error);
  }

  setLevel(level: number): void {
    if (this.#failure === undefined) this.#submit({ kind: 'level', job: jobOf(this.job), level });
  }

  /** Resolves when all that it did there has its answer: what was refused has failed it by then. */
  settled(): Promise<void> {
    if (this.#failure !== undefined) return Promise.resolve();
    return this.#ports.sync(this.job);
  }

  /** TCOMMIT. `isAwaited`: resolves with its answer; synchronous, when it is durable. Else its error is delayed (A.2.11). */
  commit(isSynchronous: boolean, isAwaited: boolean): MaybePromise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const step = { kind: 'commit', job: jobOf(this.job) } as const;
    this.#isEnding = true;
    if (!isSynchronous && !isAwaited) {
      this.#submit(step);
      return undefined;
    }
    return new Promise<void>((resolve, reject) => {
      const pending = this.#submit(step, (error) => {
        if (error !== undefined) reject(commitError(error));
        else if (!isSynchronous) resolve();
      });
      if (!isSynchronous) return;
      pending.onSettled = (error) => (error === undefined ? resolve() : reject(error));
      this.#ports.hurry();
    });
  }

  /** TROLLBACK: waits for its answer, behind which nobody here sees what was rolled back (rule R4). */
  rollback(level: number): MaybePromise<void> {
    // A session that is over was rolled back by its end.
    if (this.#isGone) {
      this.#registry.ended(this);
      return undefined;
    }
    this.#isEnding ||= level === 0;
    return new Promise<void>((resolve, reject) => {
      this.#submit({ kind: 'rollback', job: jobOf(this.job), level }, (error) => {
        // The session has ended meanwhile, and with it all that the transaction did.
        if (error === undefined || this.#isGone || error.code === 'NETWORK') resolve();
        else reject(error);
      });
    });
  }
}

/** What the data server refused is rolled back; of what was cut off nobody knows. */
function commitError(error: EcpError): EcpError {
  if (error.code === 'NETWORK') return error;
  return new EcpError('ROLLBACK ONLY', `the transaction was rolled back: ${error.message}`, {
    cause: error,
  });
}

export class RemoteTransactions {
  readonly #ports: RemoteTransactionsPorts;
  /** Until their end is answered. */
  readonly #all = new Set<RemoteTransaction>();
  /** Whether anything was begun in this session. */
  #isUsed = false;

  constructor(ports: RemoteTransactionsPorts) {
    this.#ports = ports;
  }

  /** The job's transaction here, begun with its first change; undefined outside of one. EcpError NETWORK where it failed. */
  of(job: JobSink): RemoteTransaction | undefined {
    const { jobTransaction } = job;
    if (jobTransaction === undefined || jobTransaction.level === 0) return undefined;
    this.check(job);
    return jobTransaction.at(this, (level) => {
      const made = new RemoteTransaction(this, this.#ports, job, level);
      this.#all.add(made);
      this.#isUsed = true;
      return made;
    });
  }

  /** Throws <NETWORK> where the job's transaction here can only be rolled back (A.1.7). */
  check({ jobTransaction }: JobSink): void {
    if (jobTransaction === undefined || jobTransaction.level === 0) return;
    const known = jobTransaction.known(this);
    if (known instanceof RemoteTransaction) known.assertWhole();
  }

  ended(transaction: RemoteTransaction): void {
    this.#all.delete(transaction);
  }

  /** The data server has rolled back what the job had open after request `after`. */
  rolledBack(job: number, after: number): void {
    for (const transaction of this.#all) {
      const { beginSequence } = transaction;
      const isIt = jobOf(transaction.job) === job && beginSequence !== 0 && beginSequence <= after;
      if (isIt) transaction.fail(new EcpError('NETWORK', 'the data server ended it'));
    }
  }

  /** What the data server has open when all that was sent again is taken (rule R6). */
  claims(): readonly Request[] {
    if (!this.#isUsed) return [];
    const claims: Request[] = [];
    for (const { job, sentLevel: level } of this.#all)
      if (level > 0) claims.push({ kind: 'claimTransaction', job: jobOf(job), level });
    return [...claims, { kind: 'transactionsClaimed', count: claims.length }];
  }

  /** The session is over: what its jobs had open was rolled back there, and each hears it (rule R5). */
  sessionEnded(error: EcpError): void {
    for (const transaction of this.#all) transaction.sessionEnded(error);
    this.#all.clear();
    this.#isUsed = false;
  }
}

function jobOf({ id = 0 }: JobSink): number {
  return id;
}
