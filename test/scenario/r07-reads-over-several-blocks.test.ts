import { expect, test } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import { block, invalidate, key, RawDataServer } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

test('R7: $ORDER over two blocks checks the first again when it was invalidated meanwhile', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const x = world.appServer('A').job().global('x');
  const next = x.order(['']);
  await world.time.settle();
  await S.say(block(1, { high: '^x(10)' }, {}));
  // The first block holds nothing of ^x: the second is asked for. Meanwhile B sets ^x(5), then ^x(15).
  expect(S.last('fetch')).toBe(2);
  await S.say(invalidate(undefined, '^x(10)'));
  await S.say(block(2, { low: '^x(10)' }, { '^x(15)': 'g' }));
  expect(S.last('fetch')).toBe(3);
  await S.say(block(3, { high: '^x(10)' }, { '^x(5)': 'e' }));
  expect(await world.run(next)).toBe(5);
});

test('R7: [block][invalidate] in one frame: the waiter is served between the two', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const x = world.appServer('A').job().global('x');
  const read = x.get([1]);
  await world.time.settle();
  await S.say(block(1, {}, { '^x(1)': 'seen' }), invalidate());
  expect(await world.run(read)).toBe('seen');
  expect(S.count('fetch')).toBe(1);
  // It was invalidated all the same: the next read asks again.
  void x.get([1]);
  await world.time.settle();
  expect(S.count('fetch')).toBe(2);
});

test('R7: a read that loses its race again and again is answered by S itself', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const x = world.appServer('A').job().global('x');
  const next = x.order(['']);
  await world.time.settle();
  for (let round = 0; S.count('scan') === 0; round++) {
    expect(round).toBeLessThan(6);
    const { sequence, request } = S.requests.at(-1)!;
    if (request.kind !== 'fetch') throw new Error(request.kind);
    const isFirst = Buffer.compare(request.key, key('^x(10)')) < 0;
    if (isFirst) await S.say(invalidate('^x(10)'), block(sequence, { high: '^x(10)' }, {}));
    else
      await S.say(
        invalidate(undefined, '^x(10)'),
        block(sequence, { low: '^x(10)' }, { '^x(15)': 'g' }),
      );
  }
  await S.say({
    kind: 'scanned',
    sequence: S.last('scan'),
    nodes: [{ key: key('^x(7)'), value: utf8('e'), long: undefined }],
  });
  expect(await world.run(next)).toBe(7);
});

test('R7: several readers of one block ask for it in one frame, and one block answers them all', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  const jobs = [A.job(), A.job(), A.job()];
  world.takeTranscript();
  const reads = jobs.map((job) => Promise.resolve(job.global('x').get([1])));
  expect(await world.run(Promise.all(reads))).toEqual(['a', 'a', 'a']);
  const blocks = world.takeTranscript().filter((line) => line.startsWith('S → A: block'));
  expect(blocks).toHaveLength(1);
});
