/** What the lock table of an instance takes: gauges that are brought up to date when somebody scrapes. */
import type { Instance } from '../instance/instance.ts';
import type { Gauge, Metrics } from '../ports/metrics.ts';

export class LockMetrics {
  readonly #metrics: Metrics;
  readonly #table;
  /** By app server. */
  readonly #ofAppServers = new Map<string, Gauge>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
    this.#table = {
      held: metrics.gauge('ecp_locks_held', 'Entries of the lock table that are held.'),
      waiting: metrics.gauge('ecp_locks_waiting', 'Entries of the lock table that are waited for.'),
      limit: metrics.gauge('ecp_locks_limit', 'Entries that the lock table takes.'),
      perAppServer: metrics.gauge(
        'ecp_locks_app_server_limit',
        'Entries of it that one app server may have.',
      ),
    };
  }

  update({ dataServer }: Instance): void {
    const { table } = dataServer.locks;
    this.#table.held.set(table.entries - table.waiting);
    this.#table.waiting.set(table.waiting);
    this.#table.limit.set(table.limits.entriesMax);
    this.#table.perAppServer.set(table.limits.entriesPerClient);
    for (const [client, entries] of table.clients()) {
      if (client !== '') this.#gauge(client).set(entries);
    }
    for (const [client, gauge] of this.#ofAppServers) {
      if (table.clients().has(client)) continue;
      gauge.remove();
      this.#ofAppServers.delete(client);
    }
  }

  /** App servers are bounded (§2.1), and so are these. */
  #gauge(client: string): Gauge {
    const known = this.#ofAppServers.get(client);
    if (known !== undefined) return known;
    const gauge = this.#metrics.gauge(
      'ecp_locks_of_app_server',
      'Entries of the lock table that an app server’s jobs hold or wait for.',
      { app_server: client },
    );
    this.#ofAppServers.set(client, gauge);
    return gauge;
  }
}
