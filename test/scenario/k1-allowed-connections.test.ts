import { expect, test } from '@jest/globals';
import { RawAppServer, set } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

test('K1: policy Listed with no entry admits nobody', async () => {
  const world = new World();
  world.dataServer('S', { ecp: { incomingPolicy: 'Listed', allowedIncoming: [] } });
  const peer = new RawAppServer(world);
  expect(await peer.hello()).toEqual(['refused NOT_ALLOWED']);
  expect(peer.isClosed).toBe(true);
});

test('K1: without a word in the configuration nobody is admitted', async () => {
  const world = new World();
  world.host('S', { databases: [{ name: 'ACCOUNTS' }] });
  expect(await new RawAppServer(world).hello()).toEqual(['refused NOT_ALLOWED']);
});

test('K1: policy Any admits all; Listed admits what an entry names, hosts included', async () => {
  const world = new World();
  world.names.set('pods.example', ['10.1.1.7', '10.1.1.8']);
  world.dataServer('S', {
    ecp: {
      incomingPolicy: 'Listed',
      maxAppServers: 10,
      allowedIncoming: [
        { name: 'office', cidr: '10.2.0.0/16' },
        { name: 'pods', host: 'pods.example' },
      ],
    },
  });
  const answers: string[] = [];
  for (const from of ['10.2.3.4', '10.1.1.8', '10.1.1.9'])
    answers.push(...(await new RawAppServer(world, from).hello({ name: from })));
  expect(answers).toEqual(['welcome', 'welcome', 'refused NOT_ALLOWED']);
});

test('K1: a connection that the changed list no longer allows is ended; the others stay', async () => {
  const world = new World();
  const s = world.dataServer('S', {
    ecp: {
      incomingPolicy: 'Listed',
      maxAppServers: 4,
      allowedIncoming: [{ name: 'all', cidr: '10.0.0.0/8' }],
    },
  });
  const first = await RawAppServer.welcomed(world, { name: 'first' }, '10.1.0.1');
  const second = await RawAppServer.welcomed(world, { name: 'second' }, '10.2.0.1');
  s.reconfigure({
    ecp: {
      incomingPolicy: 'Listed',
      maxAppServers: 4,
      allowedIncoming: [{ name: 'some', cidr: '10.2.0.0/16' }],
    },
  });
  await world.time.pass(20);
  expect(first.heard.at(-1)).toBe('refused NOT_ALLOWED');
  expect(first.isClosed).toBe(true);
  expect((await second.requests(1, [set('^x(1)', 'a')]))[0]).toBe('applied #1');
  expect(s.instance.dataServer.connections().map(({ name, entry }) => [name, entry])).toEqual([
    ['second', 'some'],
  ]);
});

const LISTED = { incomingPolicy: 'Listed', maxAppServers: 4 } as const;
const OFFICE = { ...LISTED, allowedIncoming: [{ name: 'office', cidr: '10.0.0.0/8' }] };
const NOBODY = { ...LISTED, allowedIncoming: [] };

test('K1: an entry that is withdrawn ends the session live, and its jobs hear why; given again, they go on', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: OFFICE });
  const job = world.appServer('A').job();
  const x = job.global('x');
  await world.run(x.set([1], 'a'));
  await world.run(job.flush());
  void x.set([2], 'on its way');
  s.reconfigure({ ecp: NOBODY });
  await world.time.settle();
  expect(s.instance.dataServer.connections()).toEqual([]);
  expect(() => x.get([1])).toThrow(/<NETWORK> .* no longer allowed to connect/);
  await expect(world.run(x.increment([3]))).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('not in the list of allowed incoming connections') as unknown,
  });
  s.reconfigure({ ecp: OFFICE });
  expect(await world.run(x.get([1]))).toBe('a');
});

test('K1: a session whose stream is cut holds nothing any more when its entry is withdrawn', async () => {
  const world = new World();
  const s = world.dataServer('S', { ecp: OFFICE });
  (await RawAppServer.welcomed(world)).close();
  await world.time.settle();
  expect(s.instance.dataServer.connections()).toMatchObject([{ state: 'trouble' }]);
  s.reconfigure({ ecp: { ...LISTED, allowedIncoming: [{ name: 'other', cidr: '10.7.0.0/16' }] } });
  expect(s.instance.dataServer.connections()).toEqual([]);
});

test('K1: an entry that is withdrawn while its name is looked up admits nobody', async () => {
  const world = new World();
  const pods = { ...LISTED, allowedIncoming: [{ name: 'pods', host: 'pods.example' }] };
  const s = world.dataServer('S', { ecp: pods });
  // The answer takes so long that the list changes.
  world.names.get = () => {
    s.reconfigure({ ecp: NOBODY });
    return ['10.9.9.9'];
  };
  expect(await new RawAppServer(world).hello()).toEqual(['refused NOT_ALLOWED']);
  expect(s.instance.dataServer.connections()).toEqual([]);
});
