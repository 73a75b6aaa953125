/** What a work queue tells, under the names that the Kubernetes project's own controllers use. */
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Counter, Gauge, Histogram, Metrics } from '../../server/ports/metrics.ts';

const SECONDS_BUCKETS = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 60, 300, 1000];
/** How old the gauges about running work may be. */
const GAUGES_AGE_MS_MAX = 500;

export class WorkQueueMetrics {
  readonly #clock: Clock;
  readonly #depth: Gauge;
  readonly #adds: Counter;
  readonly #retries: Counter;
  readonly #queueSeconds: Histogram;
  readonly #workSeconds: Histogram;
  readonly #unfinished: Gauge;
  readonly #longest: Gauge;
  readonly #addedMs = new Map<string, number>();
  readonly #takenMs = new Map<string, number>();
  #timer: Timer | undefined;

  constructor(name: string, clock: Clock, metrics: Metrics) {
    const labels = { name };
    const gauge = (what: string, help: string): Gauge =>
      metrics.gauge(`workqueue_${what}`, help, labels);
    const counter = (what: string, help: string): Counter =>
      metrics.counter(`workqueue_${what}`, help, labels);
    const histogram = (what: string, help: string): Histogram =>
      metrics.histogram(`workqueue_${what}`, help, SECONDS_BUCKETS, labels);
    this.#clock = clock;
    this.#depth = gauge('depth', 'Keys that wait for a worker.');
    this.#adds = counter('adds_total', 'Keys added.');
    this.#retries = counter('retries_total', 'Keys added for a later time.');
    this.#queueSeconds = histogram('queue_duration_seconds', 'How long a key waited for a worker.');
    this.#workSeconds = histogram('work_duration_seconds', 'How long a worker had a key.');
    this.#unfinished = gauge(
      'unfinished_work_seconds',
      'How long the keys at workers are there, together. Growing without end means that workers hang.',
    );
    this.#longest = gauge(
      'longest_running_processor_seconds',
      'How long the key that is at a worker for the longest time is there.',
    );
    for (const each of [this.#depth, this.#unfinished, this.#longest]) each.set(0);
  }

  added(key: string, depth: number): void {
    this.#adds.inc();
    this.#depth.set(depth);
    this.#addedMs.set(key, this.#clock.nowMs());
  }

  retried(): void {
    this.#retries.inc();
  }

  taken(key: string, depth: number): void {
    const nowMs = this.#clock.nowMs();
    this.#depth.set(depth);
    this.#queueSeconds.observe((nowMs - (this.#addedMs.get(key) ?? nowMs)) / 1000);
    this.#addedMs.delete(key);
    this.#takenMs.set(key, nowMs);
    this.#timer ??= this.#clock.after(GAUGES_AGE_MS_MAX, () => this.#tick());
  }

  done(key: string): void {
    const nowMs = this.#clock.nowMs();
    this.#workSeconds.observe((nowMs - (this.#takenMs.get(key) ?? nowMs)) / 1000);
    this.#takenMs.delete(key);
    this.#tellRunning();
    if (this.#takenMs.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #tick(): void {
    this.#tellRunning();
    this.#timer = this.#clock.after(GAUGES_AGE_MS_MAX, () => this.#tick());
  }

  #tellRunning(): void {
    const nowMs = this.#clock.nowMs();
    const seconds = [...this.#takenMs.values()].map((takenMs) => (nowMs - takenMs) / 1000);
    this.#unfinished.set(seconds.reduce((sum, each) => sum + each, 0));
    this.#longest.set(Math.max(0, ...seconds));
  }
}
