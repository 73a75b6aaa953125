/**
 * What the builders are given, and what they all put on their objects. A builder is a function of its
 * arguments: the same workload gives the same object, whatever the operator's version.
 */
import { API_VERSION } from '../api/schema.ts';
import type { EcpResource } from '../api/manifests.ts';
import type { KubernetesObject, ObjectMeta } from '../runtime/kubernetes-object.ts';
import type { Memory } from '../topology/sizing.ts';
import type { Configuration } from '../../server/instance/configuration.ts';
import { ANNOTATIONS, labelsOf } from './names.ts';

export interface OperatorSettings {
  /** For resources that name no image; pinned when a StatefulSet is made (K9). */
  readonly serverImage: string;
  /** The operator's own namespace and its pods' labels: who may reach the admin port. */
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** `cluster.local`. */
  readonly clusterDomain: string;
  /** Who this operator is, among several in a cluster (K16). */
  readonly manager: string;
  /** Hex digits of the digest of a text: node:crypto, which is no business of a pure place. */
  readonly sha256: (text: string) => string;
}

export interface Workload {
  readonly resource: EcpResource;
  /** Of the API server; owners are known by it. */
  readonly uid: string;
  /** Of replica 0; the instances put their own names in. */
  readonly configuration: Configuration;
  /** By the sizing rule; see `statefulSet` on when it takes effect. */
  readonly memory: Memory;
  readonly image: string;
  /** Pods that may run: the spec's replicas, less those held back for want of a session slot (K13). */
  readonly replicas: number;
  /** Pods with this ordinal and above get a changed template. */
  readonly partition: number;
  readonly settings: OperatorSettings;
}

/** Metadata of an object that belongs to the workload's resource. */
export function metadataOf(
  { resource, uid, settings }: Workload,
  name: string,
  annotations: Readonly<Record<string, string>> = {},
): ObjectMeta {
  return {
    name,
    namespace: resource.metadata.namespace,
    labels: labelsOf(resource),
    annotations: { ...annotations, [ANNOTATIONS.manager]: settings.manager },
    // No blockOwnerDeletion: where owners are policed it asks for a right that is not needed otherwise.
    ownerReferences: [
      {
        apiVersion: API_VERSION,
        kind: resource.kind,
        name: resource.metadata.name,
        uid,
        controller: true,
      },
    ],
  };
}

/** An object with a spec. */
export function objectOf(
  workload: Workload,
  { apiVersion, kind, name }: { apiVersion: string; kind: string; name: string },
  spec: object,
): KubernetesObject {
  return { apiVersion, kind, metadata: metadataOf(workload, name), spec };
}
