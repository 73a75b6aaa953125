/** Walks through the app server's table (server/ecp/app-server/connection-state.ts). */
import type {
  AppSideEvent,
  AppSideState,
} from '../../../server/ecp/app-server/connection-state.ts';
import { encodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';
import type { ConnectionChange } from '../../../server/instance/instance.ts';
import { RawDataServer } from '../raw-peers.ts';
import type { Host, World } from '../world.ts';
import { ends, ignore, type Walk } from './walk.ts';

export type AppSideCell = `${AppSideState} ${AppSideEvent}`;
export type Change = 'disable' | 'enable' | 'disconnect';

const MINUTE_MS = 60_000;

const CHANGES: Readonly<Record<Change, ConnectionChange>> = {
  enable: 'normal',
  disable: 'disabled',
  disconnect: 'notConnected',
};

/** One of the administrator's operations; what is left to do takes as much time as it needs. */
export async function change(world: World, host: Host, what: Change): Promise<void> {
  await world.run(host.instance.changeConnection('BANK', CHANGES[what]));
}

/** An app server A, and its data server: real, by hand, or none. */
export interface Stage {
  readonly A: Host;
  readonly S?: Host;
  readonly raw?: RawDataServer;
}

/** A connection in a state, by the shortest way. A read of ^x(9) waits wherever one can. */
export async function bring(world: World, state: AppSideState): Promise<Stage> {
  switch (state) {
    case 'notConnected':
      return { S: world.dataServer(), A: world.appServer('A') };
    case 'inProgress': {
      const A = world.appServer('A');
      ignore(A.job().global('x').get([9]));
      await world.time.settle();
      return { A };
    }
    case 'failed': {
      const S = world.dataServer('S', { ecp: { enabled: false } });
      const A = world.appServer('A');
      ignore(A.job().global('x').get([9]));
      await world.time.settle();
      return { S, A };
    }
    case 'recovery':
      return bringToRecovery(world);
    case 'normal':
    case 'disabled':
    case 'trouble': {
      const S = world.dataServer();
      const A = world.appServer('A');
      await world.run(A.job().global('x').get([1]));
      if (state === 'disabled') await change(world, A, 'disable');
      if (state === 'trouble') {
        world.net.unlisten('S:1972');
        world.link(A).cut();
        ignore(A.job().global('x').increment([9]));
        await world.time.settle();
      }
      return { S, A };
    }
  }
}

/** Real data servers recover within a turn; this one says nothing until it is told. */
async function bringToRecovery(world: World): Promise<Stage> {
  const raw = new RawDataServer(world);
  const A = world.appServer('A');
  ignore(A.job().global('x').increment([9]));
  await world.time.settle();
  await raw.drop();
  await world.time.settle();
  return { A, raw };
}

const SERVED = { ecp: { maxAppServers: 4, incomingPolicy: 'Any' } } as const;
const OFF = { ecp: { ...SERVED.ecp, enabled: false } } as const;

function listenAgain(world: World, S: Host): void {
  world.net.listen('S:1972', (channel) => S.instance.dataServer.accept(channel));
}

const FIRST_USE: readonly Walk<AppSideCell>[] = [
  {
    title: 'a first request connects; what comes after it goes on the same channel',
    cells: ['notConnected request', 'inProgress welcomed', 'normal request', 'normal traffic'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const { S, A } = await bring(world, 'normal');
      await world.run(A.job().global('x').increment([1]));
      return ends(A, S);
    },
  },
  {
    title: 'nobody answers: dialling goes on, and ends after connectGiveUpSeconds',
    cells: ['inProgress request', 'inProgress lost', 'inProgress gaveUp'],
    ends: { app: 'notConnected' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A } = await bring(world, 'inProgress');
      ignore(A.job().global('x').get([2]));
      await world.time.pass(20 * MINUTE_MS);
      return ends(A);
    },
  },
  {
    title: 'refused, again and again: dialling ends after connectGiveUpSeconds all the same',
    cells: ['inProgress refused', 'failed request', 'failed refused', 'failed gaveUp'],
    ends: { app: 'notConnected', data: 'none' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'failed');
      ignore(A.job().global('x').get([2]));
      await world.time.pass(20 * MINUTE_MS);
      return ends(A, S);
    },
  },
  {
    title: 'refused, then not there, then welcomed',
    cells: ['failed lost', 'failed welcomed'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'failed');
      if (S === undefined) throw new Error('it was refused by somebody');
      world.net.unlisten('S:1972');
      await world.time.pass(6000);
      S.reconfigure(SERVED);
      listenAgain(world, S);
      await world.time.pass(6000);
      return ends(A, S);
    },
  },
];

const TROUBLE: readonly Walk<AppSideCell>[] = [
  {
    title: 'silence on a living channel, and the first traffic after it',
    cells: ['normal silence', 'trouble silence', 'trouble request', 'trouble traffic'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'normal');
      world.link(A).holdToApp(true);
      await world.time.pass(15_000);
      const sum = A.job().global('x').increment([2]);
      world.link(A).holdToApp(false);
      await world.run(sum);
      return ends(A, S);
    },
  },
  {
    title: 'a channel that stays silent is ended and replaced',
    cells: ['normal silence', 'trouble lost', 'trouble resumed', 'recovery recovered'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'normal');
      world.link(A).freeze();
      ignore(A.job().global('x').increment([1]));
      await world.time.pass(30_000);
      return ends(A, S);
    },
  },
  {
    title: 'a cut, a data server that is not there for a while, and the recovery',
    cells: [
      'normal lost',
      'trouble lost',
      'trouble resumed',
      'recovery traffic',
      'recovery recovered',
    ],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'trouble');
      await world.time.pass(12_000);
      if (S !== undefined) listenAgain(world, S);
      await world.time.pass(6000);
      return ends(A, S);
    },
  },
  {
    title: 'a data server that refuses, and then does not know the session any more',
    cells: ['trouble refused', 'trouble sessionGone'],
    ends: { app: 'notConnected', data: 'none' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'trouble');
      if (S === undefined) throw new Error('it was connected to somebody');
      S.reconfigure(OFF);
      listenAgain(world, S);
      await world.time.pass(6000);
      S.reconfigure(SERVED);
      await world.time.pass(6000);
      return ends(A, S);
    },
  },
  {
    title: 'a data server that ends the session on its channel',
    cells: ['normal sessionGone'],
    ends: { app: 'notConnected', data: 'none' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'normal');
      S?.reconfigure(OFF);
      await world.time.settle();
      return ends(A, S);
    },
  },
  {
    title: 'a data server that does not come back within recoverySeconds',
    cells: ['trouble recoveryExpired'],
    ends: { app: 'notConnected', data: 'none' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'trouble');
      await world.time.pass(20 * MINUTE_MS);
      return ends(A, S);
    },
  },
];

const RECOVERY: readonly Walk<AppSideCell>[] = [
  {
    title: 'a recovery that is asked for more, hears something, falls silent and breaks',
    cells: ['recovery request', 'recovery traffic', 'recovery silence', 'recovery lost'],
    ends: { app: 'recovery' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, raw } = await bring(world, 'recovery');
      ignore(A.job().global('x').get([2]));
      await raw?.say({ kind: 'heartbeat' });
      // Silent for twice the limit: the channel is ended, and a recovery begins on the next one.
      await world.time.pass(30_000);
      return ends(A);
    },
  },
  {
    title: 'a recovery that is not over within recoverySeconds',
    cells: ['recovery recoveryExpired'],
    ends: { app: 'notConnected' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, raw } = await bring(world, 'recovery');
      for (let minute = 0; minute < 120; minute++) {
        await raw?.say({ kind: 'heartbeat' });
        await world.time.pass(MINUTE_MS / 6);
      }
      return ends(A);
    },
  },
  {
    title: 'a data server that gives the session up in the midst of its recovery',
    cells: ['recovery sessionGone'],
    ends: { app: 'notConnected' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, raw } = await bring(world, 'recovery');
      const goodbye = { reason: 'enough', sessionKept: false };
      await raw?.raw(encodeChannelMessage({ kind: 'goodbye', goodbye }));
      return ends(A);
    },
  },
];

const STATES: readonly AppSideState[] = [
  'notConnected',
  'inProgress',
  'failed',
  'disabled',
  'normal',
  'trouble',
  'recovery',
];

/** The same three in every state, each in a world of its own. */
const ADMINISTRATOR = STATES.map((state): Walk<AppSideCell> => ({
  title: `the administrator’s three operations in ${state}`,
  cells: [`${state} enable`, `${state} disable`, `${state} disconnect`],
  ends: { app: 'notConnected' },
  run: async (newWorld) => {
    for (const what of ['enable', 'disable'] as const) {
      const world = newWorld();
      const { A } = await bring(world, state);
      await change(world, A, what);
    }
    const world = newWorld();
    const { A } = await bring(world, state);
    await change(world, A, 'disconnect');
    return ends(A);
  },
}));

const DISABLED: readonly Walk<AppSideCell>[] = [
  {
    title: 'a request to a data server that is disabled',
    cells: ['disabled request'],
    ends: { app: 'disabled', data: 'none' },
    run: async (newWorld) => {
      const world = newWorld();
      const { A, S } = await bring(world, 'disabled');
      ignore(Promise.resolve().then(() => A.job().global('x').get([2])));
      await world.time.settle();
      return ends(A, S);
    },
  },
];

export const APP_SIDE_WALKS: readonly Walk<AppSideCell>[] = [
  ...FIRST_USE,
  ...TROUBLE,
  ...RECOVERY,
  ...DISABLED,
  ...ADMINISTRATOR,
];
