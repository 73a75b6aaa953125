/** What a data server is told (guide table 4-1, §2.1, §3.2.2); all of it may change while it runs. */
import { LOCK_ESCALATION_THRESHOLD } from '../../base/limits.ts';
import type { LockLimits } from '../../locks/lock-table.ts';
import type { CatalogueEntry } from '../wire/handshake.ts';
import type { IncomingPolicy } from '../../security/incoming-connections.ts';

/** A database that app servers may name. */
export interface ServedDatabase extends CatalogueEntry {
  /** Why nothing is answered of it at present; its UUID is empty then. */
  readonly away?: string | undefined;
}

export interface DataServerSettings {
  readonly serverName: string;
  /** Of the instance: names it for ever. */
  readonly serverUuid: string;
  readonly catalogue: readonly ServedDatabase[];
  /** The ECP service switch: off refuses every incoming connection. */
  readonly enabled: boolean;
  /** 1–254 (§2.1). */
  readonly maxAppServers: number;
  readonly incoming: IncomingPolicy;
  /** ServerTroubleDuration: how long a session in Trouble keeps its resources. */
  readonly troubledMs: number;
  /** After a start: how long remembered sessions may take to come back. */
  readonly sessionRecoveryMs: number;
  /** Entries of the lock table, and those that one app server may have (F-M5). */
  readonly locks: { readonly tableSize: number; readonly perAppServer: number };
  readonly heartbeatMs: number;
  /** Silence on a living channel that makes it Trouble. */
  readonly nonResponsiveMs: number;
}

export function lockLimits({ locks }: DataServerSettings): LockLimits {
  return {
    entriesMax: locks.tableSize,
    entriesPerClient: locks.perAppServer,
    escalationThreshold: LOCK_ESCALATION_THRESHOLD,
  };
}
