/**
 * What jobs do in one go: sections under locks, transactions, both. Nodes ^G(i,k) are changed under locks only: ^L(i,k),
 * or one above it; everything else is changed with and without.
 *
 * No two jobs wait for each other for ever: who holds a lock and wants another waits a limited time for it.
 */
import type { MaybePromise } from '../../../server/base/maybe-promise.ts';
import type { SimJob } from './jobs.ts';
import type { LockMode } from './history-schema.ts';
import type { Target } from './sim-process.ts';

type Section =
  | 'exclusive'
  | 'shared'
  | 'child'
  | 'whole'
  | 'several'
  | 'counted'
  | 'locked'
  | 'unlocked'
  | 'servers';

const SECTIONS: Readonly<Record<Section, number>> = {
  exclusive: 5,
  shared: 2.5,
  child: 2,
  whole: 0.7,
  several: 1.5,
  counted: 1,
  locked: 4,
  unlocked: 2.5,
  servers: 1.5,
};

const PAUSE_MS = 60;
/** Longer than some faults, and than the time for a crash to come in between. */
const LONG_PAUSE_MS = 4000;
const LEVELS_MAX = 3;

/** What was locked, to be unlocked. */
interface Held {
  readonly target: Target;
  readonly names: readonly string[];
  readonly mode: LockMode;
}

export async function runSection(job: SimJob): Promise<void> {
  const { random, world } = job;
  const target = random.pick(job.targets);
  const group = random.below(world.keys.guardedGroups);
  const name = `${target.locks}/${group}`;
  const section = random.weighted(SECTIONS);
  switch (section) {
    case 'exclusive':
      return under(job, [one(target, [name])], () => work(job, target, group));
    case 'shared':
      return under(job, [{ target, names: [name], mode: 'shared' }], () =>
        look(job, target, group),
      );
    case 'child': {
      const k = random.below(world.keys.guardedPerGroup);
      const names = [`${name}/${k}`];
      return under(job, [one(target, names)], () => readAndSet(job, target, `G/${group}/${k}`));
    }
    case 'whole':
      return under(job, [one(target, [target.locks])], () => work(job, target, group));
    case 'several': {
      const other = (group + 1) % world.keys.guardedGroups;
      return under(job, [one(target, [name, `${target.locks}/${other}`])], async () => {
        await work(job, target, group);
        await work(job, target, other);
      });
    }
    case 'counted':
      return counted(job, one(target, [name]), () => work(job, target, group));
    case 'locked':
      return transaction(job, [one(target, [name])], () => work(job, target, group));
    case 'unlocked':
      return transaction(job, [], () => dirtyWork(job));
    case 'servers': {
      const locks = job.targets.map((each) => one(each, [`${each.locks}/${group}`]));
      return transaction(job, locks, async () => {
        for (const each of job.targets) await work(job, each, group);
      });
    }
  }
}

function one(target: Target, names: readonly string[]): Held {
  return { target, names, mode: 'exclusive' };
}

/** Locks, one request after the other; with what was not granted all of them are let go of. */
async function take(job: SimJob, locks: readonly Held[]): Promise<boolean> {
  for (const [i, { target, names, mode }] of locks.entries()) {
    const timeoutMs = i > 0 ? 3000 : job.random.pick([undefined, undefined, 0, 200, 3000, 8000]);
    if (await job.lock(target, names, { mode, timeoutMs })) continue;
    await letGo(job, locks.slice(0, i));
    return false;
  }
  return true;
}

async function letGo(job: SimJob, locks: readonly Held[], immediate = false): Promise<void> {
  for (const { target, names, mode } of locks) {
    // The first may only bring the error of an earlier change.
    if (!(await job.unlock(target, names, { mode, immediate })))
      await job.unlock(target, names, { mode, immediate });
  }
}

async function under(
  job: SimJob,
  locks: readonly Held[],
  body: () => Promise<void>,
): Promise<void> {
  if (!(await take(job, locks))) return;
  await body();
  if (job.random.chance(0.1)) await job.pause(LONG_PAUSE_MS);
  await letGo(job, locks);
}

/** Locked twice, it is held until it is unlocked twice. */
async function counted(job: SimJob, lock: Held, body: () => Promise<void>): Promise<void> {
  if (!(await take(job, [lock]))) return;
  const again = await job.lock(lock.target, lock.names, { mode: lock.mode, timeoutMs: 3000 });
  await body();
  await letGo(job, [lock]);
  if (!again) return;
  await body();
  await letGo(job, [lock]);
}

/** Reads a guarded node and sets it: whoever reads it under the same lock next must find that. */
async function readAndSet(job: SimJob, target: Target, path: string): Promise<void> {
  await job.get(target, path);
  await maybe(job, job.change(target, 'set', path));
}

async function maybe(job: SimJob, done: MaybePromise<boolean>): Promise<void> {
  if (job.random.chance(0.5)) await done;
  if (job.random.chance(0.5)) await job.pause(PAUSE_MS);
}

/** A few steps on the nodes that a lock guards, and now and then on others. */
async function work(job: SimJob, target: Target, group: number): Promise<void> {
  const { random, world } = job;
  for (let left = 1 + random.below(4); left > 0; left--) {
    const path = `G/${group}/${random.below(world.keys.guardedPerGroup)}`;
    const dice = random.next();
    if (dice < 0.55) await readAndSet(job, target, path);
    else if (dice < 0.7) await job.get(target, path);
    else if (dice < 0.78) await maybe(job, job.change(target, 'zkill', path));
    else if (dice < 0.82) await maybe(job, job.change(target, 'kill', `G/${group}`));
    else if (dice < 0.9) await maybe(job, job.change(target, 'set', random.pick(world.keys.nodes)));
    else if (dice < 0.93) await job.change(target, 'incr', random.pick(world.keys.counters));
    else await job.get(target, random.pick(world.keys.nodes));
    await level(job);
  }
}

async function look(job: SimJob, target: Target, group: number): Promise<void> {
  for (let k = 0; k < job.world.keys.guardedPerGroup; k++) await job.get(target, `G/${group}/${k}`);
}

/** Changes of nodes that others change meanwhile (A.2.4). */
async function dirtyWork(job: SimJob): Promise<void> {
  const { random, world } = job;
  for (let left = 1 + random.below(6); left > 0; left--) {
    const target = random.pick(job.targets);
    const dice = random.next();
    if (dice < 0.08)
      await maybe(job, job.change(target, 'kill', `A/${random.below(world.keys.groups)}`));
    else if (dice < 0.2)
      await maybe(job, job.change(target, 'zkill', random.pick(world.keys.nodes)));
    else if (dice < 0.8) await maybe(job, job.change(target, 'set', random.pick(world.keys.nodes)));
    else await job.get(target, random.pick(world.keys.nodes));
    await level(job);
  }
}

/** In a transaction, sometimes one level up or down. */
async function level(job: SimJob): Promise<void> {
  if (job.level === 0) return;
  const dice = job.random.next();
  if (dice < 0.12 && job.level < LEVELS_MAX) await job.tstart();
  else if (dice < 0.18 && job.level > 1) await job.tcommit(false);
  else if (dice < 0.24 && job.level > 1) await job.trollback('level');
}

/** A transaction under locks, which are let go of inside it, or after it. */
async function transaction(
  job: SimJob,
  locks: readonly Held[],
  body: () => Promise<void>,
): Promise<void> {
  const { random } = job;
  const locksFirst = random.chance(0.5);
  if (locksFirst && !(await take(job, locks))) return;
  if (!(await job.tstart())) return letGo(job, locksFirst ? locks : []);
  let isHeld = locksFirst;
  if (!locksFirst) isHeld = await take(job, locks);
  if (isHeld) await body();
  if (isHeld && random.chance(0.5)) {
    await letGo(job, locks, random.chance(0.15));
    isHeld = false;
  }
  if (random.chance(0.2)) await job.pause(LONG_PAUSE_MS);
  await finish(job);
  if (isHeld) await letGo(job, locks);
}

/** Commits, waiting for the disk or not, or rolls back; what cannot be committed is rolled back. */
async function finish(job: SimJob): Promise<void> {
  if (job.random.chance(0.3)) return rollBack(job);
  const isSynchronous = job.random.chance(0.5);
  while (job.level > 0) if (!(await job.tcommit(isSynchronous))) return rollBack(job);
}

async function rollBack(job: SimJob): Promise<void> {
  // Where the job has ended, or the data server is frozen, it does not succeed.
  for (let i = 0; i < 3 && job.level > 0; i++) await job.trollback('all');
}
