import { expect, test } from '@jest/globals';
import { fetch, RawAppServer, set } from '../support/raw-peers.ts';
import { World, type Host } from '../support/world.ts';

function breakDisk(s: Host): void {
  s.journal.fault = (operation) => {
    if (operation !== 'remove') throw new Error('EIO: the disk is broken');
  };
}

test('A.2.5: when S freezes, every session hears it and is over; a change is not answered', async () => {
  const world = new World();
  const s = world.dataServer();
  const writer = await RawAppServer.welcomed(world, { name: 'writer' }, '10.9.9.7');
  const reader = await RawAppServer.welcomed(world, { name: 'reader' }, '10.9.9.8');
  breakDisk(s);
  const heard = await writer.requests(1, [set('^x(1)', 'in doubt')]);
  expect(heard).toEqual(['applied #1', 'refused FROZEN']);
  expect(reader.heard.at(-1)).toBe('refused FROZEN');
  expect([writer.isClosed, reader.isClosed]).toEqual([true, true]);
  expect(writer.messages.at(-1)).toMatchObject({
    refused: { retryable: true, message: expect.stringContaining('EIO') },
  });
  expect(s.instance.dataServer.connections()).toEqual([]);
});

test('A.2.5: a change that reaches a frozen S is not answered, least of all as failed', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world);
  breakDisk(s);
  void s.job().global('x').set([1], 'freezes');
  s.instance.engine.requestSync();
  peer.send(1, [set('^x(2)', 'too late')]);
  await world.time.settle();
  expect(peer.heard.at(-1)).toBe('refused FROZEN');
  expect(peer.heard.filter((line) => line.startsWith('failed'))).toEqual([]);
});

test('A.2.5: a handshake is refused while S is frozen, and welcome after the next start', async () => {
  const world = new World();
  const s = world.dataServer();
  breakDisk(s);
  const first = new RawAppServer(world);
  // Its session's record is what freezes the journal.
  expect(await first.hello()).toEqual(['refused FROZEN']);
  expect(await new RawAppServer(world).hello()).toEqual(['refused FROZEN']);
  s.crash(() => 0);
  s.journal.fault = () => undefined;
  s.start();
  expect(await new RawAppServer(world).hello()).toContain('welcome');
});

test('A.2.5: frames that waited for the disk are not kept when it fails', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world);
  const held: (() => void)[] = [];
  s.journal.defer = (complete) => held.push(complete);
  for (let i = 0; !s.instance.engine.isOverloaded; i++)
    void s.job().global('x').set([i], 'y'.repeat(1_000_000));
  expect(await peer.requests(1, [fetch('^x(1)')])).toEqual([]);
  breakDisk(s);
  for (const complete of held.splice(0)) complete();
  await world.time.settle();
  expect(s.instance.engine.isOverloaded).toBe(false);
  expect(peer.heard.at(-1)).toBe('refused FROZEN');
});
