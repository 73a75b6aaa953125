/** Rollbacks that something comes in between of: another end from outside, an error that came late. A.1.4, A.1.7 */
import { describe, expect, it } from '@jest/globals';
import { ROLLBACK_NODES_PER_TURN } from '../../server/base/limits.ts';
import { failure } from '../support/failure.ts';
import { POWER_CUT, World } from '../support/world.ts';

/** A rollback of so many takes several turns. */
const MANY = 3 * ROLLBACK_NODES_PER_TURN;

function started() {
  const world = new World();
  const host = world.dataServer();
  const job = host.job();
  const x = job.global('x');
  for (let i = 0; i < MANY; i++) void x.set([i], 'old');
  const { transactions } = host.instance;
  const fail = (): boolean => transactions.fail(transactions.list()[0]!.number, 'it had to go');
  return { world, host, job, x, fail };
}

describe('a transaction that is ended from outside', () => {
  it.each(['all', 'level'] as const)(
    'while its job rolls back (%s) is wholly rolled back, once',
    async (scope) => {
      const { world, host, job, x, fail } = started();
      void job.tstart();
      void x.set(['outer'], 'new');
      void job.tstart();
      for (let i = 0; i < MANY; i++) void x.set([i], 'new');
      const rollback = job.trollback(scope);
      expect(rollback).toBeInstanceOf(Promise);
      expect(fail()).toBe(true);
      await world.run(rollback);
      expect(job.jobTransaction.level).toBe(scope === 'all' ? 0 : 1);
      expect([x.get([0]), x.get([MANY - 1]), x.get(['outer'])]).toEqual(['old', 'old', undefined]);
      expect(host.instance.transactions.list()).toEqual([]);
      await world.run(job.trollback());
      await world.run(job.transaction((tx) => tx.global('x').set(['next'], 'v')));
      expect(x.get(['next'])).toBe('v');
    },
  );
});

describe('an error that came late', () => {
  /** In a transaction, with the error of a large KILL that nobody awaited ahead. */
  function withError() {
    const all = started();
    void all.job.tstart();
    void all.x.set([0], 'new');
    void all.x.kill();
    all.fail();
    return all;
  }

  it('keeps no TROLLBACK from rolling back', async () => {
    const { world, job, x } = withError();
    await world.time.pass(10);
    await world.run(job.trollback());
    expect(job.jobTransaction.level).toBe(0);
    // Nobody has heard of it yet.
    expect((await failure(() => x.get([0]))).code).toBe('ROLLBACK ONLY');
    expect(x.get([0])).toBe('old');
  });

  it('keeps no transaction of a function open that throws an error of its own', async () => {
    const { world, job, x, fail } = started();
    const done = job.transaction(async (tx) => {
      void tx.global('x').kill();
      fail();
      await new Promise<void>((resolve) => void world.time.schedule(10, resolve));
      throw new Error('of its own');
    });
    await expect(world.run(done)).rejects.toThrow('of its own');
    expect(job.jobTransaction.level).toBe(0);
    expect((await failure(() => x.get([1]))).code).toBe('ROLLBACK ONLY');
    expect(x.get([1])).toBe('old');
  });
});

describe('a transaction that a crash left behind', () => {
  const MORE = { name: 'MORE' };
  const AWAY = { ...MORE, state: 'Dismounted' as const };
  const databases = (more: object) => [{ name: 'ACCOUNTS' }, more as typeof MORE];

  it('in a database that is away is rolled back when that is mounted, before anybody reads it', async () => {
    const world = new World();
    const namespaces = [
      { name: 'USER', defaultDatabase: 'ACCOUNTS', mappings: [{ global: 'M', database: 'MORE' }] },
    ];
    const host = world.dataServer('S', { databases: databases(MORE), namespaces });
    let job = host.job();
    void job.global('M').set([1], 'old');
    void job.tstart();
    void job.global('x').set([1], 'new');
    void job.global('M').set([1], 'new');
    await world.run(host.job().flush());
    host.crash(POWER_CUT);
    host.start({ databases: databases(AWAY) });
    await world.time.settle();
    expect(host.instance.transactions.list()).toHaveLength(1);
    host.reconfigure({ databases: databases(MORE) });
    job = host.job();
    expect([job.global('M').get([1]), job.global('x').get([1])]).toEqual(['old', undefined]);
    expect(host.instance.transactions.list()).toEqual([]);
  });
});
