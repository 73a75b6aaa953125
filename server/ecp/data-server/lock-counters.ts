/** What becomes of LOCKs at an instance. */
import type { Counter, Metrics } from '../../ports/metrics.ts';

export interface LockCounters {
  readonly granted: Counter;
  /** They were not to wait, or did not wait long enough. */
  readonly notInTime: Counter;
  /** <LOCKTABLEFULL>. */
  readonly tableFull: Counter;
  readonly deadlocks: Counter;
}

export function lockCounters(metrics: Metrics): LockCounters {
  const requests = (outcome: string): Counter =>
    metrics.counter('ecp_lock_requests_total', 'LOCKs by what became of them', { outcome });
  return {
    granted: requests('granted'),
    notInTime: requests('not_in_time'),
    tableFull: requests('table_full'),
    deadlocks: metrics.counter('ecp_deadlocks_total', 'Times that a job began to wait in a circle'),
  };
}
