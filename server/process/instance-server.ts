/**
 * One instance in its process, from start to stop:
 *
 *   lock ─ configuration ─ metrics and health ─ recovery ─ admin ─ clients ─ app servers ─ application ─► ready
 *
 * and back (rule K11): not ready; the application is told to end, clients get their answers and no new ones come
 * in; what was changed on data servers is acknowledged; connections to them end in order, app servers' sessions
 * are kept, databases are checkpointed and closed. Metrics, health and the admin API answer to the end.
 *
 * Recovery is synchronous: health is listened for before it, but answers after it (docs/spec/instance.md).
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { authentication } from '../adapters/admin-authentication.ts';
import { BackupFolder } from '../adapters/backup-folder.ts';
import { DnsResolver } from '../adapters/dns-resolver.ts';
import { listenAdmin, type AdminListener } from '../adapters/grpc-admin-service.ts';
import { listenClients, type GrpcClientListener } from '../adapters/grpc-client-service.ts';
import { GrpcTransport, listenGrpc, type GrpcListener } from '../adapters/grpc-transport.ts';
import { listenHttp, type HttpListener } from '../adapters/http-listener.ts';
import { JournalFiles } from '../adapters/journal-files.ts';
import { KeyFiles } from '../adapters/key-files.ts';
import { LmdbPageStore } from '../adapters/lmdb-page-store.ts';
import { PinoLog } from '../adapters/pino-log.ts';
import { PromMetrics } from '../adapters/prom-metrics.ts';
import { SystemClock } from '../adapters/system-clock.ts';
import { SystemRandom } from '../adapters/system-random.ts';
import { adminCalls, adminStreams } from '../api/admin/admin.ts';
import { Backups } from '../api/admin/backups.ts';
import { Maintenance } from '../api/admin/maintenance.ts';
import type { ConfigurationInForce } from '../api/admin/configuration-in-force.ts';
import { ClientListener } from '../api/client/client-listener.ts';
import { EcpError, messageOf } from '../base/errors.ts';
import type { Configuration } from '../instance/configuration.ts';
import { Instance } from '../instance/instance.ts';
import { pageFor } from '../portal/pages.ts';
import { startApplication, type RunningApplication } from './application.ts';
import { drain, type DrainStep } from './drain.ts';
import { ConfigurationFile, type Environment } from './instance-files.ts';
import { KEY_WATCH_INTERVAL_MS, watchKeyFiles } from './key-watch.ts';
import { LockMetrics } from './lock-metrics.ts';
import { StorageMetrics } from './storage-metrics.ts';

/** Parts of drainSeconds: when the application and clients must have ended, and changes be acknowledged. */
const WORK_ENDS = 1 / 2;
const CHANGES_END = 3 / 4;

/** What the start waits for, and why there is no service then. */
type Phase = 'recovering databases' | 'starting' | 'ready' | 'draining';

export class InstanceServer {
  readonly #file: ConfigurationFile;
  readonly #environment: Environment;
  readonly #inForce: ConfigurationInForce;
  readonly #unlock: () => void;
  readonly #clock = new SystemClock();
  readonly #log: PinoLog;
  readonly #keys: KeyFiles;
  readonly #metrics = new PromMetrics();
  readonly #storage = new StorageMetrics(this.#metrics);
  readonly #locks = new LockMetrics(this.#metrics);
  #phase: Phase = 'recovering databases';
  #started: Promise<void> = Promise.resolve();
  #http: HttpListener | undefined;
  #instance: Instance | undefined;
  #admin: AdminListener | undefined;
  #sessions: ClientListener | undefined;
  #clients: GrpcClientListener | undefined;
  #ecp: GrpcListener | undefined;
  #application: RunningApplication | undefined;
  #endKeyWatch: () => void = () => undefined;

  /** Locks the data folder and finds the configuration. EcpError CONFIGURATION. */
  constructor(file: string, environment: Environment) {
    this.#file = new ConfigurationFile(file, environment);
    this.#environment = environment;
    const mounted = this.#file.read(this.#file.text());
    const { name, logLevel } = mounted.configuration;
    this.#log = PinoLog.open(name, logLevel);
    this.#keys = new KeyFiles(this.#log);
    const { inForce, unlock } = this.#file.open(mounted, this.#log);
    this.#inForce = inForce;
    this.#unlock = unlock;
    this.#log.setLevel(inForce.running.logLevel);
  }

  get #configuration(): Configuration {
    return this.#inForce.running;
  }

  /** Resolves when the instance serves, or `stop` came in between. Rejects with why it cannot. */
  start(): Promise<void> {
    this.#started = this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    const { client, ecp, metrics, application } = this.#configuration;
    this.#http = await listenHttp(metrics, (method, path) => pageFor(this.#portal(), method, path));
    // Whoever asked while the listener came up is answered before recovery takes the thread.
    await new Promise(setImmediate);
    if (this.#isStopping()) return;
    const instance = this.#openInstance();
    this.#phase = 'starting';
    this.#admin = await this.#listenAdmin(instance);
    const sessions = new ClientListener(instance, { clock: this.#clock, log: this.#log });
    this.#sessions = sessions;
    if (this.#isStopping()) return;
    this.#clients = await listenClients(client, sessions.accept);
    if (this.#isStopping()) return;
    this.#ecp = await listenGrpc(ecp, (channel) => instance.dataServer.accept(channel));
    if (this.#isStopping()) return;
    if (application !== undefined) {
      const { folder } = this.#file;
      this.#application = await startApplication(application, folder, instance, this.#log);
    }
    if (this.#isStopping()) return;
    this.#phase = 'ready';
    this.#log.info('instance serves', {
      ecp: this.#ecp.port,
      client: this.#clients.port,
      admin: this.#admin.port,
      metrics: this.#http.port,
      revision: this.#inForce.revision,
    });
  }

  /** Whether `stop` was called. */
  get isStopping(): boolean {
    return this.#isStopping();
  }

  #isStopping(): boolean {
    return this.#phase === 'draining';
  }

  #portal(): Parameters<typeof pageFor>[0] {
    return {
      metrics: () => {
        if (this.#instance !== undefined) {
          this.#storage.update(this.#instance);
          this.#locks.update(this.#instance);
        }
        return this.#metrics.text();
      },
      notReady: () => (this.#phase === 'ready' ? undefined : this.#phase),
    };
  }

  #openInstance(): Instance {
    const configuration = this.#configuration;
    this.#keys.load(configuration.encryption.keys);
    const instance = Instance.open(configuration, {
      clock: this.#clock,
      log: this.#log,
      metrics: this.#metrics,
      random: new SystemRandom(),
      resolver: new DnsResolver(),
      transport: new GrpcTransport(),
      keys: this.#keys,
      journal: new JournalFiles(configuration.journalDirectory, this.#keys),
      openStore: (name, { temporary }) => openStore(configuration.dataDirectory, name, temporary),
    });
    this.#instance = instance;
    const revision = this.#metrics.gauge(
      'ecp_configuration_revision',
      'Revision of the configuration in force, 0 where nobody counts',
    );
    revision.set(this.#inForce.revision);
    this.#inForce.onChange((changed) => {
      this.#keys.load(changed.encryption.keys);
      instance.reconfigure(changed);
      this.#log.setLevel(changed.logLevel);
      revision.set(this.#inForce.revision);
    });
    this.#endKeyWatch = watchKeyFiles(
      () => this.#configuration.encryption.keys.map((key) => key.file),
      KEY_WATCH_INTERVAL_MS,
      () => this.#takeKeys(instance),
    );
    return instance;
  }

  /** The configuration is as it was, and what it names is not. */
  #takeKeys(instance: Instance): void {
    const configuration = this.#configuration;
    this.#keys.load(configuration.encryption.keys);
    try {
      instance.reconfigure(configuration);
    } catch (error) {
      this.#log.error('changed keys are not used', { problem: messageOf(error) });
    }
  }

  #listenAdmin(instance: Instance): Promise<AdminListener> {
    const { admin } = this.#configuration;
    const { journalDirectory } = this.#configuration;
    const shelf = new BackupFolder(() => this.#configuration.backupDirectory, journalDirectory);
    const host = {
      instance,
      backups: new Backups(instance, shelf, this.#log),
      maintenance: new Maintenance(instance, this.#log),
      configuration: this.#inForce,
      serving: () => ({
        clientSessions: this.#sessions?.size ?? 0,
        ready: this.#phase === 'ready',
        draining: this.#isStopping(),
      }),
    };
    const authenticates = authentication({
      tokenFile: admin.tokenFile,
      serviceAccount: () => this.#configuration.admin.serviceAccount,
      audience: this.#environment.podUid,
      wallMs: () => this.#clock.wallMs(),
    });
    return listenAdmin(admin, adminCalls(host), authenticates, adminStreams(host));
  }

  /** Reads the configuration file again; what is wrong with it is logged. */
  reload(): void {
    try {
      this.#inForce.reload();
    } catch (error) {
      // A fault in the text is logged already; this is a file that cannot be read.
      if (!(error instanceof EcpError))
        this.#log.error('configuration not applied', { problem: messageOf(error) });
    }
  }

  /** Stops in order within drainSeconds; false if something was cut short: what is durable is kept all the same. */
  async stop(why: string): Promise<boolean> {
    this.#phase = 'draining';
    this.#endKeyWatch();
    const limitMs = this.#configuration.drainSeconds * 1000;
    this.#log.info('instance drains', { why, limitMs });
    const isWhole = await drain(this.#steps(), limitMs, { clock: this.#clock, log: this.#log });
    this.#admin?.close();
    this.#http?.close();
    this.#unlock();
    return isWhole;
  }

  #steps(): DrainStep[] {
    return [
      // A start that is under way ends at its next step; one that failed has been told of.
      { name: 'start', until: WORK_ENDS, run: () => this.#started.catch(() => undefined) },
      { name: 'application and clients', until: WORK_ENDS, run: () => this.#endWork() },
      { name: 'acknowledgement of changes', until: CHANGES_END, run: () => this.#settle() },
      {
        name: 'disconnection and last checkpoint',
        until: 1,
        run: async () => {
          await this.#clients?.close();
          await this.#instance?.stop();
          await this.#ecp?.close();
        },
      },
    ];
  }

  /** Waits until every change of any job is durable where it belongs. */
  async #settle(): Promise<void> {
    const job = this.#instance?.openJob('%SYS');
    await job?.flush();
    await job?.close();
  }

  async #endWork(): Promise<void> {
    await Promise.all([this.#application?.stop(), this.#sessions?.drain()]);
  }
}

function openStore(dataDirectory: string, name: string, temporary: boolean): LmdbPageStore {
  const folder = join(dataDirectory, 'databases', name);
  if (temporary) rmSync(folder, { recursive: true, force: true });
  return new LmdbPageStore(folder);
}
