/** What an instance says of itself through its admin API, as far as it matters to the operator. */
import { ecp } from '../../../server/api/generated/admin.js';
import { steadyBytes } from './steady-amount.ts';

export interface ObservedAppServer {
  readonly name: string;
  readonly state: string;
  readonly address: string;
  readonly entry: string;
  /** RFC 3339, to the second. */
  readonly since: string;
}

export interface ObservedDataServer {
  readonly name: string;
  readonly state: string;
  /** Why the last handshake was refused; empty if it was not. */
  readonly failure: string;
  readonly since: string;
}

export interface ObservedDatabase {
  readonly name: string;
  readonly uuid: string;
  readonly state: string;
  /** What it takes on disk, about. */
  readonly bytes: number;
  /** Of these, what holds nothing, about; undefined where an older instance does not say. */
  readonly freeBytes: number | undefined;
  /** Undefined where it is not encrypted. */
  readonly encryption: ObservedEncryption | undefined;
}

export interface ObservedEncryption {
  /** As the configuration calls it, or what tells its bytes from others'. */
  readonly key: string;
  /** How much of the database is under it, in tenths. */
  readonly tenths: number;
  /** Why it has not the key that it should have; empty if it has. */
  readonly problem: string;
}

/** About: bytes of its segments, and of those what open transactions keep. */
export interface ObservedJournal {
  readonly retainedBytes: number;
  readonly pinnedBytes: number;
}

export interface Observation {
  readonly version: string;
  readonly isReady: boolean;
  readonly revision: number;
  readonly hash: string;
  readonly needsRestart: readonly string[];
  /** Why the last configuration was refused; empty if it was not. */
  readonly refused: string;
  /** Why no change is accepted; empty when all is well. */
  readonly frozen: string;
  /** Local ones. */
  readonly databases: readonly ObservedDatabase[];
  /** Undefined where an older instance says nothing of it. */
  readonly journal: ObservedJournal | undefined;
  readonly appServers: readonly ObservedAppServer[];
  readonly dataServers: readonly ObservedDataServer[];
}

/** The time so many milliseconds ago, RFC 3339, to the second. */
export type TimeOf = (agoMs: number) => string;

type Peer = Pick<ObservedAppServer, 'name' | 'state' | 'since'>;

/**
 * `before`: what it said last. Times since when something is so stay as they were while it is: an instance tells
 * how long ago it was, which comes to a slightly other moment each time.
 */
export function readObservation(
  reply: Uint8Array,
  before: Observation | undefined,
  timeOf: TimeOf,
): Observation {
  const status = ecp.admin.v1.StatusReply.decode(reply);
  return {
    version: status.productVersion,
    isReady: status.ready,
    revision: status.configurationRevision,
    hash: status.configurationHash,
    needsRestart: status.needsRestart,
    refused: status.refusedConfiguration,
    frozen: status.frozen,
    databases: status.databases
      .filter(({ dataServer }) => (dataServer ?? '') === '')
      .map((database) => databaseOf(database, before?.databases)),
    journal: journalOf(status.journal, before?.journal),
    appServers: status.appServers.flatMap(({ address, entry, ...rest }) => {
      const peer = peerOf(rest, before?.appServers, timeOf);
      // Free places have no name.
      return peer.name === '' ? [] : [{ ...peer, address: address ?? '', entry: entry ?? '' }];
    }),
    dataServers: status.dataServers.map(({ failure, ...rest }) => ({
      ...peerOf(rest, before?.dataServers, timeOf),
      failure: failure ?? '',
    })),
  };
}

/** Databases grow and shrink slowly; the journal is purged all the time, and what comes back is no news. */
const DATABASE_LEAST = 0.8;
const JOURNAL_LEAST = 0.25;
/** What is free comes and goes with each checkpoint. */
const FREE_LEAST = 0.5;

function databaseOf(
  given: ecp.admin.v1.Database.$Properties,
  before: readonly ObservedDatabase[] | undefined,
): ObservedDatabase {
  const name = given.name ?? '';
  const said = before?.find((database) => database.name === name);
  const bytes = given.sizeBytes ?? 0;
  const used = given.usedBytes ?? 0;
  return {
    name,
    uuid: given.uuid ?? '',
    state: given.state ?? '',
    bytes: steadyBytes(bytes, said?.bytes, DATABASE_LEAST),
    freeBytes:
      used === 0 ? undefined : steadyBytes(Math.max(0, bytes - used), said?.freeBytes, FREE_LEAST),
    encryption: encryptionOf(given.encryption),
  };
}

function encryptionOf(
  given: ecp.admin.v1.Encryption.$Properties | null | undefined,
): ObservedEncryption | undefined {
  if (given === null || given === undefined) return undefined;
  const { key, fingerprint, progress, problem } = given;
  return {
    key: key === undefined || key === null || key === '' ? (fingerprint ?? '') : key,
    tenths: Math.floor((progress ?? 0) * 10),
    problem: problem ?? '',
  };
}

function journalOf(
  given: ecp.admin.v1.Journal.$Properties | null | undefined,
  before: ObservedJournal | undefined,
): ObservedJournal | undefined {
  if (given === null || given === undefined) return undefined;
  const { retainedBytes, pinnedBytes } = given;
  return {
    retainedBytes: steadyBytes(retainedBytes ?? 0, before?.retainedBytes, JOURNAL_LEAST),
    pinnedBytes: steadyBytes(pinnedBytes ?? 0, before?.pinnedBytes, JOURNAL_LEAST),
  };
}

function peerOf(
  given: {
    readonly name?: string | null;
    readonly state?: string | null;
    readonly inStateMs?: number | null;
  },
  before: readonly Peer[] | undefined,
  timeOf: TimeOf,
): Peer {
  const name = given.name ?? '';
  const state = given.state ?? '';
  const same = before?.find((peer) => peer.name === name && peer.state === state);
  return { name, state, since: same?.since ?? timeOf(given.inStateMs ?? 0) };
}
