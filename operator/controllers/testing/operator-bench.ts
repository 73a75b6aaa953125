/** An operator at a cluster in memory: everything real but the API server, what else runs in the cluster, and time. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../../server/ports/clock.ts';
import { readYaml } from '../../../server/instance/configuration.ts';
import { appServerStatus, dataServerStatus } from '../../api/status.ts';
import type { OperatorSettings } from '../../resources/workload.ts';
import { Cluster } from '../../runtime/cluster.ts';
import { EventRecorder } from '../../runtime/event-recorder.ts';
import type { KubernetesObject, ObjectMeta } from '../../runtime/kubernetes-object.ts';
import { RecordedLog, RecordedMetrics } from '../../runtime/testing/recorded-ports.ts';
import { allOf, openCopies } from '../copies.ts';
import type { Copies } from '../copies.ts';
import { Operator } from '../operator.ts';
import { NAMESPACE, RESOURCES } from '../resource-types.ts';
import type { ServiceAccount } from '../world.ts';
import { KubeControllers } from './kube-controllers.ts';
import { EVENT, MemoryConnection } from './memory-connection.ts';
import { MemoryApiServer } from './memory-api-server.ts';
import { MemoryInstances } from './memory-instances.ts';

export const SETTINGS: OperatorSettings = {
  serverImage: 'r/ecp-server:0.1.0',
  namespace: 'ecp-system',
  podLabels: { 'app.kubernetes.io/name': 'ecp-operator' },
  clusterDomain: 'cluster.local',
  manager: 'ecp-system/one',
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
};
export const SERVICE_ACCOUNT: ServiceAccount = {
  issuer: 'https://kubernetes.default.svc',
  subject: 'system:serviceaccount:ecp-system:ecp-operator',
  keys: [{ kty: 'RSA', kid: 'one', n: 'n', e: 'AQAB' }],
};

/** The cluster, without an operator. */
export class MemoryCluster {
  readonly clock: Clock;
  readonly server: MemoryApiServer;
  readonly kube: KubeControllers;
  readonly instances: MemoryInstances;
  #events = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.server = new MemoryApiServer(clock);
    this.server.refuse = statusProblem;
    this.server.defaults = filledIn;
    this.instances = new MemoryInstances(this.server, clock);
    this.kube = new KubeControllers(this.server, clock);
  }

  /** One that no other Event has, whichever operator says it. */
  eventName(): string {
    return `event-${++this.#events}`;
  }

  /** As `kubectl apply` does it, and every namespace is there. */
  apply(yaml: string): void {
    for (const { value } of readYaml(yaml).documents) {
      const given = value as KubernetesObject;
      if (given.kind === NAMESPACE.kind) this.#applyNamespace(given.metadata);
      if (!isResource(given)) continue;
      const metadata = { namespace: 'default', ...given.metadata };
      this.#applyNamespace({ name: metadata.namespace });
      const type = RESOURCES[given.kind];
      this.server.apply(type, { ...given, metadata }, { manager: 'kubectl' });
    }
  }

  #applyNamespace({ name, labels }: ObjectMeta): void {
    const { apiVersion, kind } = NAMESPACE;
    if (labels === undefined && this.server.find(NAMESPACE, undefined, name) !== undefined) return;
    const all = { 'kubernetes.io/metadata.name': name, ...labels };
    const object = { apiVersion, kind, metadata: { name, labels: all } };
    this.server.apply(NAMESPACE, object, { manager: 'kubectl' });
  }
}

const isResource = (
  object: KubernetesObject,
): object is KubernetesObject & { readonly kind: keyof typeof RESOURCES } =>
  Object.hasOwn(RESOURCES, object.kind);

/** The definition's schema. */
function statusProblem({ kind, status }: KubernetesObject): string | undefined {
  if (status === undefined) return undefined;
  if (kind !== 'EcpDataServer' && kind !== 'EcpAppServer') return undefined;
  const schema = kind === 'EcpDataServer' ? dataServerStatus : appServerStatus;
  return schema.safeParse(status).error?.message;
}

/** Some of what a real server adds to what is applied. */
function filledIn(object: KubernetesObject): KubernetesObject {
  const spec = object['spec'] as Record<string, unknown> | undefined;
  if (object.kind === 'Service') {
    return { ...object, spec: { clusterIP: '10.96.0.1', sessionAffinity: 'None', ...spec } };
  }
  if (object.kind !== 'StatefulSet') return object;
  const template = spec?.['template'] as { readonly spec: object };
  const pod = { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', ...template.spec };
  return { ...object, spec: { ...spec, template: { ...template, spec: pod } } };
}

export interface BenchOptions {
  readonly namespaces?: readonly string[];
  readonly settings?: Partial<OperatorSettings>;
  /** Whether it leads still. */
  readonly mayWrite?: () => boolean;
}

export class OperatorBench {
  readonly memory: MemoryCluster;
  readonly connection: MemoryConnection;
  readonly copies: Copies;
  readonly operator: Operator;
  readonly log = new RecordedLog();
  readonly metrics = new RecordedMetrics();

  constructor(
    memory: MemoryCluster,
    { namespaces = [], settings = {}, mayWrite }: BenchOptions = {},
  ) {
    const { clock, server, instances } = memory;
    const { log, metrics } = this;
    this.memory = memory;
    this.connection = new MemoryConnection(server, clock);
    const cluster = new Cluster(this.connection, 'ecp-operator', mayWrite);
    const source = cluster;
    this.copies = openCopies(namespaces, { source, clock, log, metrics, random: () => 0.5 });
    const recorder = new EventRecorder({
      sink: cluster,
      controller: 'ecp.dev/ecp-operator',
      instance: 'operator-0',
      clock,
      log,
      metrics,
      uniqueName: () => memory.eventName(),
    });
    this.operator = new Operator({
      copies: this.copies,
      cluster,
      admin: instances,
      recorder,
      serviceAccount: () => SERVICE_ACCOUNT,
      settings: { ...SETTINGS, ...settings },
      clock,
      log,
      metrics,
    });
  }

  /** Once the copies are in step. */
  async start(): Promise<void> {
    for (const copies of allOf(this.copies)) copies.start();
    await Promise.all(allOf(this.copies).map((copies) => copies.synced()));
    this.operator.start();
  }

  async stop(): Promise<void> {
    for (const copies of allOf(this.copies)) copies.stop();
    await this.operator.stop(0);
  }

  /** Reasons of the Events about a resource, in order. */
  events(name: string): string[] {
    return this.memory.server
      .list({ type: EVENT })
      .filter((event) => (event['regarding'] as { readonly name: string }).name === name)
      .map((event) => String(event['reason']));
  }
}
