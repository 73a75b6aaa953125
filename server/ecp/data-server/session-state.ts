/**
 * The data-server side of a connection (guide §3.2.2).
 *
 *            connected                  silence, lost, stopped
 *   Free ───────────────► Normal ─────────────────────────────► Trouble
 *    ▲                      │  ▲ ▲                               │  │  ▲
 *    │ left, ended          │  │ └──────── traffic ──────────────┘  │  │ lost
 *    ├──────────────────────┘  │ recovered                reclaimed ▼  │
 *    │                         └──────────────────────────── Recovering
 *    └── expired, ended ◄─────────────────────────────────────── Trouble, Recovering
 *   Restart (the window after a start) ── reclaimed ──► Recovering;  ── expired, ended ──► Free
 *
 * What holds in each state:
 * - free: no locks, transactions or pending work; the slot may still bear the app server's name ("idle").
 * - normal: one living channel; requests are applied in order.
 * - trouble: nothing was heard for a while (channel alive, "non-responsive"), or the channel is gone
 *   ("awaiting reconnection"); resources are held for ServerTroubleDuration.
 * - recovering: the app server has reclaimed its session and is sending its kept requests again.
 * - restart: remembered from before this start; held for the recovery window.
 *
 * Enforcement: every cell of the table has its expected next state in session-state.test.ts.
 */

export type DataSideState = 'free' | 'normal' | 'trouble' | 'recovering' | 'restart';

export const DATA_SIDE_CODES: Readonly<Record<DataSideState, number>> = {
  free: 0,
  normal: 1,
  trouble: 2,
  recovering: 3,
  restart: 4,
};

export const DATA_SIDE_NAMES: Readonly<Record<DataSideState, string>> = {
  free: 'Free',
  normal: 'Normal',
  trouble: 'Trouble',
  recovering: 'Recovering',
  restart: 'Restart',
};

export type DataSideEvent =
  /** A handshake for a new session. */
  | 'connected'
  /** Nothing was heard on a living channel for a while. */
  | 'silence'
  /** Something was heard again on the same channel. */
  | 'traffic'
  /** The channel ended without a goodbye. */
  | 'lost'
  /** The app server said goodbye. */
  | 'left'
  /** A new channel resumes this session. */
  | 'reclaimed'
  /** The app server has sent again all that it kept. */
  | 'recovered'
  /** Nobody reclaimed the session in time. */
  | 'expired'
  /** Given up for another reason: a newer process took the name over, the peer broke the protocol, an administrator. */
  | 'ended';

export type DataSideTable = Readonly<
  Record<DataSideState, Readonly<Record<DataSideEvent, DataSideState>>>
>;

/** A cell that names its own row: the event changes nothing there. */
export const DATA_SIDE_TABLE: DataSideTable = {
  free: {
    connected: 'normal',
    silence: 'free',
    traffic: 'free',
    lost: 'free',
    left: 'free',
    reclaimed: 'free',
    recovered: 'free',
    expired: 'free',
    ended: 'free',
  },
  normal: {
    connected: 'normal',
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    left: 'free',
    reclaimed: 'recovering',
    recovered: 'normal',
    expired: 'normal',
    ended: 'free',
  },
  trouble: {
    connected: 'trouble',
    silence: 'trouble',
    traffic: 'normal',
    lost: 'trouble',
    left: 'free',
    reclaimed: 'recovering',
    recovered: 'trouble',
    expired: 'free',
    ended: 'free',
  },
  recovering: {
    connected: 'recovering',
    silence: 'recovering',
    traffic: 'recovering',
    lost: 'trouble',
    left: 'free',
    reclaimed: 'recovering',
    recovered: 'normal',
    expired: 'free',
    ended: 'free',
  },
  restart: {
    connected: 'restart',
    silence: 'restart',
    traffic: 'restart',
    lost: 'restart',
    left: 'free',
    reclaimed: 'recovering',
    recovered: 'restart',
    expired: 'free',
    ended: 'free',
  },
};
