/**
 * The operator's inner life: copies of the cluster lead to a picture of the whole, what changed in the picture leads to
 * resources that are looked at again. Nothing here talks to the cluster but through the parts it puts together.
 *
 *   copies change ─► survey: the picture anew, whose part of it differs? ─► controller ─► reconciler
 *   an instance says something else, an object of ours changes ──────────────►
 */
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import type { Metrics } from '../../server/ports/metrics.ts';
import { resourceKey } from '../api/manifests.ts';
import { canonicalJson } from '../resources/hash.ts';
import type { OperatorSettings } from '../resources/workload.ts';
import type { Cluster } from '../runtime/cluster.ts';
import { Controller } from '../runtime/controller.ts';
import type { EventRecorder } from '../runtime/event-recorder.ts';
import { allOf } from './copies.ts';
import type { Copies } from './copies.ts';
import { InstanceWatch } from './instance-watch.ts';
import type { InstanceAdmin } from './instance-admin.ts';
import { Reconciler } from './reconciler.ts';
import { StatusWriter } from './status-writer.ts';
import { dataServerKey, World } from './world.ts';
import type { Picture, ServiceAccount } from './world.ts';

/** Changes that come together are surveyed together. */
const SURVEY_MS = 20;
/** Everything is looked at again this often, whatever was said or missed. */
const RESYNC_MS = 600_000;
const WORKERS = 8;
const RECONCILE_MS_MAX = 60_000;

export interface OperatorPorts {
  readonly copies: Copies;
  readonly cluster: Cluster;
  readonly admin: InstanceAdmin;
  readonly recorder: EventRecorder;
  readonly serviceAccount: () => ServiceAccount;
  readonly settings: OperatorSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export class Operator {
  readonly #ports: OperatorPorts;
  readonly #world: World;
  readonly #instances: InstanceWatch;
  readonly #controller: Controller;
  readonly #status: StatusWriter;
  /** What the picture held of each resource when it was surveyed last. */
  readonly #surveyed = new Map<string, string>();
  #isWorking = false;
  #survey: Timer | undefined;
  #resync: Timer | undefined;

  constructor(ports: OperatorPorts) {
    this.#ports = ports;
    const { copies, clock, log, metrics, cluster, admin, recorder, settings } = ports;
    this.#world = new World({
      copies,
      clusterDomain: settings.clusterDomain,
      serviceAccount: ports.serviceAccount,
    });
    this.#instances = new InstanceWatch({
      admin,
      clock,
      log,
      onChange: (key) => this.#enqueueWithUsers(key),
    });
    const instances = this.#instances;
    const world = this.#world;
    this.#status = new StatusWriter({ cluster, world, instances, recorder, clock, metrics });
    const tools = { world, copies, cluster, admin, instances, settings, clock };
    this.#controller = new Controller({
      name: 'ecp',
      reconcile: new Reconciler(tools, this.#status).reconcile,
      workers: WORKERS,
      deadlineMs: RECONCILE_MS_MAX,
      clock,
      log,
      metrics,
    });
    this.#listen();
  }

  /** Nothing is queued, running or about to be surveyed. */
  get isIdle(): boolean {
    return this.#survey === undefined && this.#controller.isIdle;
  }

  /** Begins to act; the copies are in step by then. */
  start(): void {
    this.#isWorking = true;
    this.#instances.start();
    this.#controller.start();
    this.surveySoon();
    this.#resyncLater();
  }

  async stop(limitMs: number): Promise<void> {
    this.#isWorking = false;
    this.#survey?.cancel();
    this.#resync?.cancel();
    this.#instances.stop();
    await this.#controller.stop(limitMs);
  }

  /** Something that the picture is made of has changed. */
  surveySoon(): void {
    this.#world.invalidate();
    if (!this.#isWorking) return;
    this.#survey ??= this.#ports.clock.after(SURVEY_MS, () => {
      this.#survey = undefined;
      this.#surveyNow();
    });
  }

  #listen(): void {
    const { copies } = this.#ports;
    for (const kind of ['EcpDataServer', 'EcpAppServer'] as const) {
      copies.resources[kind].onChange((key) => this.#resourceChanged(kind, key));
    }
    const picture = [copies.pods, copies.statefulSets, copies.namespaces];
    for (const part of picture) part?.onChange(() => this.surveySoon());
    const resources: readonly unknown[] = Object.values(copies.resources);
    for (const part of allOf(copies)) {
      if (part === copies.namespaces || resources.includes(part)) continue;
      part.onChange((key) => this.#objectChanged(key));
    }
  }

  #resourceChanged(kind: 'EcpDataServer' | 'EcpAppServer', key: string): void {
    this.surveySoon();
    const object = this.#ports.copies.resources[kind].get(key);
    const [namespace = '', name = ''] = key.split('/');
    const own = resourceKey({ kind, metadata: { namespace, name } });
    // Our own write of a status tells us nothing; anybody else's has to be looked at.
    if (object === undefined || !this.#status.isOwnWrite(own, object)) this.#enqueue(own);
  }

  /** By its name, since of an object that is gone nothing else is left. */
  #objectChanged(key: string): void {
    if (!this.#isWorking) return;
    const [namespace = '', object = ''] = key.split('/');
    const bare = object.replace(/-(\d+|pods|config)$/, '');
    const names = new Set([object, bare, bare.replace(/^(data|journal)-/, '')]);
    for (const name of names) {
      for (const kind of ['EcpDataServer', 'EcpAppServer'] as const) {
        if (this.#ports.copies.resources[kind].get(`${namespace}/${name}`) === undefined) continue;
        this.#enqueueWithUsers(resourceKey({ kind, metadata: { namespace, name } }));
      }
    }
  }

  #surveyNow(): void {
    const picture = this.#world.look();
    this.#instances.follow(picture.pods);
    for (const key of this.#surveyed.keys()) {
      if (picture.watched.has(key)) continue;
      this.#surveyed.delete(key);
      this.#enqueue(key);
    }
    for (const key of picture.watched.keys()) {
      const part = partOf(picture, key);
      if (this.#surveyed.get(key) === part) continue;
      this.#surveyed.set(key, part);
      this.#enqueueWithUsers(key);
    }
  }

  #enqueue(key: string): void {
    if (this.#isWorking) this.#controller.enqueue(key);
  }

  /** Whoever uses a data server rolls after it, and no newer version than it runs. */
  #enqueueWithUsers(key: string): void {
    if (!this.#isWorking) return;
    this.#enqueue(key);
    for (const [user, { references }] of this.#world.look().topologies) {
      if (references.some(({ target }) => dataServerKey(target) === key)) this.#enqueue(user);
    }
  }

  #resyncLater(): void {
    this.#resync = this.#ports.clock.after(RESYNC_MS, () => {
      for (const key of this.#world.look().watched.keys()) this.#enqueue(key);
      this.#resyncLater();
    });
  }
}

/** What reconciling a resource goes by, as text. */
function partOf({ watched, topologies, pods }: Picture, key: string): string {
  const { metadata } = watched.get(key)?.object ?? {};
  const topology = topologies.get(key);
  return canonicalJson([
    metadata?.uid,
    metadata?.generation,
    metadata?.annotations,
    metadata?.labels,
    metadata?.deletionTimestamp,
    pods.get(key),
    topology === undefined
      ? undefined
      : { ...topology, resource: undefined, peers: topology.peers.map(resourceKey) },
  ]);
}
