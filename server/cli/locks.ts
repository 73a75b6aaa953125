/** `ecp locks`: who holds what and who waits for whom, on the instances of the running topology; and taking locks away. */
import { callAdmin } from '../adapters/grpc-admin-service.ts';
import { ecp } from '../api/generated/admin.js';
import { EcpError, messageOf } from '../base/errors.ts';
import { adminTarget, runningTopology, targetInstance, type TargetOptions } from './target.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';

const {
  ListLocksReply,
  ListLocksRequest,
  ListLockWaitsReply,
  ListLockWaitsRequest,
  RemoveLocksReply,
  RemoveLocksRequest,
} = ecp.admin.v1;
type HeldLock = ecp.admin.v1.HeldLock.$Properties;
type LockWait = ecp.admin.v1.LockWait.$Properties;
type LockJob = ecp.admin.v1.LockJob.$Properties;
type LockName = ecp.admin.v1.LockName.$Properties;

/** What `remove` calls the instance itself: no app server is called so. */
export const ITSELF = '.';

export interface LockListOptions extends TargetOptions {
  /** At most so many of each instance. */
  readonly limit: number;
  readonly waits: boolean;
}

export interface InstanceLocks {
  readonly instance: string;
  readonly locks: readonly HeldLock[];
  readonly waits: readonly LockWait[];
  /** Entries of the table. */
  readonly held: number;
  readonly waiting: number;
  readonly limit: number;
  /** Whether there are more than were asked for. */
  readonly more: boolean;
  /** Why the instance did not say. */
  readonly problem: string | undefined;
}

/** Of one instance, or of all. */
export async function listLocks(options: LockListOptions): Promise<InstanceLocks[]> {
  const instances =
    options.at === undefined ? runningTopology(options.data).instances : [targetInstance(options)];
  const nothing = { locks: [], waits: [], held: 0, waiting: 0, limit: 0, more: false };
  return Promise.all(
    instances.map(async (instance) => {
      const { name } = instance;
      try {
        const { limit } = options;
        const list = options.waits
          ? await waitsOf(instance, limit)
          : await locksOf(instance, limit);
        return { ...nothing, ...list, instance: name, problem: undefined };
      } catch (error) {
        return { ...nothing, instance: name, problem: messageOf(error) };
      }
    }),
  );
}

async function locksOf(instance: LocalInstance, limit: number): Promise<Partial<InstanceLocks>> {
  const target = adminTarget(instance);
  const locks: HeldLock[] = [];
  for (let after: ecp.admin.v1.LockCursor.$Properties | null = null; ;) {
    const request = { limit: limit - locks.length, ...(after && { after }) };
    const bytes = ListLocksRequest.encode(request).finish();
    const reply = ListLocksReply.decode(await callAdmin(target, target.token, 'ListLocks', bytes));
    locks.push(...reply.locks);
    after = reply.next ?? null;
    if (after !== null && locks.length < limit) continue;
    const { held, waiting } = reply;
    return { locks, held, waiting, limit: reply.limit, more: after !== null };
  }
}

async function waitsOf(instance: LocalInstance, limit: number): Promise<Partial<InstanceLocks>> {
  const target = adminTarget(instance);
  const waits: LockWait[] = [];
  for (let after = 0; ;) {
    const bytes = ListLockWaitsRequest.encode({ limit: limit - waits.length, after }).finish();
    const reply = ListLockWaitsReply.decode(
      await callAdmin(target, target.token, 'ListLockWaits', bytes),
    );
    waits.push(...reply.waits);
    after = waits.at(-1)?.number ?? 0;
    if (!reply.more || waits.length >= limit) return { waits, more: reply.more };
  }
}

/** As a person reads it. */
export function formatLocks(reports: readonly InstanceLocks[], waits: boolean): string {
  return reports
    .flatMap(({ instance, problem, more, ...report }) => {
      if (problem !== undefined) return [`${instance}  no answer: ${problem}`];
      const lines = waits ? report.waits.map(formatWait) : report.locks.map(formatLock);
      const { held, waiting, limit } = report;
      const summary = waits
        ? lines.length === 0
          ? ['nobody waits']
          : []
        : [`${held} held, ${waiting} waited for, of ${limit}`];
      const rest = more ? ['… and more: --limit'] : [];
      return [...summary, ...lines, ...rest].map((line) => `${instance}  ${line}`);
    })
    .join('\n');
}

function formatLock({ owner, name, exclusive, shared, escalated, ageMs }: HeldLock): string {
  const modes = [
    ...counted('exclusive', exclusive ?? 0),
    ...counted('shared', shared ?? 0),
    ...((escalated ?? 0) > 0 ? [`for ${escalated ?? 0} below`] : []),
  ];
  return [nameText(name), modes.join(', '), jobText(owner), seconds(ageMs)].join('  ');
}

function counted(mode: string, count: number): string[] {
  return count === 0 ? [] : [count === 1 ? mode : `${mode} ${count} times`];
}

function formatWait(wait: LockWait): string {
  const { owner, names, ageMs, waitsFor, waitsForCount, circle } = wait;
  const wanted = (names ?? []).map(
    (name) => `${nameText(name)}${name.shared === true ? ' shared' : ''}`,
  );
  const unnamed = (waitsForCount ?? 0) - (waitsFor?.length ?? 0);
  const blockers = [...(waitsFor ?? []).map(jobText), ...(unnamed > 0 ? [`${unnamed} more`] : [])];
  const line = `${jobText(owner)}  wants ${wanted.join(', ')}  ${seconds(ageMs)}  waits for ${blockers.join(', ')}`;
  const [first] = circle ?? [];
  if (first === undefined) return line;
  return `${line}  DEADLOCK: ${[...(circle ?? []), first].map(jobText).join(' → ')}`;
}

function nameText(name: LockName | null | undefined): string {
  return `${name?.database ?? ''} ${name?.reference ?? ''}`;
}

function jobText(job: LockJob | null | undefined): string {
  const where = (job?.appServer ?? '') === '' ? 'local' : `of ${job?.appServer ?? ''}`;
  return `job ${job?.job ?? 0} ${where}`;
}

function seconds(ageMs: number | null | undefined): string {
  return `${Math.floor((ageMs ?? 0) / 1000)} s`;
}

/**
 * Takes the locks of a client's jobs away, or of one job. Returns how many jobs held one. EcpError CONFIGURATION where it is
 * not said at which instance, and there are several.
 */
export async function removeLocks(
  client: string,
  job: number | undefined,
  options: TargetOptions,
): Promise<{ readonly instance: string; readonly jobs: number }> {
  if (options.at === undefined && runningTopology(options.data).instances.length > 1)
    throw new EcpError('CONFIGURATION', 'say with --at at which instance the locks are');
  const instance = targetInstance(options);
  const target = adminTarget(instance);
  const request = { appServer: client === ITSELF ? '' : client, job: job ?? 0 };
  const bytes = RemoveLocksRequest.encode(request).finish();
  const reply = await callAdmin(target, target.token, 'RemoveLocks', bytes);
  return { instance: instance.name, jobs: RemoveLocksReply.decode(reply).jobs };
}
