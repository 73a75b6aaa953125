import { expect, test } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import { key, RawAppServer, set } from '../support/raw-peers.ts';
import { POWER_CUT, World } from '../support/world.ts';

const UNJOURNALED = { databases: [{ name: 'ACCOUNTS', journaling: 'Disabled' as const }] };

test('R15: after a crash the session goes on, though an unjournaled database lost its changes', async () => {
  const world = new World();
  const s = world.dataServer('S', UNJOURNALED);
  const job = world.appServer('A').job();
  const x = job.global('x');
  await world.run(x.set([1], 'lost without notice'));
  await world.run(job.flush());
  s.crash(POWER_CUT);
  s.start();
  await world.run(x.set([2], 'kept'));
  await world.run(job.flush());
  expect(s.instance.dataServer.connections()).toMatchObject([{ name: 'A', epoch: 1 }]);
  expect(await world.run(x.get([1]))).toBeUndefined();
  expect(await world.run(x.get([2]))).toBe('kept');
});

test('R6: an increment of an unjournaled database that was acknowledged is not made again after a crash', async () => {
  const world = new World();
  const s = world.dataServer('S', UNJOURNALED);
  const peer = await RawAppServer.welcomed(world);
  const { session, epoch } = peer.welcome;
  const increment = {
    kind: 'change',
    change: { kind: 'increment', database: 2, key: key('^n'), by: utf8('5') },
  } as const;
  const said = await peer.requests(1, [set('^x', 'one'), increment]);
  expect(said).toContain('incremented #2 to 5');
  expect(said.at(-1)).toBe('durable to #2');
  s.crash(POWER_CUT);
  s.start();
  const again = await RawAppServer.welcomed(world, { session, epoch, durable: 2 });
  expect(again.welcome).toMatchObject({ resumed: true, lastApplied: 2 });
  expect(await again.requests(2, [increment], { replay: true })).toContain('incremented #2 to 5');
});
