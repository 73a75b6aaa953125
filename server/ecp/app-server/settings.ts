/** What an app server is told of one data server (guide §2.3, table 4-1); timers may change while it runs. */
export interface ConnectionSettings {
  /** The data server's logical name on this app server. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Why nobody knows at present where it is: requests answer <NETWORK> with this. */
  readonly unresolved?: string | undefined;
  /** An administrator disabled it before this start: it begins so. */
  readonly disabled?: boolean | undefined;
  /** How long a request waits for a connection in progress (20 s, §3.2.1). */
  readonly requestWaitMs: number;
  /** When background attempts end (20 min, §3.2.1). */
  readonly connectGiveUpMs: number;
  /** ClientReconnectDuration: time to wait for recovery. */
  readonly recoveryMs: number;
  /** ClientReconnectInterval: time between reconnections. */
  readonly reconnectIntervalMs: number;
  readonly heartbeatMs: number;
  /** Silence on a living channel that makes it Trouble. */
  readonly nonResponsiveMs: number;
}
