/** What the operator reads of a StatefulSet of its own. */
import { ANNOTATIONS } from '../../resources/names.ts';
import { controllerOf } from '../../runtime/kubernetes-object.ts';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';

export interface OwnedStatefulSet {
  readonly uid: string;
  /** Of the custom resource that it was made for. */
  readonly ownerUid: string | undefined;
  /** The image that its pods were last meant to run (K9). */
  readonly image: string | undefined;
  /** Hash of the template as it was built. */
  readonly templateHash: string | undefined;
  /** Pods asked for. */
  readonly replicas: number;
  /** Pods that there are. */
  readonly present: number;
  readonly ready: number;
  /** Pods of the newest template. */
  readonly updated: number;
  readonly updateRevision: string | undefined;
  /** Pods below it keep their template. */
  readonly partition: number;
  /** Its controller knows the spec that it has: the revisions are those of the template in it. */
  readonly isSeen: boolean;
  /** Every pod is of the newest template and serves. */
  readonly isSettled: boolean;
}

interface Spec {
  readonly replicas?: number;
  readonly updateStrategy?: { readonly rollingUpdate?: { readonly partition?: number } };
}
interface Status {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly updatedReplicas?: number;
  readonly currentRevision?: string;
  readonly updateRevision?: string;
}

export function ownedStatefulSet(object: KubernetesObject): OwnedStatefulSet {
  const { metadata } = object;
  const { replicas = 1, updateStrategy } = (object['spec'] ?? {}) as Spec;
  const status = (object['status'] ?? {}) as Status;
  const { replicas: present = 0, readyReplicas: ready = 0, updatedReplicas: updated = 0 } = status;
  const isSeen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  return {
    uid: metadata.uid ?? '',
    ownerUid: controllerOf(object)?.uid,
    image: metadata.annotations?.[ANNOTATIONS.image],
    templateHash: metadata.annotations?.[ANNOTATIONS.podTemplate],
    replicas,
    present,
    ready,
    updated,
    updateRevision: status.updateRevision,
    partition: updateStrategy?.rollingUpdate?.partition ?? 0,
    isSeen,
    isSettled:
      isSeen &&
      present === replicas &&
      ready === replicas &&
      (updated === replicas || status.currentRevision === status.updateRevision),
  };
}
