import { expect, test } from '@jest/globals';
import { isLine, World } from '../support/world.ts';

const NETWORK = expect.objectContaining({ code: 'NETWORK' }) as unknown as Error;

test('R5: after the app server gave up, a job with a change under way gets <NETWORK> once; nothing of it enters the new epoch', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A', { timeouts: { recoverySeconds: 60 } });
  const job = A.job();
  const other = A.job();
  const x = job.global('x');
  await world.run(x.set([1], 'kept'));
  await world.run(job.flush());
  world.link(A).holdToServer(true);
  void x.set([2], 'lost');
  await world.time.settle();
  world.link(A).cut();
  world.net.unlisten('S:1972');
  await world.time.pass(61_000);
  expect(A.instance.appServer.status()[0]?.state).toBe('notConnected');
  world.net.listen('S:1972', (channel) => s.instance.dataServer.accept(channel));
  world.takeTranscript();
  // Another job of the same app server had nothing under way: it goes on.
  expect(await world.run(other.global('x').get([1]))).toBe('kept');
  expect(() => x.set([3], 'refused')).toThrow(NETWORK);
  await world.run(x.set([4], 'new'));
  await world.run(job.flush());
  expect(s.job().global('x').get([2])).toBeUndefined();
  expect(s.job().global('x').get([3])).toBeUndefined();
  expect(s.job().global('x').get([4])).toBe('new');
  expect(world.takeTranscript().filter(isLine('again'))).toEqual([]);
});

test('R5: after S gave the session up, what the app server kept is void: overlay, cache and changes', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { timeouts: { troubledSeconds: 60 } } });
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  await world.run(x.set([1], 'a'));
  await world.run(job.flush());
  expect(await world.run(x.get([1]))).toBe('a');
  world.link(A).holdToServer(true);
  void x.set([1], 'mine');
  expect(await world.run(x.get([1]))).toBe('mine');
  world.link(A).cut();
  world.net.unlisten('S:1972');
  await world.time.pass(61_000);
  expect(s.instance.dataServer.connections()).toEqual([]);
  // Meanwhile somebody else changes it: A's old SET must not come on top.
  void s.job().global('x').set([1], 'theirs');
  world.net.listen('S:1972', (channel) => s.instance.dataServer.accept(channel));
  await world.time.pass(10_000);
  expect(() => x.get([1])).toThrow(NETWORK);
  expect(await world.run(x.get([1]))).toBe('theirs');
  expect(s.job().global('x').get([1])).toBe('theirs');
});

test('R5: a change whose promise was awaited while it waited for a connection is not silent when the session ends later', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A', { timeouts: { recoverySeconds: 60 } });
  const job = A.job();
  const x = job.global('x');
  // The first change waits for the connection; awaiting it says "sent".
  const sent = x.set([1], 'a');
  expect(sent).toBeInstanceOf(Promise);
  let isSent = false;
  void Promise.resolve(sent).then(() => {
    isSent = true;
    world.link(A).holdToServer(true);
  });
  await world.time.pass(50);
  expect(isSent).toBe(true);
  world.link(A).cut();
  world.net.unlisten('S:1972');
  await world.time.pass(61_000);
  expect(() => x.get([1])).toThrow(NETWORK);
});
