/**
 * The application-server side of a connection (guide §3.2.1, §3.3, §4.1), as a complete table. Diagram, table and the
 * tests that drive a connection through each cell: docs/spec/connection-states.md.
 *
 * Trouble holds two things: silence on a living channel, which ends with the first traffic, and no channel, which ends
 * by a recovery. Enforcement: connection-state.test.ts has the expected next state of every cell.
 */
import { impossible, type StateMachineDescription, type StateTable } from '../state-machine.ts';

export type AppSideState =
  'notConnected' | 'inProgress' | 'failed' | 'disabled' | 'normal' | 'trouble' | 'recovery';

/** Numbers that monitoring tools know; 0 (Not Initialized) is before the instance has read its configuration. */
export const APP_SIDE_CODES: Readonly<Record<AppSideState, number>> = {
  notConnected: 1,
  inProgress: 2,
  failed: 3,
  disabled: 4,
  normal: 5,
  trouble: 6,
  recovery: 7,
};

/** Names of the guide's table 3-1 and of monitoring tools. */
export const APP_SIDE_NAMES: Readonly<Record<AppSideState, string>> = {
  notConnected: 'Not Connected',
  inProgress: 'Connection in Progress',
  failed: 'Connection Failed',
  disabled: 'Disabled',
  normal: 'Normal',
  trouble: 'Trouble',
  recovery: 'Recovery',
};

const GUARANTEES: Readonly<Record<AppSideState, string>> = {
  notConnected:
    'No channel, no timer; nothing of the data server is cached, held or under way. The next request connects.',
  inProgress:
    'Dialling goes on at the interval between reconnections, at most for connectGiveUpSeconds. A request waits at most requestWaitSeconds, then <NETWORK>.',
  failed:
    'The data server refused, and status says why. Otherwise as Connection in Progress: dialling goes on.',
  disabled:
    'No channel. Every request gets <NETWORK> at once. Only an administrator ends it; a restart does not.',
  normal:
    'One channel; requests flow. The cache is coherent as of the place in the stream that was read.',
  trouble:
    'What was sent is kept, what is new waits, copies in the cache answer. Lasts at most recoverySeconds, recoveries that begin in it included.',
  recovery:
    'A new channel and an empty cache: locks are claimed, what is not known to be durable is sent again; what is new waits.',
};

export type AppSideEvent =
  | 'request'
  | 'welcomed'
  | 'refused'
  | 'gaveUp'
  | 'silence'
  | 'traffic'
  | 'lost'
  | 'resumed'
  | 'recovered'
  | 'sessionGone'
  | 'recoveryExpired'
  | 'disable'
  | 'enable'
  | 'disconnect';

const EVENTS: Readonly<Record<AppSideEvent, string>> = {
  request: 'a job makes a network request',
  welcomed: 'a handshake began a session',
  refused: 'the data server refused a handshake',
  gaveUp: 'no connection within connectGiveUpSeconds',
  silence: 'nothing was heard on a living channel for nonResponsiveSeconds',
  traffic: 'something was heard on the channel',
  lost: 'the channel ended, or could not be made',
  resumed: 'a handshake found the session alive',
  recovered: 'all that was kept has been sent again and answered',
  sessionGone: 'the data server no longer has the session, or ends it',
  recoveryExpired: 'recoverySeconds are over',
  disable: 'the administrator changes it to Disabled',
  enable: 'the administrator changes it to Normal',
  disconnect: 'the administrator, or a job, changes it to Not Connected',
};

const NO_CHANNEL = impossible('there is no channel');
const NO_SESSION = impossible('there is no session');
const NOT_DIALLING = impossible(
  'only who dials for the first time gives up; its timer ends with that',
);
const GREETED = impossible(
  'the handshake is over: a second answer breaks the protocol and ends the channel',
);
const HAS_SESSION = impossible(
  'a handshake for a session that is held resumes it, or finds it gone',
);
const ENDED_INSTEAD = impossible('a refusal after the welcome is the end of the session');
const UNGREETED = impossible('a channel in its handshake says nothing else');
const NOT_RECOVERING = impossible('no recovery is under way');
const NOT_LOST = impossible('the time to wait for recovery runs in Trouble and Recovery only');

const admin = { disable: 'disabled', disconnect: 'notConnected' } as const;
/** What nobody can bring about where nothing is open and nothing is held. */
const closed = {
  welcomed: NO_CHANNEL,
  refused: NO_CHANNEL,
  gaveUp: NOT_DIALLING,
  silence: NO_CHANNEL,
  traffic: NO_CHANNEL,
  lost: NO_CHANNEL,
  resumed: NO_CHANNEL,
  recovered: NO_CHANNEL,
  sessionGone: NO_SESSION,
  recoveryExpired: NO_SESSION,
} as const;
/** While it dials for its first session. */
const dialling = {
  silence: UNGREETED,
  traffic: UNGREETED,
  resumed: NO_SESSION,
  recovered: NO_SESSION,
  sessionGone: NO_SESSION,
  recoveryExpired: NO_SESSION,
} as const;

export const APP_SIDE_TABLE: StateTable<AppSideState, AppSideEvent> = {
  notConnected: { ...admin, ...closed, request: 'inProgress', enable: 'inProgress' },
  inProgress: {
    ...admin,
    ...dialling,
    request: 'inProgress',
    welcomed: 'normal',
    refused: 'failed',
    gaveUp: 'notConnected',
    lost: 'inProgress',
    enable: 'inProgress',
  },
  failed: {
    ...admin,
    ...dialling,
    request: 'failed',
    welcomed: 'normal',
    refused: 'failed',
    gaveUp: 'notConnected',
    lost: 'failed',
    enable: 'inProgress',
  },
  disabled: { ...admin, ...closed, request: 'disabled', enable: 'inProgress' },
  normal: {
    ...admin,
    request: 'normal',
    welcomed: GREETED,
    refused: ENDED_INSTEAD,
    gaveUp: NOT_DIALLING,
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    resumed: GREETED,
    recovered: NOT_RECOVERING,
    sessionGone: 'notConnected',
    recoveryExpired: NOT_LOST,
    enable: 'normal',
  },
  trouble: {
    ...admin,
    request: 'trouble',
    welcomed: HAS_SESSION,
    refused: 'trouble',
    gaveUp: NOT_DIALLING,
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    resumed: 'recovery',
    recovered: NOT_RECOVERING,
    sessionGone: 'notConnected',
    recoveryExpired: 'notConnected',
    enable: 'trouble',
  },
  recovery: {
    ...admin,
    request: 'recovery',
    welcomed: GREETED,
    refused: ENDED_INSTEAD,
    gaveUp: NOT_DIALLING,
    silence: 'recovery',
    traffic: 'recovery',
    lost: 'trouble',
    resumed: GREETED,
    recovered: 'normal',
    sessionGone: 'notConnected',
    recoveryExpired: 'notConnected',
    enable: 'recovery',
  },
};

export const APP_SIDE: StateMachineDescription<AppSideState, AppSideEvent> = {
  title: 'Application server',
  initial: 'notConnected',
  codes: APP_SIDE_CODES,
  names: APP_SIDE_NAMES,
  guarantees: GUARANTEES,
  events: EVENTS,
  table: APP_SIDE_TABLE,
};
