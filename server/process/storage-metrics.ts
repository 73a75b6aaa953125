/**
 * What storage takes, as gauges: they are brought up to date when somebody scrapes, and cost nothing in between.
 * Limits are exported beside what they limit, so that an alert knows how near it is.
 */
import type { Instance } from '../instance/instance.ts';
import type { Gauge, Metrics } from '../ports/metrics.ts';

export class StorageMetrics {
  readonly #metrics: Metrics;
  readonly #journal;
  /** By metric and database. */
  readonly #ofDatabases = new Map<string, Gauge>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
    this.#journal = {
      retained: metrics.gauge('ecp_journal_retained_bytes', 'Size of the journal that there is.'),
      segments: metrics.gauge('ecp_journal_segments', 'Segments of the journal.'),
      pinned: metrics.gauge(
        'ecp_journal_pinned_bytes',
        'Journal that open transactions keep from being purged.',
      ),
      pinnedWarning: metrics.gauge(
        'ecp_journal_pinned_warning_bytes',
        'What they may keep before it is warned of.',
      ),
      open: metrics.gauge('ecp_transactions_open', 'Transactions that are open.'),
    };
  }

  update({ engine, databases, configuration }: Instance): void {
    const { journal, transactions } = engine;
    this.#journal.retained.set(journal.retainedBytes);
    this.#journal.segments.set(journal.segmentCount);
    this.#journal.pinned.set(transactions.pinnedBytes);
    this.#journal.pinnedWarning.set(configuration.journal.pinnedWarningSize);
    this.#journal.open.set(transactions.open.size);
    const said = new Set<string>();
    for (const { name, store, configuration: wanted } of databases.status()) {
      if (store === undefined) continue;
      this.#say(said, name, SIZE, store.sizeBytes());
      if (wanted?.maxSize !== undefined) this.#say(said, name, MAXIMUM, wanted.maxSize);
    }
    for (const [key, gauge] of this.#ofDatabases) {
      if (said.has(key)) continue;
      gauge.remove();
      this.#ofDatabases.delete(key);
    }
  }

  #say(said: Set<string>, database: string, make: MakeGauge, value: number): void {
    const key = `${make.name} ${database}`;
    const gauge = this.#ofDatabases.get(key) ?? make(this.#metrics, { database });
    this.#ofDatabases.set(key, gauge);
    gauge.set(value);
    said.add(key);
  }
}

type MakeGauge = (metrics: Metrics, labels: { readonly database: string }) => Gauge;

const SIZE: MakeGauge = (metrics, labels) =>
  metrics.gauge('ecp_database_size_bytes', 'What a database takes on disk.', labels);
const MAXIMUM: MakeGauge = (metrics, labels) =>
  metrics.gauge('ecp_database_size_max_bytes', 'What it may take: maxSize.', labels);
