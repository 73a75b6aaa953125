import { expect, test } from '@jest/globals';
import { INVALIDATION_QUEUE_BYTES_MAX } from '../../server/base/limits.ts';
import { isLine, World } from '../support/world.ts';

/** Long subscripts that differ at their beginnings: few fit into a block, and fences are long, so invalidations are. */
const far = (i: number): string => `${String(i).padStart(6, '0')}${'k'.repeat(900)}`;
const COUNT = 3000;

async function manyBlocks() {
  const world = new World();
  const s = world.dataServer();
  const local = s.job().global('x');
  for (let i = 0; i < COUNT; i++) void local.set([far(i)], 'before');
  await world.time.pass(20);
  const A = world.appServer('A');
  const a = A.job();
  let count = 0;
  const walk = async (): Promise<void> => {
    for await (const _key of a.global('x').keys()) count++;
  };
  await world.run(walk());
  expect(count).toBe(COUNT);
  return { world, s, local, A, a };
}

test('R8: for an app server that does not read, invalidations become one flush where the first stood, and memory stays bounded', async () => {
  const { world, s, local, A, a } = await manyBlocks();
  world.link(A).holdToApp(true);
  void a.global('x').set(['own'], 'pending');
  await world.time.settle();
  world.takeTranscript();
  let queuedBytesMax = 0;
  for (let i = 0; i < COUNT; i++) {
    void local.set([far(i)], 'after');
    if (i % 100 === 0) {
      await world.time.settle();
      const [connection] = s.instance.dataServer.connections();
      queuedBytesMax = Math.max(queuedBytesMax, connection!.queuedBytes);
    }
  }
  await world.time.settle();
  expect(queuedBytesMax).toBeLessThan(INVALIDATION_QUEUE_BYTES_MAX + 64 * 1024);
  // The own change's overlay answers meanwhile, whatever became of the cache (R8).
  expect(await world.run(a.global('x').get(['own']))).toBe('pending');
  world.link(A).holdToApp(false);
  await world.time.pass(20);
  const heard = world.takeTranscript().filter(isLine('S → A'));
  expect(heard.filter(isLine(': flush'))).toHaveLength(1);
  for (const i of [0, 1, COUNT / 2, COUNT - 1])
    expect(await world.run(a.global('x').get([far(i)]))).toBe('after');
}, 30_000);

test('R8: a block asked for while the queue is full stands behind the flush, and its own invalidation behind it', async () => {
  const { world, local, A, a } = await manyBlocks();
  world.link(A).holdToApp(true);
  for (let i = 0; i < COUNT; i++) void local.set([far(i)], 'after');
  const read = a.global('x').get(['absent']);
  await world.time.settle();
  void local.set(['absent'], 'came');
  await world.time.settle();
  world.link(A).holdToApp(false);
  await world.run(read);
  await world.run(a.sync());
  expect(await world.run(a.global('x').get(['absent']))).toBe('came');
}, 30_000);
