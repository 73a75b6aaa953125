import { expect, test } from '@jest/globals';
import { RawDataServer } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

const stateOf = (host: ReturnType<World['appServer']>): string | undefined =>
  host.instance.appServer.status()[0]?.state;
const NETWORK = { code: 'NETWORK' };

test('F-E3: the connection is made on first use and kept open', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  await world.time.pass(60_000);
  expect(world.net.dials).toEqual([]);
  expect(stateOf(A)).toBe('notConnected');
  await world.run(job.sync());
  expect(world.net.dials).toEqual([]);
  await world.run(job.global('x').set([1], 'a'));
  expect(stateOf(A)).toBe('normal');
  await world.time.pass(600_000);
  expect(await world.run(job.global('x').get([1]))).toBe('a');
  expect(world.net.dials).toEqual(['S:1972']);
});

test('F-E3: several data servers of one app server, several app servers of one data server', async () => {
  const world = new World();
  world.dataServer('S');
  world.dataServer('T');
  const configuration = {
    dataServers: [
      { name: 'ONE', host: 'S' },
      { name: 'TWO', host: 'T' },
    ],
    remoteDatabases: [
      { name: 'ONE', dataServer: 'ONE', database: 'ACCOUNTS' },
      { name: 'TWO', dataServer: 'TWO', database: 'ACCOUNTS' },
    ],
    namespaces: [
      { name: 'USER', defaultDatabase: 'ONE', mappings: [{ global: 'two*', database: 'TWO' }] },
    ],
  };
  const apps = Array.from({ length: 8 }, (_, i) => world.appServer(`app${i}`, configuration).job());
  for (const [i, job] of apps.entries()) {
    await world.run(job.global('x').set([i], `one ${i}`));
    await world.run(job.global('twofold').set([i], `two ${i}`));
  }
  for (const job of apps) {
    await world.run(job.sync());
    for (let i = 0; i < apps.length; i++) {
      expect(await world.run(job.global('x').get([i]))).toBe(`one ${i}`);
      expect(await world.run(job.global('twofold').get([i]))).toBe(`two ${i}`);
    }
  }
  // MERGE between data servers goes node by node through the app server.
  await world.run(apps[0]!.global('twocopy').merge([], apps[0]!.global('x')));
  expect(await world.run(apps[1]!.global('twocopy').get([7]))).toBe('one 7');
});

test('F-E4: Not Connected → in Progress → Normal → Trouble → Recovery → Normal, and the other side’s states', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  const other = (): unknown => s.instance.dataServer.connections()[0]?.state;
  const first = x.get([1]);
  expect(stateOf(A)).toBe('inProgress');
  await world.run(first);
  expect([stateOf(A), other()]).toEqual(['normal', 'normal']);
  world.net.unlisten('S:1972');
  world.link(A).cut();
  await world.time.settle();
  expect([stateOf(A), other()]).toEqual(['trouble', 'trouble']);
  expect(A.metrics.states.get('ecp_connection_state app-server BANK')).toBe('Trouble');
  // Cached reads … were flushed only with a new connection: here they still answer.
  expect(await world.run(x.get([1]))).toBeUndefined();
  world.net.listen('S:1972', (channel) => s.instance.dataServer.accept(channel));
  const waiting = x.increment([1]);
  await world.time.pass(5000);
  expect(await world.run(waiting)).toBe('1');
  expect([stateOf(A), other()]).toEqual(['normal', 'normal']);
});

test('F-E4: silence on a living stream is Trouble, the first traffic Normal, with the cache kept', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  await world.run(x.get([1]));
  world.link(A).holdToApp(true);
  await world.time.pass(13_000);
  expect(stateOf(A)).toBe('trouble');
  world.takeTranscript();
  world.link(A).holdToApp(false);
  await world.time.settle();
  expect(stateOf(A)).toBe('normal');
  expect(x.get([1])).toBeUndefined();
  expect(world.takeTranscript()).toEqual([]);
});

test('F-E4: a half-open stream is ended and dialled anew', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  await world.run(x.set([1], 'a'));
  world.link(A).freeze();
  const read = x.get([1]);
  expect(await world.run(read, 60_000)).toBe('a');
  expect(stateOf(A)).toBe('normal');
});

test('F-E4: a request waits at most 20 s for a connection, then <NETWORK>; dialling goes on for 20 minutes', async () => {
  const world = new World();
  const A = world.appServer('A');
  const from = world.time.nowMs;
  await expect(world.run(A.job().global('x').get([1]))).rejects.toMatchObject(NETWORK);
  expect(world.time.nowMs - from).toBe(20_000);
  expect(stateOf(A)).toBe('inProgress');
  await world.time.pass(1_179_000);
  expect(stateOf(A)).toBe('inProgress');
  await world.time.pass(1000);
  expect(stateOf(A)).toBe('notConnected');
  // 5 s apart.
  expect(world.net.dials).toHaveLength(240);
});

test('F-E4: Connection Failed shows why, and dialling goes on', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { enabled: false } });
  const A = world.appServer('A');
  await expect(world.run(A.job().global('x').get([1]))).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('the ECP service is off') as unknown,
  });
  expect(A.instance.appServer.status()[0]).toMatchObject({
    state: 'failed',
    failure: 'the ECP service is off',
  });
  s.reconfigure({ ecp: { enabled: true, incomingPolicy: 'Any' } });
  await world.time.pass(5000);
  expect(stateOf(A)).toBe('normal');
});

test('F-E4: Disabled answers <NETWORK> at once; Normal ends it and dials at once', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  await world.run(x.set([1], 'a'));
  const connection = A.instance.appServer.connection('BANK')!;
  await world.run(new Promise<void>((done) => connection.disable(done)));
  expect(stateOf(A)).toBe('disabled');
  await expect(world.run(Promise.resolve().then(() => x.get([1])))).rejects.toMatchObject(NETWORK);
  expect(() => x.set([1], 'b')).toThrow(/<NETWORK>/);
  connection.enable();
  await world.time.settle();
  expect(await world.run(x.get([1]))).toBe('a');
});

test('F-E4: a forced disconnect waits for what is under way, releases at S, and the next request connects again', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  await world.run(job.global('x').get([1]));
  void job.global('x').set([1], 'last');
  world.takeTranscript();
  await world.run(job.disconnect('BANK'));
  await world.time.settle();
  expect(stateOf(A)).toBe('notConnected');
  expect(s.instance.dataServer.connections()).toEqual([]);
  expect(A.instance.appServer.cache.count).toBe(0);
  const said = world.takeTranscript();
  expect(said.findIndex(isLine('goodbye'))).toBeGreaterThan(
    said.findIndex(isLine('durable to #2')),
  );
  expect(await world.run(job.global('x').get([1]))).toBe('last');
});

test('§4.3.5: two entries that reach one data server: the second is refused, never two channels', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A', {
    dataServers: [
      { name: 'BANK', host: 'S' },
      { name: 'ALIAS', host: 's.example' },
    ],
    remoteDatabases: [
      { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
      { name: 'SAME', dataServer: 'ALIAS', database: 'ACCOUNTS' },
    ],
    namespaces: [
      { name: 'USER', defaultDatabase: 'ACCOUNTS' },
      { name: 'OTHER', defaultDatabase: 'SAME' },
    ],
  });
  await world.run(A.job().global('x').set([1], 'a'));
  world.net.listen('s.example:1972', (channel) => s.instance.dataServer.accept(channel));
  await expect(world.run(A.job('OTHER').global('x').get([1]))).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('two of its entries reach this data server') as unknown,
  });
  expect(A.instance.appServer.status().map(({ name, state }) => [name, state])).toEqual([
    ['BANK', 'normal'],
    ['ALIAS', 'failed'],
  ]);
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
});

test('§4.3.5: a server that lets a second entry in is left again: its identity is known', async () => {
  const world = new World();
  new RawDataServer(world, 'S');
  const second = new RawDataServer(world, 'T');
  const A = world.appServer('A', {
    dataServers: [
      { name: 'BANK', host: 'S' },
      { name: 'ALIAS', host: 'T' },
    ],
  });
  A.instance.appServer.connection('BANK')!.enable();
  await world.time.settle();
  A.instance.appServer.connection('ALIAS')!.enable();
  await world.time.settle();
  expect(A.instance.appServer.status().map(({ state }) => state)).toEqual(['normal', 'failed']);
  expect(second.requests).toEqual([]);
  expect(world.takeTranscript()).toContain('A → T: goodbye');
});

test('F-E5: every dial asks for the host name anew: a server that moved is found', async () => {
  const world = new World();
  const A = world.appServer('A');
  const read = A.job().global('x').get([1]);
  await world.time.pass(12_000);
  const S = new RawDataServer(world);
  await world.time.pass(5000);
  expect(S.connections).toBe(1);
  expect(S.requests).toHaveLength(1);
  void Promise.resolve(read).catch(() => undefined);
});
