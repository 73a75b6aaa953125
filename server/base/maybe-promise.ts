/** In process an operation answers at once where it can; over the network it never can. */
export type MaybePromise<T> = T | Promise<T>;

/** Applies `change` to the answer, now or when it is there. */
export function map<T, R>(answer: MaybePromise<T>, change: (value: T) => R): MaybePromise<R> {
  return answer instanceof Promise ? answer.then(change) : change(answer);
}

/** Likewise where what comes next may wait, too. */
export function chain<T, R>(
  answer: MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}
