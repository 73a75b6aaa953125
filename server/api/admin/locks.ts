/** What the admin API says of locks and of who waits for them, page by page; and taking locks away. F-M2 */
import { EcpError } from '../../base/errors.ts';
import { LOCK_WAITS_PAGE_MAX, LOCKS_PAGE_MAX } from '../../base/limits.ts';
import { formatKey } from '../../globals/reference.ts';
import type { Instance } from '../../instance/instance.ts';
import { deadlockOf } from '../../locks/deadlock.ts';
import type { LockName } from '../../locks/lock-name.ts';
import { type LockMode, type LockOwner, LOCAL_CLIENT } from '../../locks/lock-request.ts';
import type { ecp } from '../generated/admin.js';

type Page = ecp.admin.v1.ListLocksReply.$Properties;
type Waits = ecp.admin.v1.ListLockWaitsReply.$Properties;
type Name = ecp.admin.v1.LockName.$Properties;
type Job = ecp.admin.v1.LockJob.$Properties;

/** Of those that a job waits for, so many are named. */
const WAITS_FOR_MAX = 20;

export function locksOf(
  instance: Instance,
  { limit, after }: ecp.admin.v1.ListLocksRequest.$Properties,
): Page {
  const { table } = instance.dataServer.locks;
  const max = pageSize(limit, LOCKS_PAGE_MAX);
  const from = { client: after?.job?.appServer ?? '', job: after?.job?.job ?? 0 };
  const page: Page & { locks: NonNullable<Page['locks']> } = {
    locks: [],
    held: table.entries - table.waiting,
    waiting: table.waiting,
    limit: table.limits.entriesMax,
    appServerLimit: table.limits.entriesPerClient,
  };
  for (const owner of table.holders(from)) {
    const isFirst = owner.client === from.client && owner.job === from.job;
    const listed = isFirst ? (after?.listed ?? 0) : 0;
    const all = table.holdsOf(owner).slice(listed);
    const room = max - page.locks.length;
    for (const { name, mode, count, shared, escalated, sinceMs } of all.slice(0, room))
      page.locks.push({
        owner: jobOf(owner),
        name: describe(instance, name, mode),
        exclusive: count - shared,
        shared,
        escalated,
        ageMs: age(instance, sinceMs),
      });
    if (all.length > room) return { ...page, next: { job: jobOf(owner), listed: listed + room } };
  }
  return page;
}

export function lockWaitsOf(
  instance: Instance,
  { limit, after }: ecp.admin.v1.ListLockWaitsRequest.$Properties,
): Waits {
  const { table } = instance.dataServer.locks;
  const max = pageSize(limit, LOCK_WAITS_PAGE_MAX);
  const requests = table.waits(after ?? 0, max + 1);
  const waits = requests.slice(0, max).map((request) => {
    const blockers = [...table.blockers(request)];
    return {
      number: request.order,
      owner: jobOf(request.owner),
      names: request.wants.map((want) => describe(instance, table.nameOf(want), want.mode)),
      ageMs: age(instance, request.sinceMs),
      waitsFor: blockers.slice(0, WAITS_FOR_MAX).map(jobOf),
      waitsForCount: blockers.length,
      circle: (deadlockOf(table, request) ?? []).map(({ owner }) => jobOf(owner)),
    };
  });
  return { waits, more: requests.length > max };
}

/** How many jobs held something. EcpError UNDEFINED where nobody of that name or number has a lock, or waits for one. */
export function removeLocks(
  instance: Instance,
  { appServer, job }: ecp.admin.v1.RemoveLocksRequest.$Properties,
): number {
  const client = appServer ?? LOCAL_CLIENT;
  const wanted = (job ?? 0) === 0 ? undefined : (job ?? 0);
  const isThere = ({ holds, waiting, job: number }: LockOwner): boolean =>
    (wanted === undefined || number === wanted) && holds.size + waiting.size > 0;
  if (!instance.dataServer.locks.table.ownersOf(client).some(isThere)) {
    const who = client === LOCAL_CLIENT ? 'this instance' : client;
    const which = wanted === undefined ? `no job of ${who}` : `no job ${wanted} of ${who}`;
    throw new EcpError('UNDEFINED', `${which} has a lock, or waits for one`);
  }
  return instance.takeLocksAway(client, wanted);
}

function pageSize(limit: number | null | undefined, max: number): number {
  return limit === undefined || limit === null || limit === 0 ? max : Math.min(limit, max);
}

function jobOf({ client, job }: LockOwner): Job {
  return { job, appServer: client };
}

function describe({ engine }: Instance, { database, key }: LockName, mode: LockMode): Name {
  return {
    database: engine.nameOf(database) ?? database,
    reference: formatKey(key),
    shared: mode === 'shared',
  };
}

function age({ clock }: Instance, sinceMs: number): number {
  return Math.max(0, Math.floor(clock.wallMs() - sinceMs));
}
