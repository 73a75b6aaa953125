import { expect, test } from '@jest/globals';
import { fetch, RawAppServer } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

const long = (character: string): string => character.repeat(200_000);

test('R13: a long value that was replaced before it was asked for: the block is read again', async () => {
  const world = new World();
  const s = world.dataServer();
  const local = s.job().global('x');
  void local.set([1], long('a'));
  const A = world.appServer('A');
  const a = A.job().global('x');
  expect(await world.run(a.order(['']))).toBe(1);
  world.link(A).holdToApp(true);
  void local.set([1], long('b'));
  void local.set([2], long('c'));
  world.takeTranscript();
  const read = a.get([1]);
  await world.time.settle();
  world.link(A).holdToApp(false);
  expect((await world.run(read)) === long('b')).toBe(true);
  const said = world.takeTranscript();
  expect(said.filter(isLine('longPart #2 <0 of 0 bytes>'))).toHaveLength(1);
});

test('R13: a long value replaced between two of its pieces is never a mixture', async () => {
  const world = new World();
  const s = world.dataServer();
  const local = s.job().global('x');
  void local.set([1], long('a'));
  const a = world.appServer('A').job().global('x');
  const { onMessage } = world.net;
  let isReplaced = false;
  world.net.onMessage = (direction, bytes, link) => {
    onMessage?.(direction, bytes, link);
    if (isReplaced || direction !== 'toApp' || bytes.length < 60_000) return;
    isReplaced = true;
    void local.set([1], long('b'));
  };
  expect((await world.run(a.get([1]))) === long('b')).toBe(true);
});

test('R13: ids of long values are never used again, a restart included', async () => {
  const world = new World();
  const s = world.dataServer();
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) {
    void s.job().global('x').set([1], long('a'));
    const peer = await RawAppServer.welcomed(world, { name: `app${i}` });
    await peer.requests(1, [fetch('^x(1)')]);
    ids.push(/long \d+/.exec(peer.heard.find(isLine('block')) ?? '')![0]);
    void s.job().global('x').kill([1]);
    await world.time.pass(20);
    if (i % 2 === 0) {
      s.crash(() => 0);
      s.start();
    }
  }
  expect(new Set(ids).size).toBe(ids.length);
});

test('R13: an own long value is not taken into the copy: its id is known at S only', async () => {
  const world = new World();
  world.dataServer();
  const job = world.appServer('A').job();
  const a = job.global('x');
  await world.run(a.get([1]));
  await world.run(a.set([1], long('a')));
  expect((await world.run(a.get([1]))) === long('a')).toBe(true);
  await world.run(job.sync());
  expect((await world.run(a.get([1]))) === long('a')).toBe(true);
  expect((await world.run(a.get([1])))?.length).toBe(200_000);
});

test('R13: S reads a long value once for all of its pieces', async () => {
  const world = new World();
  const s = world.dataServer();
  void s.job().global('x').set([1], long('a'));
  const store = s.instance.engine.database(2);
  const readLong = store.readLong.bind(store);
  let reads = 0;
  store.readLong = (id) => {
    reads++;
    return readLong(id);
  };
  const a = world.appServer('A').job().global('x');
  expect((await world.run(a.get([1]))) === long('a')).toBe(true);
  expect(reads).toBe(1);
});
