/**
 * Listening to an AbortSignal from thousands of operations at once: the platform looks through all listeners at
 * each addition, so all of them share one.
 */
const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls once when the signal is aborted, unless what this returns was called before. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = callbacksOf.get(signal);
  if (callbacks === undefined) {
    const all = new Set<() => void>();
    signal.addEventListener('abort', () => {
      for (const each of [...all]) each();
      all.clear();
    });
    callbacksOf.set(signal, all);
    callbacks = all;
  }
  const registered = callbacks;
  registered.add(callback);
  return () => void registered.delete(callback);
}
