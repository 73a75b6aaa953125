/**
 * Locks that this app server's jobs hold and wait for at one data server.
 *
 * What is granted is kept here until its unlock is sent and the data server has applied it: after a cut or a restart of the
 * data server everything that it should hold is claimed, as of the last change that it has applied, and what is waited for is
 * asked for again (rule R6). A lock that is waited for takes no room of the request window (rule R10).
 *
 * Invariants: one LOCK of a job is under way at a time; nothing is told to a job after its time was up; a grant
 * that crosses that is let go of by the cancellation (rule R17).
 */
import { onAbort } from '../../base/abort.ts';
import { bareMessage, EcpError, isEcpError } from '../../base/errors.ts';
import { LOCKS_PER_REQUEST_MAX } from '../../base/limits.ts';
import { LockDigest } from '../../locks/digest.ts';
import type { LockMode } from '../../locks/lock-request.ts';
import type { JobSink } from '../job-sink.ts';
import type { Reply, Request } from '../wire/frame.ts';
import type { ClaimedWireLock, LockOutcome } from '../wire/lock-messages.ts';
import { locksTakenAway } from '../locks-taken-away.ts';
import { Pending } from './pending.ts';

/** Bookkeeping of a request, in bytes of the window. */
const REQUEST_BYTES = 64;

/** A database of the data server, as locks name it. */
export interface LockPlace {
  /** Throws <DATABASE> where the data server has no such database. */
  number(): number;
  /** Names it for ever; undefined before the data server has told. */
  readonly uuid: string | undefined;
}

export interface WantedRemoteLock {
  readonly place: LockPlace;
  readonly key: Uint8Array;
  readonly mode: LockMode;
  readonly isEscalating?: boolean;
}

type OutcomeOfLock = Exclude<LockOutcome, 'removed'>;

interface HeldRemoteLock {
  readonly place: LockPlace;
  readonly key: Uint8Array;
  readonly exclusive: number;
  readonly shared: number;
}

/** What it needs of its connection. */
export interface RemoteLocksPorts {
  /** Takes a request; throws <NETWORK> where it cannot be sent and will not be. */
  submit(pending: Pending): Promise<void> | undefined;
  /** Every request that is kept: sent, or waiting to be. */
  kept(): Iterable<Pending>;
  /** Whether the data server that is connected knows of locks. */
  isKnown(): boolean;
}

/** A call of LOCK: asked for once on each stream until its outcome is known. */
interface LockCall {
  readonly wanted: readonly WantedRemoteLock[];
  readonly mayWait: boolean;
  readonly tell: (outcome: OutcomeOfLock | EcpError) => void;
}

/** LOCK as it was asked for on one stream, until its outcome. */
class PendingLock extends Pending {
  override readonly isChange = false;
  readonly call: LockCall;
  readonly #locks: RemoteLocks;
  /** Whose time is up, or who was told. */
  isOver = false;

  constructor(job: JobSink, call: LockCall, locks: RemoteLocks) {
    super(job);
    this.call = call;
    this.#locks = locks;
  }

  override get cost(): number {
    return this.call.wanted.reduce((sum, { key }) => sum + key.length, REQUEST_BYTES);
  }

  protected override requests(): readonly Request[] {
    if (this.isOver) throw new EcpError('CANCELLED', 'nobody waits for this lock any more');
    this.#locks.assertKnown();
    const { wanted, mayWait } = this.call;
    const locks = wanted.map(({ place, key, mode, isEscalating = false }) => {
      return { database: place.number(), key, mode, isEscalating };
    });
    return [{ kind: 'lock', job: jobOf(this.job), mayWait, locks }];
  }

  override answer(reply: Reply): void {
    if (reply.kind === 'failed') this.tell(new EcpError(reply.code, reply.message));
    else this.#locks.waits(this);
  }

  override fail(error: EcpError): void {
    this.tell(error);
  }

  tell(outcome: OutcomeOfLock | EcpError): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#locks.over(this);
    this.call.tell(outcome);
  }
}

/** UNLOCK, the cancellation of a LOCK, or the end of a job: kept until it is durable. */
class PendingRelease extends Pending {
  override readonly isChange = true;
  readonly released: readonly HeldRemoteLock[];
  readonly #build: () => Request;

  constructor(job: JobSink, released: readonly HeldRemoteLock[], build: () => Request) {
    super(job);
    this.released = released;
    this.#build = build;
  }

  override get isRelease(): boolean {
    return true;
  }

  override get cost(): number {
    return this.released.reduce((sum, { key }) => sum + key.length, REQUEST_BYTES);
  }

  protected override requests(): readonly Request[] {
    return [this.#build()];
  }

  override answer(): void {
    // The data server lets go; nobody waits for that.
  }

  override fail(): void {
    // The session is over, and with it the lock.
  }
}

export class RemoteLocks {
  readonly #ports: RemoteLocksPorts;
  /** By job, then by name. */
  readonly #held = new Map<JobSink, Map<string, HeldRemoteLock>>();
  /** Answered, and their outcome is not known: by number. */
  readonly #waiting = new Map<number, PendingLock>();
  readonly #byJob = new Map<JobSink, PendingLock>();
  /** Whether anything was locked in this session. */
  #isUsed = false;
  /** That have locked anything in it: of their end the data server hears. */
  readonly #jobs = new Set<JobSink>();

  constructor(ports: RemoteLocksPorts) {
    this.#ports = ports;
  }

  /** Throws <NETWORK> where the data server is of a version that has no locks. */
  assertKnown(): void {
    if (this.#ports.isKnown()) return;
    throw new EcpError('NETWORK', 'the data server knows of no locks: upgrade it first');
  }

  /**
   * Locks several names, all together or none. False where somebody else has one of them and it is not to wait, or
   * `signal` was aborted before. EcpError NETWORK, LOCKTABLEFULL, DATABASE.
   */
  lock(
    job: JobSink,
    wanted: readonly WantedRemoteLock[],
    mayWait: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      if (signal.aborted) {
        resolve(false);
        return;
      }
      const tell = (outcome: OutcomeOfLock | EcpError): void => {
        forget();
        if (outcome === 'granted') for (const one of wanted) this.#hold(job, one, 1);
        if (outcome === 'granted' || outcome === 'denied') resolve(outcome === 'granted');
        else reject(outcome === 'full' ? tableFull() : outcome);
      };
      const call = { wanted, mayWait, tell };
      const forget = onAbort(signal, () => {
        const pending = this.#byJob.get(job);
        if (pending?.call === call) this.#giveUp(pending);
        resolve(false);
      });
      this.#isUsed = true;
      this.#jobs.add(job);
      this.#ask(job, call);
    });
  }

  #ask(job: JobSink, call: LockCall): void {
    const pending = new PendingLock(job, call, this);
    this.#byJob.set(job, pending);
    void this.#ports.submit(pending);
  }

  /** Nobody waits for a LOCK any more: its caller knows, and whatever comes of it is let go of. */
  #giveUp(pending: PendingLock): void {
    if (pending.isOver) return;
    pending.isOver = true;
    this.over(pending);
    const { sequence, job } = pending;
    if (sequence !== 0)
      this.#release(job, [], () => ({ kind: 'cancelLock', job: jobOf(job), lock: sequence }));
  }

  /** The data server is dealing with it. */
  waits(pending: PendingLock): void {
    if (!pending.isOver) this.#waiting.set(pending.sequence, pending);
  }

  over(pending: PendingLock): void {
    this.#waiting.delete(pending.sequence);
    if (this.#byJob.get(pending.job) === pending) this.#byJob.delete(pending.job);
  }

  /** What became of the LOCK of a number. One that is not known was given up. */
  outcome(number: number, outcome: LockOutcome): void {
    if (outcome === 'removed') this.#removed(number);
    else this.#waiting.get(number)?.tell(outcome);
  }

  /** An administrator has taken away what a job held: its next operation says so. */
  #removed(id: number): void {
    for (const [job, locks] of this.#held) {
      if (jobOf(job) !== id) continue;
      this.#held.delete(job);
      for (const { place, key } of locks.values()) job.lockLost?.(place, key);
      job.delayError(locksTakenAway());
    }
  }

  /** Lets go of one count of each name that the job holds; of others nothing is said. */
  unlock(job: JobSink, names: readonly WantedRemoteLock[]): void {
    const ours = names.filter(({ place, key, mode }) => {
      const held = this.#held.get(job)?.get(nameKey(place, key));
      return held !== undefined && held[mode] > 0;
    });
    if (ours.length === 0) return;
    const released = ours.map((one) => this.#hold(job, one, -1));
    this.#release(job, released, () => ({
      kind: 'unlock',
      job: jobOf(job),
      locks: ours.map(({ place, key, mode }) => ({ database: place.number(), key, mode })),
    }));
  }

  /** The job lets go of all that it holds, and waits for nothing any more. */
  endJob(job: JobSink): void {
    const pending = this.#byJob.get(job);
    if (pending !== undefined) this.#giveUp(pending);
    const released = [...(this.#held.get(job)?.values() ?? [])];
    this.#held.delete(job);
    if (this.#jobs.delete(job))
      this.#release(job, released, () => ({ kind: 'endJob', job: jobOf(job) }));
  }

  #release(job: JobSink, released: readonly HeldRemoteLock[], build: () => Request): void {
    void this.#ports.submit(new PendingRelease(job, released, build));
  }

  /** Counts a lock in or out; returns that one count. */
  #hold(job: JobSink, { place, key, mode }: WantedRemoteLock, by: 1 | -1): HeldRemoteLock {
    const exclusive = mode === 'exclusive' ? 1 : 0;
    const one = { place, key, exclusive, shared: 1 - exclusive };
    const locks = this.#held.get(job) ?? new Map<string, HeldRemoteLock>();
    const name = nameKey(place, key);
    const sum = added(locks.get(name), one, by);
    if (sum.exclusive + sum.shared > 0) locks.set(name, sum);
    else locks.delete(name);
    if (locks.size > 0) this.#held.set(job, locks);
    else this.#held.delete(job);
    return one;
  }

  /**
   * What the data server should hold, having applied changes up to `lastApplied`: what is held, and what was unlocked by
   * a request that it has not applied. Then how many locks these are, and their digest.
   */
  claims(lastApplied: number): readonly Request[] {
    // Who never locked anything in this session has nothing to claim, and the data server nothing to compare.
    if (!this.#isUsed || !this.#ports.isKnown()) return [];
    const owed = new Map([...this.#held].map(([job, locks]) => [job, new Map(locks)]));
    for (const pending of this.#ports.kept()) {
      if (!(pending instanceof PendingRelease)) continue;
      if (pending.sequence !== 0 && pending.sequence <= lastApplied) continue;
      const locks = owed.get(pending.job) ?? new Map<string, HeldRemoteLock>();
      for (const one of pending.released) {
        const name = nameKey(one.place, one.key);
        locks.set(name, added(locks.get(name), one, 1));
      }
      if (locks.size > 0) owed.set(pending.job, locks);
    }
    const digest = new LockDigest();
    const requests: Request[] = [];
    for (const [job, locks] of owed) {
      const present = [...locks].filter(([name, lock]) => this.#isThere(job, name, lock));
      requests.push(
        ...claimsOf(
          job,
          present.map(([, lock]) => lock),
          digest,
        ),
      );
    }
    return [...requests, { kind: 'claimed', count: digest.count, digest: digest.digest }];
  }

  /** A database that the data server no longer has takes its locks along: who held one hears it. */
  #isThere(job: JobSink, name: string, { place, key }: HeldRemoteLock): boolean {
    try {
      place.number();
      return true;
    } catch (error) {
      if (!isEcpError(error)) throw error;
      if (this.#held.get(job)?.delete(name) !== true) return false;
      job.lockLost?.(place, key);
      job.delayError(locksLost(error));
      return false;
    }
  }

  /**
   * A new stream is up: what is waited for is asked for again, behind all that is sent again, as a request of its own: the
   * one before is answered, and may be kept in its place of the window behind changes that are not durable.
   */
  resume(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { job, call } of waiting) this.#ask(job, call);
  }

  /** The session is over: nothing is held any more, and who held or waited hears it (rule R5). */
  sessionEnded(error: EcpError): void {
    const held = [...this.#held];
    this.#held.clear();
    this.#jobs.clear();
    this.#isUsed = false;
    for (const pending of [...this.#waiting.values()]) pending.tell(error);
    for (const [job, locks] of held) {
      for (const { place, key } of locks.values()) job.lockLost?.(place, key);
      job.delayError(locksLost(error));
    }
  }
}

function claimsOf(
  job: JobSink,
  locks: Iterable<HeldRemoteLock>,
  digest: LockDigest,
): readonly Request[] {
  const claimed: ClaimedWireLock[] = [];
  for (const { place, key, exclusive, shared } of locks) {
    const { uuid = '' } = place;
    for (const [mode, count] of [
      ['exclusive', exclusive],
      ['shared', shared],
    ] as const) {
      if (count === 0) continue;
      claimed.push({ database: place.number(), key, mode, count });
      digest.add(jobOf(job), uuid, key, mode, count);
    }
  }
  const requests: Request[] = [];
  for (let at = 0; at < claimed.length; at += LOCKS_PER_REQUEST_MAX) {
    const part = claimed.slice(at, at + LOCKS_PER_REQUEST_MAX);
    requests.push({ kind: 'claim', job: jobOf(job), locks: part });
  }
  return requests;
}

function added(held: HeldRemoteLock | undefined, one: HeldRemoteLock, by: 1 | -1): HeldRemoteLock {
  return {
    place: one.place,
    key: one.key,
    exclusive: (held?.exclusive ?? 0) + by * one.exclusive,
    shared: (held?.shared ?? 0) + by * one.shared,
  };
}

function jobOf({ id = 0 }: JobSink): number {
  return id;
}

/** One character a byte, behind what names the database. */
function nameKey({ uuid = '' }: LockPlace, key: Uint8Array): string {
  return `${uuid} ${String.fromCharCode(...key)}`;
}

function locksLost({ code, message, retry, outcome }: EcpError): EcpError {
  return new EcpError(code, bareMessage(message), { retry, outcome, locksLost: true });
}

function tableFull(): EcpError {
  const problem = 'the lock table of the data server, or this app server’s part of it, is full';
  return new EcpError('LOCKTABLEFULL', problem, { retry: 'same' });
}
