/** F-E4: the administrator's operations of §3.3 and the forced disconnect of §4.2, from every state of either end. */
import { expect, test } from '@jest/globals';
import type { ConnectionChange } from '../../server/instance/instance.ts';
import type { AppSideState } from '../../server/ecp/app-server/connection-state.ts';
import { failure } from '../support/failure.ts';
import { bring } from '../support/states/app-side-walks.ts';
import { appEnd, dataEnd, ignore } from '../support/states/walk.ts';
import { isLine, POWER_CUT, World, type Host } from '../support/world.ts';

const X1 = [['x', 1]] as const;
const CHANGES = ['disabled', 'notConnected', 'normal'] as const;
/** Where each of them ends when the data server is there. */
const STATES: readonly AppSideState[] = [
  'notConnected',
  'inProgress',
  'failed',
  'disabled',
  'normal',
  'trouble',
  'recovery',
];

const change = (world: World, host: Host, what: ConnectionChange): Promise<void> =>
  world.run(host.instance.changeConnection('BANK', what));

/** What became of a request by now. */
function watch(work: unknown): { readonly code: () => string } {
  let code = 'waits';
  Promise.resolve(work).then(
    () => (code = 'answered'),
    (error: unknown) => (code = (error as { code: string }).code),
  );
  return { code: () => code };
}

/** A and B of S; a job of A has a lock, a copy and an open transaction there. */
async function holding() {
  const world = new World();
  const S = world.dataServer();
  const [A, B] = [world.appServer('A'), world.appServer('B')];
  const job = A.job();
  void S.job().global('x').set([1], 'before');
  await world.run(job.lock(X1));
  expect(await world.run(job.global('x').get([1]))).toBe('before');
  return { world, S, A, B, job };
}

const takes = (world: World, host: Host): Promise<string> =>
  world.run(
    host
      .job()
      .lock(X1, { timeoutMs: 0 })
      .then(
        () => 'granted',
        (error: unknown) => (error as { code: string }).code,
      ),
  );

test.each(STATES.flatMap((state) => CHANGES.map((what) => [state, what] as const)))(
  'F-E4: from %s, the administrator changes it to %s: who waits is answered, nothing stays cached, and what comes next is right',
  async (state, what) => {
    const world = new World();
    const { A } = await bring(world, state);
    const isOpen = state !== 'notConnected' && state !== 'disabled';
    const read = isOpen ? watch(A.job().global('x').increment([5])) : undefined;
    await change(world, A, what);
    await world.time.settle();
    if (what === 'normal') {
      expect(['disabled', 'notConnected']).not.toContain(appEnd(A));
      return;
    }
    expect(appEnd(A)).toBe(what);
    // One that is connected and answers has said so before: step 1 of §4.2.
    if (read !== undefined) expect(read.code()).toBe(state === 'normal' ? 'answered' : 'NETWORK');
    expect(A.instance.appServer.cache.count).toBe(0);
    expect(world.net.links).toEqual([]);
    world.net.dials.length = 0;
    const next = watch(Promise.resolve().then(() => A.job().global('x').get([6])));
    await world.time.settle();
    if (what === 'disabled') expect(next.code()).toBe('NETWORK');
    expect(world.net.dials).toEqual(what === 'disabled' ? [] : ['S:1972']);
  },
);

test('§4.2: the five steps in order: acknowledged, locks removed, rolled back, waiting requests answered, cache flushed', async () => {
  const { world, S, A, B, job } = await holding();
  const other = A.job();
  void other.tstart();
  void other.global('x').set([2], 'uncommitted');
  await world.run(other.sync());
  expect(S.job().global('x').get([2])).toBe('uncommitted');
  // It waits for the lock that is held, and would for ever.
  const waiting = watch(A.job().lock(X1));
  const theirs = watch(B.job().lock(X1));
  void job.global('x').set([1], 'last');
  world.takeTranscript();
  await world.run(A.instance.disconnect('BANK'));
  await world.time.settle();
  const said = world.takeTranscript();
  const place = (part: string): number => said.findIndex(isLine(part));
  // 1 before 2 and 3, which the goodbye is for.
  expect(place('A → S: #')).toBeGreaterThanOrEqual(0);
  expect(place('S → A: durable to')).toBeGreaterThan(place('set ^x(1)=last'));
  expect(place('A → S: goodbye')).toBeGreaterThan(place('S → A: durable to'));
  expect(S.job().global('x').get([1])).toBe('last');
  await world.time.pass(20);
  expect(theirs.code()).toBe('answered');
  expect(S.job().global('x').get([2])).toBeUndefined();
  const late = await world.run(failure(() => other.global('x').set([3], 'late')));
  expect(late.code).toBe('NETWORK');
  await world.run(other.trollback());
  expect(waiting.code()).toBe('NETWORK');
  expect(A.instance.appServer.cache.count).toBe(0);
  expect(dataEnd(S)).toBe('none');
  // The next request connects again.
  expect(await world.run(A.job().global('x').get([1]))).toBe('last');
});

test('§4.2: a data server that does not acknowledge is waited for 10 s; the changes may have happened', async () => {
  const { world, A, job } = await holding();
  world.link(A).holdToServer(true);
  const set = job.global('x').increment([1]);
  const failed = failure(() => Promise.resolve(set));
  const from = world.time.nowMs;
  await change(world, A, 'notConnected');
  expect(world.time.nowMs - from).toBe(10_000);
  expect(await world.run(failed)).toMatchObject({ code: 'NETWORK', outcome: 'maybe' });
});

test('§4.2: in Trouble too it is waited for: a data server that comes back in time gets what was changed', async () => {
  const { world, S, A, job } = await holding();
  world.net.unlisten('S:1972');
  world.link(A).cut();
  ignore(job.global('x').set([1], 'last'));
  await world.time.pass(1000);
  const left = change(world, A, 'notConnected');
  world.net.listen('S:1972', (channel) => S.instance.dataServer.accept(channel));
  await left;
  await world.time.settle();
  expect(appEnd(A)).toBe('notConnected');
  expect(S.job().global('x').get([1])).toBe('last');
  expect(await takes(world, S)).toBe('granted');
});

test.each([
  ['disabled', 'notConnected', 'notConnected'],
  ['notConnected', 'disabled', 'disabled'],
  ['disabled', 'normal', 'normal'],
] as const)(
  'F-E4: changed to %s, and before that is done to %s: the last one counts',
  async (first, second, state) => {
    const { world, A, job } = await holding();
    world.link(A).holdToServer(true);
    ignore(job.global('x').increment([1]));
    await world.time.settle();
    const both = [first, second].map((what) => A.instance.changeConnection('BANK', what));
    await world.time.settle();
    expect(appEnd(A)).toBe('normal');
    await world.run(Promise.all(both));
    await world.time.settle();
    expect(appEnd(A)).toBe(state);
    expect(await world.run(A.stop().then(() => A.start()))).toBeDefined();
    expect(appEnd(A)).toBe(state === 'disabled' ? 'disabled' : 'notConnected');
  },
);

/** How the data server is when the app server's administrator acts. */
const DATA_ENDS: Readonly<Record<string, (world: World, S: Host, A: Host) => Promise<void>>> = {
  'in Normal': () => Promise.resolve(),
  'in Trouble, non-responsive': async (world, _S, A) => {
    world.link(A).holdToServer(true);
    await world.time.pass(13_000);
  },
  'in Trouble, awaiting reconnection': async (world, _S, A) => {
    world.net.unlisten('S:1972');
    world.link(A).cut();
    await world.time.settle();
  },
  'in Restart': async (world, S) => {
    S.crash();
    S.start();
    world.net.unlisten('S:1972');
    await world.time.settle();
  },
};

const ends = Object.keys(DATA_ENDS);
test.each(ends.flatMap((end) => (['disabled', 'notConnected'] as const).map((to) => [end, to])))(
  'F-E4: the data server %s, the app server is changed to %s: what it held goes to others at once where that is heard, else in time',
  async (end, to) => {
    const { world, S, A, B } = await holding();
    await DATA_ENDS[end]!(world, S, A);
    await change(world, A, to as ConnectionChange);
    // What is held up, and what nobody heard of, is released with time; what hears it, at once.
    const isHeard = end === 'in Normal';
    if (!isHeard) {
      expect(dataEnd(S)).not.toBe('none');
      await world.time.pass(61_000);
    }
    await world.time.settle();
    expect(dataEnd(S)).toBe('none');
    world.net.listen('S:1972', (channel) => S.instance.dataServer.accept(channel));
    expect(await takes(world, B)).toBe('granted');
    expect(S.job().global('x').get([1])).toBe('before');
  },
);

test('§3.2.1: an app server that left unheard and connects again ends its remembered session: others need not wait', async () => {
  const { world, S, A, B } = await holding();
  world.net.unlisten('S:1972');
  world.link(A).cut();
  await change(world, A, 'notConnected');
  expect(dataEnd(S)).toBe('trouble');
  world.net.listen('S:1972', (channel) => S.instance.dataServer.accept(channel));
  expect(await takes(world, B)).toBe('CANCELLED');
  await world.run(A.job().global('x').get([1]));
  expect(await takes(world, B)).toBe('granted');
});

const crashed =
  (random?: typeof POWER_CUT) =>
  (A: Host): Promise<void> => {
    A.crash(random);
    return Promise.resolve();
  };

test.each([
  ['an orderly stop', (A: Host) => A.stop()],
  ['a crash', crashed()],
  ['a power cut', crashed(POWER_CUT)],
])('F-E4: Disabled survives %s; Normal ends it, durably too', async (_how, end) => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  await change(world, A, 'disabled');
  await end(A);
  A.start();
  expect(A.instance.appServer.status()).toMatchObject([
    { name: 'BANK', state: 'disabled', stateName: 'Disabled', stateCode: 4 },
  ]);
  const refused = await failure(() => A.job().global('x').get([1]));
  expect(refused.message).toBe('<NETWORK> data server BANK is disabled');
  expect(world.net.links).toEqual([]);
  await change(world, A, 'normal');
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
  await end(A);
  A.start();
  expect(await world.run(A.job().global('x').get([1]))).toBe('a');
});

test('F-E4: a job that disconnects does not end Disabled; another place of the data server does not either', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  await change(world, A, 'disabled');
  await world.run(A.job().disconnect('BANK'));
  expect(appEnd(A)).toBe('disabled');
  A.reconfigure({ dataServers: [{ name: 'BANK', host: 'T' }] });
  await world.time.settle();
  expect(appEnd(A)).toBe('disabled');
  A.crash();
  A.start();
  expect(appEnd(A)).toBe('disabled');
});

test('F-E4: a data server that was disabled and removed is no longer remembered when its name comes back', async () => {
  const world = new World();
  const A = world.appServer('A');
  const { dataServers, remoteDatabases, namespaces } = A.instance.configuration;
  await change(world, A, 'disabled');
  A.reconfigure({ dataServers: [], remoteDatabases: [], namespaces: [] });
  A.reconfigure({ dataServers, remoteDatabases, namespaces });
  expect(appEnd(A)).toBe('notConnected');
  // Likewise where it was removed while the instance did not run.
  await change(world, A, 'disabled');
  A.crash();
  A.start({ dataServers: [], remoteDatabases: [], namespaces: [] });
  A.reconfigure({ dataServers, remoteDatabases, namespaces });
  expect(appEnd(A)).toBe('notConnected');
});

test('F-E4: what cannot be remembered is done all the same, and said', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').get([1]));
  A.journal.fault = () => {
    throw new Error('EIO: the disk is broken');
  };
  await expect(change(world, A, 'disabled')).rejects.toMatchObject({ code: 'FROZEN' });
  await world.time.settle();
  expect(appEnd(A)).toBe('disabled');
});
