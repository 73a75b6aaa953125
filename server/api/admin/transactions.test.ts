/** Lists of open transactions, and rolling one back from outside. F-D3, F-M5 */
import { expect, it } from '@jest/globals';
import type { Instance } from '../../instance/instance.ts';
import { failure } from '../../../test/support/failure.ts';
import { POWER_CUT, World } from '../../../test/support/world.ts';
import { ecp } from '../generated/admin.js';
import { rollBackTransaction, transactionsOf } from './transactions.ts';

const { ListTransactionsReply } = ecp.admin.v1;

/** As who asks gets it. */
const listOf = ({ instance }: { readonly instance: Instance }) =>
  ListTransactionsReply.decode(ListTransactionsReply.encode(transactionsOf(instance)).finish());

const INPUT = {
  databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }],
  namespaces: [
    {
      name: 'USER',
      defaultDatabase: 'ACCOUNTS',
      mappings: [{ global: 'M*', database: 'MORE' }],
    },
  ],
};

it('an open transaction is listed with its job, age, level, databases and what it keeps of the journal', async () => {
  const world = new World();
  const s = world.dataServer('S', INPUT);
  const [idle, busy] = [s.job(), s.job()];
  void idle.tstart();
  expect(listOf(s).transactions).toEqual([]);
  void idle.global('x').set([1], 'v');
  void idle.tstart();
  void idle.global('Mx').set([1], 'v');
  await world.time.pass(1500);
  for (let i = 0; i < 100; i++) void busy.global('y').set([i], 'x'.repeat(100));
  const { transactions, journalPosition } = listOf(s);
  expect(transactions).toMatchObject([
    { job: idle.id, appServer: '', level: 2, databases: ['ACCOUNTS', 'MORE'], waitsFor: '' },
  ]);
  const { ageMs, firstPosition, pinnedBytes } = transactions[0]!;
  expect(ageMs).toBeGreaterThanOrEqual(1500);
  expect(pinnedBytes).toBeGreaterThan(10_000);
  expect((firstPosition ?? 0) + (pinnedBytes ?? 0)).toBe(journalPosition);
  void idle.tcommit();
  void idle.tcommit();
  expect(listOf(s).transactions).toEqual([]);
});

it('one is rolled back by its number: its job hears of it, and can begin another', async () => {
  const s = new World().dataServer('S', INPUT);
  const [job, other] = [s.job(), s.job()];
  for (const one of [job, other]) {
    void one.tstart();
    void one.global('x').set([one.id], 'v');
  }
  const number = listOf(s).transactions[0]!.number!;
  rollBackTransaction(s.instance, number);
  expect([job.global('x').get([job.id]), other.global('x').get([other.id])]).toEqual([
    undefined,
    'v',
  ]);
  const error = await failure(() => job.tcommit());
  expect(error.message).toBe(
    '<ROLLBACK ONLY> the transaction was rolled back: an administrator has rolled it back',
  );
  expect((await failure(() => rollBackTransaction(s.instance, number))).code).toBe('UNDEFINED');
  void job.trollback();
  void job.tstart();
  void job.global('x').set([job.id], 'again');
  void job.tcommit();
  void other.tcommit();
  expect(job.global('x').get([job.id])).toBe('again');
});

it('one whose job a crash has ended says which database it waits for, and is gone when that is back', async () => {
  const world = new World();
  const s = world.dataServer('S', INPUT);
  const job = s.job();
  void job.tstart();
  void job.global('x').set([1], 'v');
  void job.global('Mx').set([1], 'v');
  await world.run(job.flush());
  s.crash(POWER_CUT);
  s.start({ databases: [{ name: 'ACCOUNTS' }, { name: 'MORE', state: 'Dismounted' }] });
  const [open] = listOf(s).transactions;
  expect(open).toMatchObject({ databases: ['ACCOUNTS', 'MORE'], waitsFor: 'database MORE' });
  const error = await failure(() => rollBackTransaction(s.instance, open!.number!));
  expect(error.message).toMatch(/^<DATABASE> transaction 1 cannot .*: it waits for database MORE$/);
  s.reconfigure({ databases: INPUT.databases });
  await world.time.pass(10);
  expect(listOf(s).transactions).toEqual([]);
  expect([s.job().global('x').get([1]), s.job().global('Mx').get([1])]).toEqual([
    undefined,
    undefined,
  ]);
});
