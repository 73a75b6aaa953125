/** Transactions that cannot be rolled back, because of a damaged page or a frozen journal: nothing else suffers. */
import { expect, it } from '@jest/globals';
import { EcpError } from '../../server/base/errors.ts';
import { failure } from '../support/failure.ts';
import { World, type Host } from '../support/world.ts';

const MIB = 1024 * 1024;
const INPUT = {
  databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }],
  namespaces: [
    { name: 'USER', defaultDatabase: 'ACCOUNTS', mappings: [{ global: 'M*', database: 'MORE' }] },
  ],
};
const DISMOUNTED = {
  databases: [{ name: 'ACCOUNTS', state: 'Dismounted' as const }, { name: 'MORE' }],
  namespaces: [{ name: 'USER', defaultDatabase: 'MORE' }],
};

/** What was set in ACCOUNTS cannot be read, until what is returned is called. */
function damage({ instance }: Host): () => void {
  const store = instance.engine.databases.find(({ name }) => name === 'ACCOUNTS')!;
  const get = store.get.bind(store);
  store.get = () => {
    throw new EcpError('DAMAGED', 'a page is not what it was');
  };
  return () => (store.get = get);
}

function withOpen(input: Partial<Parameters<World['dataServer']>[1]> = {}) {
  const world = new World();
  const s = world.dataServer('S', { ...INPUT, ...input });
  const job = s.job();
  void job.tstart();
  void job.global('x').set([1], 'new');
  return { world, s, job };
}

it('one that keeps too much of the journal is told of once, and rolled back when an administrator asks again', async () => {
  const { world, s, job } = withOpen({
    journal: { pinnedWarningSize: '1Mi', pinnedRollbackSize: '2Mi' },
  });
  const mend = damage(s);
  for (let i = 0; i < 5; i++) {
    void s.job().global('My').set([i], 'x'.repeat(MIB));
    await world.time.pass(50);
  }
  const lines = s.log.lines.filter((line) => line.includes('cannot be rolled back'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('<DAMAGED>');
  const number = s.instance.transactions.list()[0]!.number;
  expect((await failure(() => s.instance.transactions.fail(number, 'again'))).code).toBe('DAMAGED');
  mend();
  expect(s.instance.transactions.fail(number, 'again')).toBe(true);
  expect(s.instance.transactions.list()).toEqual([]);
  expect((await failure(() => job.tcommit())).code).toBe('ROLLBACK ONLY');
});

it('a configuration that takes its database away is followed all the same', async () => {
  const { world, s } = withOpen();
  damage(s);
  s.reconfigure(DISMOUNTED);
  await world.time.pass(1000);
  void s.job().global('y').set([1], 'in MORE');
  expect(s.instance.databases.whyAway('ACCOUNTS')).toBe('ACCOUNTS is dismounted');
  expect(s.log.lines.join()).toContain('a transaction cannot be rolled back');
});

it('so it is on a frozen instance, as far as that can', async () => {
  const { world, s } = withOpen();
  void s.job().global('My').set([1], 'in MORE');
  s.journal.fault = (operation) => {
    if (operation !== 'remove') throw new Error('failing disk');
  };
  s.instance.engine.requestSync();
  s.reconfigure(DISMOUNTED);
  await world.time.pass(1000);
  expect(s.job().global('My').get([1])).toBe('in MORE');
});

it('a stop stores all the rest, and the next start rolls it back', async () => {
  const { world, s } = withOpen();
  void s.job().global('My').set([1], 'kept');
  damage(s);
  await s.stop();
  expect(s.log.lines.join()).toContain('transaction cannot be rolled back');
  s.start();
  await world.time.pass(100);
  expect(s.instance.transactions.list()).toEqual([]);
  expect([s.job().global('x').get([1]), s.job().global('My').get([1])]).toEqual([
    undefined,
    'kept',
  ]);
});

it('TROLLBACK that failed after some turns leaves its job in the transaction, and can be repeated', async () => {
  const { world, s, job } = withOpen();
  const x = job.global('x');
  for (let i = 0; i < 5000; i++) void x.set([i], 'new');
  const done = Promise.resolve(job.trollback());
  const mend = damage(s);
  expect((await world.run(failure(() => done))).code).toBe('DAMAGED');
  expect([job.tlevel(), s.instance.transactions.list().length]).toEqual([1, 1]);
  mend();
  await world.run(Promise.resolve(job.trollback()));
  expect([job.tlevel(), s.instance.transactions.list().length]).toEqual([0, 0]);
  expect(x.data()).toBe(0);
});

it('one whose job is gone meanwhile is rolled back when its database is there again', async () => {
  const { world, s, job } = withOpen();
  const mend = damage(s);
  s.reconfigure(DISMOUNTED);
  await world.time.pass(1000);
  mend();
  expect((await failure(() => job.close())).code).toBe('DATABASE');
  s.reconfigure(INPUT);
  await world.time.pass(1000);
  expect(s.instance.transactions.list()).toEqual([]);
  expect(s.job().global('x').get([1])).toBeUndefined();
});
