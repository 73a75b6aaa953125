/** Lists of locks and of who waits for them, and taking locks away. F-M2, R1, R5 */
import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../test/support/failure.ts';
import { type Host, World } from '../../../test/support/world.ts';
import { ecp } from '../generated/admin.js';
import { locksOf, lockWaitsOf, removeLocks } from './locks.ts';

const { ListLocksReply, ListLockWaitsReply } = ecp.admin.v1;
type Cursor = ecp.admin.v1.LockCursor.$Properties;

/** As who asks gets it. */
const listOf = ({ instance }: Host, request: { limit?: number; after?: Cursor } = {}) =>
  ListLocksReply.decode(ListLocksReply.encode(locksOf(instance, request)).finish());
const waitsOf = ({ instance }: Host, request: { limit?: number; after?: number } = {}) =>
  ListLockWaitsReply.decode(ListLockWaitsReply.encode(lockWaitsOf(instance, request)).finish());

function two() {
  const world = new World();
  const s = world.dataServer();
  const [A, B] = [world.appServer('A'), world.appServer('B')];
  return { world, s, A, a: A.job(), b: B.job(), local: s.job() };
}

describe('the list of locks', () => {
  it('says of each the database, the reference, modes and counts, whose it is and since when', async () => {
    const { world, s, a, local } = two();
    await world.run(a.lock([['x', 1, 'two']]));
    await world.run(a.lock([['x', 1, 'two']]));
    await world.run(a.lock([['x', 1, 'two']], { shared: true }));
    await world.time.pass(1500);
    await world.run(local.lock([['y']], { shared: true }));
    const { locks, held, waiting, limit } = listOf(s);
    expect(locks).toMatchObject([
      {
        owner: { job: local.id, appServer: '' },
        name: { database: 'ACCOUNTS', reference: '^y', shared: true },
        exclusive: 0,
        shared: 1,
      },
      {
        owner: { job: a.id, appServer: 'A' },
        name: { database: 'ACCOUNTS', reference: '^x(1,"two")', shared: false },
        exclusive: 2,
        shared: 1,
        escalated: 0,
      },
    ]);
    expect(locks[1]!.ageMs).toBeGreaterThanOrEqual(1500);
    expect([held, waiting, limit]).toEqual([2, 0, 2 * 1024 * 1024]);
  });

  it('comes page by page', async () => {
    const { world, s, a, b, local } = two();
    for (const job of [a, b, local])
      await world.run(
        job.lock(
          Array.from(
            { length: 7 },
            (_, i) => [`g${job === b ? 'b' : job === a ? 'a' : 'l'}`, i] as const,
          ),
        ),
      );
    const seen: string[] = [];
    let after: Cursor | undefined;
    let pages = 0;
    do {
      const { locks, next } = listOf(s, { limit: 4, ...(after && { after }) });
      seen.push(...locks.map(({ name }) => name?.reference ?? ''));
      after = next ?? undefined;
      pages++;
    } while (after !== undefined);
    expect([seen.length, new Set(seen).size, pages]).toEqual([21, 21, 6]);
    expect(listOf(s, { after: { job: { job: 0, appServer: 'zzz' } } }).locks).toEqual([]);
  });
});

describe('the list of waits', () => {
  it('says for whom each waits, and marks who wait for each other', async () => {
    const { world, s, a, b, local } = two();
    await world.run(a.lock([['x', 1]]));
    await world.run(b.lock([['y']]));
    const results = [
      a.lock([['y', 3]]),
      b.lock([['x']], { shared: true }),
      local.lock([['y', 9], ['z']]),
    ];
    for (const one of results) one.catch(() => undefined);
    await world.time.settle();
    const [jobA, jobB] = [
      { job: a.id, appServer: 'A' },
      { job: b.id, appServer: 'B' },
    ];
    const { waits, more } = waitsOf(s);
    expect(waits).toMatchObject([
      {
        owner: { job: local.id },
        names: [{ reference: '^y(9)' }, { reference: '^z' }],
        waitsFor: [jobB],
      },
      { owner: jobA, names: [{ reference: '^y(3)' }], waitsFor: [jobB], circle: [jobA, jobB] },
      { owner: jobB, names: [{ reference: '^x', shared: true }], circle: [jobB, jobA] },
    ]);
    expect([waits[0]!.circle, more]).toEqual([[], false]);
    const page = waitsOf(s, { limit: 1, after: waits[0]!.number! });
    expect([page.waits.map(({ owner }) => owner?.appServer), page.more]).toEqual([['A'], true]);
  });
});

describe('locks that are taken away', () => {
  it('go to who waits for them; who held them hears it, and goes on (R5)', async () => {
    const { world, s, a, b } = two();
    const lock = await world.run(a.lock([['x', 1]]));
    await world.run(a.lock([['x', 2]]));
    const theirs = b.lock([['x', 1]]);
    await world.time.settle();
    expect(removeLocks(s.instance, { appServer: 'A', job: a.id })).toBe(1);
    await world.run(theirs);
    const error = await world.run(failure(() => a.global('x').set([1], 'unguarded')));
    expect(error).toMatchObject({ code: 'NETWORK', locksLost: true, outcome: 'none' });
    expect(await world.run(a.global('x').get([1]))).toBeUndefined();
    void lock.unlock();
    await world.run(a.lock([['x', 2]]));
    await world.time.pass(20);
    expect(listOf(s).locks.map(({ name }) => name?.reference)).toEqual(['^x(2)', '^x(1)']);
  });

  it('of all jobs of an app server; its waiting LOCKs are denied, those of others stay', async () => {
    const { world, s, A, a, b } = two();
    const other = A.job();
    await world.run(a.lock([['x']]));
    await world.run(other.lock([['y']]));
    await world.run(b.lock([['z']]));
    const waits = failure(() => a.lock([['z']]));
    await world.time.settle();
    expect(removeLocks(s.instance, { appServer: 'A' })).toBe(2);
    expect((await world.run(waits)).code).toBe('CANCELLED');
    for (const job of [a, other])
      expect((await world.run(failure(() => job.sync()))).locksLost).toBe(true);
    expect(listOf(s).locks).toHaveLength(1);
  });

  it('of the instance’s own jobs, in a transaction too: it is rolled back', async () => {
    const { world, s, b, local } = two();
    await world.run(local.lock([['x']]));
    const work = failure(() =>
      local.transaction(async (tx) => {
        await tx.global('x').set([1], 'guarded');
        removeLocks(s.instance, { job: local.id });
        await tx.global('x').set([2], 'unguarded');
      }),
    );
    expect((await world.run(work)).locksLost).toBe(true);
    await world.run(b.lock([['x']]));
    expect(await world.run(b.global('x').data())).toBe(0);
    expect(removeLocks(s.instance, { appServer: 'B' })).toBe(1);
  });

  it('where nobody has any is an error', async () => {
    const { s } = two();
    for (const request of [{ appServer: 'A' }, { job: 77 }, { appServer: 'nobody', job: 1 }])
      expect((await failure(() => removeLocks(s.instance, request))).code).toBe('UNDEFINED');
  });
});
