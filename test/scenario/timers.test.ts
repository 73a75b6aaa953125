/**
 * F-E5: every timer of table 4-1 and §3.2 on virtual time: at its value, and changed while it runs. A change counts from
 * when the timer began.
 */
import { expect, test } from '@jest/globals';
import { RawAppServer, RawDataServer } from '../support/raw-peers.ts';
import { bringSession } from '../support/states/data-side-walks.ts';
import { bring } from '../support/states/app-side-walks.ts';
import { appEnd, dataEnd } from '../support/states/walk.ts';
import { World, type Host } from '../support/world.ts';
import type { Direction } from '../support/loopback.ts';

/** A timer that has just begun. */
interface Running {
  isOver(): boolean;
  change(seconds: number): void;
}

interface TimerCase {
  readonly title: string;
  readonly seconds: number;
  /** It is looked at only so often. */
  readonly everySeconds?: number;
  begin(world: World): Promise<Running>;
}

const SERVED = { maxAppServers: 4, incomingPolicy: 'Any' } as const;

/** Of an app server's own settings. */
const timeouts =
  (A: Host, name: string) =>
  (seconds: number): void =>
    A.reconfigure({ timeouts: { [name]: seconds } });

const dataTimeouts =
  (S: Host, name: string) =>
  (seconds: number): void =>
    S.reconfigure({ ecp: { ...SERVED, timeouts: { [name]: seconds } } });

const heartbeat =
  (host: Host, name: string) =>
  (seconds: number): void =>
    host.reconfigure({ heartbeat: { [name]: seconds } });

/** Whether anything was sent this way since. */
function heardSince(world: World, way: Direction): () => boolean {
  let count = 0;
  world.net.onMessage = (direction) => {
    if (direction === way) count++;
  };
  return () => count > 0;
}

const APP_SIDE: readonly TimerCase[] = [
  {
    title: 'a request waits for a connection in progress (requestWaitSeconds)',
    seconds: 20,
    begin: (world) => {
      const A = world.appServer('A');
      let ended: unknown;
      void Promise.resolve(A.job().global('x').get([1])).catch((error: unknown) => {
        ended = error;
      });
      return Promise.resolve({
        isOver: () => ended !== undefined,
        change: timeouts(A, 'requestWaitSeconds'),
      });
    },
  },
  {
    title: 'connecting goes on in the background (connectGiveUpSeconds)',
    seconds: 1200,
    begin: async (world) => {
      const { A } = await bring(world, 'inProgress');
      return {
        isOver: () => appEnd(A) === 'notConnected',
        change: timeouts(A, 'connectGiveUpSeconds'),
      };
    },
  },
  {
    title: 'Time to wait for recovery (recoverySeconds)',
    seconds: 1200,
    begin: async (world) => {
      const { A } = await bring(world, 'trouble');
      return {
        isOver: () => appEnd(A) === 'notConnected',
        change: timeouts(A, 'recoverySeconds'),
      };
    },
  },
  {
    title: 'Time between reconnections (reconnectIntervalSeconds)',
    seconds: 5,
    begin: async (world) => {
      const { A } = await bring(world, 'inProgress');
      return {
        isOver: () => world.net.dials.length > 1,
        change: timeouts(A, 'reconnectIntervalSeconds'),
      };
    },
  },
  {
    title: 'signs of life of an app server (heartbeat.intervalSeconds)',
    seconds: 2,
    begin: async (world) => {
      const { A } = await bring(world, 'normal');
      return {
        isOver: heardSince(world, 'toServer'),
        change: heartbeat(A, 'intervalSeconds'),
      };
    },
  },
  {
    title: 'silence of a data server is Trouble (heartbeat.nonResponsiveSeconds)',
    seconds: 10,
    everySeconds: 2,
    begin: async (world) => {
      const S = new RawDataServer(world);
      const A = world.appServer('A');
      A.instance.appServer.connection('BANK')?.enable();
      await world.time.settle();
      expect(S.connections).toBe(1);
      return {
        isOver: () => appEnd(A) === 'trouble',
        change: heartbeat(A, 'nonResponsiveSeconds'),
      };
    },
  },
];

const DATA_SIDE: readonly TimerCase[] = [
  {
    title: 'Time interval for Troubled state (troubledSeconds)',
    seconds: 60,
    begin: async (world) => {
      const { S, peer } = await bringSession(world, 'normal');
      peer.close();
      await world.time.settle();
      return {
        isOver: () => dataEnd(S) === 'none',
        change: dataTimeouts(S, 'troubledSeconds'),
      };
    },
  },
  {
    title: 'a recovery that does not end (troubledSeconds)',
    seconds: 60,
    begin: async (world) => {
      const { S } = await bringSession(world, 'recovering');
      return {
        isOver: () => dataEnd(S) === 'none',
        change: dataTimeouts(S, 'troubledSeconds'),
      };
    },
  },
  {
    title: 'after a start remembered sessions are waited for (sessionRecoverySeconds)',
    seconds: 30,
    begin: async (world) => {
      const { S } = await bringSession(world, 'restart');
      return {
        isOver: () => dataEnd(S) === 'none',
        change: dataTimeouts(S, 'sessionRecoverySeconds'),
      };
    },
  },
  {
    title: 'signs of life of a data server (heartbeat.intervalSeconds)',
    seconds: 2,
    begin: async (world) => {
      const { S } = await bring(world, 'normal');
      if (S === undefined) throw new Error('it is connected to somebody');
      return { isOver: heardSince(world, 'toApp'), change: heartbeat(S, 'intervalSeconds') };
    },
  },
  {
    title: 'silence of an app server is Trouble (heartbeat.nonResponsiveSeconds)',
    seconds: 10,
    everySeconds: 2,
    begin: async (world) => {
      const S = world.dataServer();
      await RawAppServer.welcomed(world, { name: 'A' });
      return {
        isOver: () => dataEnd(S) === 'trouble',
        change: heartbeat(S, 'nonResponsiveSeconds'),
      };
    },
  },
];

/** What a handshake has taken, at most. */
const BEGUN_MS = 50;
const cases = [...APP_SIDE, ...DATA_SIDE].map((timer) => [timer.title, timer] as const);

/** Over at `seconds` after it began, `goneSeconds` of which are over already: not before, and not later. */
async function expectOverAt(
  world: World,
  running: Running,
  { everySeconds = 0 }: TimerCase,
  seconds: number,
  goneSeconds: number,
): Promise<void> {
  await world.time.pass((seconds - goneSeconds) * 1000 - 2 * BEGUN_MS);
  expect(running.isOver()).toBe(false);
  await world.time.pass(everySeconds * 1000 + 3 * BEGUN_MS);
  expect(running.isOver()).toBe(true);
}

test.each(cases)('F-E5: %s: at its value', async (_title, timer) => {
  const world = new World();
  const running = await timer.begin(world);
  await expectOverAt(world, running, timer, timer.seconds, 0);
});

test.each(cases)('F-E5: %s: made longer while it runs', async (_title, timer) => {
  const { seconds } = timer;
  const world = new World();
  const running = await timer.begin(world);
  await world.time.pass((seconds / 2) * 1000);
  running.change(seconds * 3);
  await expectOverAt(world, running, timer, seconds * 3, seconds / 2);
});

test.each(cases)('F-E5: %s: made shorter while it runs', async (_title, timer) => {
  const { seconds, everySeconds = 0 } = timer;
  const world = new World();
  const running = await timer.begin(world);
  await world.time.pass((seconds / 2) * 1000);
  expect(running.isOver()).toBe(false);
  // Shorter than what is over already: at once.
  running.change(seconds * 0.4);
  await world.time.pass(everySeconds * 1000);
  expect(running.isOver()).toBe(true);
});

test('F-E5: Trouble that began with silence is not longer for a stream that breaks in it', async () => {
  const world = new World();
  const { S, peer } = await bringSession(world, 'trouble');
  await world.time.pass(40_000);
  peer.close();
  await world.time.pass(15_000);
  expect(dataEnd(S)).toBe('trouble');
  // 12 s of silence, then the 60 s of Trouble.
  await world.time.pass(6000);
  expect(dataEnd(S)).toBe('none');
});
