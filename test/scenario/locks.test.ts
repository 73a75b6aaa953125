/** Locks of jobs on app servers and data servers. A.1.2, A.1.6, A.1.9, R1, R5, R6, R10, R17 */
import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../server/instance/job.ts';
import { failure } from '../support/failure.ts';
import { isLine, POWER_CUT, World, type Host } from '../support/world.ts';

/** What became of a lock by now. */
function watch(lock: Promise<unknown>): { readonly state: () => string } {
  let state = 'waiting';
  lock.then(
    () => (state = 'granted'),
    (error: unknown) => (state = (error as { code: string }).code),
  );
  return { state: () => state };
}

const X1 = [['x', 1]] as const;

/** A data server and two app servers, each with a job. */
function two() {
  const world = new World();
  const s = world.dataServer();
  const [A, B] = [world.appServer('A'), world.appServer('B')];
  return { world, s, A, B, a: A.job(), b: B.job() };
}

const held = (host: Host): number => host.instance.dataServer.locks.table.entries;

describe('a lock over ECP', () => {
  it('excludes jobs of other app servers and of the data server itself, until it is unlocked (A.1.2)', async () => {
    const { world, s, B, a, b } = two();
    const lock = await world.run(a.lock(X1));
    const theirs = watch(b.lock([['x']]));
    const local = watch(s.job().lock([['x', 1, 2]], { timeoutMs: 0 }));
    const free = watch(B.job().lock([['y', 2]], { timeoutMs: 0 }));
    await world.time.settle();
    expect([theirs.state(), local.state(), free.state()]).toEqual([
      'waiting',
      'CANCELLED',
      'granted',
    ]);
    void lock.unlock();
    void lock.unlock();
    await world.time.pass(20);
    expect(theirs.state()).toBe('granted');
  });

  it('is counted, and shared where it is asked for so', async () => {
    const { world, a, b } = two();
    await world.run(a.lock(X1));
    await world.run(a.lock(X1));
    void a.unlock(X1);
    expect((await world.run(failure(() => b.lock(X1, { timeoutMs: 0 })))).code).toBe('CANCELLED');
    void a.unlock(X1);
    await world.run(b.lock(X1, { shared: true }));
    await world.run(a.lock(X1, { shared: true, timeoutMs: 0 }));
    expect((await world.run(failure(() => a.lock(X1, { timeoutMs: 0 })))).code).toBe('CANCELLED');
  });

  it('comes with what was changed under it before: invalidations first, then the grant (A.1.2)', async () => {
    const { world, a, b } = two();
    const x = b.global('x');
    await world.run(a.lock(X1));
    await world.run(a.global('x').set([1], 'old'));
    await world.run(a.flush());
    expect(await world.run(x.get([1]))).toBe('old');
    const theirs = b.lock(X1);
    await world.time.settle();
    world.takeTranscript();
    void a.global('x').set([1], 'new');
    void a.unlock(X1);
    await world.run(theirs);
    const heard = world.takeTranscript().filter(isLine('S → B'));
    expect(heard.findIndex(isLine('invalidate'))).toBeLessThan(heard.findIndex(isLine('granted')));
    expect(await world.run(x.get([1]))).toBe('new');
  });

  it('R1: is not granted before the journal is durable up to the release before it, a zero timeout waits for that', async () => {
    const { world, s, a, b } = two();
    await world.run(a.lock(X1));
    void a.global('x').set([1], 'new');
    const syncs: (() => void)[] = [];
    s.journal.defer = (complete) => void syncs.push(complete);
    void a.unlock(X1);
    const theirs = watch(b.lock(X1, { timeoutMs: 0 }));
    await world.time.settle();
    expect(theirs.state()).toBe('waiting');
    s.journal.defer = (complete) => complete();
    for (const complete of syncs.splice(0)) complete();
    await world.time.pass(20);
    expect(theirs.state()).toBe('granted');
    s.crash(POWER_CUT);
    s.start();
    expect(s.job().global('x').get([1])).toBe('new');
  });

  it('R10: locks that wait hold up no window: the holder’s unlock finds room, and others work', async () => {
    const { world, a, A, b } = two();
    await world.run(b.lock(X1));
    const waiting = Array.from({ length: 50 }, () => watch(A.job().lock(X1, { shared: true })));
    await world.time.settle();
    await world.run(a.global('x').set([2], 'v'));
    await world.run(a.flush());
    expect(A.instance.appServer.status()[0]?.sentBytes).toBe(0);
    void b.unlock(X1);
    await world.time.pass(20);
    expect(waiting.every(({ state }) => state() === 'granted')).toBe(true);
  });

  it('R17: a grant that crosses its timeout is let go of at once', async () => {
    const { world, s, A, a, b } = two();
    await world.run(b.lock(X1));
    const mine = watch(a.lock(X1, { timeoutMs: 100 }));
    await world.time.pass(50);
    world.link(A).holdToApp(true);
    void b.unlock(X1);
    await world.time.pass(100);
    expect(mine.state()).toBe('CANCELLED');
    world.link(A).holdToApp(false);
    await world.time.pass(20);
    expect(held(s)).toBe(0);
    await world.run(b.lock(X1, { timeoutMs: 0 }));
  });

  it('of several names on several servers is granted for all, or let go of again', async () => {
    const world = new World();
    const s = world.dataServer();
    const A = world.appServer('A', {
      databases: [{ name: 'HERE' }],
      namespaces: [
        {
          name: 'USER',
          defaultDatabase: 'ACCOUNTS',
          mappings: [{ global: 'h', database: 'HERE' }],
        },
      ],
    });
    const [one, other] = [A.job(), A.job()];
    await world.run(
      one.lock([
        ['h', 1],
        ['x', 1],
      ]),
    );
    const failed = failure(() =>
      other.lock(
        [
          ['x', 2],
          ['h', 1],
        ],
        { timeoutMs: 50 },
      ),
    );
    expect((await world.run(failed)).code).toBe('CANCELLED');
    await world.time.pass(20);
    expect(held(s)).toBe(1);
    expect(held(A)).toBe(1);
  });
});

describe('the end of', () => {
  it('a job lets go of its locks and of what it waits for (HALT)', async () => {
    const { world, s, a, b } = two();
    await world.run(a.lock(X1));
    const theirs = watch(b.lock(X1));
    await world.time.settle();
    await world.run(a.close());
    await world.time.pass(20);
    expect(theirs.state()).toBe('granted');
    await world.run(b.close());
    await world.time.pass(20);
    expect(held(s)).toBe(0);
  });

  it('an app server that leaves in order lets go at once; one that falls silent after the time for trouble', async () => {
    const { world, s, A, a, b } = two();
    await world.run(a.lock(X1));
    const theirs = watch(b.lock(X1));
    await world.time.settle();
    world.link(A).cut();
    world.net.unlisten('S:1972');
    await world.time.pass(59_000);
    expect(theirs.state()).toBe('waiting');
    await world.time.pass(2_000);
    expect(theirs.state()).toBe('granted');
    world.net.listen('S:1972', (channel) => s.instance.dataServer.accept(channel));
    // R5: who had it hears so before anything else is done.
    await world.time.pass(10_000);
    const error = await world.run(failure(() => a.global('x').set([1], 'v')));
    expect([error.code, error.locksLost]).toEqual(['NETWORK', true]);
    await world.run(b.close());
    await world.run(a.lock(X1));
    await world.run(A.instance.disconnect('BANK'));
    expect(held(s)).toBe(0);
  });
});

describe('R6: after a cut', () => {
  it('what is held is held on, and the unlock that was lost is sent again, once', async () => {
    const { world, s, A, a, b } = two();
    await world.run(
      a.lock([
        ['x', 1],
        ['x', 2],
        ['x', 3],
      ]),
    );
    await world.run(a.lock(X1));
    world.link(A).holdToServer(true);
    void a.unlock([['x', 2]]);
    void a.unlock(X1);
    await world.time.settle();
    world.link(A).cut();
    await world.time.pass(100);
    expect(held(s)).toBe(2);
    expect((await world.run(failure(() => b.lock(X1, { timeoutMs: 0 })))).code).toBe('CANCELLED');
    await world.run(b.lock([['x', 2]], { timeoutMs: 0 }));
    void a.unlock(X1);
    await world.run(b.lock(X1));
  });

  it('an unlock that was applied and whose answer was lost is not applied twice', async () => {
    const { world, A, a, b } = two();
    await world.run(a.lock(X1));
    await world.run(a.lock(X1));
    world.link(A).holdToApp(true);
    void a.unlock(X1);
    await world.time.settle();
    world.link(A).cut();
    await world.time.pass(100);
    expect((await world.run(failure(() => b.lock(X1, { timeoutMs: 0 })))).code).toBe('CANCELLED');
  });

  it('a grant that was lost is asked for again, and counts once', async () => {
    const { world, s, A, a, b } = two();
    await world.run(a.lock([['x', 9]]));
    world.link(A).holdToApp(true);
    const mine = watch(a.lock(X1));
    await world.time.settle();
    expect(held(s)).toBe(2);
    world.link(A).cut();
    await world.time.pass(100);
    expect(mine.state()).toBe('granted');
    void a.unlock(X1);
    await world.run(b.lock(X1, { timeoutMs: 1000 }));
  });

  it('what is waited for is asked for again', async () => {
    const { world, A, a, b } = two();
    await world.run(b.lock(X1));
    const mine = watch(a.lock(X1));
    await world.time.settle();
    world.link(A).cut();
    await world.time.pass(100);
    expect(mine.state()).toBe('waiting');
    void b.unlock(X1);
    await world.time.pass(20);
    expect(mine.state()).toBe('granted');
  });
});

describe('R6: after a restart of the data server', () => {
  const restart = async (world: World, s: Host): Promise<void> => {
    s.crash(POWER_CUT);
    await world.time.pass(100);
    s.start();
  };

  it('locks are reclaimed before anybody else is granted anything, also more than 255 and more than one frame (A.1.9)', async () => {
    const { world, s, B, a, b } = two();
    const names = Array.from({ length: 700 }, (_, i) => ['x', i] as const);
    for (let i = 0; i < names.length; i += 100) await world.run(a.lock(names.slice(i, i + 100)));
    await world.run(a.lock([['x', 5]], { shared: true }));
    await world.run(b.lock([['y']]));
    await restart(world, s);
    // Who comes first waits for the other: S’s own jobs, too.
    const local = watch(s.job().lock([['free']], { timeoutMs: 0 }));
    const early = watch(B.job().lock([['x', 5]]));
    await world.time.settle();
    expect(local.state()).toBe('waiting');
    await world.time.pass(15_000);
    expect([local.state(), early.state()]).toEqual(['granted', 'waiting']);
    expect(held(s)).toBe(700 + 1 + 1 + 1);
    void a.unlock([['x', 5]]);
    await world.time.pass(20);
    expect(early.state()).toBe('waiting');
    void a.unlock([['x', 5]], { shared: true });
    await world.time.pass(20);
    expect(early.state()).toBe('granted');
  });

  it('SET, UNLOCK, applied and not durable: B gets the lock only behind the SET that is sent again', async () => {
    const { world, s, a, b } = two();
    await world.run(a.lock(X1));
    await world.run(a.global('x').set([1], 'old'));
    await world.run(a.flush());
    s.journal.defer = () => undefined;
    void a.global('x').set([1], 'new');
    void a.unlock(X1);
    await world.time.settle();
    s.crash(POWER_CUT);
    s.journal.defer = (complete) => complete();
    s.start();
    const theirs = b.lock(X1);
    const value = theirs.then(() => b.global('x').get([1]));
    expect(await world.run(value)).toBe('new');
  });

  it('what is waited for is asked for again, between changes that are sent again', async () => {
    const { world, s, A, a, b } = two();
    await world.run(b.lock(X1));
    await world.run(a.global('y').set([1], 'old'));
    await world.run(a.flush());
    s.journal.defer = () => undefined;
    void a.global('y').set([1], 'new');
    const mine = watch(a.lock(X1));
    await world.time.settle();
    const count = A.job().global('c').increment([1]);
    await world.time.settle();
    s.crash(POWER_CUT);
    s.journal.defer = (complete) => complete();
    s.start();
    await world.time.pass(15_000);
    expect(await world.run(count)).toBe('1');
    expect(mine.state()).toBe('waiting');
    void b.unlock(X1);
    await world.time.pass(20);
    expect(mine.state()).toBe('granted');
  });

  it('an UNLOCK that was lost, with a grant of it to a job of the same app server: the session goes on', async () => {
    const { world, s, A, a, b } = two();
    const next = A.job();
    await world.run(a.lock(X1));
    s.journal.defer = () => undefined;
    const theirs = watch(next.lock(X1));
    void a.unlock(X1);
    await world.time.settle();
    expect(theirs.state()).toBe('granted');
    s.crash(POWER_CUT);
    s.journal.defer = (complete) => complete();
    s.start();
    await world.time.pass(15_000);
    await world.run(next.global('x').set([1], 'still here'));
    expect((await world.run(failure(() => b.lock(X1, { timeoutMs: 0 })))).code).toBe('CANCELLED');
    void next.unlock(X1);
    await world.run(b.lock(X1));
    expect(await world.run(b.global('x').get([1]))).toBe('still here');
  });

  it('who does not come back is given up after the window, and its locks go to others', async () => {
    const { world, s, A, a, b } = two();
    await world.run(a.lock(X1));
    await world.run(b.lock([['y']]));
    A.crash();
    await restart(world, s);
    const theirs = watch(b.lock(X1));
    await world.time.pass(25_000);
    expect(theirs.state()).toBe('waiting');
    await world.time.pass(10_000);
    expect(theirs.state()).toBe('granted');
  });
});

describe('in a transaction', () => {
  const many = async (job: Job, world: World): Promise<void> => {
    await world.run(job.lock(X1));
    await world.run(job.lock([['x', 2]]));
  };

  it('an unlock takes place when it ends, by TCOMMIT or TROLLBACK; immediate ones at once (A.1.6)', async () => {
    const world = new World();
    const s = world.dataServer();
    for (const end of ['tcommit', 'trollback'] as const) {
      const [mine, other] = [s.job(), s.job()];
      await many(mine, world);
      void mine.tstart();
      void mine.tstart();
      void mine.global('x').set([1], end);
      void mine.unlock(X1);
      void mine.unlock([['x', 2]], { immediate: true });
      await world.run(other.lock([['x', 2]], { timeoutMs: 0 }));
      if (end === 'tcommit') void mine.tcommit();
      const refused = await world.run(failure(() => other.lock(X1, { timeoutMs: 0 })));
      expect(refused.code).toBe('CANCELLED');
      void mine[end]();
      await world.run(other.lock(X1, { timeoutMs: 0 }));
      await world.run(other.close());
      await world.run(mine.close());
    }
  });

  it('more unlocks than one message takes, over ECP; and of a job that has ended nothing is left', async () => {
    const { world, s, a, b } = two();
    const names = Array.from({ length: 600 }, (_, i) => ['x', i] as const);
    void a.tstart();
    for (let i = 0; i < names.length; i += 100) {
      await world.run(a.lock(names.slice(i, i + 100)));
      void a.unlock(names.slice(i, i + 100));
    }
    expect(held(s)).toBe(600);
    await world.run(a.tcommit());
    await world.run(b.lock([['x']]));
    expect(held(s)).toBe(1);
    await world.run(b.close());
    await world.run(a.close());
    await world.time.pass(20);
    const { table } = s.instance.dataServer.locks;
    expect([table.ownersOf('A'), table.ownersOf('B')]).toEqual([[], []]);
  });

  it('a lock that was unlocked and locked again is held beyond the end', async () => {
    const world = new World();
    const s = world.dataServer();
    const [mine, other] = [s.job(), s.job()];
    await world.run(mine.lock(X1));
    void mine.tstart();
    void mine.unlock(X1);
    await world.run(mine.lock(X1));
    void mine.tcommit();
    expect((await world.run(failure(() => other.lock(X1, { timeoutMs: 0 })))).code).toBe(
      'CANCELLED',
    );
    void mine.unlock(X1);
    await world.run(other.lock(X1, { timeoutMs: 0 }));
  });
});

describe('architecture §6, over ECP:', () => {
  it('very many escalating locks of a job become one of the name above, which keeps others from it all, across a cut', async () => {
    const { world, s, A, a, b } = two();
    const names = Array.from({ length: 1200 }, (_, i) => ['x', 'p', i] as const);
    for (let i = 0; i < names.length; i += 100)
      await world.run(a.lock(names.slice(i, i + 100), { escalating: true }));
    expect(held(s)).toBe(1);
    const free = watch(b.lock([['x', 'q', 7]], { timeoutMs: 0 }));
    const other = watch(b.lock([['x', 'p', 'none of them']], { timeoutMs: 0 }));
    await world.time.pass(20);
    expect([free.state(), other.state()]).toEqual(['granted', 'CANCELLED']);
    // The app server claims what its job has locked: one by one.
    world.link(A).cut();
    await world.time.pass(200);
    expect(held(s)).toBe(1201);
    for (let i = 0; i < names.length; i += 100) void a.unlock(names.slice(i, i + 100));
    await world.run(b.lock([['x', 'p']], { timeoutMs: 1000 }));
    expect(held(s)).toBe(2);
  });

  it('jobs of several app servers and of the data server that wait for each other are reported, once, and wait on', async () => {
    const { world, s, a, b } = two();
    const local = s.job();
    await world.run(a.lock([['x', 1]]));
    await world.run(b.lock([['x', 2]]));
    await world.run(local.lock([['x', 3]]));
    const states = [a.lock([['x', 2]]), b.lock([['x', 3]]), local.lock([['x', 1]])].map(watch);
    await world.time.pass(5000);
    expect(states.map(({ state }) => state())).toEqual(['waiting', 'waiting', 'waiting']);
    const reports = s.log.lines.filter((line) => line.includes('deadlock'));
    expect(reports).toHaveLength(1);
    for (const who of [`job ${a.id} of A`, `job ${b.id} of B`, `job ${local.id} local`])
      expect(reports[0]).toContain(who);
    expect(s.metrics.of('ecp_deadlocks_total')).toBe(1);
    // One of them gives way.
    await world.run(b.close());
    await world.time.pass(20);
    expect(states[0]?.state()).toBe('granted');
  });
});

it('F-M5: a full table, and the part of an app server, refuse those who are concerned and nobody else, live', async () => {
  const world = new World();
  const s = world.dataServer('S', { locks: { tableSize: 250, perAppServer: 100 } });
  const [a, b, local] = [world.appServer('A').job(), world.appServer('B').job(), s.job()];
  const take = (job: Job, from: number, count: number): Promise<unknown> =>
    job.lock(Array.from({ length: count }, (_, i) => ['x', from + i] as const));
  await world.run(take(a, 0, 100));
  const refused = await world.run(failure(() => take(a, 100, 1)));
  expect([refused.code, refused.retry]).toEqual(['LOCKTABLEFULL', 'same']);
  await world.run(take(b, 200, 50));
  await world.run(take(local, 300, 100));
  // What is held already takes no room; and one that is let go of makes some.
  await world.run(take(a, 0, 10));
  expect((await world.run(failure(() => take(local, 400, 1)))).code).toBe('LOCKTABLEFULL');
  s.reconfigure({ locks: { tableSize: 251, perAppServer: 100 } });
  await world.run(take(local, 400, 1));
  void b.unlock([['x', 200]]);
  s.reconfigure({ locks: { tableSize: 251 } });
  await world.run(take(a, 101, 1));
  // By default half: 125.
  expect((await world.run(failure(() => take(a, 500, 25)))).code).toBe('LOCKTABLEFULL');
  expect(held(s)).toBe(251);
});

it('hostile names and times are refused before anything is said', async () => {
  const { world, a } = two();
  for (const bad of [-1, Number.NaN])
    expect((await failure(() => a.lock(X1, { timeoutMs: bad }))).code).toBe('SYNTAX');
  expect((await failure(() => a.lock([]))).code).toBe('SYNTAX');
  const names = Array.from({ length: 256 }, (_, i) => ['x', i] as const);
  expect((await failure(() => a.lock(names))).code).toBe('SYNTAX');
  expect((await failure(() => a.lock([['x', '']]))).code).toBe('SUBSCRIPT');
  expect(world.takeTranscript()).toEqual([]);
});
