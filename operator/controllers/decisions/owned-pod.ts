/** What the operator reads of a pod. */
import { INSTANCE_CONTAINER } from '../../resources/pod-layout.ts';
import { controllerOf } from '../../runtime/kubernetes-object.ts';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';

export interface OwnedPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The number at the end of its name; undefined when it has none. */
  readonly ordinal: number | undefined;
  /** Of the StatefulSet that controls it. */
  readonly controllerUid: string | undefined;
  /** Every address by which others may see it; none when they are not its own (K3). */
  readonly addresses: readonly string[];
  /** The image that its instance is to run. */
  readonly image: string | undefined;
  /** Of the template that it was made from. */
  readonly revision: string | undefined;
  readonly isReady: boolean;
  /** Whether its instance was started and has not ended. */
  readonly isRunning: boolean;
  readonly isLeaving: boolean;
  /** When it is to be gone at the latest, RFC 3339. */
  readonly leavesAt: string | undefined;
  readonly node: string | undefined;
  /** Why a container of it does not start or run, such as ImagePullBackOff; undefined when nothing says so. */
  readonly trouble: { readonly reason: string; readonly message: string } | undefined;
  readonly createdAt: string | undefined;
}

interface ContainerStatus {
  readonly name?: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly reason?: string; readonly message?: string };
  };
  readonly lastState?: { readonly terminated?: { readonly message?: string } };
}
interface PodSpec {
  readonly nodeName?: string;
  readonly hostNetwork?: boolean;
  readonly containers?: readonly { readonly name: string; readonly image?: string }[];
  readonly initContainers?: readonly { readonly name: string; readonly image?: string }[];
}
interface PodStatus {
  readonly phase?: string;
  readonly podIPs?: readonly { readonly ip?: string }[];
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

/** States of waiting that pass by themselves. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

export function ownedPod(object: KubernetesObject): OwnedPod {
  const { metadata } = object;
  const spec = (object['spec'] ?? {}) as PodSpec;
  const status = (object['status'] ?? {}) as PodStatus;
  const instance = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].find(
    ({ name }) => name === INSTANCE_CONTAINER,
  );
  const ended = status.phase === 'Succeeded' || status.phase === 'Failed';
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const ordinal = /-(\d+)$/.exec(metadata.name)?.[1];
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    ordinal: ordinal === undefined ? undefined : Number(ordinal),
    controllerUid: controllerOf(object)?.uid,
    addresses:
      ended || spec.hostNetwork === true
        ? []
        : (status.podIPs ?? []).flatMap(({ ip }) => (ip === undefined ? [] : [ip])),
    image: instance?.image,
    revision: metadata.labels?.['controller-revision-hash'],
    isReady: ready?.status === 'True' && !ended,
    isRunning:
      !ended &&
      containers.some(
        ({ name, state }) => name === INSTANCE_CONTAINER && state?.running !== undefined,
      ),
    isLeaving: metadata.deletionTimestamp !== undefined,
    leavesAt: metadata.deletionTimestamp,
    node: spec.nodeName,
    trouble: troubleOf(status, containers),
    createdAt: metadata.creationTimestamp,
  };
}

function troubleOf(status: PodStatus, containers: readonly ContainerStatus[]): OwnedPod['trouble'] {
  for (const { name = '', state, lastState } of containers) {
    const reason = state?.waiting?.reason;
    if (reason === undefined || ON_ITS_WAY.has(reason)) continue;
    // What the container itself said when it ended tells more than that it is waiting to start again.
    const said = lastState?.terminated?.message ?? state?.waiting?.message ?? '';
    return { reason, message: `container ${name}: ${reason}${said === '' ? '' : `: ${said}`}` };
  }
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') {
    const { reason = 'Unschedulable', message = '' } = scheduled;
    return { reason, message: `${reason}: ${message}` };
  }
  return undefined;
}
