/** Manifests → the objects of Kubernetes that they ask for, as the builders make them: what an operator applies. */
import { createHash } from 'node:crypto';
import { parseManifests } from '../../operator/api/manifests.ts';
import type { EcpResource } from '../../operator/api/manifests.ts';
import { configMap } from '../../operator/resources/config-map.ts';
import { networkPolicy } from '../../operator/resources/network-policy.ts';
import { keyFile } from '../../operator/resources/pod-layout.ts';
import { podPlacement } from '../../operator/resources/placement.ts';
import { podDisruptionBudget } from '../../operator/resources/pod-disruption-budget.ts';
import { headlessService, service } from '../../operator/resources/services.ts';
import { statefulSet } from '../../operator/resources/stateful-set.ts';
import type { OperatorSettings, Workload } from '../../operator/resources/workload.ts';
import type { KubernetesObject } from '../../operator/runtime/kubernetes-object.ts';
import { replicasOf } from '../../operator/topology/instances.ts';
import { computeTopology } from '../../operator/topology/topology.ts';

export const IMAGE = 'docker.io/local/ecp-server:test';

const SETTINGS: OperatorSettings = {
  serverImage: IMAGE,
  namespace: 'ecp-system',
  podLabels: { 'app.kubernetes.io/name': 'ecp-operator' },
  clusterDomain: 'cluster.local',
  manager: 'ecp-system/test',
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
};

export interface PodObjectsOptions {
  /** UIDs of the resources, by kind and name; by default made from them. */
  readonly uidOf?: (resource: EcpResource) => string;
  /** Addresses of pods, by name. */
  readonly addressesOf?: (pod: string) => readonly string[];
  readonly settings?: Partial<OperatorSettings>;
}

/** Workloads of everything in the manifests, data servers first. */
export function workloadsOf(
  texts: readonly string[],
  { uidOf, addressesOf, settings }: PodObjectsOptions = {},
): Workload[] {
  const { resources } = parseManifests(texts.map((text, i) => ({ path: `${i}.yaml`, text })));
  const topology = computeTopology(resources, {
    place: ({ kind, namespace, resource, replica }) => {
      const owner = resources.find(
        (one) =>
          one.kind === kind &&
          one.metadata.namespace === namespace &&
          one.metadata.name === resource,
      );
      if (owner === undefined) throw new Error(`no resource ${resource}`);
      const addresses = addressesOf?.(`${resource}-${replica}`) ?? [];
      return podPlacement(owner, replica, { addresses, clusterDomain: 'cluster.local' });
    },
    labelsOf: (namespace) => ({ 'kubernetes.io/metadata.name': namespace }),
    locateModule: (_resource, module) => module,
    locateKey: (_resource, key) => keyFile(key),
    applicationVariables: ({ env }) =>
      Object.fromEntries(
        env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      ),
  });
  return topology.resources.flatMap(({ resource, configuration, memory }) => {
    if (configuration === undefined || memory === undefined) return [];
    const { kind, metadata } = resource;
    return {
      resource,
      uid: uidOf?.(resource) ?? `uid-of-${kind}-${metadata.name}`,
      configuration,
      memory,
      image: resource.spec.image ?? IMAGE,
      replicas: replicasOf(resource),
      partition: 0,
      settings: { ...SETTINGS, ...settings },
    };
  });
}

/** Every object of one workload, in the order in which they can be applied. */
export function objectsOf(workload: Workload, revision = 1): KubernetesObject[] {
  return [
    headlessService(workload),
    service(workload),
    configMap(workload, revision),
    statefulSet(workload),
    podDisruptionBudget(workload),
    networkPolicy(workload, []).object,
  ].filter((object) => object !== undefined);
}
