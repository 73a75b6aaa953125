import { expect, test } from '@jest/globals';
import { DATABASES_MAX } from '../../server/base/limits.ts';
import { POWER_CUT, World } from '../support/world.ts';

test('F-D3: as many databases as may be configured start again after a crash, and are served', async () => {
  const world = new World();
  const names = Array.from({ length: DATABASES_MAX }, (_, i) => `D${i}`);
  const namespaces = names.map((name) => ({ name, defaultDatabase: name }));
  const s = world.dataServer('S', { databases: names.map((name) => ({ name })), namespaces });
  const job = s.job('D0');
  for (const name of names) void s.job(name).global('x').set([1], name);
  await world.run(job.flush());
  s.crash(POWER_CUT);
  s.start();
  const last = names.at(-1) ?? '';
  expect(s.job(last).global('x').get([1])).toBe(last);
  const A = world.appServer('A', {
    remoteDatabases: [{ name: 'FAR', dataServer: 'BANK', database: last }],
    namespaces: [{ name: 'USER', defaultDatabase: 'FAR' }],
  });
  expect(await world.run(A.job().global('x').get([1]))).toBe(last);
});
