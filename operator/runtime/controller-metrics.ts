/** What a controller tells, under the names that dashboards for controller-runtime know. */
import type { Counter, Gauge, Histogram, Metrics } from '../../server/ports/metrics.ts';

export type ReconcileResult = 'success' | 'error' | 'requeue_after' | 'requeue';

const RESULTS: readonly ReconcileResult[] = ['success', 'error', 'requeue_after', 'requeue'];
const SECONDS_BUCKETS = [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export class ControllerMetrics {
  readonly #results: ReadonlyMap<ReconcileResult, Counter>;
  readonly #errors: Counter;
  readonly #terminalErrors: Counter;
  readonly #timeouts: Counter;
  readonly #seconds: Histogram;
  readonly #active: Gauge;

  constructor(controller: string, workers: number, metrics: Metrics) {
    const labels = { controller };
    const counter = (what: string, help: string): Counter =>
      metrics.counter(`controller_runtime_${what}`, help, labels);
    this.#results = new Map(
      RESULTS.map((result) => [
        result,
        metrics.counter('controller_runtime_reconcile_total', 'Reconciles, by how they ended.', {
          ...labels,
          result,
        }),
      ]),
    );
    this.#errors = counter('reconcile_errors_total', 'Reconciles that failed.');
    this.#terminalErrors = counter(
      'terminal_reconcile_errors_total',
      'Reconciles that failed and are not tried again.',
    );
    this.#timeouts = counter('reconcile_timeouts_total', 'Reconciles that passed their deadline.');
    this.#seconds = metrics.histogram(
      'controller_runtime_reconcile_time_seconds',
      'How long a reconcile takes.',
      SECONDS_BUCKETS,
      labels,
    );
    this.#active = metrics.gauge('controller_runtime_active_workers', 'Busy workers.', labels);
    this.#active.set(0);
    metrics.gauge('controller_runtime_max_concurrent_reconciles', 'Workers.', labels).set(workers);
  }

  active(workers: number): void {
    this.#active.set(workers);
  }

  took(ms: number): void {
    this.#seconds.observe(ms / 1000);
  }

  ended(result: ReconcileResult): void {
    this.#results.get(result)?.inc();
    if (result === 'error') this.#errors.inc();
  }

  /** Besides its end as an error. */
  gaveUp(): void {
    this.#terminalErrors.inc();
  }

  timedOut(): void {
    this.#timeouts.inc();
  }
}
