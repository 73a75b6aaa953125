/** What a connection to a data server is given: its bounds, ports, who it is, and whom it tells of coherence. */
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { Transport } from '../../ports/transport.ts';
import type { CatalogueEntry, Hello } from '../wire/handshake.ts';
import {
  FEATURES,
  PRODUCT_VERSION,
  PROTOCOL_VERSION_HIGHEST,
  PROTOCOL_VERSION_LOWEST,
} from '../wire/versions.ts';

/** A handshake that takes longer is given up and tried again. */
export const HANDSHAKE_WAIT_MS = 10_000;
/** Silence that lasts so many times the limit ends the channel: it is half open. */
export const SILENCE_LIMITS = 2;
/** Streams in a row that may break as soon as they are up, before the next one waits for the interval. */
export const SHORT_LIVES_MAX = 3;

export interface ConnectionPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly transport: Transport;
}

/** Who this app server is, in every handshake (rule R11). */
export interface AppServerIdentity {
  readonly name: string;
  readonly incarnation: string;
  readonly caches: readonly { readonly blockSize: number; readonly bytes: number }[];
}

/** What the connection tells the remote databases that live on it, at its place in the stream. */
export interface CoherenceListener {
  block(database: number, bytes: Uint8Array): void;
  invalidate(database: number, low: Uint8Array, high: Uint8Array | undefined): void;
  /** Every copy from this data server is out of date. */
  flush(): void;
  catalogue(entries: readonly CatalogueEntry[]): void;
  /** The session is over: copies and pending changes of this data server are void. */
  sessionEnded(): void;
  /** Whether another connection reaches the same instance: never two channels (§4.3.5). */
  isDuplicate(serverUuid: string): boolean;
}

/** What a resumed handshake names. */
export interface SessionKey {
  readonly session: number;
  readonly epoch: number;
  readonly serverUuid: string;
}

/** The first message of a connection. */
export function helloOf(
  identity: AppServerIdentity,
  session: SessionKey | undefined,
  durable: number,
): Hello {
  return {
    versionLowest: PROTOCOL_VERSION_LOWEST,
    versionHighest: PROTOCOL_VERSION_HIGHEST,
    features: FEATURES,
    ...identity,
    session: session?.session ?? 0,
    epoch: session?.epoch ?? 0,
    serverUuid: session?.serverUuid ?? '',
    durable,
    productVersion: PRODUCT_VERSION,
  };
}
