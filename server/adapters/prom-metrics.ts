/** prom-client, for the Metrics port. Asking twice for one instrument gives the same one. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type * as ports from '../ports/metrics.ts';

export class PromMetrics implements ports.Metrics {
  readonly registry = new Registry();
  readonly #instruments = new Map<string, Counter | Gauge | Histogram>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The text that Prometheus scrapes, and its content type. */
  async text(): Promise<{ readonly body: string; readonly contentType: string }> {
    return { body: await this.registry.metrics(), contentType: this.registry.contentType };
  }

  #instrument<T extends Counter | Gauge | Histogram>(name: string, make: () => T): T {
    let instrument = this.#instruments.get(name);
    if (instrument === undefined) {
      instrument = make();
      this.#instruments.set(name, instrument);
    }
    return instrument as T;
  }

  counter(name: string, help: string, labels: ports.Labels = {}): ports.Counter {
    const labelNames = Object.keys(labels);
    const counter = this.#instrument(
      name,
      () => new Counter({ name, help, labelNames, registers: [this.registry] }),
    );
    return buffered(counter, labels);
  }

  gauge(name: string, help: string, labels: ports.Labels = {}): ports.Gauge {
    const labelNames = Object.keys(labels);
    const gauge = this.#instrument(
      name,
      () => new Gauge({ name, help, labelNames, registers: [this.registry] }),
    );
    const series = gauge.labels(labels);
    return { set: (value) => series.set(value), remove: () => gauge.remove(labels) };
  }

  histogram(
    name: string,
    help: string,
    buckets: readonly number[],
    labels: ports.Labels = {},
  ): ports.Histogram {
    const labelNames = Object.keys(labels);
    const histogram = this.#instrument(
      name,
      () =>
        new Histogram({
          name,
          help,
          labelNames,
          buckets: [...buckets],
          registers: [this.registry],
        }),
    );
    const series = histogram.labels(labels);
    return { observe: (value) => series.observe(value) };
  }

  stateSet(
    name: string,
    help: string,
    states: readonly string[],
    labels: ports.Labels = {},
  ): ports.StateSet {
    const labelNames = [...Object.keys(labels), 'state'];
    const gauge = this.#instrument(
      name,
      () => new Gauge({ name, help, labelNames, registers: [this.registry] }),
    );
    return {
      set: (present) => {
        for (const state of states) gauge.set({ ...labels, state }, state === present ? 1 : 0);
      },
      remove: () => {
        for (const state of states) gauge.remove({ ...labels, state });
      },
    };
  }
}

/** Counters on hot paths: a plain addition, handed to prom-client when somebody scrapes. */
function buffered(counter: Counter, labels: ports.Labels): ports.Counter {
  let pending = 0;
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    counter.inc(labels, pending);
    pending = 0;
  };
  counter.inc(labels, 0);
  return {
    inc: (by = 1) => {
      pending += by;
      if (scheduled) return;
      scheduled = true;
      setTimeout(flush, FLUSH_MS).unref();
    },
  };
}

/** How late a counter may be. */
const FLUSH_MS = 100;
