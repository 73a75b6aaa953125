import { expect, test } from '@jest/globals';
import { RawAppServer, set } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

const FIRST = { name: 'pod-0', incarnation: '1'.repeat(32) };
const SECOND = { name: 'pod-0', incarnation: '2'.repeat(32) };

test('R11: a process that restarted under its name gets a session at once: the old stream is dead', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  A.crash();
  await world.time.pass(100);
  A.start();
  const from = world.time.nowMs;
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
  expect(world.time.nowMs - from).toBeLessThan(2000);
});

test('R11: while a process lives, another one of its name is refused and the first is unaffected', async () => {
  const world = new World();
  world.dataServer();
  const first = await RawAppServer.welcomed(world, FIRST);
  const second = new RawAppServer(world);
  expect(await second.hello(SECOND)).toEqual(['refused NAME_IN_USE']);
  expect(second.isClosed).toBe(true);
  expect(await first.requests(1, [set('^x(1)', 'a')])).toEqual(['applied #1', 'durable to #1']);
});

test('R11: a new process takes over from one that fell silent; the superseded one does not come back by itself', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A', { heartbeat: { intervalSeconds: 60, nonResponsiveSeconds: 600 } });
  await world.run(A.job().global('x').set([1], 'a'));
  await world.time.pass(11_000);
  const successor = new RawAppServer(world);
  expect(await successor.hello({ name: 'A', incarnation: '2'.repeat(32) })).toEqual(['welcome']);
  expect(A.instance.appServer.status()[0]?.state).toBe('disabled');
  expect(s.instance.dataServer.connections()).toHaveLength(1);
  await world.time.pass(120_000);
  expect(A.instance.appServer.status()[0]?.state).toBe('disabled');
  expect(world.net.dials.filter((to) => to === 'S:1972')).toHaveLength(2);
});

test('R11: epochs come from one durable counter: none is given twice, crashes included', async () => {
  const world = new World();
  const s = world.dataServer();
  const epochs = new Set<number>();
  for (let i = 0; i < 5; i++) {
    const peer = await RawAppServer.welcomed(world, { name: `app${i}` });
    epochs.add(peer.welcome.epoch);
    peer.close();
    s.crash(() => 0);
    s.start();
  }
  expect(epochs.size).toBe(5);
});

test('R11: the same process with an unknown epoch begins anew once its stream is dead, and the old session ends', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world, FIRST);
  const { session, epoch } = peer.welcome;
  const early = new RawAppServer(world);
  expect(await early.hello({ ...FIRST, session, epoch: epoch + 7 })).toEqual([
    'refused NAME_IN_USE',
  ]);
  await world.time.pass(11_000);
  const again = new RawAppServer(world);
  expect(await again.hello({ ...FIRST, session, epoch: epoch + 7 })).toEqual(['welcome']);
  expect(again.welcome.resumed).toBe(false);
  expect(again.welcome.epoch).toBeGreaterThan(epoch);
  expect(peer.heard.at(-1)).toBe('refused SUPERSEDED');
  expect(s.instance.dataServer.connections()).toHaveLength(1);
});

test('R11: a session of another data server is not taken for one of ours, whatever its numbers', async () => {
  const world = new World();
  world.dataServer();
  const first = await RawAppServer.welcomed(world, FIRST);
  const { session, epoch, serverUuid } = first.welcome;
  const resumed = new RawAppServer(world);
  await resumed.hello({ ...FIRST, session, epoch, serverUuid });
  expect(resumed.welcome.resumed).toBe(true);
  const strange = new RawAppServer(world);
  await strange.hello({ ...FIRST, session, epoch, serverUuid: 'f'.repeat(32) });
  expect(
    strange.messages.some((message) => message.kind === 'welcome' && message.welcome.resumed),
  ).toBe(false);
});
