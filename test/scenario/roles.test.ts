import { expect, test } from '@jest/globals';
import { key, RawAppServer } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

/** M is app server of S and data server for A. */
function both() {
  const world = new World();
  const s = world.dataServer();
  const M = world.host('M', {
    databases: [{ name: 'OWN' }],
    dataServers: [{ name: 'BANK', host: 'S' }],
    remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
    namespaces: [
      { name: 'USER', defaultDatabase: 'OWN' },
      { name: 'BANK', defaultDatabase: 'ACCOUNTS' },
    ],
    ecp: { maxAppServers: 4, incomingPolicy: 'Any' },
  });
  return { world, s, M };
}

test('F-E1: an instance in both roles serves its own data and uses another’s', async () => {
  const { world, s, M } = both();
  const A = world.appServer('A', {
    dataServers: [{ name: 'MID', host: 'M' }],
    remoteDatabases: [{ name: 'OWN', dataServer: 'MID', database: 'OWN' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'OWN' }],
  });
  await world.run(A.job().global('x').set([1], 'from A'));
  await world.run(M.job('BANK').global('y').set([1], 'from M'));
  await world.time.pass(20);
  expect(M.job().global('x').get([1])).toBe('from A');
  expect(s.job().global('y').get([1])).toBe('from M');
});

test('F-E1: remote data is not served: the catalogue does not name it, and asking for it is <DATABASE>', async () => {
  const { world, M } = both();
  await world.run(M.job('BANK').global('y').set([1], 'secret'));
  const peer = await RawAppServer.welcomed(world, {}, '10.9.9.9');
  expect(peer.welcome.catalogue.map(({ name }) => name)).toContain('ACCOUNTS');
  const middle = new RawAppServer(world, '10.9.9.8', 'M');
  await middle.hello({ name: 'other' });
  expect(middle.welcome.catalogue.map(({ name }) => name).sort()).toEqual(['OWN', 'SYS']);
  const A = world.appServer('A', {
    dataServers: [{ name: 'MID', host: 'M' }],
    remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'MID', database: 'ACCOUNTS' }],
  });
  await expect(world.run(A.job().global('y').get([1]))).rejects.toMatchObject({ code: 'DATABASE' });
});

test('F-E1: TEMP is not served: neither read nor changed from outside', async () => {
  const { world, s } = both();
  void s.instance.openJob('USER');
  const peer = await RawAppServer.welcomed(world);
  const temp = s.instance.engine.databases.find(({ name }) => name === 'TEMP')!.number;
  expect(peer.welcome.catalogue.map(({ number }) => number)).not.toContain(temp);
  const answers = await peer.requests(1, [
    { kind: 'fetch', database: temp, key: key('^x'), ahead: 0, reverse: false },
    { kind: 'scan', database: temp, from: key('^x'), to: undefined, reverse: false, limit: 1 },
    { kind: 'long', database: temp, id: 1, offset: 0 },
    { kind: 'merge', database: 2, key: key('^x'), fromDatabase: temp, fromKey: key('^x') },
    { kind: 'change', change: { kind: 'kill', database: temp, key: key('^x') } },
    { kind: 'sync' },
  ]);
  expect(answers.filter((line) => !line.startsWith('durable'))).toEqual([
    'failed #1 <DATABASE>',
    'failed #2 <DATABASE>',
    'failed #3 <DATABASE>',
    'failed #4 <DATABASE>',
    'failed #5 <DATABASE>',
    'synced #6',
  ]);
});
