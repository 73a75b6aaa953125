import { expect, test } from '@jest/globals';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import { isLine, World } from '../support/world.ts';

test('F-E2: the cache is shared by all jobs of an app server', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  await world.run(A.job().global('x').get([1]));
  world.takeTranscript();
  expect(A.job().global('x').get([1])).toBe('a');
  expect(world.takeTranscript()).toEqual([]);
});

test('F-E2: the eleven steps: read through two caches, change, invalidation at all holders, read again', async () => {
  const world = new World();
  const s = world.dataServer();
  void s.job().global('A').set([], 'A');
  void s.job().global('B').set([], 'B');
  void s.job().global('C').set([], 'C');
  s.instance.engine.checkpoint();
  await world.time.pass(100);
  s.crash();
  s.start();
  const one = world.appServer('app1');
  const two = world.appServer('app2');
  // 1–8: a user asks app 1 for ^B, and gets it.
  expect(await world.run(one.job().global('B').get())).toBe('B');
  expect(await world.run(two.job().global('B').get())).toBe('B');
  expect(one.job().global('B').get()).toBe('B');
  await world.time.pass(20);
  world.takeTranscript();
  // 9–11: it is changed.
  void s.job().global('B').set([], 'new');
  await world.time.settle();
  expect(world.takeTranscript()).toEqual([
    'S → app1: invalidate [, )',
    'S → app2: invalidate [, )',
  ]);
  expect(await world.run(one.job().global('B').get())).toBe('new');
  expect(world.takeTranscript()).toEqual([
    'app1 → S: #2 fetch ^B',
    'S → app1: block #2 [, ) ^A=A ^B=new ^C=C',
  ]);
});

test('F-E9: an undefined node or global is answered from the cache', async () => {
  const world = new World();
  const s = world.dataServer();
  const x = world.appServer('A').job().global('nowhere');
  expect(await world.run(x.get([1]))).toBeUndefined();
  world.takeTranscript();
  expect(x.get([1])).toBeUndefined();
  expect(x.get([2, 'deep'])).toBeUndefined();
  expect(x.data()).toBe(0);
  expect(x.order([''])).toBeUndefined();
  expect(world.takeTranscript()).toEqual([]);
  // And absence is coherent, too.
  void s.job().global('nowhere').set([1], 'now');
  await world.time.settle();
  expect(await world.run(x.get([1]))).toBe('now');
});

test('F-E2: outside overflow and reconnection only blocks whose range changed are fetched again', async () => {
  const world = new World();
  const s = world.dataServer();
  const local = s.job().global('x');
  for (let i = 1; i <= 1000; i++) void local.set([i], 'v'.repeat(100));
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  const readAll = async (): Promise<void> => {
    for (let i = 1; i <= 1000; i++) await x.get([i]);
  };
  await world.run(readAll());
  const all = world.takeTranscript().filter(isLine('S → A: block')).length;
  expect(all).toBeGreaterThan(10);
  await world.run(readAll());
  expect(world.takeTranscript().filter(isLine('fetch'))).toEqual([]);
  // Three nodes in three blocks, one of them twice, and one of them changed by A itself.
  for (const i of [100, 101, 500, 900]) void local.set([i], 'changed');
  void x.set([300], 'own');
  await world.run(job.sync());
  await world.run(readAll());
  expect(world.takeTranscript().filter(isLine('S → A: block'))).toHaveLength(3);
  await world.run(readAll());
  expect(world.takeTranscript().filter(isLine('fetch'))).toEqual([]);
  expect(A.metrics.of('ecp_cache_flushes_total')).toBe(1);
});

test.each([{ reverse: false }, { reverse: true }])(
  'F-E2: a scan fetches ahead: fewer round trips than blocks (%p)',
  async ({ reverse }) => {
    const world = new World();
    const s = world.dataServer();
    for (let i = 1; i <= 4000; i++) void s.job().global('x').set([i], 'v'.repeat(100));
    const x = world.appServer('A').job().global('x');
    const keys: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const key of x.keys([], { reverse })) keys.push(key);
    };
    await world.run(walk());
    expect(keys).toHaveLength(4000);
    expect(keys[0]).toBe(reverse ? 4000 : 1);
    const lines = world.takeTranscript();
    const blocks = lines.filter(isLine('S → A: block')).length;
    const trips = lines.filter(isLine(' fetch ')).length;
    expect(blocks).toBeGreaterThan(40);
    expect(trips).toBeLessThan(blocks / 4);
  },
);

test('F-E2: the cache holds to its bound, and what was evicted is fetched again', async () => {
  const world = new World();
  const s = world.dataServer();
  const value = 'v'.repeat(1000);
  const local = s.job().global('x');
  for (let i = 1; i <= 20_000; i++) void local.set([i], value);
  const A = world.appServer('A', { cacheSize: '16Mi' });
  const x = A.job().global('x');
  let bytesMax = 0;
  const walk = async (): Promise<void> => {
    let count = 0;
    for await (const [, found] of x.entries()) {
      expect(found).toBe(value);
      if (++count % 500 === 0) bytesMax = Math.max(bytesMax, A.instance.appServer.cache.bytes);
    }
    expect(count).toBe(20_000);
  };
  await world.run(walk());
  expect(bytesMax).toBeLessThanOrEqual(16 * 1024 * 1024);
  expect(A.instance.appServer.cache.evictions).toBeGreaterThan(0);
  expect(await world.run(x.get([1]))).toBe(value);
}, 30_000);

test('F-E2: random changes at three app servers and at S: after Sync every cache says what S holds', async () => {
  const world = new World();
  const s = world.dataServer();
  const apps = ['A', 'B', 'C'].map((name) => world.appServer(name).job());
  const local = s.job();
  const random = seededRandom(7);
  const pick = (n: number): number => Math.floor(random.next() * n);
  for (let round = 0; round < 150; round++) {
    for (let i = pick(12); i >= 0; i--) {
      const job = pick(5) === 0 ? local : apps[pick(3)]!;
      const x = job.global('x');
      const at = [pick(400)];
      const kind = pick(20);
      if (kind === 0) void x.kill(at);
      else if (kind === 1) void x.kill([]);
      else if (kind === 2) void x.zkill(at);
      else if (kind === 3) void x.increment([...at, 'n']);
      else if (kind === 4) void x.set(at, 'L'.repeat(5000 + pick(5000)));
      else if (kind < 8) void x.get(at);
      else void x.set(at, String(round) + 'v'.repeat(pick(300)));
    }
    if (pick(3) === 0) await world.time.settle();
    if (pick(4) !== 0) continue;
    for (const job of apps) await world.run(job.sync());
    for (const job of apps) await world.run(job.sync());
    const dump = async (job: typeof local): Promise<string> => {
      const lines: string[] = [];
      for await (const [path, value] of job.global('x').entries())
        lines.push(`${path.join()}=${value}`);
      return lines.join('\n');
    };
    const truth = await world.run(dump(local));
    for (const job of apps) expect((await world.run(dump(job))) === truth).toBe(true);
    const at = [pick(400)];
    for (const job of apps) {
      expect(await world.run(job.global('x').previous(at))).toBe(local.global('x').previous(at));
      expect(await world.run(job.global('x').data(at))).toBe(local.global('x').data(at));
    }
  }
}, 30_000);
