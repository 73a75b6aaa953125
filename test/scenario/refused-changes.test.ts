/** What becomes of a change that is refused, here or at the data server, and of those around it. F-E6 F-E7 */
import { expect, test } from '@jest/globals';
import { isEcpError } from '../../server/base/errors.ts';
import { World } from '../support/world.ts';

const TWO = { databases: [{ name: 'ACCOUNTS' }, { name: 'OTHER' }] };
const MAPPED = {
  remoteDatabases: [
    { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
    { name: 'OTHER', dataServer: 'BANK', database: 'OTHER' },
  ],
  namespaces: [
    {
      name: 'USER',
      defaultDatabase: 'ACCOUNTS',
      mappings: [{ global: 'other', database: 'OTHER' }],
    },
  ],
};

test('F-E7: a change refused for want of room leaves the job’s earlier writes readable', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  await world.run(x.set([1], 'before'));
  world.link(A).holdToApp(true);
  let last = 0;
  let refusal: unknown;
  for (let i = 1; refusal === undefined && i < 200_000; i++) {
    try {
      void x.set([1], i);
      last = i;
    } catch (error) {
      refusal = error;
    }
  }
  expect(isEcpError(refusal, 'RESOURCE')).toBe(true);
  expect(x.get([1])).toBe(String(last));
  expect(() => x.kill([1])).toThrow(/RESOURCE/);
  expect(x.get([1])).toBe(String(last));
});

test('F-E6: a database that is gone after a restart takes its change with it; the numbers behind keep their place', async () => {
  const world = new World();
  const s = world.dataServer('S', TWO);
  const A = world.appServer('A', MAPPED);
  const job = A.job();
  const [x, other] = [job.global('x'), job.global('other')];
  const errors: string[] = [];
  job.on('delayed-error', (error) => errors.push(error.message));
  await world.run(x.set([1], 'a'));
  await world.run(other.set([1], 'b'));
  await world.run(job.flush());
  world.link(A).holdToServer(true);
  const first = Promise.resolve(x.increment(['c']));
  void other.set([1], 'lost with its database');
  const second = Promise.resolve(x.increment(['c']));
  await world.time.settle();
  s.crash();
  s.start({ databases: [{ name: 'ACCOUNTS' }] });
  expect(await world.run(Promise.all([first, second]))).toEqual(['1', '2']);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('OTHER');
  // A second cut finds nothing to do twice.
  world.link(A).cut();
  await world.time.pass(6_000);
  expect(await world.run(A.job().global('x').increment(['c']))).toBe('3');
});
