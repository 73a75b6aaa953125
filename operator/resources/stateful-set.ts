/** The StatefulSet of a resource: its pods with stable names and, with storage, volumes that stay theirs. */
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { replicasOf } from '../topology/instances.ts';
import { hashOf } from './hash.ts';
import {
  ANNOTATIONS,
  headlessServiceName,
  labelsOf,
  podSelector,
  statefulSetName,
} from './names.ts';
import type { VolumeName } from './names.ts';
import { podTemplate } from './pod-template.ts';
import type { PodTemplate } from './pod-template.ts';
import { metadataOf } from './workload.ts';
import type { Workload } from './workload.ts';

/** Former templates that are kept, for `kubectl rollout undo` and for people who look. */
const REVISIONS_KEPT = 5;

/**
 * Two things that follow live configuration must not roll the pods by themselves: the image comes pinned
 * (`workload.image`), and the memory of the sizing rule, which grows with every app server that connects,
 * is taken up when something else changes the template. `current` is the StatefulSet that there is.
 */
export function statefulSet(workload: Workload, current?: KubernetesObject): KubernetesObject {
  const { resource, image, replicas } = workload;
  const { template, hash, memoryBytes } = templateOf(workload, current);
  const annotations = {
    [ANNOTATIONS.image]: image,
    [ANNOTATIONS.memory]: String(memoryBytes),
    [ANNOTATIONS.podTemplate]: hash,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(workload, statefulSetName(resource), annotations),
    spec: {
      replicas,
      serviceName: headlessServiceName(resource),
      selector: { matchLabels: podSelector(resource) },
      // Pods do not wait for each other: a pod that never gets ready would hold up its own repair.
      podManagementPolicy: 'Parallel',
      minReadySeconds: 0,
      revisionHistoryLimit: REVISIONS_KEPT,
      updateStrategy: updateStrategy(workload),
      template,
      ...storageOf(workload, current),
    },
  };
}

interface BuiltTemplate {
  readonly template: PodTemplate;
  readonly hash: string;
  readonly memoryBytes: number;
}

function templateOf(workload: Workload, current: KubernetesObject | undefined): BuiltTemplate {
  const build = (memoryBytes: number): BuiltTemplate => {
    const template = podTemplate(workload, memoryBytes);
    return { template, hash: hashOf(template, workload.settings.sha256), memoryBytes };
  };
  const annotations = current?.metadata.annotations;
  const before = Number(annotations?.[ANNOTATIONS.memory]);
  if (Number.isSafeInteger(before) && before > 0) {
    const unchanged = build(before);
    if (unchanged.hash === annotations?.[ANNOTATIONS.podTemplate]) return unchanged;
  }
  return build(workload.memory.totalBytes);
}

/** One by one: a maxUnavailable would be left out by API servers that do not know it, which is most of them. */
function updateStrategy({ resource: { spec }, partition }: Workload): object {
  if (spec.updateStrategy.type === 'OnDelete') return { type: 'OnDelete' };
  return { type: 'RollingUpdate', rollingUpdate: { partition } };
}

/**
 * Nothing without storage. Templates of claims cannot change while the StatefulSet exists: they keep their sizes, and
 * the claims made from them are grown one by one.
 */
function storageOf(
  { resource, uid, replicas }: Workload,
  current: KubernetesObject | undefined,
): object {
  const { storage } = resource.spec;
  if (storage === undefined) return {};
  const claim = (name: VolumeName, { size, storageClassName, accessMode }: Volume): object => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    // Whose data it is: a claim that another resource of this name left behind is told apart (K7).
    metadata: {
      name,
      labels: labelsOf(resource),
      annotations: { [ANNOTATIONS.ownerUid]: uid },
    },
    spec: {
      accessModes: [accessMode],
      resources: { requests: { storage: templateSize(current, name) ?? size } },
      ...(storageClassName === undefined ? {} : { storageClassName }),
    },
  });
  const { data, journal, retentionPolicy } = storage;
  // Fewer than the spec asks for: it was not the spec that took pods away, and their volumes stay.
  const isHeld = replicas < replicasOf(resource);
  const whenScaled = 'whenScaled' in retentionPolicy ? retentionPolicy.whenScaled : 'Retain';
  return {
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: retentionPolicy.whenDeleted,
      whenScaled: isHeld ? 'Retain' : whenScaled,
    },
    volumeClaimTemplates: [
      claim('data', data),
      ...(journal === undefined ? [] : [claim('journal', journal)]),
    ],
  };
}

function templateSize(
  current: KubernetesObject | undefined,
  volume: VolumeName,
): string | undefined {
  const { volumeClaimTemplates = [] } = (current?.['spec'] ?? {}) as {
    readonly volumeClaimTemplates?: readonly ClaimTemplate[];
  };
  return volumeClaimTemplates.find(({ metadata }) => metadata.name === volume)?.spec.resources
    .requests.storage;
}
interface ClaimTemplate {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
}

interface Volume {
  readonly size: string | number;
  readonly storageClassName?: string | undefined;
  readonly accessMode: string;
}
