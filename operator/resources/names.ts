/** What the objects of a custom resource are called, and the labels and annotations that are ours. */
import type { EcpResource } from '../api/manifests.ts';

/** Field manager of everything that is applied, and the value of the managed-by label. */
export const MANAGED_BY = 'ecp-operator';
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
/** Every namespace has this label, with its name, from the API server. */
const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

export const ANNOTATIONS = {
  /** On custom resources: workloads are left alone (K15). */
  paused: 'ecp.dev/paused',
  /** On custom resources, copied to the pod template: another value restarts the pods. */
  restartedAt: 'ecp.dev/restarted-at',
  /** On custom resources: UID of the former owner whose volumes may be used (K7). */
  adoptVolumes: 'ecp.dev/adopt-volumes',
  /** On volume claims: UID of the custom resource that they were made for (K7). */
  ownerUid: 'ecp.dev/owner-uid',
  /** On all objects: which operator looks after them (K16). */
  manager: 'ecp.dev/manager',
  /** On StatefulSets: the image, so that another default of a newer operator rolls nothing (K9). */
  image: 'ecp.dev/image',
  /** On StatefulSets: bytes by the sizing rule that the pods were made with. */
  memory: 'ecp.dev/memory',
  /** On StatefulSets: hash of the pod template as it was built. */
  podTemplate: 'ecp.dev/pod-template',
  /** On pod templates: hash of what an instance takes up only when it starts. */
  fixedConfiguration: 'ecp.dev/fixed-configuration',
} as const;

type Named = Pick<EcpResource, 'kind'> & {
  readonly metadata: { readonly name: string };
};
type Labels = Readonly<Record<string, string>>;

export const statefulSetName = ({ metadata: { name } }: Named): string => name;
/** ClusterIP Service: how others reach the instances. */
export const serviceName = ({ metadata: { name } }: Named): string => name;
/** Headless Service: gives every pod its DNS name. */
export const headlessServiceName = ({ metadata: { name } }: Named): string => `${name}-pods`;
export const configMapName = ({ metadata: { name } }: Named): string => `${name}-config`;
export const podDisruptionBudgetName = ({ metadata: { name } }: Named): string => name;
export const networkPolicyName = ({ metadata: { name } }: Named): string => name;
export const podName = ({ metadata: { name } }: Named, replica: number): string =>
  `${name}-${replica}`;
export const claimName = (resource: Named, volume: VolumeName, replica: number): string =>
  `${volume}-${podName(resource, replica)}`;

/** Volumes that may be claims. */
export type VolumeName = 'data' | 'journal';

/** `bank-0.bank-pods.data.svc.cluster.local`: the same for every incarnation of the pod. */
export function podHostName(
  resource: Named & { readonly metadata: { readonly namespace: string } },
  replica: number,
  clusterDomain: string,
): string {
  const { namespace } = resource.metadata;
  return `${podName(resource, replica)}.${headlessServiceName(resource)}.${namespace}.svc.${clusterDomain}`;
}

/** Selects the pods of one resource, and nothing more: it can never change on a StatefulSet. */
export function podSelector({ kind, metadata: { name } }: Named): Labels {
  return kind === 'EcpDataServer'
    ? { 'ecp.dev/data-server': name }
    : { 'ecp.dev/app-server': name };
}

export function labelsOf(resource: Named): Labels {
  return {
    [MANAGED_BY_LABEL]: MANAGED_BY,
    'app.kubernetes.io/name':
      resource.kind === 'EcpDataServer' ? 'ecp-data-server' : 'ecp-app-server',
    'app.kubernetes.io/instance': resource.metadata.name,
    ...podSelector(resource),
  };
}

/** Selects one Kubernetes namespace. */
export const namespaceSelector = (namespace: string): { readonly matchLabels: Labels } => ({
  matchLabels: { [NAMESPACE_NAME_LABEL]: namespace },
});
