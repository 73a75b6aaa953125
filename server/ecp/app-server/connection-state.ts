/**
 * The application-server side of a connection (guide §3.2.1, §3.3, §4.1).
 *
 *                    request                       welcomed
 *   Not Connected ─────────────► In Progress ────────────────► Normal ◄──────────┐
 *        ▲  ▲                     │      ▲  │ refused            │ silence, lost   │ traffic (same stream)
 *        │  │ gaveUp              ▼      │  ▼                    ▼                 │
 *        │  └──────────── (20 min)   Connection Failed         Trouble ───────────┤
 *        │                                                       │  ▲             │
 *        │ recoveryExpired (20 min), sessionGone                 ▼  │ lost        │ recovered
 *        └───────────────────────────────────────────────── Recovery ─────────────┘
 *   any ── disable ──► Disabled ── enable ──► In Progress;  any ── disconnect ──► Not Connected
 *
 * What holds in each state:
 * - notConnected: no channel, no timer, nothing cached, nothing pending.
 * - inProgress, failed: dialling goes on; requests wait at most the request wait (20 s), then <NETWORK>.
 * - normal: one channel; requests flow; the cache is coherent as of the stream's position.
 * - trouble: sent requests are kept, new ones wait; cached reads answer. The channel may be alive
 *   (silence) or gone (lost).
 * - recovery: a new channel is up, the cache is flushed, unacknowledged changes are being sent again.
 * - disabled: no channel; every request is answered <NETWORK> at once.
 *
 * Enforcement: every cell of the table has its expected next state in connection-state.test.ts.
 */

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

export type AppSideEvent =
  /** An application makes a network request. */
  | 'request'
  /** A handshake that began no session before it. */
  | 'welcomed'
  /** The data server refused the handshake. */
  | 'refused'
  /** No connection within the background attempts' time (20 minutes). */
  | 'gaveUp'
  /** Nothing was heard on a living channel for a while. */
  | 'silence'
  /** Something was heard again on the same channel. */
  | 'traffic'
  /** The channel ended. */
  | 'lost'
  /** A new channel is up and the data server still has the session. */
  | 'resumed'
  /** All that was kept has been answered or sent again. */
  | 'recovered'
  /** The data server no longer has the session. */
  | 'sessionGone'
  /** The time to wait for recovery is over. */
  | 'recoveryExpired'
  /** The administrator's three operations (§3.3). */
  | 'disable'
  | 'enable'
  | 'disconnect';

export type AppSideTable = Readonly<
  Record<AppSideState, Readonly<Record<AppSideEvent, AppSideState>>>
>;

const admin = { disable: 'disabled', disconnect: 'notConnected' } as const;

/** A cell that names its own row: the event changes nothing there. */
export const APP_SIDE_TABLE: AppSideTable = {
  notConnected: {
    ...admin,
    request: 'inProgress',
    welcomed: 'notConnected',
    refused: 'notConnected',
    gaveUp: 'notConnected',
    silence: 'notConnected',
    traffic: 'notConnected',
    lost: 'notConnected',
    resumed: 'notConnected',
    recovered: 'notConnected',
    sessionGone: 'notConnected',
    recoveryExpired: 'notConnected',
    enable: 'inProgress',
  },
  inProgress: {
    ...admin,
    request: 'inProgress',
    welcomed: 'normal',
    refused: 'failed',
    gaveUp: 'notConnected',
    silence: 'inProgress',
    traffic: 'inProgress',
    lost: 'inProgress',
    resumed: 'inProgress',
    recovered: 'inProgress',
    sessionGone: 'inProgress',
    recoveryExpired: 'inProgress',
    enable: 'inProgress',
  },
  failed: {
    ...admin,
    request: 'failed',
    welcomed: 'normal',
    refused: 'failed',
    gaveUp: 'notConnected',
    silence: 'failed',
    traffic: 'failed',
    lost: 'failed',
    resumed: 'failed',
    recovered: 'failed',
    sessionGone: 'failed',
    recoveryExpired: 'failed',
    enable: 'inProgress',
  },
  disabled: {
    disable: 'disabled',
    disconnect: 'notConnected',
    request: 'disabled',
    welcomed: 'disabled',
    refused: 'disabled',
    gaveUp: 'disabled',
    silence: 'disabled',
    traffic: 'disabled',
    lost: 'disabled',
    resumed: 'disabled',
    recovered: 'disabled',
    sessionGone: 'disabled',
    recoveryExpired: 'disabled',
    enable: 'inProgress',
  },
  normal: {
    ...admin,
    request: 'normal',
    welcomed: 'normal',
    refused: 'normal',
    gaveUp: 'normal',
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    resumed: 'normal',
    recovered: 'normal',
    sessionGone: 'notConnected',
    recoveryExpired: 'normal',
    enable: 'normal',
  },
  trouble: {
    ...admin,
    request: 'trouble',
    welcomed: 'trouble',
    refused: 'trouble',
    gaveUp: 'trouble',
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    resumed: 'recovery',
    recovered: 'trouble',
    sessionGone: 'notConnected',
    recoveryExpired: 'notConnected',
    enable: 'trouble',
  },
  recovery: {
    ...admin,
    request: 'recovery',
    welcomed: 'recovery',
    refused: 'recovery',
    gaveUp: 'recovery',
    silence: 'recovery',
    traffic: 'recovery',
    lost: 'trouble',
    resumed: 'recovery',
    recovered: 'normal',
    sessionGone: 'notConnected',
    recoveryExpired: 'notConnected',
    enable: 'recovery',
  },
};
