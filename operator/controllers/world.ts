/**
 * The whole of what the operator looks after as one picture: custom resources, their pods, and the topology that they
 * come to. It is computed anew when a copy has changed and somebody looks. Every resource is judged by its whole
 * state: no event is remembered, so none can be lost.
 */
import type { Problem } from '../../server/instance/configuration.ts';
import type { Application } from '../api/application.ts';
import { instanceBase, readResource, resourceKey } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import { podSelector } from '../resources/names.ts';
import { podPlacement } from '../resources/placement.ts';
import { keyFile, POD_LAYOUT } from '../resources/pod-layout.ts';
import { controllerOf, objectKey } from '../runtime/kubernetes-object.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import type { Environment, InstanceIdentity, Placement } from '../topology/instances.ts';
import { replicasOf } from '../topology/instances.ts';
import { computeTopology } from '../topology/topology.ts';
import type { ResourceTopology } from '../topology/topology.ts';
import type { Copies } from './copies.ts';
import { ownedPod } from './decisions/owned-pod.ts';
import type { OwnedPod } from './decisions/owned-pod.ts';

export type ServiceAccount = NonNullable<Placement['admin']['serviceAccount']>;

/** A custom resource as the API server has it. */
export interface WatchedResource {
  readonly key: string;
  readonly object: KubernetesObject;
  readonly uid: string;
  /** The state that counts: the last valid one, when the spec breaks a rule that only code can check. */
  readonly resource: EcpResource | undefined;
  /** No valid state was ever seen here: others go by what of it can be read, and it is left as it is. */
  readonly isPartial: boolean;
  readonly problems: readonly Problem[];
  /** Of a newer definition than this operator's. */
  readonly unknownFields: readonly string[];
}

export interface Picture {
  readonly watched: ReadonlyMap<string, WatchedResource>;
  readonly topologies: ReadonlyMap<string, ResourceTopology>;
  /** By key of their resource. */
  readonly pods: ReadonlyMap<string, readonly OwnedPod[]>;
  /** By the name of its instance. */
  readonly podUids: ReadonlyMap<string, string>;
}

export interface WorldOptions {
  readonly copies: Copies;
  readonly clusterDomain: string;
  /** Whose tokens administer the instances (K6). */
  readonly serviceAccount: () => ServiceAccount;
}

const NO_PODS: readonly OwnedPod[] = [];

export class World {
  readonly #options: WorldOptions;
  #picture: Picture | undefined;
  /** By UID: the last valid state of each, for its pods outlive a resource and an edit may be none. */
  readonly #known = new Map<string, EcpResource>();
  /** UID of a StatefulSet → its resource's UID and place: pods outlive both (K3). */
  readonly #owners = new Map<string, { readonly uid: string; readonly place: string }>();

  constructor(options: WorldOptions) {
    this.#options = options;
  }

  /** The next look computes it anew. */
  invalidate(): void {
    this.#picture = undefined;
  }

  look(): Picture {
    this.#picture ??= this.#compute();
    return this.#picture;
  }

  #compute(): Picture {
    const watched = this.#readResources();
    const uids = new Set([...watched.values()].map(({ uid }) => uid));
    const podsByOwner = this.#readPods(watched);
    this.#forget(uids, podsByOwner);
    // An edit that breaks a rule changes nothing of what runs: the last valid state counts.
    const present = [...watched.values()].flatMap(({ resource }) => resource ?? []);
    const departed = [...podsByOwner.keys()]
      .filter((uid) => !uids.has(uid))
      .flatMap((uid) => this.#known.get(uid) ?? []);
    const podsOf = (resource: EcpResource): readonly OwnedPod[] =>
      podsByOwner.get(resource.metadata.uid ?? '') ?? NO_PODS;
    const topology = computeTopology(present, this.#environment(present, departed, podsOf));
    const everyone = [...present, ...departed];
    return {
      watched,
      topologies: new Map(topology.resources.map((one) => [resourceKey(one.resource), one])),
      pods: new Map(present.map((resource) => [resourceKey(resource), podsOf(resource)])),
      podUids: new Map(
        everyone.flatMap((resource) =>
          podsOf(resource).map(
            ({ ordinal, uid }) => [`${instanceBase(resource)}-${ordinal ?? ''}`, uid] as const,
          ),
        ),
      ),
    };
  }

  #readResources(): Map<string, WatchedResource> {
    const { resources } = this.#options.copies;
    const objects = [...resources.EcpDataServer.list(), ...resources.EcpAppServer.list()];
    return new Map(
      objects.map((object): [string, WatchedResource] => {
        const { namespace = '', name, uid = '' } = object.metadata;
        const key = resourceKey({ kind: object.kind, metadata: { namespace, name } });
        const read = readResource(object);
        const basis = { key, object, uid, isPartial: false };
        if ('problems' in read) {
          const { problems } = read;
          const known = this.#known.get(uid);
          const resource = known ?? readPart(object, problems);
          const isPartial = known === undefined;
          return [key, { ...basis, resource, isPartial, problems, unknownFields: [] }];
        }
        const { resource, unknownFields } = read;
        this.#known.set(uid, resource);
        return [key, { ...basis, resource, problems: [], unknownFields }];
      }),
    );
  }

  /**
   * Pods by the UID of their resource: those of our StatefulSets alone, whatever labels others wear (K3). Owners can be
   * claimed like labels, so names count too: in its place there is no other StatefulSet, and nobody else's pods.
   */
  #readPods(watched: ReadonlyMap<string, WatchedResource>): Map<string, OwnedPod[]> {
    const { copies } = this.#options;
    const places = new Map(
      [...watched.values()].map(({ uid, object }) => [uid, objectKey(object)]),
    );
    for (const { metadata } of copies.statefulSets.list()) {
      const owner = controllerOf({ metadata });
      const place = places.get(owner?.uid ?? '');
      if (metadata.uid === undefined || owner === undefined || place === undefined) continue;
      if (place === objectKey({ metadata }))
        this.#owners.set(metadata.uid, { uid: owner.uid, place });
    }
    const pods = new Map<string, OwnedPod[]>();
    for (const object of copies.pods.list()) {
      const pod = ownedPod(object);
      const owner = this.#owners.get(pod.controllerUid ?? '');
      if (owner === undefined || objectKey(object) !== `${owner.place}-${pod.ordinal ?? ''}`)
        continue;
      const others = pods.get(owner.uid);
      if (others === undefined) pods.set(owner.uid, [pod]);
      else others.push(pod);
    }
    return pods;
  }

  #forget(uids: ReadonlySet<string>, pods: ReadonlyMap<string, readonly OwnedPod[]>): void {
    for (const uid of this.#known.keys()) {
      if (!uids.has(uid) && !pods.has(uid)) this.#known.delete(uid);
    }
    const sets = new Set(
      this.#options.copies.statefulSets.list().map(({ metadata }) => metadata.uid),
    );
    for (const [set, owner] of this.#owners) {
      if (!sets.has(set) && !pods.has(owner.uid)) this.#owners.delete(set);
    }
  }

  #environment(
    present: readonly EcpResource[],
    departed: readonly EcpResource[],
    podsOf: (resource: EcpResource) => readonly OwnedPod[],
  ): Environment {
    const { copies, clusterDomain, serviceAccount } = this.#options;
    const account = serviceAccount();
    const byPlace = new Map(
      [...departed, ...present].map((resource) => [resourceKey(resource), resource]),
    );
    const placement = (resource: EcpResource, replica: number): Placement =>
      podPlacement(resource, replica, {
        addresses: podsOf(resource).find(({ ordinal }) => ordinal === replica)?.addresses ?? [],
        clusterDomain,
        serviceAccount: account,
      });
    return {
      place: ({ kind, namespace, resource, replica }: InstanceIdentity) => {
        const found = byPlace.get(resourceKey({ kind, metadata: { namespace, name: resource } }));
        if (found === undefined) throw new Error(`no ${kind} ${namespace}/${resource}`);
        return placement(found, replica);
      },
      leaving: (resource) =>
        podsOf(resource)
          .filter(
            ({ ordinal }) =>
              ordinal !== undefined &&
              (departed.includes(resource) || ordinal >= replicasOf(resource)),
          )
          .map(({ ordinal }) => placement(resource, ordinal ?? 0)),
      departed,
      labelsOf: (namespace) =>
        copies.namespaces === undefined
          ? undefined
          : (copies.namespaces.get(namespace)?.metadata.labels ?? {}),
      locateModule: (_resource, module) =>
        module.startsWith('/') ? module : `${POD_LAYOUT.programFolder}/${module}`,
      locateKey: (_resource, key) => keyFile(key),
      applicationVariables: ({ env }: Application) =>
        Object.fromEntries(
          env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
        ),
    };
  }
}

/**
 * A resource without the fields of its spec that are at fault, for others to go by: its pods go on being admitted, and
 * those who use it find it, after the operator was started anew over a spec that it cannot take.
 */
function readPart(object: KubernetesObject, problems: readonly Problem[]): EcpResource | undefined {
  const faulty = new Set(
    problems.map(({ path: [top, field] }) => (top === 'spec' ? field : undefined)),
  );
  if (faulty.has(undefined)) return undefined;
  const spec = Object.entries((object['spec'] ?? {}) as Readonly<Record<string, unknown>>);
  const rest = Object.fromEntries(spec.filter(([field]) => !faulty.has(field)));
  const read = readResource({ ...object, spec: rest });
  return 'problems' in read ? undefined : read.resource;
}

/** The objects of a resource among copies that are found by its labels. */
export function labelledOf(
  resource: EcpResource,
  objects: readonly KubernetesObject[],
): KubernetesObject[] {
  const labels = Object.entries(podSelector(resource));
  return objects.filter(
    ({ metadata }) =>
      metadata.namespace === resource.metadata.namespace &&
      labels.every(([name, value]) => metadata.labels?.[name] === value),
  );
}

/** Key of the resource that a reference's target, `namespace/name`, leads to; of a host's target there is none. */
export const dataServerKey = (target: string): string => `EcpDataServer ${target}`;

/** Key of an object of a resource in its namespace. */
export const keyIn = (resource: EcpResource, name: string): string =>
  objectKey({ metadata: { namespace: resource.metadata.namespace, name } });
