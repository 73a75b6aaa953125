/** Deadlocks: jobs that wait for each other in a circle. Reported, not broken: whose lock is to give way, nobody knows. */
import type { LockOwner, LockRequest } from './lock-request.ts';
import type { LockTable } from './lock-table.ts';

/** Who waits for whom: so many pairs a search looks at. In a longer queue a circle may be overlooked. */
const WAITS_MAX = 2000;

/** The circle that a waiting request is part of, beginning with it; undefined where there is none. */
export function deadlockOf(
  table: LockTable,
  request: LockRequest,
): readonly LockRequest[] | undefined {
  const seen = new Set<LockOwner>();
  const path: LockRequest[] = [];
  let left = WAITS_MAX;
  const search = (waiting: LockRequest): boolean => {
    path.push(waiting);
    for (const owner of table.blockers(waiting, left)) {
      left--;
      if (owner === request.owner) return true;
      if (seen.has(owner) || left <= 0) continue;
      seen.add(owner);
      for (const next of owner.waiting) if (search(next)) return true;
    }
    path.pop();
    return false;
  };
  return search(request) ? path : undefined;
}
