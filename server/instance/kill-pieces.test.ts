/** KILL of a global that lies in several databases by subscript ranges. F-D4 */
import { expect, test } from '@jest/globals';
import { parseConfiguration } from './configuration.ts';
import { Instance } from './instance.ts';
import { silentLog } from '../ports/log.ts';
import { ManualClock, seededRandom } from '../storage/testing/manual-clock.ts';
import { MemoryJournalDisk, MemoryPageStore } from '../storage/testing/memory-disk.ts';
import type { Metrics } from '../ports/metrics.ts';

const nothing = {
  inc: () => undefined,
  set: () => undefined,
  observe: () => undefined,
  remove: () => undefined,
};
const metrics: Metrics = {
  counter: () => nothing,
  gauge: () => nothing,
  histogram: () => nothing,
  stateSet: () => nothing,
};

test('kills what the namespace leads to, and no node of the same name that it does not (F-D4)', async () => {
  const instance = Instance.open(
    parseConfiguration({
      name: 'one',
      dataDirectory: 'unused',
      databases: [{ name: 'LOW' }, { name: 'HIGH' }],
      namespaces: [
        {
          name: 'SPLIT',
          defaultDatabase: 'LOW',
          mappings: [{ global: 'A', subscripts: { from: '100', to: '200' }, database: 'HIGH' }],
        },
        { name: 'HIGHONLY', defaultDatabase: 'HIGH' },
      ],
    }),
    {
      clock: new ManualClock(),
      log: silentLog,
      metrics,
      random: seededRandom(1),
      resolver: { resolve: (_host, done) => done([]) },
      transport: { dial: () => ({ peerAddress: '', send: () => true, close: () => undefined }) },
      journal: new MemoryJournalDisk(),
      openStore: () => new MemoryPageStore(),
    },
  );
  const split = instance.openJob('SPLIT').global('A');
  const hidden = instance.openJob('HIGHONLY').global('A');
  await split.set([], 'root');
  await split.set([1], 'low');
  await split.set([150, 'x'], 'high');
  await split.set([300], 'low again');
  await hidden.set([1], 'not of SPLIT');
  expect(await hidden.get([150, 'x'])).toBe('high');

  await split.kill();

  expect(await split.data()).toBe(0);
  expect(await hidden.get([150, 'x'])).toBeUndefined();
  expect(await hidden.get([1])).toBe('not of SPLIT');
});
