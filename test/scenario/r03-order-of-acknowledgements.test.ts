import { expect, test } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import { block, invalidate, RawDataServer } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

/** S, whose disk completes a sync only when it is told. */
function withHeldSyncs(world: World) {
  const s = world.dataServer();
  const held: (() => void)[] = [];
  return {
    s,
    hold: () => (s.journal.defer = (complete) => held.push(complete)),
    release: async () => {
      s.journal.defer = (complete) => complete();
      for (const complete of held.splice(0)) complete();
      await world.time.pass(20);
    },
  };
}

test('R3: $INCREMENT is answered where it was applied; only the job waits for durability', async () => {
  const world = new World();
  const disk = withHeldSyncs(world);
  const A = world.appServer('A');
  const B = world.appServer('B');
  const a = A.job();
  const b = B.job();
  await world.run(a.global('x').set([1], '4'));
  await world.run(a.global('x').get([1]));
  await world.run(b.global('x').get([1]));
  await world.time.pass(20);
  world.takeTranscript();
  disk.hold();
  let incremented: string | undefined;
  void Promise.resolve(a.global('x').increment([1])).then((value) => (incremented = value));
  await world.time.settle();
  void b.global('x').set([1], '9');
  await world.time.settle();
  expect(await world.run(a.global('x').get([1]))).toBe('9');
  expect(incremented).toBeUndefined();
  await disk.release();
  expect(incremented).toBe('5');
  expect(await world.run(a.global('x').get([1]))).toBe('9');
  expect(world.takeTranscript().filter(isLine('A'))).toEqual([
    'A → S: #3 increment ^x(1) by 1',
    'S → A: incremented #3 to 5',
    'S → A: invalidate [, )',
    'A → S: #4 fetch ^x(1)',
    'S → A: block #4 [, ) ^x(1)=9',
    'S → A: durable to #3',
  ]);
});

test('R3: an own change’s acknowledgement comes before the block that others changed after it', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const B = world.appServer('B');
  const a = A.job().global('x');
  const b = B.job().global('x');
  await world.run(a.get([1]));
  await world.run(b.get([1]));
  world.takeTranscript();
  void a.set([1], '1');
  await world.time.settle();
  void b.set([1], '2');
  await world.time.settle();
  expect(await world.run(a.get([1]))).toBe('2');
  const heard = world.takeTranscript().filter(isLine('S → A'));
  expect(heard.slice(0, 3)).toEqual([
    'S → A: applied #2',
    'S → A: invalidate [, )',
    expect.stringContaining('block #3 [, ) ^x(1)=2'),
  ]);
});

test('R3: the app server takes an acknowledgement at its place: a newer block is not overwritten', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const A = world.appServer('A');
  const x = A.job().global('x');
  const first = x.get([1]);
  await world.time.settle();
  await S.say(block(1, {}, { '^x(1)': 'old' }));
  expect(await first).toBe('old');
  void x.set([1], 'mine');
  expect(await world.run(x.get([1]))).toBe('mine');
  await world.time.settle();
  await S.say({ kind: 'applied', sequence: 2 }, invalidate(), { kind: 'durable', sequence: 2 });
  const second = x.get([1]);
  await world.time.settle();
  await S.say(block(3, {}, { '^x(1)': 'theirs' }));
  expect(await second).toBe('theirs');
  expect(x.get([1])).toBe('theirs');
});

test('R3: durability that is late does not touch the cache', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const x = world.appServer('A').job().global('x');
  const sum = x.increment([1]);
  await world.time.settle();
  await S.say({ kind: 'incremented', sequence: 1, value: utf8('5') });
  const read = x.get([1]);
  await world.time.settle();
  await S.say(block(2, {}, { '^x(1)': '9' }));
  expect(await read).toBe('9');
  await S.say({ kind: 'durable', sequence: 1 });
  expect(await sum).toBe('5');
  expect(x.get([1])).toBe('9');
});
