/** The promise of a change, which a caller may leave alone: then its error becomes the job's delayed error. */

/**
 * A promise that knows whether anybody waits for it. Rejected while nobody does, it calls `unobserved`, once,
 * instead of ending the process as an unhandled rejection.
 */
export class ChangePromise<T> extends Promise<T> {
  #observed = false;

  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** `observed` is called before who waits gets the error. */
  static of<T>(
    work: Promise<T>,
    unobserved: (error: unknown) => void,
    observed: (error: unknown) => void = () => undefined,
  ): ChangePromise<T> {
    const promise = new ChangePromise<T>((resolve, reject) => {
      work.then(resolve, (error: unknown) => {
        const wasObserved = promise.#observed;
        if (wasObserved) observed(error);
        reject(error instanceof Error ? error : new Error(String(error)));
        // What is written after the call in the same turn still counts as waiting for it.
        queueMicrotask(() => {
          if (!promise.#observed) unobserved(error);
          else if (!wasObserved) observed(error);
        });
      });
    });
    void Promise.prototype.then.call(promise, undefined, () => undefined);
    return promise;
  }

  override then<R = T, E = never>(
    fulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    rejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    this.#observed = true;
    return super.then(fulfilled, rejected);
  }
}
