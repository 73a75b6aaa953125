/**
 * A local copy of one kind of objects, kept in step by list and watch.
 *
 * A list in pages replaces the copy; a watch from the list's version follows, with bookmarks, and is begun anew
 * whenever it ends. A watch that is silent though bookmarks were asked for is taken for dead and ended here. Handlers get
 * keys alone: what they read is always the newest copy, so that an event lost or seen twice does no harm.
 *
 *   what fails                                    then
 *   the watch ended in good order                 watch from where it was, at once
 *   no answer, cut off, too many requests (429)   pause; go on from where it was
 *   the version is too old (410)                  list again at once; when that is no help, pause before it
 *   anything else, words that make no sense       pause; list again: the copy may have missed something
 *
 * Pauses grow until a watch has worked for a while. Invariant: of several runs only the newest writes to the copy (`#run`).
 */
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import type { Counter, Gauge, Metrics } from '../../server/ports/metrics.ts';
import { ApiError, apiErrorOf } from './api-error.ts';
import type { ListPage, Selection, WatchEvent } from './cluster.ts';
import { objectKey } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** What of the cluster an informer needs. */
export interface ListWatch {
  list(
    selection: Selection,
    page: {
      readonly limit: number;
      readonly next?: string | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<ListPage>;
  watch(
    selection: Selection,
    from: {
      readonly resourceVersion: string;
      readonly timeoutSeconds: number;
      readonly signal: AbortSignal;
    },
  ): AsyncIterable<WatchEvent>;
}

export interface InformerOptions {
  readonly source: ListWatch;
  readonly selection: Selection;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** In [0, 1): spreads reconnections of many operators. */
  readonly random: () => number;
}

const PAGE = 500;
/** The server ends a watch after a time in this range. */
const WATCH_SECONDS_MIN = 300;
const WATCH_SECONDS_MAX = 600;
/** Bookmarks come about every minute: a watch that is silent for so long is dead, or costs little to begin anew. */
const SILENCE_MS_MAX = 150_000;
/** A watch without events that ends sooner has failed; one that lasts as long works. */
const BRIEF_MS = 1000;
const TOO_MANY_REQUESTS = 429;
const PAUSE_MS_MIN = 250;
const PAUSE_MS_MAX = 30_000;

export class Informer {
  readonly #options: InformerOptions;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #handlers: ((key: string) => void)[] = [];
  readonly #ready = Promise.withResolvers<undefined>();
  #isSynced = false;
  #run: AbortController | undefined;
  #failures = 0;
  /** Where the next watch begins; undefined: list first. */
  #version: string | undefined;
  /** Why the copy may be old; undefined while it is in step. */
  #trouble: ApiError | undefined;
  readonly #failed: Counter;
  readonly #inStep: Gauge;

  constructor(options: InformerOptions) {
    this.#options = options;
    const labels = this.#fields();
    this.#failed = options.metrics.counter(
      'informer_list_watch_failures_total',
      'Lists and watches that failed; one whose version was too old is no failure.',
      labels,
    );
    this.#inStep = options.metrics.gauge(
      'informer_synced',
      'Whether the local copy of a kind is in step: listed, and watched without trouble.',
      labels,
    );
    this.#inStep.set(0);
  }

  /** Resolves after the first list. */
  get synced(): Promise<unknown> {
    return this.#ready.promise;
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Why the last attempt to list or watch failed; undefined while it works. */
  get trouble(): ApiError | undefined {
    return this.#trouble;
  }

  get(key: string): KubernetesObject | undefined {
    return this.#objects.get(key);
  }

  list(): readonly KubernetesObject[] {
    return [...this.#objects.values()];
  }

  /** Called with the key of what was added, changed or removed. */
  onChange(handler: (key: string) => void): void {
    this.#handlers.push(handler);
  }

  start(): void {
    if (this.#run !== undefined) return;
    this.#version = undefined;
    const run = new AbortController();
    this.#run = run;
    void this.#loop(run.signal);
  }

  /** The copy stays as it was; nothing is called any more. */
  stop(): void {
    this.#run?.abort();
    this.#run = undefined;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    while (isRunning(signal)) {
      try {
        this.#version ??= await this.#list(signal);
        this.#tellTrouble(undefined);
        await this.#watch(this.#version, signal);
      } catch (error) {
        if (!isRunning(signal)) return;
        await this.#failedBy(error, signal);
      }
    }
  }

  async #failedBy(error: unknown, signal: AbortSignal): Promise<void> {
    const known = error instanceof ApiError ? error : new ApiError(0, 'Failed', String(error));
    const isCut = error instanceof ApiError && error.status === 0;
    if (!isCut && known.status !== TOO_MANY_REQUESTS) this.#version = undefined;
    if (known.isGone && this.#failures === 0) {
      this.#options.log.debug('the version is too old: listing again', this.#fields());
      this.#failures = 1;
      return;
    }
    this.#tellTrouble(known);
    await this.#pause(known, signal);
  }

  #tellTrouble(trouble: ApiError | undefined): void {
    this.#trouble = trouble;
    this.#inStep.set(trouble === undefined ? 1 : 0);
    if (trouble !== undefined) this.#failed.inc();
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { source, selection } = this.#options;
    const found = new Map<string, KubernetesObject>();
    let page: ListPage | undefined;
    do {
      page = await source.list(selection, { limit: PAGE, next: page?.next, signal });
      for (const item of page.items) found.set(objectKey(item), item);
    } while (page.next !== undefined);
    if (!isRunning(signal)) throw new ApiError(0, 'Stopped', 'stopped');
    this.#replace(found);
    this.#isSynced = true;
    this.#ready.resolve(undefined);
    return page.resourceVersion;
  }

  #replace(found: ReadonlyMap<string, KubernetesObject>): void {
    const changed: string[] = [];
    for (const [key] of this.#objects) if (!found.has(key)) changed.push(key);
    for (const [key, object] of found) {
      const before = this.#objects.get(key)?.metadata;
      const { uid, resourceVersion } = object.metadata;
      if (before?.uid !== uid || before?.resourceVersion !== resourceVersion) changed.push(key);
    }
    this.#objects.clear();
    for (const [key, object] of found) this.#objects.set(key, object);
    for (const key of changed) this.#tell(key);
  }

  /** Until the server ends it in good order; `#version` is then where to go on. */
  async #watch(from: string, signal: AbortSignal): Promise<void> {
    const { source, selection, clock, random } = this.#options;
    const spread = Math.floor(random() * (WATCH_SECONDS_MAX - WATCH_SECONDS_MIN));
    const timeoutSeconds = WATCH_SECONDS_MIN + spread;
    const begunMs = clock.nowMs();
    const dead = new AbortController();
    let timer: Timer | undefined;
    const awaitSign = (): void => {
      timer?.cancel();
      timer = clock.after(SILENCE_MS_MAX, () => dead.abort());
    };
    let events = 0;
    awaitSign();
    try {
      const watch = source.watch(selection, {
        resourceVersion: from,
        timeoutSeconds,
        signal: AbortSignal.any([signal, dead.signal]),
      });
      for await (const event of watch) {
        if (!isRunning(signal)) return;
        awaitSign();
        this.#version = this.#take(event);
        events++;
      }
    } catch (error) {
      if (!dead.signal.aborted) throw error;
      this.#options.log.warn('a silent watch was ended', this.#fields());
    } finally {
      timer?.cancel();
      if (clock.nowMs() - begunMs >= BRIEF_MS && isRunning(signal)) this.#failures = 0;
    }
    // Something in between that ends every watch at once must not make us spin.
    if (events === 0 && clock.nowMs() - begunMs < BRIEF_MS) {
      throw new ApiError(0, 'WatchEnded', 'the watch ended at once');
    }
  }

  /** Applies one event; returns its version. */
  #take({ type, object }: WatchEvent): string {
    if (type === 'ERROR') {
      const { code = 500 } = object as { readonly code?: number };
      throw apiErrorOf(code, JSON.stringify(object));
    }
    const version = object.metadata.resourceVersion ?? '';
    if (type === 'BOOKMARK') return version;
    const key = objectKey(object);
    if (type === 'DELETED') this.#objects.delete(key);
    else this.#objects.set(key, object);
    this.#tell(key);
    return version;
  }

  #tell(key: string): void {
    for (const handler of this.#handlers) {
      if (this.#run === undefined) return;
      try {
        handler(key);
      } catch (error) {
        this.#options.log.error('a handler failed', {
          ...this.#fields(),
          key,
          error: String(error),
        });
      }
    }
  }

  async #pause(error: ApiError, signal: AbortSignal): Promise<void> {
    const { clock, log, random } = this.#options;
    const grown = Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** this.#failures++);
    const asked = Math.min(error.retryAfterMs ?? 0, PAUSE_MS_MAX);
    const pauseMs = Math.max(asked, grown * (0.5 + random() / 2));
    log.warn('list or watch failed', { ...this.#fields(), error: error.message, pauseMs });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = (): void => resolve(undefined);
    const timer = clock.after(pauseMs, wake);
    signal.addEventListener('abort', wake, { once: true });
    await promise;
    timer.cancel();
    signal.removeEventListener('abort', wake);
  }

  #fields(): { readonly kind: string; readonly namespace: string } {
    const { type, namespace = '' } = this.#options.selection;
    return { kind: type.kind, namespace };
  }
}

/** A function, so that the compiler believes that the answer changes. */
const isRunning = (signal: AbortSignal): boolean => !signal.aborted;
