/** Data servers whose address changes, or that are removed, while an app server uses them (§3.1.1). */
import { expect, test } from '@jest/globals';
import { isLine, World, type Host } from '../support/world.ts';

const stateOf = (host: Host): string | undefined => host.instance.appServer.status()[0]?.state;
const at = (host: string) => ({ dataServers: [{ name: 'BANK', host }] });
const LOST = { dataServers: [{ name: 'BANK', unresolved: 'bank is not there' }] };

/** S and T with the same global of different values, and A, which is connected to S. */
async function connected() {
  const world = new World();
  const [s, t] = [world.dataServer('S'), world.dataServer('T')];
  for (const host of [s, t]) await host.job().global('at').set([], host.name);
  const A = world.appServer('A');
  expect(await world.run(A.job().global('at').get())).toBe('S');
  return { world, s, t, A };
}

/** From now on A's changes do not become durable: leaving takes its time. */
async function withSlowDisk() {
  const all = await connected();
  const { s, A } = all;
  let sync: () => void = () => undefined;
  s.journal.defer = (complete) => (sync = complete);
  const job = A.job();
  void job.global('x').set([1], 'a');
  await all.world.time.pass(20);
  const quicken = (): void => {
    s.journal.defer = (complete) => complete();
    sync();
  };
  return { ...all, job, quicken };
}

test('§3.1.1: a data server that moves twice while it is left is dialled at the last place only', async () => {
  const { world, A, quicken } = await withSlowDisk();
  A.reconfigure(at('nowhere'));
  A.reconfigure(at('T'));
  await world.time.settle();
  expect([stateOf(A), world.net.dials]).toEqual(['normal', ['S:1972']]);
  quicken();
  await world.time.settle();
  expect(stateOf(A)).toBe('notConnected');
  expect(await world.run(A.job().global('at').get())).toBe('T');
  expect(world.net.dials).toEqual(['S:1972', 'T:1972']);
});

test('§3.1.1: one that moves back while it is left is left all the same, and dialled where it was', async () => {
  const { world, A, job, quicken } = await withSlowDisk();
  A.reconfigure(at('T'));
  A.reconfigure(at('S'));
  quicken();
  await world.time.settle();
  expect(world.takeTranscript()).toContain('A → S: goodbye');
  expect(await world.run(job.global('x').get([1]))).toBe('a');
  expect(world.net.dials).toEqual(['S:1972', 'S:1972']);
});

test('§3.1.1: what waits when the old place is left is answered <NETWORK>; what is not durable by then is told', async () => {
  const { world, A, job } = await withSlowDisk();
  A.reconfigure(at('T'));
  await world.time.pass(9000);
  world.link(A).freeze();
  const late = Promise.resolve(job.global('y').increment([1])).catch((error: unknown) => error);
  await world.time.pass(2000);
  expect(await world.run(late)).toMatchObject({ code: 'NETWORK', retry: 'reconnect' });
  expect(() => job.global('x').get([1])).toThrow(/<NETWORK> data server BANK was disconnected/);
  expect(await world.run(job.global('at').get())).toBe('T');
});

test.each(['inProgress', 'failed'])(
  '§3.1.1: in state %s there is nothing to leave: requests go on waiting, for the new place',
  async (state) => {
    const world = new World();
    const t = world.dataServer('T');
    await t.job().global('at').set([], 'T');
    const A = world.appServer('A');
    if (state === 'failed') world.dataServer('S', { ecp: { incomingPolicy: 'Listed' } });
    const read = A.job().global('at').get();
    await world.time.pass(1000);
    expect(stateOf(A)).toBe(state);
    A.reconfigure(at('T'));
    const movedMs = world.time.nowMs;
    expect(await world.run(read)).toBe('T');
    expect(world.time.nowMs).toBe(movedMs);
  },
);

test('§3.1.1: one that nobody can find any more is left in order; requests hear why, until it is found again', async () => {
  const { world, s, A } = await connected();
  A.reconfigure(LOST);
  await world.time.settle();
  expect(s.instance.dataServer.connections()).toEqual([]);
  await expect(world.run(A.job().global('at').get())).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('cannot be found: bank is not there') as unknown,
  });
  A.reconfigure(at('T'));
  expect(await world.run(A.job().global('at').get())).toBe('T');
});

test('§3.1.1: requests that wait for one that cannot be found any more end at once', async () => {
  const world = new World();
  const A = world.appServer('A');
  const read = Promise.resolve(A.job().global('at').get()).catch((error: unknown) => error);
  await world.time.pass(1000);
  A.reconfigure(LOST);
  await world.time.settle();
  expect(await read).toMatchObject({ code: 'NETWORK' });
  expect(stateOf(A)).toBe('notConnected');
});

test('§3.1.1: one that is removed and comes back while it is left: the new connection waits for the old one to go', async () => {
  const { world, s, A, quicken } = await withSlowDisk();
  A.reconfigure({ dataServers: [], remoteDatabases: [], namespaces: [] });
  A.reconfigure({
    ...at('S'),
    remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
  });
  const read = A.job().global('x').get([1]);
  await world.time.pass(600);
  expect(stateOf(A)).toBe('failed');
  quicken();
  expect(await world.run(read)).toBe('a');
  expect(s.instance.dataServer.connections()).toHaveLength(1);
});

test('§3.1.1: an instance that stops waits for the data servers that it is leaving', async () => {
  const { world, A, quicken } = await withSlowDisk();
  A.reconfigure({ dataServers: [], remoteDatabases: [], namespaces: [] });
  let isStopped = false;
  const stopping = A.instance.stop().then(() => (isStopped = true));
  await world.time.pass(100);
  expect([isStopped, world.takeTranscript().filter(isLine('A → S: goodbye'))]).toEqual([false, []]);
  quicken();
  await world.run(stopping);
  expect(world.takeTranscript()).toContain('A → S: goodbye');
  expect([...A.metrics.states.keys()]).toEqual([]);
});
