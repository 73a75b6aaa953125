import { expect, test } from '@jest/globals';
import type { Request } from '../../server/ecp/wire/frame.ts';
import { key, RawAppServer } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

test('R4: a MERGE done at S invalidates its originator too, before it is answered', async () => {
  const world = new World();
  const s = world.dataServer();
  const local = s.job().global('from');
  void local.set([1], 'one');
  void local.set([2, 'a'], 'two');
  const job = world.appServer('A').job();
  const to = job.global('to');
  expect(await world.run(to.get([1]))).toBeUndefined();
  world.takeTranscript();
  await world.run(to.merge([], job.global('from')));
  const heard = world.takeTranscript().filter(isLine('S → A'));
  expect(heard.slice(0, 2)).toEqual(['S → A: invalidate [, )', 'S → A: merged #2']);
  expect(await world.run(to.get([1]))).toBe('one');
  expect(await world.run(to.get([2, 'a']))).toBe('two');
});

test('R4: reads where a MERGE is under way wait for its answer', async () => {
  const world = new World();
  const s = world.dataServer();
  void s.job().global('from').set([1], 'merged');
  const A = world.appServer('A');
  const job = A.job();
  const to = job.global('to');
  void to.set([1], 'before');
  void to.set([9], 'kept');
  expect(await world.run(to.get([1]))).toBe('before');
  await world.run(job.flush());
  world.link(A).holdToServer(true);
  const merged = to.merge([], job.global('from'));
  const read = to.get([1]);
  const next = to.order(['']);
  let isRead = false;
  void Promise.resolve(read).then(() => (isRead = true));
  await world.time.settle();
  expect(isRead).toBe(false);
  world.link(A).holdToServer(false);
  await world.run(merged);
  expect(await world.run(read)).toBe('merged');
  expect(await world.run(next)).toBe(1);
  expect(await world.run(to.get([9]))).toBe('kept');
});

test('R4: a MERGE of nothing changes nothing, is durable, and a reconnection after it goes on (R15)', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  await world.run(job.global('to').set([1], 'kept'));
  await world.run(job.global('to').merge([], job.global('nothing')));
  world.link(A).cut();
  await world.time.pass(100);
  expect(await world.run(job.global('to').get([1]))).toBe('kept');
  expect(A.instance.appServer.status()[0]?.state).toBe('normal');
  expect(world.takeTranscript().filter(isLine('refused'))).toEqual([]);
});

test('R4: S refuses a MERGE of a subtree with a part of itself', async () => {
  const world = new World();
  const s = world.dataServer();
  void s.job().global('x').set([1], 'one');
  const peer = await RawAppServer.welcomed(world);
  const merge = (to: string, from: string): Request => ({
    kind: 'merge',
    database: 2,
    key: key(to),
    fromDatabase: 2,
    fromKey: key(from),
  });
  const said = await peer.requests(1, [merge('^x(1)', '^x'), merge('^x', '^x(1)')]);
  expect(said.slice(0, 2)).toEqual(['failed #1 <SYNTAX>', 'failed #2 <SYNTAX>']);
  expect(await peer.requests(3, [merge('^x(2)', '^x(1)')])).toContain('merged #3');
});
