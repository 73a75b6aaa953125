import { expect, test } from '@jest/globals';
import { WINDOW_BYTES_MAX, WINDOW_REQUESTS_MAX } from '../../server/base/limits.ts';
import { RawAppServer, RawDataServer, set } from '../support/raw-peers.ts';
import { utf8 } from '../../server/base/bytes.ts';
import { parseKey } from '../../server/globals/reference.ts';
import { isLine, World } from '../support/world.ts';

test('R10: S syncs at the latest 10 ms after a change, without being asked', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world);
  const before = s.journal.syncs;
  peer.send(1, [set('^x(1)', 'a')]);
  await world.time.pass(9);
  expect(s.journal.syncs).toBe(before);
  await world.time.pass(1);
  expect(s.journal.syncs).toBe(before + 1);
  expect(peer.heard.at(-1)).toBe('durable to #1');
});

test('R10: half a window of changes is synced at once', async () => {
  const world = new World();
  const s = world.dataServer();
  const x = world.appServer('A').job().global('x');
  await world.run(x.get([0]));
  await world.time.pass(50);
  const before = s.journal.syncs;
  const value = 'v'.repeat(2000);
  for (let i = 0; i * value.length < WINDOW_BYTES_MAX / 2 + 100_000; i++) void x.set([i], value);
  await world.time.settle();
  expect(s.journal.syncs).toBeGreaterThan(before);
});

test('R10: a flush syncs at once', async () => {
  const world = new World();
  world.dataServer();
  const job = world.appServer('A').job();
  await world.run(job.global('x').get([1]));
  await world.time.pass(50);
  const from = world.time.nowMs;
  void job.global('x').set([1], 'a');
  await world.run(job.flush());
  expect(world.time.nowMs - from).toBeLessThan(10);
});

test('R10: what waits for durability in one frame shares a sync', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world);
  await world.time.pass(50);
  const before = s.journal.syncs;
  const one = { kind: 'increment', database: 2, key: parseKey('^x(1)'), by: utf8('1') } as const;
  peer.send(
    1,
    Array.from({ length: 10 }, () => ({ kind: 'change', change: one })),
  );
  await world.time.settle();
  expect(s.journal.syncs).toBe(before + 1);
  expect(peer.heard.at(-1)).toBe('durable to #10');
});

test('R10: at most a window of bytes is under way; the next change waits until the first are durable', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const job = world.appServer('A').job();
  const x = job.global('x');
  void x.set([0], 'connects');
  await world.time.settle();
  const value = 'v'.repeat(30_000);
  let waiting: unknown;
  let sent = 0;
  while (waiting === undefined) waiting = x.set([++sent], value);
  expect(sent * value.length).toBeLessThanOrEqual(WINDOW_BYTES_MAX + 30_000);
  await world.time.settle();
  const received = S.requests.length;
  expect(received * value.length).toBeLessThanOrEqual(WINDOW_BYTES_MAX);
  // Applied is not enough: the bytes count until they are durable.
  await S.say({ kind: 'applied', sequence: received });
  expect(S.requests).toHaveLength(received);
  await S.say({ kind: 'durable', sequence: received });
  await world.run(waiting as Promise<void>);
  expect(S.requests.length).toBeGreaterThan(received);
});

test('R10: what waits for the window is bounded too: <RESOURCE>', () => {
  const world = new World();
  new RawDataServer(world).welcomes = false;
  const x = world.appServer('A').job().global('x');
  const refusals: unknown[] = [];
  for (let i = 0; i <= WINDOW_REQUESTS_MAX; i++) {
    try {
      void x.set([1], 'v');
    } catch (error) {
      refusals.push(error);
    }
  }
  expect(refusals).toEqual([expect.objectContaining({ code: 'RESOURCE', retry: 'same' })]);
});

test('R10: expected replies count: reads of long values do not exceed the window', async () => {
  const world = new World();
  const s = world.dataServer();
  const long = 'x'.repeat(3_600_000);
  for (let i = 0; i < 8; i++) void s.job().global('x').set([i], long);
  await world.time.pass(20);
  const A = world.appServer('A');
  const reads = Array.from({ length: 8 }, (_, i) => A.job().global('x').get([i]));
  let queuedBytesMax = 0;
  const watch = (): void => {
    const [connection] = s.instance.dataServer.connections();
    queuedBytesMax = Math.max(queuedBytesMax, connection?.queuedBytes ?? 0);
  };
  world.net.onMessage = watch;
  for (const read of reads) expect((await world.run(read))?.length).toBe(long.length);
  expect(queuedBytesMax).toBeLessThan(WINDOW_BYTES_MAX);
}, 30_000);

test('R10: an app server goes on reading while its own changes wait', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  await world.run(x.set([1], 'a'));
  await world.run(job.sync());
  await world.run(x.get([1]));
  const held: (() => void)[] = [];
  s.journal.defer = (complete) => held.push(complete);
  await world.time.pass(20);
  const value = 'v'.repeat(30_000);
  let waiting: unknown;
  for (let i = 2; waiting === undefined; i++) waiting = x.set([i], value);
  await world.time.settle();
  world.takeTranscript();
  void s.job().global('y').set([1], 'b');
  await world.time.settle();
  expect(world.takeTranscript().filter(isLine('S → A'))).not.toEqual([]);
  s.journal.defer = (complete) => complete();
  for (const complete of held.splice(0)) complete();
  await world.run(waiting as Promise<void>);
});
