import { expect, test } from '@jest/globals';
import { CACHED_BLOCK_GROWTH_MAX } from '../../server/base/limits.ts';
import { block, RawDataServer } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

test('R12: a writer that imports into a cached range splits its copy instead of growing it', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  void x.get([1]);
  await world.time.settle();
  await S.say(block(1, {}, {}));
  const value = 'v'.repeat(50);
  for (let i = 1; i <= 2000; i++) {
    void x.set([i], value);
    if (i % 100 === 0) {
      await world.time.settle();
      await S.say({ kind: 'applied', sequence: i + 1 }, { kind: 'durable', sequence: i + 1 });
    }
  }
  const { cache } = A.instance.appServer;
  expect(cache.count).toBeGreaterThan(5);
  expect(cache.bytes / cache.count).toBeLessThan(CACHED_BLOCK_GROWTH_MAX * 8192 + 1024);
  for (let i = 1; i <= 2000; i++) expect(x.get([i])).toBe(value);
  expect(x.get([2001])).toBeUndefined();
  expect(S.count('fetch')).toBe(1);
});
