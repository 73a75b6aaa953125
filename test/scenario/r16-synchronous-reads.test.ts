import { expect, test } from '@jest/globals';
import { World } from '../support/world.ts';

test('R16: a loop over cached reads that never awaits is made to wait for a turn, and then sees the change', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  void s.job().global('x').set(['flag'], '0');
  expect(await world.run(x.get(['flag']))).toBe('0');
  world.link(A).holdToApp(true);
  void s.job().global('x').set(['flag'], '1');
  await world.time.settle();
  world.link(A).holdToApp(false);
  let answer: unknown = '0';
  let reads = 0;
  // while (!get(flag)) … , each read taking 10 ms.
  while (answer === '0' && reads < 10_000) {
    answer = x.get(['flag']);
    reads++;
    world.time.elapse(10);
  }
  expect(answer).toBeInstanceOf(Promise);
  expect(reads).toBeLessThan(700);
  expect(await world.run(answer as Promise<string>)).toBe('1');
});

test('R16: cached reads answer at once while the stream is served', async () => {
  const world = new World();
  world.dataServer();
  const job = world.appServer('A').job();
  const x = job.global('x');
  await world.run(x.set([1], 'a'));
  await world.run(job.sync());
  await world.run(x.get([1]));
  await world.time.pass(20);
  for (let i = 0; i < 2000; i++) {
    expect(x.get([1])).toBe('a');
    if (i % 300 === 299) await world.time.pass(10);
  }
});
