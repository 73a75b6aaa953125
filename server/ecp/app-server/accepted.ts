/**
 * The promise of a change that had to wait for room or a connection. A caller may drop it: then an error must
 * not become an unhandled rejection, and must reach the job by its next operation. A caller that awaits it has
 * seen the error. So the promise knows whether anybody listens.
 */
export class Accepted extends Promise<void> {
  #observed = false;

  /** Whether somebody awaits it, and so has seen its error. */
  get observed(): boolean {
    return this.#observed;
  }

  override then<A = void, B = never>(
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what Promise<void> itself declares
    fulfilled?: ((value: void) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#observed = true;
    return super.then(fulfilled, rejected);
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Makes one; `begin` gets its two ends. */
  static begin(begin: (resolve: () => void, reject: (error: unknown) => void) => void): Accepted {
    const accepted = new Accepted((resolve, reject) => begin(() => resolve(), reject));
    // Not `accepted.catch`: that would count as somebody who listens.
    void Promise.prototype.then.call(accepted, undefined, () => undefined);
    return accepted;
  }
}
