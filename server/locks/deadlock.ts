/** Deadlocks: jobs that wait for each other in a circle. Reported, not broken: whose lock is to give way, nobody knows. */
import type { LockOwner, LockRequest } from './lock-request.ts';
import type { LockTable } from './lock-table.ts';

/** Jobs that a search looks at: more wait for something else. */
const OWNERS_MAX = 10_000;

/** The circle that a waiting request is part of, beginning with it; undefined where there is none. */
export function deadlockOf(
  table: LockTable,
  request: LockRequest,
): readonly LockRequest[] | undefined {
  const seen = new Set<LockOwner>();
  const path: LockRequest[] = [];
  const search = (waiting: LockRequest): boolean => {
    path.push(waiting);
    for (const owner of table.blockers(waiting)) {
      if (owner === request.owner) return true;
      if (seen.has(owner) || seen.size >= OWNERS_MAX) continue;
      seen.add(owner);
      for (const next of owner.waiting) if (search(next)) return true;
    }
    path.pop();
    return false;
  };
  return search(request) ? path : undefined;
}
