/** Walks through the data server's table (server/ecp/data-server/session-state.ts). */
import type {
  DataSideEvent,
  DataSideState,
} from '../../../server/ecp/data-server/session-state.ts';
import { encodeChannelMessage, type Hello } from '../../../server/ecp/wire/handshake.ts';
import { RawAppServer } from '../raw-peers.ts';
import type { Host, World } from '../world.ts';
import { dataEnd, ends, ignore, type Ends, type Walk } from './walk.ts';

export type DataSideCell = `${DataSideState} ${DataSideEvent}`;

const GOODBYE = encodeChannelMessage({
  kind: 'goodbye',
  goodbye: { reason: 'enough', sessionKept: false },
});
/** The app server by hand is called A too. */
const NAME = { name: 'A' } as const;
const SERVED = { ecp: { maxAppServers: 4, incomingPolicy: 'Any' } } as const;
const OFF = { ecp: { ...SERVED.ecp, enabled: false } } as const;

const dataOnly = (S: Host): Ends => ({ data: dataEnd(S) });

/** The handshake that resumes a peer's session. */
function resuming({ welcome: { session, epoch, serverUuid } }: RawAppServer): Partial<Hello> {
  return { ...NAME, session, epoch, serverUuid };
}

/** A session of a real data server whose app server is a hand. */
export async function bringSession(
  world: World,
  state: Exclude<DataSideState, 'unassigned' | 'idle'>,
): Promise<{ readonly S: Host; readonly peer: RawAppServer }> {
  const S = world.dataServer();
  const peer = await RawAppServer.welcomed(world, NAME);
  switch (state) {
    case 'normal':
      return { S, peer };
    case 'trouble':
      // Says nothing.
      await world.time.pass(13_000);
      return { S, peer };
    case 'recovering': {
      peer.close();
      await world.time.settle();
      return { S, peer: await RawAppServer.welcomed(world, resuming(peer)) };
    }
    case 'restart':
      S.crash();
      S.start();
      await world.time.settle();
      return { S, peer };
  }
}

const REAL: readonly Walk<DataSideCell>[] = [
  {
    title: 'an app server connects, works, leaves, and comes back into its own block',
    cells: ['unassigned connected', 'normal traffic', 'normal left', 'idle connected'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const S = world.dataServer();
      const A = world.appServer('A');
      const job = A.job();
      await world.run(job.global('x').increment([1]));
      await world.run(job.disconnect('BANK'));
      await world.run(job.global('x').get([1]));
      return ends(A, S);
    },
  },
  {
    title: 'the only block is another’s, who has left',
    cells: ['idle givenAway', 'unassigned connected'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const S = world.dataServer('S', { ecp: { maxAppServers: 1 } });
      const B = world.appServer('B');
      await world.run(B.job().global('x').get([1]));
      await B.stop();
      await world.time.settle();
      const A = world.appServer('A');
      await world.run(A.job().global('x').get([1]));
      return ends(A, S);
    },
  },
  {
    title: 'an app server falls silent and is heard again',
    cells: ['normal silence', 'trouble silence', 'trouble traffic'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const S = world.dataServer();
      const A = world.appServer('A');
      await world.run(A.job().global('x').get([1]));
      world.link(A).holdToServer(true);
      await world.time.pass(15_000);
      world.link(A).holdToServer(false);
      await world.time.settle();
      return ends(A, S);
    },
  },
  {
    title: 'a cut, and the recovery',
    cells: ['normal lost', 'trouble reclaimed', 'recovering traffic', 'recovering recovered'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const S = world.dataServer();
      const A = world.appServer('A');
      await world.run(A.job().global('x').get([1]));
      world.link(A).cut();
      ignore(A.job().global('x').increment([1]));
      await world.time.pass(100);
      return ends(A, S);
    },
  },
  {
    title: 'an app server that dies while it is silent, and does not come back',
    cells: ['normal silence', 'trouble lost', 'trouble expired'],
    ends: { data: 'none' },
    run: async (newWorld) => {
      const world = newWorld();
      const S = world.dataServer();
      const A = world.appServer('A');
      await world.run(A.job().global('x').get([1]));
      world.link(A).holdToServer(true);
      await world.time.pass(15_000);
      A.crash();
      await world.time.pass(60_000);
      return dataOnly(S);
    },
  },
  {
    title: 'a data server that starts again and is reclaimed',
    cells: ['unassigned remembered', 'restart reclaimed', 'recovering recovered'],
    ends: { app: 'normal', data: 'normal' },
    run: async (newWorld) => {
      const world = newWorld();
      const S = world.dataServer();
      const A = world.appServer('A');
      await world.run(A.job().global('x').get([1]));
      S.crash();
      S.start();
      await world.time.pass(6000);
      return ends(A, S);
    },
  },
];

/** A step of a walk with an app server by hand. */
type Step = (world: World, S: Host, peer: RawAppServer) => Promise<unknown>;

const leave: Step = (_world, _S, peer) => peer.raw(GOODBYE);
const cut: Step = async (world, _S, peer) => {
  peer.close();
  await world.time.settle();
};
const reclaim: Step = (world, _S, peer) => new RawAppServer(world).hello(resuming(peer));
const switchOff: Step = async (world, S) => {
  S.reconfigure(OFF);
  await world.time.settle();
};
const offend: Step = (_world, _S, peer) => peer.raw(Uint8Array.of(0xff));
const waitMs =
  (ms: number): Step =>
  (world) =>
    world.time.pass(ms);

interface ByHand {
  readonly title: string;
  readonly from: Parameters<typeof bringSession>[1];
  readonly step: Step;
  readonly event: DataSideEvent;
  readonly to: DataSideState | 'none';
}

const BY_HAND: readonly ByHand[] = [
  {
    title: 'a second stream resumes a session that is not lost',
    from: 'normal',
    step: reclaim,
    event: 'reclaimed',
    to: 'recovering',
  },
  {
    title: 'a peer that breaks the protocol',
    from: 'normal',
    step: offend,
    event: 'ended',
    to: 'none',
  },
  { title: 'a goodbye after a silence', from: 'trouble', step: leave, event: 'left', to: 'none' },
  {
    title: 'the service is switched off for one who is silent',
    from: 'trouble',
    step: switchOff,
    event: 'ended',
    to: 'none',
  },
  {
    title: 'silence in the midst of a recovery',
    from: 'recovering',
    step: waitMs(15_000),
    event: 'silence',
    to: 'recovering',
  },
  {
    title: 'a recovery that is not over within troubledSeconds',
    from: 'recovering',
    step: waitMs(61_000),
    event: 'expired',
    to: 'none',
  },
  {
    title: 'a recovery whose stream breaks',
    from: 'recovering',
    step: cut,
    event: 'lost',
    to: 'trouble',
  },
  {
    title: 'a goodbye in the midst of a recovery',
    from: 'recovering',
    step: leave,
    event: 'left',
    to: 'none',
  },
  {
    title: 'a recovery that begins anew on another stream',
    from: 'recovering',
    step: reclaim,
    event: 'reclaimed',
    to: 'recovering',
  },
  {
    title: 'a peer that breaks the protocol in its recovery',
    from: 'recovering',
    step: offend,
    event: 'ended',
    to: 'none',
  },
  {
    title: 'nobody comes within sessionRecoverySeconds of the start',
    from: 'restart',
    step: waitMs(31_000),
    event: 'expired',
    to: 'none',
  },
  {
    title: 'the service is switched off before a remembered session comes',
    from: 'restart',
    step: switchOff,
    event: 'ended',
    to: 'none',
  },
];

export const DATA_SIDE_WALKS: readonly Walk<DataSideCell>[] = [
  ...REAL,
  ...BY_HAND.map(({ title, from, step, event, to }): Walk<DataSideCell> => ({
    title,
    cells: [`${from} ${event}`],
    ends: { data: to },
    run: async (newWorld) => {
      const world = newWorld();
      const { S, peer } = await bringSession(world, from);
      await step(world, S, peer);
      return dataOnly(S);
    },
  })),
];
