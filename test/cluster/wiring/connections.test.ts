/** Who connects to whom, how many at most, and where: all of it changes while everybody runs. */
import { expect, test } from '@jest/globals';
import { Peer } from '../support/peer.ts';
import { instanceStatus, shell, shellAnswers, shellCommand, tryExec } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  resource,
  teller,
  tryPatchSpec,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';
import { EVERYBODY, FOLLOWS_MS, lives, LOOK_MS, serviceOf } from './common.ts';

const PORT = 2972;
const HEARD_MS = 20_000;

test.concurrent(
  'F-K3: port, maxAppServers and ecpService decide who is refused, with the reason, while everybody runs',
  story(['limits'], async ({ namespaces: { limits: namespace }, step }) => {
    const peer = await Peer.start(namespace);
    const data = bank(namespace, { port: PORT, maxAppServers: 3, allowedIncoming: EVERYBODY });
    const app = teller(namespace, { replicas: 1 });
    applyResources(data, app);
    await untilReady(data, app);
    shell(namespace, 'teller-0', 'SET ^Account(1)=1');
    expect(instanceStatus(namespace, 'teller-0').dataServers).toMatchObject([
      { name: 'BANK', state: 'Normal', port: PORT },
    ]);
    const before = lives(namespace);
    const dial = (name: string): void => peer.dial(serviceOf(namespace, 'bank'), name, PORT);
    const outcome = async (name: string): Promise<unknown> => {
      const { what, detail } = await peer.first(name, HEARD_MS, 'welcome', 'refused');
      return what === 'welcome' ? what : detail;
    };
    dial('second');
    expect(await outcome('second')).toBe('welcome');

    step('lowered to what there is: one more is refused');
    patchSpec(data, { maxAppServers: 2 });
    await untilReady(data);
    expect(instanceStatus(namespace, 'bank-0').appServersMax).toBe(2);
    dial('third');
    expect(await outcome('third')).toBe('CAPACITY');

    step('raised: it is admitted');
    const raised = Date.now();
    patchSpec(data, { maxAppServers: 3 });
    const { atMs } = await peer.first('third', HEARD_MS, 'welcome');
    step(`after ${atMs - raised} ms`);
    expect(atMs - raised).toBeLessThan(FOLLOWS_MS + LOOK_MS);

    step('the ECP service is switched off, and on');
    patchSpec(data, { ecpService: 'Disabled' });
    for (const name of ['second', 'third']) {
      const words = await peer
        .first(name, HEARD_MS, 'closed')
        .then(() => peer.heard(name, 'refused'));
      expect(words.at(-1)?.detail).toBe('SERVICE_DISABLED');
    }
    dial('fourth');
    expect(await outcome('fourth')).toBe('SERVICE_DISABLED');
    patchSpec(data, { ecpService: 'Enabled' });
    await peer.first('fourth', HEARD_MS, 'welcome');
    await shellAnswers(namespace, 'teller-0', 'WRITE ^Account(1)', '1');
    expect(lives(namespace)).toEqual(before);

    step('another app server, live');
    patchSpec(app, { replicas: 2 });
    await untilReady(app);
    expect(shell(namespace, 'teller-1', 'WRITE ^Account(1)')).toBe('1');
    expect(lives(namespace)).toEqual(expect.arrayContaining(before));
  }),
);

test.concurrent(
  'F-K4: both kinds use the data servers and databases that they name, as many and with as much access as the spec says',
  story(['users', 'owner'], async ({ namespaces: { users, owner }, step }) => {
    const owning = bank(owner, {
      databases: [{ name: 'ACCOUNTS' }, { name: 'AUDIT' }],
      namespaces: [
        { name: 'USER', defaultDatabase: 'ACCOUNTS' },
        { name: 'AUDIT', defaultDatabase: 'AUDIT' },
      ],
      allowedIncoming: ['teller', 'desk'].map((name) => ({
        name,
        appServers: { name, namespaces: { from: 'All' } },
      })),
    });
    const near = resource('EcpDataServer', users, 'near', {
      port: PORT,
      maxAppServers: 8,
      incomingPolicy: 'Any',
      databases: [{ name: 'LEDGER' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'LEDGER' }],
    });
    const use = (more: object = {}) => ({
      dataServers: [
        { name: 'OWNER', dataServerRef: { name: 'bank', namespace: owner } },
        { name: 'NEAR', host: serviceOf(users, 'near'), port: PORT },
      ],
      remoteDatabases: [
        { name: 'MONEY', dataServer: 'OWNER', database: 'ACCOUNTS' },
        { name: 'BOOKS', dataServer: 'NEAR', database: 'LEDGER' },
      ],
      namespaces: [
        { name: 'USER', defaultDatabase: 'MONEY' },
        { name: 'BOOKS', defaultDatabase: 'BOOKS' },
      ],
      ...more,
    });
    const app = resource('EcpAppServer', users, 'teller', use());
    const desk = resource('EcpDataServer', users, 'desk', use());
    applyResources(owning, near, app, desk);
    await untilReady(owning, near, app, desk);
    const before = [...lives(users), ...lives(owner)];
    const set = (pod: string, value: string): string =>
      shell(users, pod, `SET ^Who="${value}" ZN "BOOKS" SET ^Who="${value}" WRITE ^Who`);
    const using = [
      [app, 'teller-0'],
      [desk, 'desk-0'],
    ] as const;
    for (const [, pod] of using) {
      expect(set(pod, pod)).toBe(pod);
      expect(shell(owner, 'bank-0', 'WRITE ^Who')).toBe(pod);
      expect(shell(users, 'near-0', 'WRITE ^Who')).toBe(pod);
      expect(instanceStatus(users, pod).dataServers).toMatchObject([
        { name: 'OWNER', state: 'Normal' },
        { name: 'NEAR', state: 'Normal', host: serviceOf(users, 'near'), port: PORT },
      ]);
    }

    step('the second database becomes read-only here, the first one another of its data server');
    const { remoteDatabases } = use();
    for (const [user] of using) {
      patchSpec(user, {
        remoteDatabases: remoteDatabases.map((one) =>
          one.name === 'BOOKS' ? { ...one, access: 'ReadOnly' } : { ...one, database: 'AUDIT' },
        ),
      });
    }
    await untilReady(app, desk);
    for (const [, pod] of using) {
      const refused = tryExec(users, pod, shellCommand('SET ^Who="audit" ZN "BOOKS" SET ^Who="x"'));
      expect(`${refused.stdout}${refused.stderr}`).toContain('PROTECT');
      expect(shell(owner, 'bank-0', 'ZN "AUDIT" WRITE ^Who')).toBe('audit');
      expect(shell(users, 'near-0', 'WRITE ^Who')).toBe('desk-0');
      expect(shell(users, pod, 'ZN "BOOKS" WRITE ^Who')).toBe('desk-0');
      shell(owner, 'bank-0', 'ZN "AUDIT" KILL ^Who');
    }

    step('a third data server is refused, until maxDataServers is raised; then it is used');
    const { dataServers, namespaces } = use();
    const third = {
      dataServers: [...dataServers, { name: 'HERE', dataServerRef: { name: 'here' } }],
      remoteDatabases: [...remoteDatabases, { name: 'HERE', dataServer: 'HERE', database: 'HERE' }],
      namespaces: [...namespaces, { name: 'HERE', defaultDatabase: 'HERE' }],
    };
    const here = resource('EcpDataServer', users, 'here', {
      maxAppServers: 2,
      incomingPolicy: 'Any',
      databases: [{ name: 'HERE' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'HERE' }],
    });
    applyResources(here);
    for (const [user] of using) {
      expect(tryPatchSpec(user, third).stderr).toContain('maxDataServers is less than');
      patchSpec(user, { ...third, maxDataServers: 3 });
    }
    await untilReady(here, app, desk);
    for (const [, pod] of using) {
      shell(users, pod, `ZN "HERE" SET ^Who="${pod}"`);
      expect(shell(users, 'here-0', 'WRITE ^Who')).toBe(pod);
    }
    expect([...lives(users), ...lives(owner)]).toEqual(expect.arrayContaining(before));
  }),
);
