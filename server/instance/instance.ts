/**
 * One running instance: its databases, the data-server role, connections to data servers, namespaces and jobs
 * (architecture §1). Pure: everything that touches the machine comes through ports.
 *
 * An instance does not serve on data that it itself gets from another data server: the catalogue that app
 * servers see holds local databases only (§1.3.2).
 */
import { EcpError, isEcpError } from '../base/errors.ts';
import { AppServer } from '../ecp/app-server/app-server.ts';
import type { DataServerConnection } from '../ecp/app-server/data-server-connection.ts';
import { DataServer, type DataServerPorts } from '../ecp/data-server/data-server.ts';
import type { DataServerSettings } from '../ecp/data-server/settings.ts';
import type { DatabaseAccess, DataPlace } from '../ecp/database-access.ts';
import { sequenceCounters } from '../ecp/sequence-ranges.ts';
import type { Transport } from '../ports/transport.ts';
import type { StorageEngine } from '../storage/engine.ts';
import { durable } from '../ecp/durable.ts';
import { ClosedDatabase } from './closed-database.ts';
import { refuseImmutable } from './configuration-revision.ts';
import { fieldsNeedingRestart, type Configuration } from './configuration.ts';
import { DisabledDataServers } from './disabled-data-servers.ts';
import { Job, type JobHost } from './job.ts';
import { LocalDatabase } from './local-database.ts';
import { LOCAL_CLIENT } from '../locks/lock-request.ts';
import { LocalPlace } from './local-place.ts';
import { LocalDatabases, SYS, type DatabasePorts } from './local-databases.ts';
import { LocalTransactions, type PinLimits } from './local-transactions.ts';
import { Namespace, type Mapping } from './namespace.ts';

export interface InstancePorts extends DataServerPorts, DatabasePorts {
  readonly transport: Transport;
}

/** Jobs of one instance at once. */
const JOBS_MAX = 10_000;

/** The administrator's operations on a connection to a data server (§3.3), by the states that they lead to. */
export type ConnectionChange = 'normal' | 'notConnected' | 'disabled';

export class Instance implements JobHost {
  readonly clock;
  readonly databases: LocalDatabases;
  readonly dataServer: DataServer;
  readonly transactions: LocalTransactions;
  readonly appServer: AppServer;
  readonly #ports: InstancePorts;
  readonly #local = new Map<string, LocalDatabase>();
  readonly #localPlace: LocalPlace;
  readonly #disabled: DisabledDataServers;
  readonly #jobs = new Set<Job>();
  readonly #commits;
  #namespaces = new Map<string, Namespace>();
  #configuration: Configuration;
  #generation = 1;
  #nextJob = 1;

  private constructor(configuration: Configuration, ports: InstancePorts) {
    this.#configuration = configuration;
    this.#ports = ports;
    this.clock = ports.clock;
    this.databases = new LocalDatabases(configuration, ports, () => this.#databasesChanged());
    this.dataServer = new DataServer(this.engine, this.#dataServerSettings(), ports);
    this.transactions = new LocalTransactions(
      { engine: this.engine, dataServer: this.dataServer, clock: ports.clock, log: ports.log },
      this.#pinLimits(),
    );
    const commits = (commit: string) =>
      ports.metrics.counter(
        'ecp_transactions_committed_total',
        'Transactions of jobs of this instance that TCOMMIT has kept',
        { commit },
      );
    this.#commits = {
      asynchronous: commits('asynchronous'),
      synchronous: commits('synchronous'),
    };
    this.#localPlace = new LocalPlace(this.dataServer);
    this.#disabled = new DisabledDataServers(this.databases.system, (change) =>
      this.dataServer.applyLocal(change),
    );
    const identity = { name: configuration.name, incarnation: ports.random.uuid() };
    this.appServer = new AppServer(identity, configuration.cacheSize, ports);
    this.#apply();
  }

  /** Recovers the databases and opens the instance; it connects to data servers on first use. */
  static open(configuration: Configuration, ports: InstancePorts): Instance {
    return new Instance(configuration, ports);
  }

  get engine(): StorageEngine {
    return this.databases.engine;
  }

  get configuration(): Configuration {
    return this.#configuration;
  }

  get generation(): number {
    return this.#generation;
  }

  get commit(): 'asynchronous' | 'synchronous' {
    return this.#configuration.synchCommit ? 'synchronous' : 'asynchronous';
  }

  committed(how: 'asynchronous' | 'synchronous'): void {
    this.#commits[how].inc();
  }

  get jobCount(): number {
    return this.#jobs.size;
  }

  /**
   * Takes a changed configuration while running: limits, lists, timers, databases, data servers, remote databases
   * and namespaces. EcpError CONFIGURATION names what only a restart can change, or nothing; nothing is changed then.
   */
  reconfigure(configuration: Configuration): void {
    const fixed = fieldsNeedingRestart(this.#configuration, configuration);
    if (fixed.length > 0) {
      throw new EcpError('CONFIGURATION', `needs a restart to change: ${fixed.join(', ')}`, {
        retry: 'never',
      });
    }
    refuseImmutable(this.#configuration, configuration);
    this.#configuration = configuration;
    this.engine.pool.resize(configuration.bufferPoolSize - configuration.cacheSize);
    this.engine.setCheckpointInterval(configuration.checkpointSeconds * 1000);
    this.#endTransactionsOf(configuration.databases);
    this.databases.configure(configuration);
    // Of before the last crash, in a database that has come just now.
    this.transactions.rollBackOrphans();
    this.transactions.configure(this.#pinLimits());
    this.dataServer.configure(this.#dataServerSettings());
    this.#apply();
  }

  #pinLimits(): PinLimits {
    const { pinnedWarningSize, pinnedRollbackSize } = this.#configuration.journal;
    return { warningBytes: pinnedWarningSize, rollbackBytes: pinnedRollbackSize };
  }

  /** A transaction that has changed a database is rolled back before that goes. */
  #endTransactionsOf(databases: Configuration['databases']): void {
    const staying = new Set(
      databases.filter(({ state }) => state === 'Mounted').map(({ name }) => name),
    );
    for (const { store } of this.#local.values()) {
      const isSystem = store.name === SYS || store.isTemporary;
      if (isSystem || staying.has(store.name)) continue;
      this.transactions.failThoseIn(store.uuid, `database ${store.name} is dismounted`);
    }
  }

  /** One has left, or has come later than it was asked for. */
  #databasesChanged(): void {
    this.transactions.rollBackOrphans();
    this.dataServer.configure(this.#dataServerSettings());
    this.#renewNamespaces();
  }

  #apply(): void {
    const { timeouts, heartbeat, dataServers, remoteDatabases, cacheSize } = this.#configuration;
    // A name that comes back after it was gone is another data server's, perhaps.
    if (this.engine.frozen === undefined)
      this.#disabled.retain((name) => dataServers.some((server) => server.name === name));
    this.appServer.configure({
      cacheBytes: cacheSize,
      dataServers: dataServers.map((server) => ({
        name: server.name,
        host: server.host ?? '',
        port: server.port,
        unresolved: server.unresolved,
        disabled: this.#disabled.has(server.name),
        requestWaitMs: timeouts.requestWaitSeconds * 1000,
        connectGiveUpMs: timeouts.connectGiveUpSeconds * 1000,
        recoveryMs: timeouts.recoverySeconds * 1000,
        reconnectIntervalMs: timeouts.reconnectIntervalSeconds * 1000,
        heartbeatMs: heartbeat.intervalSeconds * 1000,
        nonResponsiveMs: heartbeat.nonResponsiveSeconds * 1000,
      })),
      databases: remoteDatabases.map((database) => ({
        name: database.name,
        dataServer: database.dataServer,
        database: database.database,
        readOnly: database.access === 'ReadOnly',
      })),
    });
    this.#renewNamespaces();
  }

  #renewNamespaces(): void {
    this.#followDatabases();
    this.#namespaces = this.#makeNamespaces();
    this.#generation++;
  }

  #followDatabases(): void {
    const { clock } = this;
    const sequences = sequenceCounters(this.#ports.metrics);
    const stores = this.databases.inUse();
    for (const [name, { store }] of this.#local) {
      if (!stores.includes(store)) this.#local.delete(name);
    }
    for (const store of stores) {
      const readOnly = this.databases.isReadOnly(store.name);
      const database = this.#local.get(store.name);
      if (database !== undefined) database.readOnly = readOnly;
      else {
        const { engine, dataServer, transactions } = this;
        this.#local.set(
          store.name,
          new LocalDatabase(
            store,
            { readOnly, clock, sequences },
            engine,
            dataServer,
            transactions,
            this.#localPlace,
          ),
        );
      }
    }
  }

  #dataServerSettings(): DataServerSettings {
    const { name, ecp, heartbeat, locks } = this.#configuration;
    return {
      serverName: name,
      serverUuid: this.databases.systemUuid,
      catalogue: this.databases.catalogue(),
      enabled: ecp.enabled,
      maxAppServers: ecp.maxAppServers,
      incoming: { policy: ecp.incomingPolicy, entries: ecp.allowedIncoming },
      troubledMs: ecp.timeouts.troubledSeconds * 1000,
      sessionRecoveryMs: ecp.timeouts.sessionRecoverySeconds * 1000,
      locks: {
        tableSize: locks.tableSize,
        perAppServer: locks.perAppServer ?? Math.floor(locks.tableSize / 2),
      },
      heartbeatMs: heartbeat.intervalSeconds * 1000,
      nonResponsiveMs: heartbeat.nonResponsiveSeconds * 1000,
    };
  }

  #makeNamespaces(): Map<string, Namespace> {
    const namespaces = new Map<string, Namespace>();
    const system = this.#database(SYS);
    namespaces.set('%SYS', new Namespace('%SYS', { default: system, system }, []));
    for (const { name, defaultDatabase, mappings } of this.#configuration.namespaces) {
      const found = mappings.map((mapping): Mapping => ({
        global: mapping.global,
        subscripts: mapping.subscripts,
        database: this.#database(mapping.database),
      }));
      namespaces.set(
        name,
        new Namespace(name, { default: this.#database(defaultDatabase), system }, found),
      );
    }
    return namespaces;
  }

  #database(name: string): DatabaseAccess {
    const database = this.#local.get(name) ?? this.appServer.database(name);
    if (database !== undefined) return database;
    const why = this.databases.whyAway(name);
    if (why === undefined) throw new EcpError('DATABASE', `there is no database ${name}`);
    return new ClosedDatabase(name, why);
  }

  // ── For jobs ─────────────────────────────────────────────────────────────────────────────────────────

  namespace(name: string): Namespace {
    const namespace = this.#namespaces.get(name);
    if (namespace === undefined) {
      const known = [...this.#namespaces.keys()].join(', ');
      throw new EcpError('NAMESPACE', `there is no namespace ${name}; there are ${known}`);
    }
    return namespace;
  }

  places(): readonly DataPlace[] {
    return [this.#localPlace, ...this.appServer.places()];
  }

  /** By a job (§4.2); what an administrator has disabled stays so. */
  async disconnect(dataServer: string): Promise<void> {
    const connection = this.#connection(dataServer);
    await new Promise<void>((resolve) => connection.disconnect(resolve));
  }

  /**
   * By an administrator; resolves when it is done. Disabled is remembered over restarts until one of the others ends it:
   * EcpError FROZEN where the change is done but cannot be remembered. NETWORK: there is no such data server.
   */
  async changeConnection(dataServer: string, change: ConnectionChange): Promise<void> {
    const connection = this.#connection(dataServer);
    const remembered = this.#remember(dataServer, change === 'disabled');
    const isDone = new Promise<void>((done) => {
      if (change === 'disabled') connection.disable(done);
      else if (change === 'notConnected') connection.changeToNotConnected(done);
      else {
        connection.enable();
        done();
      }
    });
    await Promise.all([remembered, isDone]);
  }

  async #remember(dataServer: string, isDisabled: boolean): Promise<void> {
    this.#disabled.set(dataServer, isDisabled);
    await durable(this.dataServer);
  }

  #connection(dataServer: string): DataServerConnection {
    const connection = this.appServer.connection(dataServer);
    if (connection === undefined)
      throw new EcpError('NETWORK', `there is no data server ${dataServer}`);
    return connection;
  }

  /** A new job. EcpError NAMESPACE, or RESOURCE when there are too many. */
  openJob(namespace: string): Job {
    if (this.#jobs.size >= JOBS_MAX)
      throw new EcpError('RESOURCE', `more than ${JOBS_MAX} jobs`, { retry: 'same' });
    const job = new Job(this.#nextJob++, namespace, this);
    this.#jobs.add(job);
    return job;
  }

  /**
   * Takes away the locks of an app server's jobs here, or of one of them; '' stands for this instance's own jobs. Each job
   * that held one hears <NETWORK> from its next operation. Returns how many these are.
   */
  takeLocksAway(appServer: string, job: number | undefined): number {
    const jobs = this.dataServer.takeLocksAway(appServer, job);
    if (appServer === LOCAL_CLIENT)
      for (const one of this.#jobs) if (jobs.includes(one.id)) one.locksTakenAway(this.#localPlace);
    return jobs.length;
  }

  closed(job: Job): void {
    this.#jobs.delete(job);
  }

  /** HALT. A transaction that cannot be rolled back keeps nothing else from being stored: the next start tries again. */
  async #end(job: Job): Promise<void> {
    try {
      await job.close();
    } catch (error) {
      if (!isEcpError(error)) throw error;
      const cause = error.message;
      this.#ports.log.error('a job’s transaction cannot be rolled back', { job: job.id, cause });
    }
  }

  /**
   * Stops in order: app side first (its changes are acknowledged, then it says goodbye), then the data side,
   * whose sessions are kept to be resumed, then a last checkpoint.
   */
  async stop(): Promise<void> {
    this.databases.stop();
    await this.appServer.stop();
    for (const job of this.#jobs) await this.#end(job);
    this.dataServer.stop();
    await this.engine.close();
    this.#ports.log.info('instance stopped');
  }
}
