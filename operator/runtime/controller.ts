/**
 * Workers that bring the world in line with what is wanted, one key at a time (level-triggered: a reconcile reads what
 * is, and never what happened).
 *
 *   reconcile …                  then
 *   returns                      the key's failures are forgotten; again after `requeueAfterMs` if it says so
 *   throws                       again, later with each failure in a row
 *   throws a conflict            the same, quietly: somebody else wrote first
 *   throws TerminalError         not again until something enqueues the key
 *
 * A reconcile has a deadline; its signal says when it has passed. One that does not heed the signal keeps its worker,
 * because two reconciles of one key must never run side by side: workqueue_longest_running_processor_seconds shows it.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import type { Metrics } from '../../server/ports/metrics.ts';
import { ApiError } from './api-error.ts';
import { ControllerMetrics } from './controller-metrics.ts';
import { WorkQueue } from './work-queue.ts';

export interface Outcome {
  readonly requeueAfterMs?: number;
}

/** Trying again is of no use until something changes. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}

export interface ReconcileContext {
  /** Aborted at the deadline, and when the controller stops and waits no longer. */
  readonly signal: AbortSignal;
  /** Its lines carry the key and a `reconcileID`. */
  readonly log: Log;
}

export interface ControllerOptions {
  readonly name: string;
  readonly reconcile: (key: string, context: ReconcileContext) => Promise<Outcome>;
  readonly workers: number;
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The API server may ask for a pause; no longer one is made of it. */
const ASKED_PAUSE_MS_MAX = 30_000;

export class Controller {
  readonly #options: ControllerOptions;
  readonly #log: Log;
  readonly #metrics: ControllerMetrics;
  readonly #queue: WorkQueue;
  /** Of the reconciles that run. */
  readonly #running = new Set<AbortController>();
  #workers: Promise<unknown> | undefined;
  #isStopping = false;

  constructor(options: ControllerOptions) {
    const { name, clock, log, metrics, workers } = options;
    this.#options = options;
    this.#log = log.child({ controller: name });
    this.#metrics = new ControllerMetrics(name, workers, metrics);
    this.#queue = new WorkQueue({ name, clock, metrics });
  }

  /** Nothing is queued or running right now; what is to come later does not count. */
  get isIdle(): boolean {
    return this.#queue.depth === 0 && this.#queue.running === 0;
  }

  enqueue(key: string): void {
    this.#queue.add(key);
  }

  /** The earliest of several wishes for a key wins. */
  enqueueAfter(key: string, delayMs: number): void {
    this.#queue.addAfter(key, delayMs);
  }

  start(): void {
    this.#workers ??= Promise.all(
      Array.from({ length: this.#options.workers }, () => this.#work()),
    );
  }

  /**
   * Takes nothing new, lets running reconciles end, at most `limitMs`, then aborts their signal. What does not
   * heed that may still run when this resolves.
   */
  async stop(limitMs: number): Promise<void> {
    this.#isStopping = true;
    this.#queue.shutDown();
    const limit = Promise.withResolvers<undefined>();
    const timer = this.#options.clock.after(limitMs, () => {
      for (const running of this.#running) running.abort(new Error('the controller stops'));
      limit.resolve(undefined);
    });
    await Promise.race([this.#workers, limit.promise]);
    timer.cancel();
  }

  async #work(): Promise<void> {
    for (;;) {
      const key = await this.#queue.take();
      if (key === undefined) return;
      // What is queued when a stop begins is let go: whoever leads next begins with every key.
      if (!this.#isStopping) await this.#reconcile(key);
      this.#queue.done(key);
    }
  }

  async #reconcile(key: string): Promise<void> {
    const { clock, deadlineMs, reconcile } = this.#options;
    const log = this.#log.child({ key, reconcileID: randomUUID() });
    const running = new AbortController();
    const startedMs = clock.nowMs();
    const deadline = clock.after(deadlineMs, () => {
      this.#metrics.timedOut();
      log.warn('a reconcile has passed its deadline', { deadlineMs });
      running.abort(new Error(`the deadline of ${deadlineMs} ms has passed`));
    });
    this.#running.add(running);
    this.#metrics.active(this.#running.size);
    try {
      this.#succeeded(key, await reconcile(key, { signal: running.signal, log }));
    } catch (error) {
      this.#failed(key, error, log);
    }
    deadline.cancel();
    this.#running.delete(running);
    this.#metrics.active(this.#running.size);
    this.#metrics.took(clock.nowMs() - startedMs);
  }

  #succeeded(key: string, { requeueAfterMs }: Outcome): void {
    this.#queue.forget(key);
    this.#metrics.ended(requeueAfterMs === undefined ? 'success' : 'requeue_after');
    if (requeueAfterMs !== undefined) this.#queue.addAfter(key, requeueAfterMs);
  }

  #failed(key: string, error: unknown, log: Log): void {
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof TerminalError) {
      this.#queue.forget(key);
      this.#metrics.ended('error');
      this.#metrics.gaveUp();
      log.warn('a reconcile failed, trying again is of no use', { error: words });
      return;
    }
    if (error instanceof ApiError && error.isConflict) {
      this.#metrics.ended('requeue');
      log.debug('somebody else wrote first: trying again', { error: words });
      this.#queue.addRateLimited(key);
      return;
    }
    this.#metrics.ended('error');
    if (this.#isStopping) {
      log.warn('a reconcile failed while the controller stops', { error: words });
      return;
    }
    log.warn('a reconcile failed, it will be tried again', { error: words });
    const askedMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    this.#queue.addRateLimited(key, Math.min(askedMs, ASKED_PAUSE_MS_MAX));
  }
}
