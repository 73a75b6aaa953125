/**
 * The app-server role of an instance: its connections to data servers, the remote databases on them, and the
 * one block cache that all jobs share (guide §1.3.2, §2.3, §2.4).
 *
 * Invariant: one connection a data server. Two entries that turn out to reach one server are refused (§4.3.5).
 */
import type { Random } from '../../ports/random.ts';
import type { DataPlace } from '../database-access.ts';
import { sequenceCounters } from '../sequence-ranges.ts';
import type { CatalogueEntry } from '../wire/handshake.ts';
import { BlockCache } from './block-cache.ts';
import { APP_SIDE_CODES, APP_SIDE_NAMES, type AppSideState } from './connection-state.ts';
import type { ConnectionPorts } from './connection-context.ts';
import { DataServerConnection } from './data-server-connection.ts';
import { DataServerPlace } from './data-server-place.ts';
import {
  RemoteDatabase,
  type CacheCounters,
  type RemoteDatabaseSettings,
} from './remote-database.ts';
import type { ConnectionSettings } from './settings.ts';
import { SynchronousGate } from './synchronous-gate.ts';

export interface AppServerPorts extends ConnectionPorts {
  readonly random: Random;
}

export interface AppServerSettings {
  readonly cacheBytes: number;
  readonly dataServers: readonly ConnectionSettings[];
  readonly databases: readonly (RemoteDatabaseSettings & { readonly dataServer: string })[];
}

/** One line of the list of data servers (§3.1.1). */
export interface DataServerStatus {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly state: AppSideState;
  /** The state as the guide names it, and its number. */
  readonly stateName: string;
  readonly stateCode: number;
  readonly sinceMs: number;
  /** Why the last handshake was refused. */
  readonly failure: string | undefined;
  readonly sentBytes: number;
}

interface Server {
  readonly connection: DataServerConnection;
  /** What is configured; the connection follows when it has left the old place. */
  wanted: ConnectionSettings;
  isMoving: boolean;
  readonly place: DataServerPlace;
  readonly databases: Set<RemoteDatabase>;
}

export class AppServer {
  readonly cache: BlockCache;
  readonly #identity: { readonly name: string; readonly incarnation: string };
  readonly #ports: AppServerPorts;
  readonly #gate: SynchronousGate;
  readonly #counters: CacheCounters;
  readonly #invalidations;
  readonly #blocks;
  readonly #flushes;
  readonly #servers = new Map<string, Server>();
  /** Of data servers that are configured no more: until what is under way is acknowledged. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #databases = new Map<string, RemoteDatabase>();

  constructor(
    identity: { readonly name: string; readonly incarnation: string },
    cacheBytes: number,
    ports: AppServerPorts,
  ) {
    this.#identity = identity;
    this.#ports = ports;
    this.cache = new BlockCache(cacheBytes);
    this.#gate = new SynchronousGate(ports.clock);
    const { metrics } = ports;
    this.#counters = {
      sequences: sequenceCounters(metrics),
      hits: metrics.counter(
        'ecp_cache_hits_total',
        'Reads of remote databases that the block cache answered',
      ),
      hitsInTrouble: metrics.counter(
        'ecp_cache_hits_in_trouble_total',
        'Reads that the block cache answered while the connection was in Trouble: perhaps out of date',
      ),
      misses: metrics.counter(
        'ecp_cache_misses_total',
        'Reads of remote databases that needed the data server',
      ),
    };
    this.#blocks = metrics.counter(
      'ecp_blocks_received_total',
      'Blocks received from data servers',
    );
    this.#invalidations = metrics.counter(
      'ecp_blocks_invalidated_total',
      'Cached blocks dropped because a data server said so',
    );
    this.#flushes = metrics.counter(
      'ecp_cache_flushes_total',
      'Times that all blocks of a data server were dropped',
    );
  }

  database(name: string): RemoteDatabase | undefined {
    return this.#databases.get(name);
  }

  connection(dataServer: string): DataServerConnection | undefined {
    return this.#servers.get(dataServer)?.connection;
  }

  places(): readonly DataPlace[] {
    return [...this.#servers.values()].map((server) => server.place);
  }

  /** The list of §3.1.1. */
  status(): readonly DataServerStatus[] {
    return [...this.#servers.values()].map(({ connection }) => ({
      name: connection.settings.name,
      host: connection.settings.host,
      port: connection.settings.port,
      address: connection.status.address,
      state: connection.state,
      stateName: APP_SIDE_NAMES[connection.state],
      stateCode: APP_SIDE_CODES[connection.state],
      sinceMs: connection.status.sinceMs,
      failure: connection.failure?.message,
      sentBytes: connection.status.sentBytes,
    }));
  }

  /** Brings connections and remote databases to what is configured; what is gone is disconnected first. */
  configure(settings: AppServerSettings): void {
    this.cache.resize(settings.cacheBytes);
    for (const [name, database] of this.#databases) {
      const wanted = settings.databases.find((candidate) => candidate.name === name);
      if (wanted !== undefined && isSame(database, wanted)) continue;
      database.flush();
      this.#servers.get(database.connection.settings.name)?.databases.delete(database);
      this.#databases.delete(name);
    }
    for (const [name, { connection }] of this.#servers) {
      if (settings.dataServers.some((wanted) => wanted.name === name)) continue;
      this.#servers.delete(name);
      this.#leave(name, connection);
    }
    for (const wanted of settings.dataServers) {
      const server = this.#servers.get(wanted.name);
      if (server === undefined) this.#servers.set(wanted.name, this.#connect(wanted));
      else this.#changed(server, wanted);
    }
    for (const wanted of settings.databases) this.#add(wanted);
  }

  #leave(name: string, connection: DataServerConnection): void {
    const leaving = new Promise<void>((done) => connection.disconnect(done)).then(() => {
      this.#leaving.delete(leaving);
      // One of that name that came meanwhile is counted in its place.
      if (!this.#servers.has(name)) connection.forget();
    });
    this.#leaving.add(leaving);
  }

  /** Another host or port: the old server is left before the new one is dialled (§3.1.1). */
  #changed(server: Server, wanted: ConnectionSettings): void {
    const { connection } = server;
    const { settings, state } = connection;
    server.wanted = wanted;
    if (server.isMoving) return;
    const moves = settings.host !== wanted.host || settings.port !== wanted.port;
    // Who only dials has nothing to leave: requests go on waiting, for the new place, if there is one.
    const isDialling = state === 'inProgress' || state === 'failed';
    const hasNothingToLeave = isDialling
      ? wanted.unresolved === undefined
      : state === 'notConnected' || state === 'disabled';
    if (!moves || hasNothingToLeave) {
      connection.configure(wanted);
      return;
    }
    server.isMoving = true;
    connection.disconnect(() => {
      server.isMoving = false;
      connection.configure(server.wanted);
    });
  }

  #add(wanted: AppServerSettings['databases'][number]): void {
    const server = this.#servers.get(wanted.dataServer);
    if (server === undefined || this.#databases.has(wanted.name)) return;
    const database = new RemoteDatabase(
      wanted,
      server,
      this.cache,
      this.#gate,
      this.#counters,
      this.#ports.log,
    );
    this.#databases.set(wanted.name, database);
    server.databases.add(database);
    const { entries } = server.connection;
    if (entries !== undefined) database.catalogue(entries);
  }

  #connect(settings: ConnectionSettings): Server {
    const databases = new Set<RemoteDatabase>();
    const each = (visit: (database: RemoteDatabase) => void): void => databases.forEach(visit);
    const withNumber = (number: number): RemoteDatabase[] =>
      [...databases].filter((database) => database.entry?.number === number);
    const identity = {
      ...this.#identity,
      caches: [{ blockSize: 8192, bytes: this.cache.bytesMax }],
    };
    const connection: DataServerConnection = new DataServerConnection(
      identity,
      settings,
      this.#ports,
      {
        block: (number, bytes) => {
          this.#blocks.inc();
          this.#gate.served();
          for (const database of withNumber(number)) database.block(bytes);
        },
        invalidate: (number, low, high) => {
          this.#gate.served();
          for (const database of withNumber(number))
            this.#invalidations.inc(database.invalidate(low, high));
        },
        flush: () => {
          this.#flushes.inc();
          each((database) => database.flush());
        },
        catalogue: (entries: readonly CatalogueEntry[]) =>
          each((database) => database.catalogue(entries)),
        sessionEnded: () => each((database) => database.sessionEnded()),
        isDuplicate: (uuid) =>
          [...this.#servers.values()].some(
            (other) => other.connection !== connection && other.connection.serverUuid === uuid,
          ),
      },
    );
    const place = new DataServerPlace(connection);
    return { connection, wanted: settings, isMoving: false, place, databases };
  }

  /** Leaves every data server in order: what is under way is acknowledged first. */
  async stop(): Promise<void> {
    const all = [...this.#servers.values()];
    await Promise.all(
      all.map(({ connection }) => new Promise<void>((done) => connection.disconnect(done))),
    );
    await Promise.all(this.#leaving);
  }
}

function isSame(database: RemoteDatabase, wanted: AppServerSettings['databases'][number]): boolean {
  const { settings, connection } = database;
  return (
    settings.database === wanted.database &&
    settings.readOnly === wanted.readOnly &&
    connection.settings.name === wanted.dataServer
  );
}
