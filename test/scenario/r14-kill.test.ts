import { expect, test } from '@jest/globals';
import type { GlobalNode } from '../../server/instance/database.ts';
import { POWER_CUT, World } from '../support/world.ts';

async function keysOf(world: World, node: GlobalNode): Promise<unknown[]> {
  const keys: unknown[] = [];
  const walk = async (): Promise<void> => {
    for await (const key of node.keys()) keys.push(key);
  };
  await world.run(walk());
  return keys;
}

test('R14: a KILL over many blocks is one step: a node set after it stays, live and recovered', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const B = world.appServer('B');
  const a = A.job();
  const b = B.job();
  for (let i = 1; i <= 1000; i++) void a.global('x').set([i], 'v'.repeat(100));
  void a.global('w').set([1], 'neighbour below');
  void a.global('y').set([1], 'neighbour above');
  await world.run(a.flush());
  expect(await keysOf(world, b.global('x'))).toHaveLength(1000);
  await world.run(b.global('w').get([1]));
  // In one turn: A's KILL, then B's SET of a node in the middle of it.
  void a.global('x').kill();
  await world.time.settle();
  void b.global('x').set([500], 'after');
  await world.run(b.flush());
  await world.run(a.sync());
  await world.run(b.sync());
  expect(await keysOf(world, a.global('x'))).toEqual([500]);
  expect(await keysOf(world, b.global('x'))).toEqual([500]);
  expect(await world.run(b.global('w').get([1]))).toBe('neighbour below');
  expect(await world.run(b.global('y').get([1]))).toBe('neighbour above');
  s.crash(POWER_CUT);
  s.start();
  expect(await keysOf(world, s.job().global('x'))).toEqual([500]);
});

test('R14: copies of every block that a KILL took away are dropped at every holder', async () => {
  const world = new World();
  world.dataServer();
  const a = world.appServer('A').job();
  const b = world.appServer('B').job();
  for (let i = 1; i <= 1000; i++) void a.global('x').set([i], 'v'.repeat(100));
  await world.run(a.flush());
  await keysOf(world, b.global('x'));
  await world.run(a.global('x').kill());
  await world.run(a.sync());
  await world.run(b.sync());
  for (let i = 1; i <= 1000; i += 7)
    expect(await world.run(b.global('x').get([i]))).toBeUndefined();
  await world.run(a.global('x').set([333], 'new'));
  await world.run(a.sync());
  await world.run(b.sync());
  expect(await world.run(b.global('x').get([333]))).toBe('new');
});

test('R14: a holder of a block in the middle of a KILL, and of no other, is told', async () => {
  const world = new World();
  world.dataServer();
  const a = world.appServer('A').job();
  const b = world.appServer('B').job();
  for (let i = 1; i <= 1000; i++) void a.global('x').set([i], 'v'.repeat(100));
  await world.run(a.flush());
  expect(await world.run(b.global('x').get([500]))).toBe('v'.repeat(100));
  await world.run(a.global('x').kill());
  await world.run(a.sync());
  await world.run(b.sync());
  expect(await world.run(b.global('x').get([500]))).toBeUndefined();
});

test('R14: a KILL of more blocks than a leaf of the index has leaves what is beside it, also in a transaction that is undone', async () => {
  const world = new World();
  const s = world.dataServer();
  const job = s.job();
  const x = job.global('X');
  const y = job.global('Y');
  const count = async (node: typeof x): Promise<number> => {
    let nodes = 0;
    for await (const _ of node.entries()) nodes++;
    return nodes;
  };
  for (let i = 0; i < 30_000; i++) {
    await x.set([i % 1000, i], `value of a node, some forty bytes long ${i}`);
    if (i % 3 === 0) await y.set([i], `value of a node, some forty bytes long ${i}`);
  }
  void job.tstart();
  await world.run(x.kill());
  expect([await count(x), await count(y)]).toEqual([0, 10_000]);
  await world.run(job.trollback());
  expect([await count(x), await count(y)]).toEqual([30_000, 10_000]);
  await x.kill();
  expect([await count(x), await count(y)]).toEqual([0, 10_000]);
  expect(await y.get([29_997])).toMatch(/29997/);
});
