import { expect, test } from '@jest/globals';
import { World } from '../../test/support/world.ts';

test('what only a restart can change is named, and nothing is changed', () => {
  const host = new World().dataServer();
  const databases = [{ name: 'ACCOUNTS' }, { name: 'OTHER' }];
  expect(() => host.reconfigure({ databases, bufferPoolSize: '128Mi' })).toThrow(
    /needs a restart to change: bufferPoolSize/,
  );
  const resized = [{ name: 'ACCOUNTS', blockSize: '16Ki' as const }];
  expect(() => host.reconfigure({ databases: resized, bufferPoolSize: undefined })).toThrow(
    'databases[0].blockSize: cannot be changed: ACCOUNTS has 8Ki',
  );
  expect(host.instance.engine.databases.map(({ name }) => name)).toEqual([
    'SYS',
    'TEMP',
    'ACCOUNTS',
  ]);
});

test('F-D4: namespaces change live; jobs that are open follow', () => {
  const host = new World().dataServer('S', { databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }] });
  const job = host.job();
  const x = job.global('x');
  void x.set([1], 'accounts');
  host.reconfigure({ namespaces: [{ name: 'USER', defaultDatabase: 'MORE' }] });
  expect(x.get([1])).toBeUndefined();
  host.reconfigure({ namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }] });
  expect(x.get([1])).toBe('accounts');
  expect(() => host.job('NONE')).toThrow(
    /<NAMESPACE> there is no namespace NONE; there are %SYS, USER/,
  );
});

test('F-D5: the journal’s segments are as long as the configuration says, at the start and live', async () => {
  const world = new World();
  const host = world.dataServer('S', {
    databases: [{ name: 'ACCOUNTS' }],
    journal: { segmentSize: '1Mi' },
  });
  const x = host.job().global('x');
  const write = async (megabytes: number): Promise<number> => {
    const before = host.instance.engine.journal.segmentCount;
    for (let i = 0; i < megabytes; i++) {
      void x.set([i], 'x'.repeat(1024 * 1024));
      await world.time.pass(20);
    }
    return host.instance.engine.journal.segmentCount - before;
  };
  expect(await write(4)).toBeGreaterThanOrEqual(3);
  host.reconfigure({ journal: { segmentSize: '64Mi' } });
  expect(await write(4)).toBeLessThanOrEqual(1);
  const retained = async (journal: object): Promise<number> => {
    host.reconfigure({ journal: { segmentSize: '1Mi', ...journal } });
    await write(4);
    host.instance.engine.checkpoint();
    await world.time.pass(1000);
    return host.instance.engine.journal.retainedBytes / (1024 * 1024);
  };
  expect(await retained({ keepSeconds: 3600 })).toBeGreaterThan(4);
  expect(await retained({ keepSeconds: 3600, keepSize: '3Mi' })).toBeLessThan(3.5);
  expect(await retained({})).toBeLessThan(2);
});

test('A.2.5: a database that is configured while the journal has a gap is in use behind it', async () => {
  const world = new World();
  const host = world.dataServer('S', {
    databases: [{ name: 'ACCOUNTS' }],
    journal: { freezeOnError: false },
  });
  host.journal.fault = (operation) => {
    if (operation !== 'remove') throw new Error('failing disk');
  };
  void host.job().global('x').set([1], 'in the gap');
  host.instance.engine.requestSync();
  host.reconfigure({
    databases: [{ name: 'ACCOUNTS' }, { name: 'LATER' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'LATER' }],
  });
  expect(host.instance.databases.whyAway('LATER')).toContain('the journal has a gap');
  host.journal.fault = () => undefined;
  await world.time.pass(20_000);
  const x = host.job().global('x');
  void x.set([1], 'behind it');
  expect(x.get([1])).toBe('behind it');
});

test('F-D6: TEMP begins empty at each start; what is journaled stays', async () => {
  const world = new World();
  const host = world.dataServer('S', {
    namespaces: [
      {
        name: 'USER',
        defaultDatabase: 'ACCOUNTS',
        mappings: [{ global: 'TMP*', database: 'TEMP' }],
      },
    ],
  });
  void host.job().global('TMPx').set([1], 'gone');
  void host.job().global('x').set([1], 'kept');
  await host.stop();
  host.start();
  expect(host.job().global('TMPx').get([1])).toBeUndefined();
  expect(host.job().global('x').get([1])).toBe('kept');
});

test('globals of a namespace are those that its mappings lead to, ascending', async () => {
  const world = new World();
  const host = world.dataServer('S', {
    databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }],
    namespaces: [
      { name: 'USER', defaultDatabase: 'ACCOUNTS', mappings: [{ global: 'M*', database: 'MORE' }] },
      { name: 'MORE', defaultDatabase: 'MORE' },
    ],
  });
  for (const name of ['z', 'a', 'Mx']) void host.job().global(name).set([1], 'v');
  void host.job('MORE').global('hidden').set([1], 'v');
  const names: string[] = [];
  const walk = async (): Promise<void> => {
    for await (const name of host.job().globals()) names.push(name);
  };
  await world.run(walk());
  expect(names).toEqual(['Mx', 'a', 'z']);
});

test('F-D5: the longest time until a checkpoint changes live', async () => {
  const world = new World();
  const host = world.dataServer();
  void host.job().global('x').set([1], 'a');
  const { checkpoints } = host.instance.engine;
  await world.time.pass(30_000);
  expect(checkpoints.completed).toBe(0);
  host.reconfigure({ checkpointSeconds: 2 });
  await world.time.pass(2100);
  expect(checkpoints.completed).toBe(1);
  void host.job().global('x').set([2], 'b');
  await world.time.pass(2100);
  expect(checkpoints.completed).toBe(2);
});
