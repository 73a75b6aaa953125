/** Databases of a running data server that come, go and change: for its own jobs, for connected app servers, over crashes. */
import { expect, test } from '@jest/globals';
import { fetch, key, RawAppServer, set } from '../support/raw-peers.ts';
import { isLine, World, type Host } from '../support/world.ts';

const ACCOUNTS = { name: 'ACCOUNTS' } as const;
const MORE = { name: 'MORE' } as const;
const DISMOUNTED = { name: 'MORE', state: 'Dismounted' } as const;
const NAMESPACES = [
  { name: 'USER', defaultDatabase: 'ACCOUNTS' },
  { name: 'MORE', defaultDatabase: 'MORE' },
];
const WITH_MORE = { databases: [ACCOUNTS, MORE], namespaces: NAMESPACES };

/** S with ACCOUNTS and MORE, and app server A of both. */
function both() {
  const world = new World();
  const s = world.dataServer('S', WITH_MORE);
  const A = world.appServer('A', {
    remoteDatabases: [
      { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
      { name: 'MORE', dataServer: 'BANK', database: 'MORE' },
    ],
    namespaces: NAMESPACES,
  });
  return { world, s, A };
}

const stateOf = (host: Host, name: string): string | undefined =>
  host.instance.databases.status().find((database) => database.name === name)?.state;
const uuidOf = (host: Host, name: string): string | undefined =>
  host.instance.databases.catalogue().find((database) => database.name === name)?.uuid;

test('F-D3: a database that is added is usable at once, here and by an app server that is connected', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A', {
    remoteDatabases: [
      { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
      { name: 'MORE', dataServer: 'BANK', database: 'MORE' },
    ],
    namespaces: NAMESPACES,
  });
  await world.run(A.job().global('x').get([1]));
  await expect(world.run(A.job('MORE').global('x').get([1]))).rejects.toMatchObject({
    code: 'DATABASE',
    message: expect.stringContaining('has no database MORE') as unknown,
  });
  s.reconfigure(WITH_MORE);
  await s.job('MORE').global('x').set([1], 'here');
  await world.time.settle();
  expect(await world.run(A.job('MORE').global('x').get([1]))).toBe('here');
  await world.run(A.job('MORE').global('x').set([2], 'there'));
  await world.time.pass(20);
  expect(await s.job('MORE').global('x').get([2])).toBe('there');
  // Coherent as any other.
  await s.job('MORE').global('x').set([1], 'changed');
  await world.time.pass(20);
  expect(await world.run(A.job('MORE').global('x').get([1]))).toBe('changed');
  expect(world.net.dials).toEqual(['S:1972']);
});

test('F-D3: what an app server adds follows: a remote database of a database that was added before', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').get([1]));
  s.reconfigure(WITH_MORE);
  await s.job('MORE').global('x').set([1], 'here');
  await world.time.settle();
  A.reconfigure({
    remoteDatabases: [
      { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
      { name: 'MORE', dataServer: 'BANK', database: 'MORE' },
    ],
    namespaces: NAMESPACES,
  });
  expect(await world.run(A.job('MORE').global('x').get([1]))).toBe('here');
});

test('F-D3: nobody reaches a database that is dismounted, from the moment it is; copies of it are dropped (R15)', async () => {
  const { world, s, A } = both();
  await world.run(A.job('MORE').global('x').set([1], 'a'));
  await world.run(A.job('MORE').global('x').get([1]));
  await world.run(A.job().global('y').get([1]));
  const remote = A.instance.appServer.database('MORE')!;
  await world.time.pass(20);
  expect(remote.cachedBlocks).toBe(1);
  const job = s.job('MORE');
  // A disk that takes its time.
  let stored: () => void = () => undefined;
  s.stores.get('MORE')!.defer = (complete) => (stored = complete);
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  const isDismounted = { code: 'DATABASE', message: '<DATABASE> MORE is dismounted' };
  for (const _moment of ['while it is written', 'when its files are closed']) {
    const here = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    expect(here(() => job.global('x').get([1]))).toMatchObject(isDismounted);
    expect(here(() => job.global('x').set([1], 'b'))).toMatchObject(isDismounted);
    expect(here(() => job.global('x').kill())).toMatchObject(isDismounted);
    expect(here(() => job.global('x').order(['']))).toMatchObject(isDismounted);
    await world.time.settle();
    expect(remote.cachedBlocks).toBe(0);
    await expect(world.run(A.job('MORE').global('x').get([1]))).rejects.toMatchObject(isDismounted);
    await expect(world.run(A.job('MORE').global('x').increment([1]))).rejects.toMatchObject(
      isDismounted,
    );
    expect(await world.run(A.job().global('y').get([1]))).toBeUndefined();
    stored();
    await world.time.settle();
  }
  expect(stateOf(s, 'MORE')).toBe('Dismounted');
});

test('F-D3: a change on its way to a database that is dismounted is refused, and its job hears of it', async () => {
  const { world, s, A } = both();
  const job = A.job('MORE');
  await world.run(job.global('x').get([1]));
  void job.global('x').set([1], 'late');
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  await world.time.pass(20);
  expect(() => job.global('x').get([1])).toThrow(
    /set failed at the data server: .*MORE is dismounted/,
  );
  s.reconfigure(WITH_MORE);
  await world.time.settle();
  expect(await s.job('MORE').global('x').get([1])).toBeUndefined();
});

test('F-D3: late requests under the number of a database that went away reach no other one', async () => {
  const { world, s } = both();
  const peer = await RawAppServer.welcomed(world);
  const number = peer.welcome.catalogue.find(({ name }) => name === 'MORE')!.number;
  expect(await peer.requests(1, [set('^x(1)', 'a', number)])).toContain('applied #1');
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  const late = [set('^x(1)', 'b', number), fetch('^x(1)', number)];
  const away = ['failed #2 <DATABASE>', 'failed #3 <DATABASE>'];
  expect(await peer.requests(2, late)).toEqual(expect.arrayContaining(away));
  s.reconfigure({ databases: [ACCOUNTS, { name: 'OTHER' }], namespaces: [] });
  s.reconfigure({ databases: [ACCOUNTS, { name: 'OTHER' }, MORE], namespaces: NAMESPACES });
  const again = ['failed #4 <DATABASE>', 'failed #5 <DATABASE>'];
  expect(await peer.requests(4, late)).toEqual(expect.arrayContaining(again));
  expect(await s.job('MORE').global('x').get([1])).toBe('a');
});

test('F-D3: mounted again it is the same, with all its data, for jobs that were open and for app servers', async () => {
  const { world, s, A } = both();
  const uuid = uuidOf(s, 'MORE');
  const [here, there] = [s.job('MORE').global('x'), A.job('MORE').global('x')];
  await world.run(there.set([1], 'a'));
  const long = 'x'.repeat(100_000);
  await here.set([2], long);
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  await world.time.settle();
  expect([stateOf(s, 'MORE'), uuidOf(s, 'MORE')]).toEqual(['Dismounted', '']);
  s.reconfigure(WITH_MORE);
  expect([stateOf(s, 'MORE'), uuidOf(s, 'MORE')]).toEqual(['Mounted', uuid]);
  expect(await here.get([1])).toBe('a');
  await world.time.settle();
  expect(await world.run(there.get([2]))).toBe(long);
  await world.run(there.set([3], 'more'));
  await world.time.pass(20);
  expect(await here.get([3])).toBe('more');
  expect(world.net.dials).toEqual(['S:1972']);
});

test('F-D3: asked to come back while it still goes, it goes first, then it is there', async () => {
  const { world, s, A } = both();
  await world.run(A.job('MORE').global('x').set([1], 'a'));
  await world.time.pass(20);
  let stored: () => void = () => undefined;
  const store = s.stores.get('MORE')!;
  store.defer = (complete) => (stored = complete);
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  s.reconfigure({ databases: [ACCOUNTS, MORE] });
  expect(stateOf(s, 'MORE')).toBe('is being dismounted');
  expect(() => s.job('MORE').global('x').get([1])).toThrow('<DATABASE> MORE is dismounted');
  store.defer = (complete) => complete();
  stored();
  await world.time.settle();
  expect(stateOf(s, 'MORE')).toBe('Mounted');
  expect(await s.job('MORE').global('x').get([1])).toBe('a');
  expect(await world.run(A.job('MORE').global('x').get([1]))).toBe('a');
});

test('F-D3: an entry that is removed leaves the catalogue; its files stay, and added again it is all there', async () => {
  const { world, s, A } = both();
  await world.run(A.job('MORE').global('x').set([1], 'a'));
  await world.time.pass(20);
  const uuid = uuidOf(s, 'MORE');
  for (const removed of [[ACCOUNTS, DISMOUNTED], [ACCOUNTS]]) {
    s.reconfigure({ databases: removed, namespaces: [NAMESPACES[0]!] });
    await world.time.settle();
  }
  expect([stateOf(s, 'MORE'), uuidOf(s, 'MORE')]).toEqual([undefined, undefined]);
  await expect(world.run(A.job('MORE').global('x').get([1]))).rejects.toMatchObject({
    code: 'DATABASE',
    message: expect.stringContaining('has no database MORE') as unknown,
  });
  s.reconfigure(WITH_MORE);
  expect(uuidOf(s, 'MORE')).toBe(uuid);
  await world.time.settle();
  expect(await world.run(A.job('MORE').global('x').get([1]))).toBe('a');
  // Without being dismounted before.
  s.reconfigure({ databases: [ACCOUNTS], namespaces: [NAMESPACES[0]!] });
  await world.time.settle();
  s.reconfigure(WITH_MORE);
  expect(await s.job('MORE').global('x').get([1])).toBe('a');
});

test('F-D3: files that are not its own are refused with the reason, and everything else goes on', async () => {
  const { world, s } = both();
  await s.job('MORE').global('x').set([1], 'a');
  const away = async (databases: readonly { readonly name: string }[]): Promise<void> => {
    s.reconfigure({ databases: [ACCOUNTS, ...databases], namespaces: [NAMESPACES[0]!] });
    await world.time.settle();
  };
  const back = async (blockSize: '8Ki' | '16Ki' = '8Ki'): Promise<string | undefined> => {
    s.reconfigure({ databases: [ACCOUNTS, { ...MORE, blockSize }], namespaces: NAMESPACES });
    await world.time.settle();
    return stateOf(s, 'MORE');
  };
  await away([DISMOUNTED]);
  const own = s.stores.get('MORE')!;
  s.stores.delete('MORE');
  expect(await back()).toBe('cannot be mounted: its files are gone');
  await away([DISMOUNTED]);
  s.stores.set('MORE', s.stores.get('ACCOUNTS')!);
  expect(await back()).toBe('cannot be mounted: its files are of another database');
  expect(() => s.job('MORE').global('x').get([1])).toThrow(
    '<DATABASE> MORE cannot be mounted: its files are of another database',
  );
  await s.job().global('x').set([1], 'goes on');
  s.stores.set('MORE', own);
  await away([]);
  let closed = 0;
  own.close = () => {
    closed++;
    return Promise.resolve();
  };
  expect(await back('16Ki')).toBe(
    'cannot be mounted: blockSize: cannot be changed to 16Ki: it has 8Ki',
  );
  expect(closed).toBe(1);
  await away([]);
  expect(await back()).toBe('Mounted');
  expect(await s.job('MORE').global('x').get([1])).toBe('a');
});

test('F-D3: a crash in the midst of going leaves nothing behind in the journal: the next start finishes it', async () => {
  const { world, s } = both();
  await s.job('MORE').global('x').set([1], 'a');
  await world.run(s.job('MORE').flush());
  s.stores.get('MORE')!.defer = () => undefined;
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  await world.time.settle();
  s.crash();
  s.stores.get('MORE')!.defer = (complete) => complete();
  const { engine } = s.start();
  expect(() => s.job('MORE').global('x').get([1])).toThrow('<DATABASE> MORE is dismounted');
  await world.time.settle();
  expect(stateOf(s, 'MORE')).toBe('Dismounted');
  expect(engine.lacksChanges('MORE')).toBe(false);
  s.reconfigure(WITH_MORE);
  expect(await s.job('MORE').global('x').get([1])).toBe('a');
});

test('F-D3: a database that starts dismounted is served to nobody, and opens nothing, until it is mounted', async () => {
  const { world, s, A } = both();
  await s.job('MORE').global('x').set([1], 'a');
  await s.stop();
  s.start({ databases: [ACCOUNTS, DISMOUNTED] });
  expect(s.instance.engine.databases.map(({ name }) => name)).toEqual(['SYS', 'TEMP', 'ACCOUNTS']);
  await expect(world.run(A.job('MORE').global('x').get([1]))).rejects.toThrow('MORE is dismounted');
  s.reconfigure(WITH_MORE);
  await world.time.settle();
  expect(await world.run(A.job('MORE').global('x').get([1]))).toBe('a');
});

test('F-D3: read-only at once: changes here and from app servers get <PROTECT>, until it is writable again', async () => {
  const { world, s, A } = both();
  const [here, there] = [s.job('MORE').global('x'), A.job('MORE').global('x')];
  await world.run(there.set([1], 'a'));
  await world.time.pass(20);
  const peer = await RawAppServer.welcomed(world);
  const { number } = peer.welcome.catalogue.find(({ name }) => name === 'MORE')!;
  const late = A.job('MORE');
  void late.global('x').set([1], 'on its way');
  s.reconfigure({ databases: [ACCOUNTS, { ...MORE, access: 'ReadOnly' }] });
  expect(() => here.set([1], 'b')).toThrow('<PROTECT>');
  expect(await peer.requests(1, [set('^x(1)', 'c', number)])).toContain('failed #1 <PROTECT>');
  expect(() => late.global('x').get([1])).toThrow(
    /<NETWORK DATA UPDATE FAILED>.*MORE is read-only/,
  );
  expect(() => there.set([1], 'd')).toThrow('<PROTECT>');
  expect(await world.run(there.get([1]))).toBe('a');
  s.reconfigure(WITH_MORE);
  await here.set([1], 'e');
  await world.time.pass(20);
  await world.run(there.set([2], 'f'));
  await world.time.pass(20);
  expect([await here.get([1]), await here.get([2])]).toEqual(['e', 'f']);
});

test('F-D5: journaling is switched while running: off and on, nothing that was promised is lost', async () => {
  const { world, s, A } = both();
  const job = A.job('MORE');
  const x = job.global('x');
  const put = async (value: string): Promise<void> => {
    await world.run(x.set([value], value));
    await world.run(job.flush());
  };
  await put('journaled');
  // Blocks are not written any more: what is durable is so by the journal alone.
  s.stores.get('MORE')!.defer = () => undefined;
  s.reconfigure({ databases: [ACCOUNTS, { ...MORE, journaling: 'Disabled' }] });
  await put('unjournaled');
  s.reconfigure(WITH_MORE);
  await put('journaled again');
  s.crash(() => 0);
  s.stores.get('MORE')!.defer = (complete) => complete();
  s.start();
  const keys: unknown[] = [];
  const walk = async (): Promise<void> => {
    for await (const at of x.keys()) keys.push(at);
  };
  await world.run(walk());
  expect(keys).toEqual(['journaled', 'journaled again']);
  // Once a checkpoint is done, what was changed without a journal is kept as well.
  s.reconfigure({ databases: [ACCOUNTS, { ...MORE, journaling: 'Disabled' }] });
  await put('unjournaled');
  s.reconfigure(WITH_MORE);
  await world.time.settle();
  s.crash(() => 0);
  s.start();
  expect(await world.run(x.get(['unjournaled']))).toBe('unjournaled');
});

test('F-D3: comings and goings are told to every app server in order, and to nobody when nothing of it changed', async () => {
  const { world, s, A } = both();
  await world.run(A.job('MORE').global('x').get([1]));
  world.takeTranscript();
  s.reconfigure({ ecp: { maxAppServers: 7, incomingPolicy: 'Any' } });
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  await world.time.settle();
  s.reconfigure(WITH_MORE);
  await world.time.settle();
  expect(world.takeTranscript().filter(isLine('S → A: catalogue'))).toHaveLength(2);
});

test('F-D3: an app server that was cut off meanwhile finds what there is then', async () => {
  const { world, s, A } = both();
  const x = A.job('MORE').global('x');
  await world.run(x.set([1], 'a'));
  await world.time.pass(20);
  world.link(A).cut();
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  await world.time.settle();
  s.reconfigure(WITH_MORE);
  await s.job('MORE').global('x').set([1], 'b');
  await world.time.pass(20_000);
  expect(await world.run(x.get([1]))).toBe('b');
});

test('F-D3: MERGE from a database that is dismounted is refused, whole', async () => {
  const { world, s } = both();
  const peer = await RawAppServer.welcomed(world);
  const numbers = peer.welcome.catalogue.map(({ name, number }) => [name, number] as const);
  const number = new Map(numbers);
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED] });
  const merge = {
    kind: 'merge',
    database: number.get('ACCOUNTS')!,
    key: key('^y'),
    fromDatabase: number.get('MORE')!,
    fromKey: key('^x'),
  } as const;
  expect(await peer.requests(1, [merge])).toContain('failed #1 <DATABASE>');
});

test('F-D3: a frozen data server says of databases that should change why they do not', async () => {
  const { world, s } = both();
  s.journal.fault = () => {
    throw new Error('EIO');
  };
  await s.job().global('x').set([1], 'a');
  await world.time.pass(20);
  s.reconfigure({ databases: [ACCOUNTS, DISMOUNTED, { name: 'NEW' }] });
  await world.time.settle();
  expect(stateOf(s, 'MORE')).toMatch(/^cannot be dismounted: no change is accepted/);
  expect(stateOf(s, 'NEW')).toMatch(/^cannot be mounted: no change is accepted/);
  expect(stateOf(s, 'ACCOUNTS')).toBe('Mounted');
});
