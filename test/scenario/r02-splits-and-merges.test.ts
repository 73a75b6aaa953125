import { expect, test } from '@jest/globals';
import type { GlobalNode } from '../../server/instance/database.ts';
import { fetch, RawAppServer, set } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

const VALUE = 'v'.repeat(100);

/** Nodes that fill several blocks, set at S itself. */
async function filled(world: World, count: number) {
  const s = world.dataServer();
  const local = s.job().global('x');
  for (let i = 1; i <= count; i++) void local.set([i], VALUE);
  await world.time.pass(20);
  return local;
}

/** Reads everything, so that every block is in this app server's cache. */
async function readAll(world: World, node: GlobalNode) {
  let count = 0;
  const walk = async (): Promise<void> => {
    for await (const _key of node.keys()) count++;
  };
  await world.run(walk());
  return count;
}

test.each([
  ['at the upper end', (i: number) => i],
  ['at the lower end', (i: number) => -i],
  ['in the middle', (i: number) => (i % 2 === 0 ? 500 + i : 1500 - i)],
])(
  'R2: a holder of a block that splits hears of changes in both halves (%s)',
  async (_name, subscript) => {
    const world = new World();
    await filled(world, 1);
    const A = world.appServer('A');
    const B = world.appServer('B');
    const a = A.job();
    const b = B.job();
    for (let i = 1; i <= 160; i++) {
      await readAll(world, a.global('x'));
      await world.run(b.global('x').set([subscript(i)], VALUE + String(i)));
      await world.run(b.sync());
      await world.run(a.sync());
      expect(await world.run(a.global('x').get([subscript(i)]))).toBe(VALUE + String(i));
    }
    const fetched = world.takeTranscript().filter(isLine(': block'));
    // There were splits, else this shows nothing.
    expect(
      new Set(fetched.map((line) => /\[.*?, .*?\)(?= |$)/.exec(line)?.[0])).size,
    ).toBeGreaterThan(2);
  },
);

test('R2: a holder of both halves hears of a change in the right one after S merged them', async () => {
  const world = new World();
  await filled(world, 100);
  const A = world.appServer('A');
  const B = world.appServer('B');
  const a = A.job();
  const b = B.job();
  expect(await readAll(world, a.global('x'))).toBe(100);
  const ranges = world.takeTranscript().filter(isLine('S → A: block'));
  expect(ranges.length).toBeGreaterThan(1);
  // The left block loses nearly all, and S merges it with its neighbour; A keeps its copy of the right one.
  for (let i = 1; i <= 60; i++) await world.run(b.global('x').kill([i]));
  await world.run(b.global('x').set([90], 'new'));
  await world.run(b.sync());
  await world.run(a.sync());
  expect(await world.run(a.global('x').get([90]))).toBe('new');
  await world.run(b.global('x').set([91], 'newer'));
  await world.run(b.sync());
  await world.run(a.sync());
  expect(await world.run(a.global('x').get([91]))).toBe('newer');
});

test('R2: an invalidation names the whole present range of the block whose bit it clears', async () => {
  const world = new World();
  const local = await filled(world, 200);
  const peer = await RawAppServer.welcomed(world);
  const [first] = await peer.requests(1, [fetch('^x(1)')]);
  const [second] = await peer.requests(2, [fetch('^x(200)')]);
  const rangeOf = (line = '') => /\[.*?, .*?\)(?= |$)/.exec(line)?.[0] ?? '';
  expect(rangeOf(first)).not.toBe(rangeOf(second));
  const heardFrom = peer.heard.length;
  void local.kill([199]);
  await world.time.pass(20);
  expect(peer.heard.slice(heardFrom)).toEqual([`invalidate ${rangeOf(second)}`]);
});

test('R2: after its invalidation a block that nobody fetched again is not invalidated again', async () => {
  const world = new World();
  const local = await filled(world, 1);
  const peer = await RawAppServer.welcomed(world);
  await peer.requests(1, [fetch('^x(1)')]);
  void local.set([2], 'a');
  void local.set([3], 'b');
  await world.time.pass(20);
  expect(peer.heard.filter(isLine('invalidate'))).toHaveLength(1);
});

test('R2: a writer keeps its own copy and its bit: others’ changes reach it', async () => {
  const world = new World();
  const local = await filled(world, 1);
  const peer = await RawAppServer.welcomed(world);
  await peer.requests(1, [fetch('^x(1)')]);
  expect(await peer.requests(2, [set('^x(5)', 'own')])).toEqual(['applied #2', 'durable to #2']);
  const from = peer.heard.length;
  void local.set([6], 'other');
  await world.time.pass(20);
  expect(peer.heard.slice(from)).toEqual(['invalidate [, )']);
});
