import { expect, test } from '@jest/globals';
import { fetch, RawAppServer, set } from '../support/raw-peers.ts';
import { POWER_CUT, World } from '../support/world.ts';

test('R9: nothing is acknowledged durable before the journal is', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world);
  const held: (() => void)[] = [];
  s.journal.defer = (complete) => held.push(complete);
  expect(await peer.requests(1, [set('^x(1)', 'a')])).toEqual(['applied #1']);
  await world.time.pass(1000);
  expect(peer.heard.filter((line) => line.startsWith('durable'))).toEqual([]);
  for (const complete of held.splice(0)) complete();
  await world.time.pass(20);
  expect(peer.heard.at(-1)).toBe('durable to #1');
});

test('R9: what was acknowledged durable survives a power cut of S, and the session with it', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world, { name: 'A' });
  await peer.requests(1, [set('^x(1)', 'a'), set('^x(2)', 'b')]);
  expect(peer.heard.at(-1)).toBe('durable to #2');
  const { session, epoch } = peer.welcome;
  s.crash(POWER_CUT);
  s.start();
  const again = new RawAppServer(world);
  const heard = await again.hello({ name: 'A', session, epoch, durable: 2 });
  expect(heard).toEqual(['welcome back, applied #2', 'durable to #2']);
  expect(await again.requests(1, [fetch('^x(1)')], { replay: true })).toEqual([
    expect.stringContaining('^x(1)=a ^x(2)=b'),
  ]);
});

test('R9: a change and the mark that it was applied are one record: a crash between them repeats no increment', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  expect(await world.run(x.increment([1]))).toBe('1');
  for (let i = 2; i <= 6; i++) {
    const sum = x.increment([1]);
    await world.time.settle();
    // Its reply may be on the way, or the change itself: either way it counts once.
    s.crash(i % 2 === 0 ? POWER_CUT : undefined);
    s.start();
    expect(await world.run(sum)).toBe(String(i));
  }
  expect(s.job().global('x').get([1])).toBe('6');
});
