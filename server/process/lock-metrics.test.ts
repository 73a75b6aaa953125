import { expect, test } from '@jest/globals';
import { World } from '../../test/support/world.ts';
import { PromMetrics } from '../adapters/prom-metrics.ts';
import { LockMetrics } from './lock-metrics.ts';

test('F-M2, F-M3: what the lock table takes and what became of LOCKs is exported; who leaves takes its series away', async () => {
  const world = new World();
  const s = world.dataServer('S', { locks: { tableSize: 500, perAppServer: 200 } });
  const A = world.appServer('A');
  const [a, other, local] = [A.job(), A.job(), s.job()];
  const metrics = new PromMetrics();
  const locks = new LockMetrics(metrics);
  const scrape = async (): Promise<string[]> => {
    locks.update(s.instance);
    const { body } = await metrics.text();
    return body.split('\n').filter((line) => line.startsWith('ecp_lock'));
  };
  await world.run(a.lock([['x'], ['y']]));
  await world.run(local.lock([['z']]));
  await local.lock([['x']], { timeoutMs: 0 }).catch(() => undefined);
  const names = Array.from({ length: 250 }, (_, i) => ['many', i] as const);
  await world.run(other.lock(names).catch(() => undefined));
  const waits = local.lock([['y']], { timeoutMs: 1000 }).catch(() => undefined);
  void a.lock([['z']]).catch(() => undefined);
  await world.time.settle();
  expect(await scrape()).toEqual([
    'ecp_locks_held 3',
    'ecp_locks_waiting 2',
    'ecp_locks_limit 500',
    'ecp_locks_app_server_limit 200',
    'ecp_locks_of_app_server{app_server="A"} 3',
  ]);
  const counted = s.metrics.of('ecp_deadlocks_total');
  expect([counted, s.metrics.of('ecp_lock_requests_total')]).toEqual([1, 4]);
  await world.run(waits);
  await world.run(a.close());
  await world.run(other.close());
  await world.time.pass(20);
  const later = await scrape();
  expect(s.metrics.of('ecp_lock_requests_total')).toBe(6);
  expect(later.filter((line) => line.includes('app_server='))).toEqual([]);
});
