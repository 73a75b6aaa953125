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
      oldestAge: metrics.gauge(
        'ecp_journal_oldest_age_seconds',
        'How long ago the oldest segment of the journal was made.',
      ),
      frozen: metrics.gauge(
        'ecp_journal_frozen',
        '1 while no change is accepted, since a write or sync failed; else 0.',
      ),
      frozenFor: metrics.gauge(
        'ecp_journal_frozen_seconds',
        'For how long no change has been accepted; 0 while they are.',
      ),
      gap: metrics.gauge(
        'ecp_journal_gap',
        '1 while changes go on that no journal has and that are not durable; else 0.',
      ),
      gaps: metrics.gauge('ecp_journal_gaps', 'Gaps of the journal since the start.'),
      pinned: metrics.gauge(
        'ecp_journal_pinned_bytes',
        'Journal that open transactions keep from being purged.',
      ),
      pinnedWarning: metrics.gauge(
        'ecp_journal_pinned_warning_bytes',
        'What they may keep before it is warned of.',
      ),
      open: metrics.gauge('ecp_transactions_open', 'Transactions that are open.'),
      oldest: metrics.gauge(
        'ecp_transactions_oldest_seconds',
        'How long ago the oldest open transaction began; 0 without one.',
      ),
    };
  }

  update({ engine, databases, configuration, clock }: Instance): void {
    const { journal, transactions } = engine;
    this.#journal.retained.set(journal.retainedBytes);
    this.#journal.segments.set(journal.segmentCount);
    this.#journal.oldestAge.set(journal.oldestAgeMs / 1000);
    this.#journal.frozen.set(journal.frozen === undefined ? 0 : 1);
    this.#journal.frozenFor.set((journal.frozenForMs ?? 0) / 1000);
    this.#journal.gap.set(journal.gap === undefined ? 0 : 1);
    this.#journal.gaps.set(journal.gaps);
    this.#journal.pinned.set(transactions.pinnedBytes);
    this.#journal.pinnedWarning.set(configuration.journal.pinnedWarningSize);
    this.#journal.open.set(transactions.open.size);
    const [oldest] = transactions.open.values();
    const ageMs = oldest === undefined ? 0 : clock.wallMs() - oldest.sinceMs;
    this.#journal.oldest.set(Math.max(0, ageMs / 1000));
    const said = new Set<string>();
    for (const { name, store, configuration: wanted } of databases.status()) {
      if (store === undefined) continue;
      this.#say(said, name, SIZE, store.sizeBytes());
      this.#say(said, name, USED, store.room.usage.usedBytes);
      if (wanted?.maxSize !== undefined) this.#say(said, name, MAXIMUM, wanted.maxSize);
      const encryption = databases.encryption.status(name);
      if (encryption === undefined) continue;
      this.#say(said, name, REENCRYPTED, encryption.progress);
      this.#say(said, name, KEYS, encryption.keysInUse.length);
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

const USED: MakeGauge = (metrics, labels) =>
  metrics.gauge(
    'ecp_database_used_bytes',
    'What of it is in use: this is what maxSize bounds.',
    labels,
  );
const SIZE: MakeGauge = (metrics, labels) =>
  metrics.gauge('ecp_database_size_bytes', 'What a database takes on disk.', labels);
const MAXIMUM: MakeGauge = (metrics, labels) =>
  metrics.gauge('ecp_database_size_max_bytes', 'What it may take: maxSize.', labels);
const REENCRYPTED: MakeGauge = (metrics, labels) =>
  metrics.gauge(
    'ecp_database_reencrypted_ratio',
    'Part of an encrypted database that is known to be under the key that encrypts now.',
    labels,
  );
const KEYS: MakeGauge = (metrics, labels) =>
  metrics.gauge('ecp_database_keys', 'Keys that are needed to read an encrypted database.', labels);
