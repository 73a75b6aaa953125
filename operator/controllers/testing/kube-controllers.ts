/**
 * What else runs in a cluster, as far as an operator notices: the controller of StatefulSets, a node that starts and ends
 * pods, volumes that get their size, and the collection of what has lost its owner. All of it acts on the whole state, a
 * little after it has changed.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../../server/ports/clock.ts';
import { canonicalJson } from '../../resources/hash.ts';
import { INSTANCE_CONTAINER } from '../../resources/pod-layout.ts';
import type {
  KubernetesObject,
  ObjectMeta,
  ResourceType,
} from '../../runtime/kubernetes-object.ts';
import {
  BUDGET,
  CLAIM,
  CONFIG_MAP,
  NETWORK_POLICY,
  POD,
  RESOURCES,
  SERVICE,
  STATEFUL_SET,
} from '../resource-types.ts';
import type { MemoryApiServer } from './memory-api-server.ts';

const SYNC_MS = 10;
const START_MS = 1000;
const READY_MS = 2000;
const LEAVE_MS = 1500;
const REVISION_DIGITS = 8;

interface Container {
  readonly name: string;
  readonly image?: string;
}
interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
}
interface Template {
  readonly metadata: Pick<ObjectMeta, 'labels' | 'annotations'>;
  readonly spec: PodSpec;
}
interface SetSpec {
  readonly replicas: number;
  readonly template: Template;
  readonly updateStrategy: {
    readonly type: string;
    readonly rollingUpdate?: { readonly partition?: number };
  };
  readonly volumeClaimTemplates?: readonly KubernetesObject[];
}
interface SetStatus {
  readonly currentRevision?: string;
}

const OWNED: readonly ResourceType[] = [
  STATEFUL_SET,
  POD,
  SERVICE,
  CONFIG_MAP,
  BUDGET,
  NETWORK_POLICY,
];
const OWNERS: readonly ResourceType[] = [...Object.values(RESOURCES), STATEFUL_SET];

export class KubeControllers {
  readonly #server: MemoryApiServer;
  readonly #clock: Clock;
  /** By name of the revision. */
  readonly #templates = new Map<string, Template>();
  /** UIDs of pods that are on their way to a state. */
  readonly #starting = new Set<string>();
  readonly #leaving = new Set<string>();
  #isDue = false;
  #addresses = 0;
  /** False: it replaces no pod, as with kubernetes/kubernetes#67250. */
  replacesPods = true;
  /** Images that cannot be fetched. */
  readonly badImages = new Set<string>();
  /** UIDs of pods that stay, however long they should be gone: their node is lost. */
  readonly lost = new Set<string>();

  constructor(server: MemoryApiServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    server.onChange(() => this.#soon());
  }

  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#clock.after(SYNC_MS, () => {
      this.#isDue = false;
      this.#collect();
      for (const set of this.#server.list({ type: STATEFUL_SET })) this.#syncSet(set);
      for (const pod of this.#server.list({ type: POD })) this.#syncPod(pod);
      for (const claim of this.#server.list({ type: CLAIM })) this.#bind(claim);
    });
  }

  /** What has lost its owner goes. */
  #collect(): void {
    const there = new Set(
      OWNERS.flatMap((type) => this.#server.list({ type }).map(({ metadata }) => metadata.uid)),
    );
    for (const type of OWNED) {
      for (const { metadata } of this.#server.list({ type })) {
        const owner = ownerOf(metadata);
        if (owner === undefined || there.has(owner)) continue;
        this.#server.delete(type, metadata.namespace, metadata.name);
      }
    }
  }

  #syncSet(set: KubernetesObject): void {
    const { namespace, name, generation } = set.metadata;
    const { replicas, template, updateStrategy } = set['spec'] as SetSpec;
    const updateRevision = this.#revisionOf(name, template);
    const status = (set['status'] ?? {}) as SetStatus;
    const { currentRevision = updateRevision } = status;
    const partition = updateStrategy.rollingUpdate?.partition ?? 0;
    const pods = this.#podsOf(set);
    for (let ordinal = 0; ordinal < replicas; ordinal++) {
      // A former set's pod of this name has to be gone first.
      if (this.#server.find(POD, namespace, `${name}-${ordinal}`) !== undefined) continue;
      const isHeld = updateStrategy.type === 'RollingUpdate' && ordinal < partition;
      this.#makePod(set, ordinal, isHeld ? currentRevision : updateRevision);
    }
    for (const [ordinal, pod] of pods) {
      if (ordinal >= replicas) this.#server.delete(POD, namespace, pod.metadata.name);
    }
    if (updateStrategy.type === 'RollingUpdate' && this.replacesPods) {
      this.#roll(this.#podsOf(set), { replicas, partition, updateRevision });
    }
    this.#writeStatus(set, { generation, replicas, currentRevision, updateRevision });
  }

  /** From the highest ordinal down to the partition, one at a time, the next when the last one serves. */
  #roll(
    pods: ReadonlyMap<number, KubernetesObject>,
    set: { readonly replicas: number; readonly partition: number; readonly updateRevision: string },
  ): void {
    for (let ordinal = set.replicas - 1; ordinal >= set.partition; ordinal--) {
      const pod = pods.get(ordinal);
      if (pod === undefined || isLeaving(pod)) return;
      if (revisionOf(pod) !== set.updateRevision) {
        this.#server.delete(POD, pod.metadata.namespace, pod.metadata.name);
        return;
      }
      if (!isReady(pod)) return;
    }
  }

  #writeStatus(
    set: KubernetesObject,
    seen: {
      readonly generation: number | undefined;
      readonly replicas: number;
      readonly currentRevision: string;
      readonly updateRevision: string;
    },
  ): void {
    const { updateRevision } = seen;
    const pods = [...this.#podsOf(set).values()];
    const updated = pods.filter((pod) => revisionOf(pod) === updateRevision && !isLeaving(pod));
    const ready = pods.filter(isReady);
    const isOver = [pods.length, updated.length, ready.length].every((n) => n === seen.replicas);
    const status = {
      observedGeneration: seen.generation,
      replicas: pods.length,
      readyReplicas: ready.length,
      updatedReplicas: updated.length,
      currentRevision: isOver ? updateRevision : seen.currentRevision,
      updateRevision,
    };
    const { namespace, name } = set.metadata;
    this.#server.update(STATEFUL_SET, namespace, name, (object) => ({ ...object, status }));
  }

  #revisionOf(name: string, template: Template): string {
    const digest = createHash('sha256').update(canonicalJson(template)).digest('hex');
    const revision = `${name}-${digest.slice(0, REVISION_DIGITS)}`;
    this.#templates.set(revision, template);
    return revision;
  }

  #podsOf(set: KubernetesObject): Map<number, KubernetesObject> {
    const pods = this.#server
      .list({ type: POD, namespace: set.metadata.namespace })
      .filter(({ metadata }) => ownerOf(metadata) === set.metadata.uid);
    return new Map(pods.map((pod) => [Number(pod.metadata.name.replace(/^.*-/, '')), pod]));
  }

  #makePod(set: KubernetesObject, ordinal: number, revision: string): void {
    const { namespace = '', name, uid = '' } = set.metadata;
    const template = this.#templates.get(revision);
    if (template === undefined) throw new Error(`no template ${revision}`);
    for (const claim of (set['spec'] as SetSpec).volumeClaimTemplates ?? []) {
      const metadata = {
        ...claim.metadata,
        namespace,
        name: `${claim.metadata.name}-${name}-${ordinal}`,
      };
      if (this.#server.find(CLAIM, namespace, metadata.name) === undefined) {
        this.#server.create(CLAIM, { ...claim, metadata });
      }
    }
    const { apiVersion, kind } = STATEFUL_SET;
    this.#server.create(POD, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...template.metadata,
        name: `${name}-${ordinal}`,
        namespace,
        labels: { ...template.metadata.labels, 'controller-revision-hash': revision },
        ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
      },
      spec: { ...template.spec, nodeName: 'node-a' },
      status: { phase: 'Pending' },
    });
  }

  /** The node's part. */
  #syncPod(pod: KubernetesObject): void {
    const { namespace, name, uid = '' } = pod.metadata;
    if (isLeaving(pod)) {
      if (this.#leaving.has(uid) || this.lost.has(uid)) return;
      this.#leaving.add(uid);
      this.#clock.after(LEAVE_MS, () => {
        if (this.#server.find(POD, namespace, name)?.metadata.uid !== uid) return;
        this.#server.remove(POD, namespace, name);
      });
      return;
    }
    if (this.#starting.has(uid)) return;
    this.#starting.add(uid);
    this.#clock.after(START_MS, () => this.#start(pod));
  }

  #start(pod: KubernetesObject): void {
    const { initContainers = [], containers = [] } = pod['spec'] as PodSpec;
    const image = [...initContainers, ...containers].find(
      ({ name }) => name === INSTANCE_CONTAINER,
    )?.image;
    const state = this.badImages.has(image ?? '')
      ? { waiting: { reason: 'ImagePullBackOff', message: `no image ${image ?? ''}` } }
      : { running: {} };
    const statusOf = (list: readonly Container[]): object[] =>
      list.map(({ name }) => ({ name, state }));
    const status = {
      phase: 'running' in state ? 'Running' : 'Pending',
      podIPs: [{ ip: `10.1.0.${++this.#addresses}` }],
      conditions: [{ type: 'Ready', status: 'False' }],
      initContainerStatuses: statusOf(initContainers),
      containerStatuses: statusOf(containers),
    };
    this.#writePod(pod, status);
    if (!('running' in state)) return;
    const ready = { ...status, conditions: [{ type: 'Ready', status: 'True' }] };
    this.#clock.after(READY_MS, () => this.#writePod(pod, ready));
  }

  #writePod({ metadata: { namespace, name, uid } }: KubernetesObject, status: object): void {
    if (this.#server.find(POD, namespace, name)?.metadata.uid !== uid) return;
    this.#server.update(POD, namespace, name, (pod) => ({ ...pod, status }));
  }

  /** A volume has the size that is asked for. */
  #bind({ metadata: { namespace, name } }: KubernetesObject): void {
    this.#server.update(CLAIM, namespace, name, (claim) => {
      const { resources } = claim['spec'] as { readonly resources: { readonly requests: object } };
      return { ...claim, status: { phase: 'Bound', capacity: resources.requests } };
    });
  }
}

const ownerOf = ({ ownerReferences }: ObjectMeta): string | undefined =>
  ownerReferences?.find(({ controller }) => controller === true)?.uid;
const isLeaving = ({ metadata }: KubernetesObject): boolean =>
  metadata.deletionTimestamp !== undefined;
const revisionOf = ({ metadata }: KubernetesObject): string | undefined =>
  metadata.labels?.['controller-revision-hash'];

function isReady(pod: KubernetesObject): boolean {
  const { conditions = [] } = (pod['status'] ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
