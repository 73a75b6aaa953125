/**
 * The promise of a change that had to wait for room or a connection. A caller may drop it: then an error must
 * not become an unhandled rejection, and must reach the job by its next operation. A caller that awaits it has
 * seen the error. So the promise knows whether anybody listens.
 */
export class Accepted<T = void> extends Promise<T> {
  #observed = false;

  /** Whether somebody awaits it, and so has seen its error. */
  get observed(): boolean {
    return this.#observed;
  }

  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#observed = true;
    return super.then(fulfilled, rejected);
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Makes one; `begin` gets its two ends. */
  static begin<T = void>(
    begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ): Accepted<T> {
    const accepted = new Accepted<T>((resolve, reject) => begin(resolve, reject));
    // Not `accepted.catch`: that would count as somebody who listens.
    void Promise.prototype.then.call(accepted, undefined, () => undefined);
    return accepted;
  }
}
