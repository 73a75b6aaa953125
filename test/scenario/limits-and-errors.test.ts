import { expect, test } from '@jest/globals';
import { EcpError } from '../../server/base/errors.ts';
import { RawAppServer } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

test('F-E5: maxAppServers and the service switch change while the instance runs', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { maxAppServers: 1, incomingPolicy: 'Any' } });
  const first = await RawAppServer.welcomed(world, { name: 'first' });
  expect(await new RawAppServer(world).hello({ name: 'second' })).toEqual(['refused CAPACITY']);
  s.reconfigure({ ecp: { maxAppServers: 2, incomingPolicy: 'Any' } });
  expect(await new RawAppServer(world).hello({ name: 'second' })).toEqual(['welcome']);
  expect(first.isClosed).toBe(false);
  s.reconfigure({ ecp: { enabled: false, maxAppServers: 2, incomingPolicy: 'Any' } });
  await world.time.settle();
  expect(first.heard.at(-1)).toBe('refused SERVICE_DISABLED');
  expect(await new RawAppServer(world).hello({ name: 'third' })).toEqual([
    'refused SERVICE_DISABLED',
  ]);
  expect(s.instance.dataServer.connections()).toEqual([]);
});

test('F-E5: a lowered maxAppServers keeps who is connected, through a cut too, and admits nobody beyond it', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { maxAppServers: 3, incomingPolicy: 'Any' } });
  const names = ['A', 'B'];
  const apps = names.map((name) => world.appServer(name));
  for (const app of apps) await world.run(app.job().global('x').set([1], 'a'));
  s.reconfigure({ ecp: { maxAppServers: 1, incomingPolicy: 'Any' } });
  for (const app of apps) world.link(app).cut();
  await world.time.pass(100);
  for (const app of apps) expect(await world.run(app.job().global('x').get([1]))).toBe('a');
  expect(s.instance.dataServer.connections().map(({ name }) => name)).toEqual(names);
  expect(await new RawAppServer(world).hello({ name: 'C' })).toEqual(['refused CAPACITY']);
  // One that leaves is not replaced either.
  await apps[0]!.stop();
  expect(await new RawAppServer(world).hello({ name: 'C' })).toEqual(['refused CAPACITY']);
});

test('F-E5: the service switched off ends every session, those in Trouble too; jobs go on when it is on again', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { maxAppServers: 3, incomingPolicy: 'Any' } });
  const x = world.appServer('A').job().global('x');
  await world.run(x.set([1], 'a'));
  (await RawAppServer.welcomed(world, { name: 'cut' })).close();
  await world.time.pass(20);
  s.reconfigure({ ecp: { enabled: false, maxAppServers: 3, incomingPolicy: 'Any' } });
  expect(s.instance.dataServer.connections()).toEqual([]);
  await world.time.settle();
  await expect(world.run(x.get([1]))).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('the ECP service is off') as unknown,
  });
  s.reconfigure({ ecp: { enabled: true, maxAppServers: 3, incomingPolicy: 'Any' } });
  expect(await world.run(x.get([1]))).toBe('a');
});

test('F-E5: S holds a session in Trouble for ServerTroubleDuration, as it is configured then', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { timeouts: { troubledSeconds: 100 } } });
  const names = (): string[] => s.instance.dataServer.connections().map(({ name }) => name);
  (await RawAppServer.welcomed(world, { name: 'one' })).close();
  await world.time.pass(99_000);
  expect(names()).toEqual(['one']);
  await world.time.pass(2000);
  expect(names()).toEqual([]);
  s.reconfigure({
    ecp: { maxAppServers: 4, incomingPolicy: 'Any', timeouts: { troubledSeconds: 20 } },
  });
  (await RawAppServer.welcomed(world, { name: 'two' })).close();
  await world.time.pass(21_000);
  expect(names()).toEqual([]);
});

test('F-E5: after a start, remembered sessions have the recovery window to come back', async () => {
  const world = new World();
  const s = world.dataServer();
  await RawAppServer.welcomed(world, { name: 'one' });
  s.crash();
  s.start();
  expect(s.instance.dataServer.connections()).toMatchObject([{ name: 'one', state: 'restart' }]);
  await world.time.pass(31_000);
  expect(s.instance.dataServer.connections()).toEqual([]);
  s.crash();
  s.start();
  expect(s.instance.dataServer.connections()).toEqual([]);
});

test('F-E5: a remote database that is added while connected works at once; one that is removed goes', async () => {
  const world = new World();
  world.dataServer('S', { databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }] });
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  const dataServers = [{ name: 'BANK', host: 'S' }];
  const accounts = { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' };
  A.reconfigure({
    dataServers,
    remoteDatabases: [accounts, { name: 'EXTRA', dataServer: 'BANK', database: 'MORE' }],
    namespaces: [
      { name: 'USER', defaultDatabase: 'ACCOUNTS' },
      { name: 'EXTRA', defaultDatabase: 'EXTRA' },
    ],
  });
  await world.run(A.job('EXTRA').global('x').set([1], 'more'));
  expect(await world.run(A.job('EXTRA').global('x').get([1]))).toBe('more');
  A.reconfigure({
    remoteDatabases: [accounts],
    namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
  });
  expect(() => A.job('EXTRA')).toThrow(/<NAMESPACE>/);
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
});

test('F-E7: a change refused at S is told late: the event, then the next operation throws, then all goes on', async () => {
  const world = new World();
  world.dataServer('S', {
    databases: [{ name: 'ACCOUNTS', access: 'ReadOnly' }, { name: 'OTHER' }],
  });
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  await expect(
    world.run(Promise.resolve(x.set([1], 'first')).then(() => job.sync())),
  ).rejects.toMatchObject({
    code: 'NETWORK DATA UPDATE FAILED',
    cause: { code: 'PROTECT' },
  });
  // The catalogue has said by now that it is read-only: refused at once.
  expect(() => x.set([1], 'b')).toThrow(/<PROTECT>/);
  expect(await world.run(x.get([1]))).toBeUndefined();
});

test('F-E7: an error of a change that nobody awaited reaches its own job only, by event and by exception', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  const other = A.job();
  await world.run(job.global('x').set([1], '1'));
  const events: Error[] = [];
  job.on('delayed-error', (error) => events.push(error));
  other.on('delayed-error', (error) => events.push(error));
  s.reconfigure({ databases: [{ name: 'ACCOUNTS' }] });
  const apply = s.instance.engine.apply.bind(s.instance.engine);
  s.instance.engine.apply = () => {
    throw new EcpError('FILEFULL', 'no room');
  };
  void job.global('x').set([2], '2');
  await world.time.pass(20);
  s.instance.engine.apply = apply;
  expect(events).toMatchObject([
    { code: 'NETWORK DATA UPDATE FAILED', cause: { code: 'FILEFULL' } },
  ]);
  expect(await world.run(other.global('x').get([1]))).toBe('1');
  expect(() => job.global('x').get([1])).toThrow(/NETWORK DATA UPDATE FAILED/);
  expect(await world.run(job.global('x').get([1]))).toBe('1');
  // Its effect is gone from the overlay, too.
  expect(await world.run(job.global('x').get([2]))).toBeUndefined();
});

test('F-E7: an $INCREMENT that S refuses rejects its own promise, and only that', async () => {
  const world = new World();
  world.dataServer();
  const job = world.appServer('A').job();
  const x = job.global('x');
  await world.run(x.set(['n'], '9'.repeat(18) + 'E120'));
  await expect(world.run(x.increment(['n'], '9'.repeat(18) + 'E126'))).rejects.toMatchObject({
    code: 'MAXNUMBER',
  });
  expect(await world.run(x.get(['absent']))).toBeUndefined();
  world.takeTranscript();
  expect(await world.run(x.increment(['m']))).toBe('1');
  expect(world.takeTranscript().filter(isLine('failed'))).toEqual([]);
});
