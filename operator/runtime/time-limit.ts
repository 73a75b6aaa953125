/** Waiting that ends by the clock port, whatever becomes of what is waited for. */
import type { Clock } from '../../server/ports/clock.ts';

/**
 * The result of `work`; after `limitMs` an error, and `work`'s signal is aborted. What `work` comes to after that is
 * heard by nobody: it looks at its signal before it does anything that must not happen late.
 */
export async function withinLimit<T>(
  clock: Clock,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const over = new AbortController();
  const timer = clock.after(limitMs, () => {
    const error = new Error(`no answer within ${limitMs} ms`);
    over.abort(error);
    limit.reject(error);
  });
  try {
    return await Promise.race([work(over.signal), limit.promise]);
  } finally {
    timer.cancel();
  }
}
