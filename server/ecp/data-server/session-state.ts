/**
 * The data-server side of a connection (guide §3.2.2), as a complete table. Diagram, table and the tests that drive a
 * session through each cell: docs/spec/connection-states.md.
 *
 * Free has two forms that differ in whose the connection block is: nobody's, or still the app server's that left.
 * Trouble has two as well: silence on a living channel ("non-responsive"), and no channel ("awaiting reconnection").
 * Enforcement: session-state.test.ts has the expected next state of every cell.
 */
import { impossible, type StateMachineDescription, type StateTable } from '../state-machine.ts';

export type DataSideState = 'unassigned' | 'idle' | 'normal' | 'trouble' | 'recovering' | 'restart';

/** A block that no session has. */
export type FreeState = Extract<DataSideState, 'unassigned' | 'idle'>;

export const DATA_SIDE_CODES: Readonly<Record<DataSideState, number>> = {
  unassigned: 0,
  idle: 0,
  normal: 1,
  trouble: 2,
  recovering: 3,
  restart: 4,
};

export const DATA_SIDE_NAMES: Readonly<Record<DataSideState, string>> = {
  unassigned: 'Free',
  idle: 'Free',
  normal: 'Normal',
  trouble: 'Trouble',
  recovering: 'Recovering',
  restart: 'Restart',
};

const GUARANTEES: Readonly<Record<DataSideState, string>> = {
  unassigned: 'Nothing is held; whoever may connect can have the block.',
  idle: 'Nothing is held. The block is still its last app server’s; another gets it when none is unassigned.',
  normal:
    'One living channel; requests are applied in the order of their numbers, each change once.',
  trouble:
    'Nothing was heard for a while, or the channel is gone. Locks, open transactions and the place in the order are held for troubledSeconds.',
  recovering:
    'The app server has reclaimed its session and sends again what it kept; all is held for troubledSeconds.',
  restart:
    'Remembered from before this start. Locks and open transactions are held for sessionRecoverySeconds; nobody is granted a lock meanwhile.',
};

export type DataSideEvent =
  | 'remembered'
  | 'connected'
  | 'silence'
  | 'traffic'
  | 'lost'
  | 'left'
  | 'reclaimed'
  | 'recovered'
  | 'expired'
  | 'ended'
  | 'givenAway';

const EVENTS: Readonly<Record<DataSideEvent, string>> = {
  remembered: 'the journal told of a session when the data server started',
  connected: 'a handshake began a session',
  silence: 'nothing was heard on a living channel for nonResponsiveSeconds',
  traffic: 'something was heard on the channel',
  lost: 'the channel ended without a goodbye',
  left: 'the app server said goodbye',
  reclaimed: 'a new channel resumes the session',
  recovered: 'the app server has sent again all that it kept',
  expired: 'nobody reclaimed it, or finished, in time',
  ended:
    'given up for another reason: a newer process of the name, a broken protocol, a list or switch that changed, a frozen journal',
  givenAway: 'another app server needs the block, and none is unassigned',
};

const NO_SESSION = impossible('the block has no session');
const NO_CHANNEL = impossible(
  'a session of before this start has no channel until it is reclaimed',
);
const ONE_A_NAME = impossible('one session a name: the old one is resumed or ended first');
const AT_START = impossible(
  'sessions are remembered while the data server starts, when every block is unassigned',
);
const NOT_RECOVERING = impossible('no recovery is under way');
const NOT_AWAITED = impossible('the timer runs in Trouble, Recovering and Restart only');
const IN_USE = impossible('only an idle block is given away');

const free = {
  connected: 'normal',
  silence: NO_SESSION,
  traffic: NO_SESSION,
  lost: NO_SESSION,
  left: NO_SESSION,
  reclaimed: NO_SESSION,
  recovered: NO_SESSION,
  expired: NO_SESSION,
  ended: NO_SESSION,
} as const;
const inUse = {
  remembered: AT_START,
  connected: ONE_A_NAME,
  ended: 'idle',
  reclaimed: 'recovering',
  givenAway: IN_USE,
} as const;

export const DATA_SIDE_TABLE: StateTable<DataSideState, DataSideEvent> = {
  unassigned: { ...free, remembered: 'restart', givenAway: IN_USE },
  idle: { ...free, remembered: AT_START, givenAway: 'unassigned' },
  normal: {
    ...inUse,
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    left: 'idle',
    recovered: NOT_RECOVERING,
    expired: NOT_AWAITED,
  },
  trouble: {
    ...inUse,
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    left: 'idle',
    recovered: NOT_RECOVERING,
    expired: 'idle',
  },
  recovering: {
    ...inUse,
    silence: 'recovering',
    traffic: 'recovering',
    lost: 'trouble',
    left: 'idle',
    recovered: 'normal',
    expired: 'idle',
  },
  restart: {
    ...inUse,
    silence: NO_CHANNEL,
    traffic: NO_CHANNEL,
    lost: NO_CHANNEL,
    left: NO_CHANNEL,
    recovered: NOT_RECOVERING,
    expired: 'idle',
  },
};

export const DATA_SIDE: StateMachineDescription<DataSideState, DataSideEvent> = {
  title: 'Data server',
  initial: 'unassigned',
  codes: DATA_SIDE_CODES,
  names: DATA_SIDE_NAMES,
  guarantees: GUARANTEES,
  events: EVENTS,
  table: DATA_SIDE_TABLE,
};
