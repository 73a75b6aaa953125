/** Operations with an end: an AbortSignal, a deadline, or both, over any Database. */
import { onAbort } from '../base/abort.ts';
import { EcpError, messageOf } from '../base/errors.ts';
import { inTransaction } from '../base/in-transaction.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type {
  CommitOptions,
  Database,
  GlobalNode,
  MaybePromise,
  OperationOptions,
} from './database.ts';

/** Methods that do not wait and so are not bounded. */
const UNBOUNDED: ReadonlySet<PropertyKey> = new Set(['on', 'off', 'close', Symbol.asyncDispose]);

/** What ends a transaction is not kept from it by a signal; a deadline it has. */
const UNSTOPPED: ReadonlySet<PropertyKey> = new Set(['trollback', 'tlevel']);

/**
 * The same handle with every promise bounded: it rejects with <CANCELLED> when the signal is aborted or the
 * deadline has passed. The outcome is `maybe`: a change may have happened all the same.
 */
export function bounded(database: Database, options: OperationOptions, clock: Clock): Database {
  const { timeoutMs } = options;
  const unstopped = new Bounds(timeoutMs === undefined ? {} : { timeoutMs }, clock);
  return wrap(database, new Bounds(options, clock), unstopped);
}

function wrap<T extends Database | GlobalNode>(target: T, signalled: Bounds, unstopped: Bounds): T {
  return new Proxy(target, {
    get(object, property, self) {
      const bounds = UNSTOPPED.has(property) ? unstopped : signalled;
      const member: unknown = Reflect.get(object, property, object);
      if (typeof member !== 'function') return member;
      const method = member as (...args: unknown[]) => unknown;
      if (UNBOUNDED.has(property)) return method.bind(object);
      // Its operations are bounded, each of them.
      if (property === 'transaction') return transactionOn(self as Database);
      // Nobody may hold what nobody waits for any more.
      if (property === 'lock') return lockOn(object as Database, bounds);
      return (...args: unknown[]): unknown => {
        bounds.check();
        const result = method.apply(object, args);
        if (property === 'global' || property === 'at' || property === 'with') {
          return wrap(result as Database | GlobalNode, signalled, unstopped);
        }
        if (result instanceof Promise) return bounds.race(result);
        return isIterator(result) ? boundedIterator(result, bounds) : result;
      };
    },
  });
}

function transactionOn(database: Database): Database['transaction'] {
  return <T>(
    work: (database: Database) => MaybePromise<T>,
    options: CommitOptions = {},
  ): Promise<T> => inTransaction<CommitOptions, Database, T>(database, work, options);
}

function lockOn(database: Database, bounds: Bounds): Database['lock'] {
  return async (names, options = {}) => {
    bounds.check();
    const { signal, done } = bounds.start(options.signal);
    try {
      return await database.lock(names, { ...options, signal });
    } finally {
      done();
    }
  };
}

function isIterator(value: unknown): value is AsyncIterableIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* boundedIterator(
  iterator: AsyncIterableIterator<unknown>,
  bounds: Bounds,
): AsyncGenerator {
  try {
    for (;;) {
      const step = await bounds.race(iterator.next());
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await iterator.return?.();
  }
}

class Bounds {
  readonly #options: OperationOptions;
  readonly #clock: Clock;

  constructor(options: OperationOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  check(): void {
    if (this.#options.signal?.aborted === true) throw cancelled(this.#options.signal);
  }

  /** One signal for both ends, and another one. `done` when it is not needed any more. */
  start(other?: AbortSignal): { readonly signal: AbortSignal; readonly done: () => void } {
    const { signal, timeoutMs } = this.#options;
    const end = new AbortController();
    const late = (): void => end.abort(new Error(`not done within ${timeoutMs ?? 0} ms`));
    const timer = timeoutMs === undefined ? undefined : this.#clock.after(timeoutMs, late);
    const signals = [end.signal, signal, other].filter((one) => one !== undefined);
    return { signal: AbortSignal.any(signals), done: () => timer?.cancel() };
  }

  /** The same promise with an end; from when somebody awaits it, so that nobody's errors are taken away. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Raced<T>(() => this.#start(work));
  }

  #start<T>(work: Promise<T>): Promise<T> {
    const { signal, timeoutMs } = this.#options;
    return new Promise<T>((resolve, reject) => {
      let timer: Timer | undefined;
      const forget =
        signal &&
        onAbort(signal, () => {
          timer?.cancel();
          reject(cancelled(signal));
        });
      if (timeoutMs !== undefined) {
        timer = this.#clock.after(timeoutMs, () => {
          forget?.();
          reject(
            new EcpError('CANCELLED', `not done within ${timeoutMs} ms`, {
              retry: 'same',
              outcome: 'maybe',
            }),
          );
        });
      }
      const done = (): void => {
        timer?.cancel();
        forget?.();
      };
      work.then(resolve, reject).finally(done);
    });
  }
}

/** A promise that begins when it is first listened to. */
class Raced<T> extends Promise<T> {
  readonly #begin: () => Promise<T>;
  #begun: Promise<T> | undefined;

  constructor(begin: () => Promise<T>) {
    super(() => undefined);
    this.#begin = begin;
  }

  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#begun ??= this.#begin();
    return this.#begun.then(fulfilled, rejected);
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}

function cancelled(signal: AbortSignal | undefined): EcpError {
  const reason: unknown = signal?.reason;
  return new EcpError('CANCELLED', `aborted: ${messageOf(reason)}`, {
    retry: 'same',
    outcome: 'maybe',
    cause: reason,
  });
}
