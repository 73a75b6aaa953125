/**
 * Events for people, by events.k8s.io/v1. They are news, not state: recording never waits and never fails, and what
 * cannot be sent is counted and let go.
 *
 * The same event again within SERIES_MS_MAX becomes a series of the first: one object whose count grows. A series waits in
 * the queue once, with its newest count, so a fast stream of one event costs a request at a time.
 *
 * Bounds: QUEUE_MAX series wait (the oldest goes), SERIES_MAX are remembered (the one seen longest ago goes), a request is
 * tried SEND_TRIES_MAX times.
 */
import type { Clock } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import type { Counter, Metrics } from '../../server/ports/metrics.ts';
import { ApiError } from './api-error.ts';
import type { KubernetesObject, ResourceType } from './kubernetes-object.ts';
import { microTime } from './micro-time.ts';

export interface EventToRecord {
  readonly regarding: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    /** Empty: the object has none. */
    readonly namespace: string;
    readonly uid: string;
  };
  readonly type: 'Normal' | 'Warning';
  /** Why, in one word such as `Created`. */
  readonly reason: string;
  /** What was done, in one word. */
  readonly action: string;
  /** For people; what is longer than NOTE_BYTES_MAX is cut. */
  readonly note: string;
}

/** What of the cluster a recorder needs. */
export interface EventSink {
  create(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject>;
  mergePatch(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    patch: object,
  ): Promise<KubernetesObject>;
}

export interface EventRecorderOptions {
  readonly sink: EventSink;
  /** `ecp.dev/operator`. */
  readonly controller: string;
  /** Which process: the pod's name. */
  readonly instance: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** A name for an Event: a DNS subdomain that no other Event has. */
  readonly uniqueName: () => string;
}

/** The API server refuses longer notes. */
export const NOTE_BYTES_MAX = 1024;
const SERIES_MS_MAX = 600_000;
const QUEUE_MAX = 1000;
const SERIES_MAX = 1000;
const SEND_TRIES_MAX = 4;
/** After the first failure of a request; doubles. */
const PAUSE_MS_MIN = 1000;
const PAUSE_MS_MAX = 30_000;
/** Where Events about objects without a namespace are. */
const NAMESPACE_OF_THE_REST = 'default';
const ELLIPSIS = '…';

const EVENT: ResourceType = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};

/** One Event as we know it. */
interface Series {
  readonly key: string;
  readonly event: EventToRecord;
  readonly firstWallMs: number;
  lastWallMs: number;
  lastMs: number;
  count: number;
  /** What the newest request that succeeded said. */
  sentCount: number;
  /** Of the Event; undefined until somebody has tried to make it. */
  name: string | undefined;
  isThere: boolean;
  isQueued: boolean;
}

export class EventRecorder {
  readonly #options: EventRecorderOptions;
  /** The one seen longest ago first. */
  readonly #series = new Map<string, Series>();
  readonly #queue: Series[] = [];
  readonly #dropped: Counter;
  readonly #failed: Counter;
  /** While something is sent. */
  #sending: Promise<void> | undefined;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    const lost = (reason: string): Counter =>
      options.metrics.counter('events_lost_total', 'Events that nobody will see.', { reason });
    this.#dropped = lost('queue_full');
    this.#failed = lost('refused');
  }

  record(event: EventToRecord): void {
    const { clock } = this.#options;
    const { regarding, type, reason } = event;
    const note = cutNote(event.note);
    const key = JSON.stringify([regarding.uid, type, reason, note]);
    const before = this.#series.get(key);
    const isSame = before !== undefined && clock.nowMs() - before.lastMs <= SERIES_MS_MAX;
    const series = isSame ? before : newSeries(key, { ...event, note }, clock.wallMs());
    series.count++;
    series.lastMs = clock.nowMs();
    series.lastWallMs = clock.wallMs();
    this.#remember(series);
    this.#enqueue(series);
  }

  /** Until everything is sent, or `limitMs`. */
  async flush(limitMs: number): Promise<void> {
    const limit = Promise.withResolvers<undefined>();
    const timer = this.#options.clock.after(limitMs, () => limit.resolve(undefined));
    await Promise.race([this.#sending, limit.promise]);
    timer.cancel();
  }

  #remember(series: Series): void {
    this.#series.delete(series.key);
    this.#series.set(series.key, series);
    if (this.#series.size <= SERIES_MAX) return;
    for (const [oldest] of this.#series) {
      this.#series.delete(oldest);
      return;
    }
  }

  #enqueue(series: Series): void {
    if (series.isQueued) return;
    series.isQueued = true;
    this.#queue.push(series);
    if (this.#queue.length > QUEUE_MAX) {
      this.#dropped.inc();
      const oldest = this.#queue.shift();
      if (oldest !== undefined) oldest.isQueued = false;
    }
    this.#sending ??= this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const series = this.#queue.shift();
      if (series === undefined) break;
      // What comes in from here on is sent in its turn: the request may have left with the old count.
      series.isQueued = false;
      await this.#sendWithRetries(series);
    }
    this.#sending = undefined;
  }

  async #sendWithRetries(series: Series): Promise<void> {
    const { log, clock } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        await this.#send(series);
        return;
      } catch (error) {
        if (!isPassing(error) || tries === SEND_TRIES_MAX) {
          this.#failed.inc();
          const { regarding, reason } = series.event;
          const about = `${regarding.kind} ${regarding.namespace}/${regarding.name}`;
          log.warn('an event could not be sent', { about, reason, error: String(error) });
          return;
        }
        const grownMs = PAUSE_MS_MIN * 2 ** (tries - 1);
        const askedMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
        const pauseMs = Math.min(Math.max(grownMs, askedMs), PAUSE_MS_MAX);
        const { promise, resolve } = Promise.withResolvers<undefined>();
        clock.after(pauseMs, () => resolve(undefined));
        await promise;
      }
    }
  }

  /** One request, or two. The sink gives each its deadline. */
  async #send(series: Series): Promise<void> {
    const { count } = series;
    if (series.sentCount === count) return;
    if (!(series.isThere && (await this.#patch(series)))) await this.#create(series);
    series.sentCount = count;
  }

  async #create(series: Series): Promise<void> {
    // The name stays for further tries: one whose answer was lost has made the Event.
    series.name ??= this.#options.uniqueName();
    try {
      await this.#options.sink.create(EVENT, this.#object(series, series.name));
    } catch (error) {
      if (!(error instanceof ApiError && error.isAlreadyExists)) throw error;
    }
    series.isThere = true;
  }

  /** False when the Event is no longer there: it has expired, or somebody removed it. */
  async #patch(series: Series): Promise<boolean> {
    const { event, name = '' } = series;
    try {
      await this.#options.sink.mergePatch(EVENT, placeOf(event), name, { series: grown(series) });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError && error.isNotFound)) throw error;
      series.isThere = false;
      series.name = undefined;
      return false;
    }
  }

  #object(series: Series, name: string): KubernetesObject {
    const { controller, instance } = this.#options;
    const { regarding, type, reason, action, note } = series.event;
    const { namespace, ...withoutNamespace } = regarding;
    return {
      apiVersion: EVENT.apiVersion,
      kind: EVENT.kind,
      metadata: { name, namespace: placeOf(series.event) },
      eventTime: microTime(series.firstWallMs),
      reportingController: controller,
      reportingInstance: instance,
      regarding: namespace === '' ? withoutNamespace : regarding,
      type,
      reason,
      action,
      note,
      ...(series.count > 1 ? { series: grown(series) } : {}),
    };
  }
}

const newSeries = (key: string, event: EventToRecord, firstWallMs: number): Series => ({
  key,
  event,
  firstWallMs,
  lastWallMs: firstWallMs,
  lastMs: 0,
  count: 0,
  sentCount: 0,
  name: undefined,
  isThere: false,
  isQueued: false,
});

/** The API server wants an Event where the object is that it speaks of. */
const placeOf = ({ regarding }: EventToRecord): string =>
  regarding.namespace === '' ? NAMESPACE_OF_THE_REST : regarding.namespace;

const grown = ({ count, lastWallMs }: Series) => ({
  count,
  lastObservedTime: microTime(lastWallMs),
});

/** Whether the same request may succeed later. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.status === 0 || error.status === 429 || error.status >= 500 || error.isConflict);

function cutNote(note: string): string {
  const bytes = Buffer.from(note);
  if (bytes.length <= NOTE_BYTES_MAX) return note;
  const kept = bytes.subarray(0, NOTE_BYTES_MAX - Buffer.byteLength(ELLIPSIS));
  // As a stream: a character that is cut in two is held back, and never comes.
  return new TextDecoder().decode(kept, { stream: true }) + ELLIPSIS;
}
