/**
 * The operator in its process:
 *
 *   health and metrics ─ copies in step, keys of the cluster read ─ ready ─ elected ─► works
 *
 * Who is not elected keeps its copies in step and waits. Whoever loses the lease ends: a new process begins with nothing
 * of the old leadership. A stop ends the copies, lets work in hand finish, sends what events are left and gives the
 * lease back, so that the next one need not wait.
 */
import { createHash, randomUUID } from 'node:crypto';
import { listenHttp, type HttpListener } from '../../server/adapters/http-listener.ts';
import { PinoLog } from '../../server/adapters/pino-log.ts';
import { PromMetrics } from '../../server/adapters/prom-metrics.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { allOf, openCopies } from '../controllers/copies.ts';
import type { Copies } from '../controllers/copies.ts';
import { Operator } from '../controllers/operator.ts';
import type { ServiceAccount } from '../controllers/world.ts';
import { MANAGED_BY } from '../resources/names.ts';
import { ApiConnection } from '../runtime/api-connection.ts';
import { Cluster } from '../runtime/cluster.ts';
import { EventRecorder } from '../runtime/event-recorder.ts';
import { LeaderElection } from '../runtime/leader-election.ts';
import { ClusterKeys } from './cluster-keys.ts';
import { PodAdmin } from './pod-admin.ts';
import type { ProcessSettings } from './settings.ts';

/** Work in hand has this long to end; the chart's grace period is longer. */
const DRAIN_MS = 30_000;
const FLUSH_MS = 3000;

type Page = { readonly status: number; readonly contentType: string; readonly body: string };

export class OperatorProcess {
  readonly #settings: ProcessSettings;
  readonly #clock = new SystemClock();
  readonly #metrics = new PromMetrics();
  readonly #log: PinoLog;
  readonly #connection: ApiConnection;
  /** Whatever hangs among the others' requests, the lease is renewed. */
  readonly #leaseConnection: ApiConnection;
  readonly #copies: Copies;
  readonly #keys: ClusterKeys;
  readonly #recorder: EventRecorder;
  readonly #operator: Operator;
  readonly #election: LeaderElection;
  #http: HttpListener | undefined;
  #isStopping = false;

  /** `onLost`: another leads, or may; this process must end. */
  constructor(settings: ProcessSettings, onLost: () => void) {
    this.#settings = settings;
    const clock = this.#clock;
    const metrics = this.#metrics;
    const log = PinoLog.open('ecp-operator', settings.logLevel);
    this.#log = log;
    this.#connection = this.#connect();
    this.#leaseConnection = this.#connect();
    const cluster = new Cluster(this.#connection, MANAGED_BY, () => this.#election.isLeader);
    this.#copies = openCopies(settings.watchNamespaces, {
      source: cluster,
      clock,
      log,
      metrics,
      random: Math.random,
    });
    this.#keys = new ClusterKeys({
      cluster,
      subject: `system:serviceaccount:${settings.namespace}:${settings.serviceAccount}`,
      clock,
      log,
      onChange: () => this.#operator.surveySoon(),
    });
    this.#recorder = new EventRecorder({
      sink: cluster,
      controller: `ecp.dev/${MANAGED_BY}`,
      instance: settings.podName,
      clock,
      log,
      metrics,
      uniqueName: () => `ecp.${randomUUID()}`,
    });
    this.#operator = this.#makeOperator(cluster);
    this.#election = this.#makeElection(onLost);
  }

  #connect(): ApiConnection {
    return new ApiConnection({
      kubeConfig: ApiConnection.defaultKubeConfig(),
      userAgent: MANAGED_BY,
      clock: this.#clock,
      metrics: this.#metrics,
    });
  }

  #makeOperator(cluster: Cluster): Operator {
    const { namespace, serviceAccount, serverImage, podLabels, clusterDomain, manager } =
      this.#settings;
    const clock = this.#clock;
    return new Operator({
      copies: this.#copies,
      cluster,
      admin: new PodAdmin({ cluster, namespace, serviceAccount, clock }),
      recorder: this.#recorder,
      serviceAccount: () => this.#account(),
      settings: {
        serverImage,
        namespace,
        podLabels,
        clusterDomain,
        manager,
        sha256: (text) => createHash('sha256').update(text).digest('hex'),
      },
      clock,
      log: this.#log,
      metrics: this.#metrics,
    });
  }

  #makeElection(onLost: () => void): LeaderElection {
    const { namespace, podName, lease } = this.#settings;
    return new LeaderElection({
      store: new Cluster(this.#leaseConnection, MANAGED_BY),
      namespace,
      name: lease.name,
      identity: `${podName}_${randomUUID()}`,
      leaseMs: lease.durationMs,
      renewMs: lease.renewMs,
      retryMs: lease.retryMs,
      random: Math.random,
      clock: this.#clock,
      log: this.#log,
      metrics: this.#metrics,
      onElected: () => this.#operator.start(),
      onLost,
    });
  }

  /** Resolves when it is ready to lead. Rejects when it cannot listen. */
  async start(): Promise<void> {
    const { healthPort, watchNamespaces } = this.#settings;
    this.#http = await listenHttp({ host: '::', port: healthPort }, (method, path) =>
      this.#page(method, path),
    );
    this.#keys.start();
    for (const copies of allOf(this.#copies)) copies.start();
    this.#log.info('operator starts', {
      namespaces: watchNamespaces.length === 0 ? 'all' : watchNamespaces.join(','),
      serverImage: this.#settings.serverImage,
      port: this.#http.port,
    });
    await Promise.all(allOf(this.#copies).map((copies) => copies.synced()));
    await this.#keys.ready;
    if (this.#isStopping) return;
    this.#log.info('copies are in step');
    this.#election.start();
  }

  async stop(why: string): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#log.info('operator stops', { why });
    for (const copies of allOf(this.#copies)) copies.stop();
    this.#keys.stop();
    await this.#operator.stop(DRAIN_MS);
    await this.#recorder.flush(FLUSH_MS);
    await this.#election.stop();
    this.#http?.close();
    await Promise.all([this.#connection.close(), this.#leaseConnection.close()]);
  }

  #account(): ServiceAccount {
    const { account } = this.#keys;
    if (account === undefined) throw new Error("the cluster's public keys are not read yet");
    return account;
  }

  get #isReady(): boolean {
    return (
      this.#keys.account !== undefined && allOf(this.#copies).every(({ isSynced }) => isSynced)
    );
  }

  async #page(method: string, path: string): Promise<Page> {
    const text = (status: number, body: string): Page => ({
      status,
      contentType: 'text/plain; charset=utf-8',
      body: `${body}\n`,
    });
    if (method !== 'GET' && method !== 'HEAD') return text(405, 'only GET');
    switch (path.replace(/\?.*$/, '')) {
      case '/livez':
        return this.#election.isHealthy
          ? text(200, 'alive')
          : text(500, 'the lease is not renewed');
      case '/readyz':
        return this.#isReady && !this.#isStopping
          ? text(200, this.#election.isLeader ? 'ready, leads' : 'ready, waits to lead')
          : text(503, 'not in step with the cluster');
      case '/metrics': {
        const { body, contentType } = await this.#metrics.text();
        return { status: 200, contentType, body };
      }
      default:
        return text(404, 'there are /livez, /readyz and /metrics');
    }
  }
}
