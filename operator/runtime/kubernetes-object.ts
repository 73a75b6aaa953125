/** Any object of the Kubernetes API, as plain data: what is read, built and applied. */

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** How the API server speaks of a kind. */
export interface ResourceType {
  /** `v1`, `apps/v1`, `ecp.dev/v1alpha1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** In paths: `statefulsets`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** `namespace/name`, or the name alone of what has no namespace: keys of caches and queues. */
export function objectKey({
  metadata: { namespace, name },
}: {
  readonly metadata: { readonly namespace?: string; readonly name: string };
}): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The owner that looks after an object, among those it has. */
export function controllerOf({
  metadata: { ownerReferences },
}: {
  readonly metadata: ObjectMeta;
}): OwnerReference | undefined {
  return ownerReferences?.find(({ controller }) => controller === true);
}
