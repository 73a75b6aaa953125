import { expect, test } from '@jest/globals';
import { RawAppServer, set } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

test('R15: a server whose recovered sequence is below what it acknowledged durable refuses the session, loudly', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world, { name: 'A' });
  await peer.requests(1, [set('^x(1)', 'a')]);
  const { session, epoch } = peer.welcome;
  peer.close();
  const again = new RawAppServer(world);
  expect(await again.hello({ name: 'A', session, epoch, durable: 2 })).toEqual([
    'refused DATA_LOST',
  ]);
  expect(s.log.lines.filter(isLine('error: acknowledged changes are missing'))).toHaveLength(1);
});

test('R15: the app server tells its jobs that data was lost, and begins anew with the next request', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  await world.run(x.set([1], 'a'));
  await world.run(job.flush());
  // A backup from before the last changes is restored: as far as the session goes.
  const older = s.instance.engine.sessions.values().next().value!;
  older.lastApplied = 0;
  const pending = job.global('x').get([2]);
  world.link(A).cut();
  await expect(world.run(pending)).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('acknowledged as durable') as unknown,
  });
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
});

test('R15: a session whose mark lies in a purged journal segment is still remembered', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  await world.run(job.global('x').set([1], 'a'));
  await world.run(job.flush());
  for (let i = 0; i < 3; i++) {
    s.instance.engine.checkpoint();
    await world.time.pass(100);
    s.crash(() => 0);
    s.start();
    await world.time.pass(10_000);
  }
  expect(world.takeTranscript().filter(isLine('welcome back'))).toHaveLength(3);
  expect(await world.run(job.global('x').get([1]))).toBe('a');
});
