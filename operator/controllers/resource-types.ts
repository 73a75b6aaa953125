/** The kinds that the operator reads and writes. */
import { API_VERSION } from '../api/schema.ts';
import type { EcpResource } from '../api/manifests.ts';
import type { ResourceType } from '../runtime/kubernetes-object.ts';

const type = (apiVersion: string, kind: string, plural: string): ResourceType => ({
  apiVersion,
  kind,
  plural,
  namespaced: true,
});

export const POD = type('v1', 'Pod', 'pods');
export const SERVICE = type('v1', 'Service', 'services');
export const CONFIG_MAP = type('v1', 'ConfigMap', 'configmaps');
export const CLAIM = type('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims');
export const STATEFUL_SET = type('apps/v1', 'StatefulSet', 'statefulsets');
export const BUDGET = type('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets');
export const NETWORK_POLICY = type('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies');
export const NAMESPACE: ResourceType = {
  ...type('v1', 'Namespace', 'namespaces'),
  namespaced: false,
};

/** The custom resources. */
export const RESOURCES: Readonly<Record<EcpResource['kind'], ResourceType>> = {
  EcpDataServer: type(API_VERSION, 'EcpDataServer', 'ecpdataservers'),
  EcpAppServer: type(API_VERSION, 'EcpAppServer', 'ecpappservers'),
};
