/** A first dial that comes before the word of its address, and a data server that moves (rule K4, §3.1.1). */
import { expect, test } from '@jest/globals';
import type { Host } from '../support/world.ts';
import { isLine, World } from '../support/world.ts';

const stateOf = (host: Host): string | undefined => host.instance.appServer.status()[0]?.state;
const LISTED = { maxAppServers: 4, incomingPolicy: 'Listed' } as const;
const admits = (host: Host) => ({
  ecp: { ...LISTED, allowedIncoming: [{ name: 'tellers', address: host.address }] },
});

test('K4: a first refusal is no error to jobs: the request succeeds within 2 s of the entry', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: LISTED });
  const A = world.appServer('A');
  const first = A.job().global('x').set([1], 'a');
  await world.time.pass(1900);
  expect(stateOf(A)).toBe('failed');
  s.reconfigure(admits(A));
  const listedMs = world.time.nowMs;
  await world.run(first);
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
  expect(world.time.nowMs - listedMs).toBeLessThanOrEqual(2000);
});

test('K4: a request that comes after a long refusal does not wait out the interval', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: LISTED });
  const A = world.appServer('A');
  await expect(world.run(A.job().global('x').get([1]))).rejects.toMatchObject({ code: 'NETWORK' });
  await world.time.pass(60_000);
  s.reconfigure(admits(A));
  const askedMs = world.time.nowMs;
  await world.run(A.job().global('x').get([1]));
  expect(world.time.nowMs - askedMs).toBeLessThanOrEqual(250);
});

test('K4: refused to the end of the request wait, the error says why; quick attempts are few', async () => {
  const world = new World();
  world.dataServer('S', { ecp: LISTED });
  const A = world.appServer('A');
  const read = Promise.resolve(A.job().global('x').get([1])).catch((error: unknown) => error);
  expect(await world.run(read)).toMatchObject({
    code: 'NETWORK',
    retry: 'reconnect',
    message: expect.stringMatching(/BANK refused the connection: .*10\.0\.0\.2/) as unknown,
  });
  expect(world.time.nowMs).toBe(20_000);
  // At 0, 0.25, 0.75, 1.75, 3.75 and 7.75 s, then at the interval of 5 s.
  expect(world.net.dials).toHaveLength(8);
  const before = world.net.dials.length;
  await world.time.pass(60_000);
  expect(world.net.dials.length - before).toBe(12);
});

test.each([
  [
    'CAPACITY',
    { maxAppServers: 1, incomingPolicy: 'Any' },
    { maxAppServers: 2, incomingPolicy: 'Any' },
  ],
  [
    'SERVICE_DISABLED',
    { enabled: false, incomingPolicy: 'Any' },
    { enabled: true, incomingPolicy: 'Any' },
  ],
] as const)('K4: so it is with %s', async (reason, before, after) => {
  const world = new World();
  const s = world.dataServer('S', { ecp: { ...after, ...{ maxAppServers: 2 } } });
  const first = world.appServer('A');
  await world.run(first.job().global('x').get([1]));
  s.reconfigure({ ecp: before });
  const second = world.appServer('B');
  const read = second.job().global('x').get([1]);
  await world.time.pass(1000);
  expect(second.instance.appServer.status()[0]?.state).toBe('failed');
  expect(world.takeTranscript().filter(isLine(reason)).length).toBeGreaterThan(0);
  s.reconfigure({ ecp: after });
  const changedMs = world.time.nowMs;
  await world.run(read);
  expect(world.time.nowMs - changedMs).toBeLessThanOrEqual(2000);
});

test('§3.1.1: a data server that moves is left in order before the new place is dialled', async () => {
  const world = new World();
  const s = world.dataServer('S');
  const t = world.dataServer('T');
  const A = world.appServer('A');
  const job = A.job();
  await world.run(job.global('x').get([1]));
  void job.global('x').set([1], 'at S');
  world.takeTranscript();
  A.reconfigure({ dataServers: [{ name: 'BANK', host: 'T' }] });
  await world.time.settle();
  expect(stateOf(A)).toBe('notConnected');
  const said = world.takeTranscript();
  expect(said.findIndex(isLine('A → S: goodbye'))).toBeGreaterThan(
    said.findIndex(isLine('durable to #')),
  );
  expect(s.instance.dataServer.connections()).toEqual([]);
  expect(await world.run(job.global('x').get([1]))).toBeUndefined();
  expect(await world.run(s.job().global('x').get([1]))).toBe('at S');
  expect(t.instance.dataServer.connections()).toMatchObject([{ name: 'A', state: 'normal' }]);
  expect(world.net.dials).toEqual(['S:1972', 'T:1972']);
});

test('§3.1.1: a data server that is removed is left in order, and its jobs hear of it', async () => {
  const world = new World();
  const s = world.dataServer('S');
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  A.reconfigure({ dataServers: [], remoteDatabases: [], namespaces: [] });
  await world.time.settle();
  expect(A.instance.appServer.status()).toEqual([]);
  expect(s.instance.dataServer.connections()).toEqual([]);
  expect(world.takeTranscript()).toContain('A → S: goodbye');
  expect(await world.run(s.job().global('x').get([1]))).toBe('a');
});
