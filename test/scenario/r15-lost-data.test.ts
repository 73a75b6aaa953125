import { expect, test } from '@jest/globals';
import { MemoryBackup, restored } from '../../server/storage/testing/memory-backup.ts';
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

/** No transaction is open in these scenarios. */
const neverOpen = (): never => {
  throw new Error('nothing is open to be rolled back');
};

test('R15: after a restore an app server of before is told that data was lost, though none of its own is', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const B = world.appServer('B');
  const [a, b] = [A.job(), B.job()];
  await world.run(a.global('x').set([1], 'kept'));
  await world.run(a.flush());
  await world.run(b.global('x').get([1]));
  const backup = await world.run(new MemoryBackup(s.journal).of(s.instance.engine));
  for (const [name, store] of s.stores) if (name !== 'TEMP') backup.took(name, store);
  await world.run(b.global('x').set([1], 'lost'));
  await world.run(b.flush());
  expect(await world.run(a.global('x').get([1]))).toBe('lost');
  s.crash();
  await world.time.pass(10);
  const asked = [a, b].map((job) => job.global('y').increment([2]));
  const disks = await restored(backup, { rollback: neverOpen });
  s.replaceDisks(disks.journal, disks.stores);
  s.start();
  for (const pending of asked)
    await expect(world.run(pending)).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('restored to an earlier state') as unknown,
    });
  expect(s.log.lines.filter(isLine('error: acknowledged changes are missing'))).toHaveLength(2);
  // With the next request they begin anew: nothing of their caches is left, and their epochs are new.
  expect(await world.run(A.job().global('x').get([1]))).toBe('kept');
  expect(await world.run(B.job().global('x').get([1]))).toBe('kept');
  const epochs = [...s.instance.engine.sessions.values()].map(({ epoch }) => epoch);
  expect(Math.min(...epochs)).toBeGreaterThanOrEqual(s.instance.engine.lostBelow);
  // Nor is what is new ever taken for old.
  s.crash(() => 0);
  s.start();
  expect(await world.run(A.job().global('x').get([1]))).toBe('kept');
});
