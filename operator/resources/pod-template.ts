/**
 * The template of a resource's pods. A change of it restarts them, so nothing is in it that an instance
 * takes up while it runs, and nothing that comes from the operator's version or settings (K9).
 */
import { keysOf } from '../api/storage-fields.ts';
import type { KeyReference } from '../api/storage-fields.ts';
import { fixedPart } from '../../server/instance/configuration.ts';
import { hashOf } from './hash.ts';
import { instanceContainer, RESTRICTED_CONTAINER } from './instance-container.ts';
import { ANNOTATIONS, configMapName, labelsOf, podSelector } from './names.ts';
import { keyPath, KEYS_VOLUME, POD_LAYOUT } from './pod-layout.ts';
import type { Workload } from './workload.ts';

/** Longer than the instance's own limit for an orderly stop, so that nobody is killed who keeps to it. */
const GRACE_BEYOND_DRAIN_SECONDS = 30;

export interface PodTemplate {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/** `memoryBytes`: by the sizing rule, for a spec that gives no figure. */
export function podTemplate(workload: Workload, memoryBytes: number): PodTemplate {
  const { resource, configuration, settings } = workload;
  const given = resource.spec.podTemplate;
  const restartedAt = resource.metadata.annotations[ANNOTATIONS.restartedAt];
  return {
    metadata: {
      // Ours last: nobody's labels may take a pod away from its Service or its policy.
      labels: { ...given.metadata.labels, ...labelsOf(resource) },
      annotations: {
        ...given.metadata.annotations,
        [ANNOTATIONS.fixedConfiguration]: hashOf(fixedPart(configuration), settings.sha256),
        ...(restartedAt === undefined ? {} : { [ANNOTATIONS.restartedAt]: restartedAt }),
      },
    },
    spec: podSpec(workload, memoryBytes),
  };
}

function podSpec(workload: Workload, memoryBytes: number): object {
  const { spec } = workload.resource;
  const { securityContext, ...placement } = spec.podTemplate.spec;
  return {
    topologySpreadConstraints: defaultSpread(workload),
    ...placement,
    ...(spec.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: spec.imagePullSecrets }),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: spec.drainSeconds + GRACE_BEYOND_DRAIN_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: POD_LAYOUT.user,
      runAsGroup: POD_LAYOUT.group,
      fsGroup: POD_LAYOUT.group,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
      ...securityContext,
    },
    ...containers(workload, memoryBytes),
    volumes: volumes(workload),
  };
}

/** With containers beside it the instance starts before them, and is told to stop after they have (K11). */
function containers(workload: Workload, memoryBytes: number): object {
  const instance = instanceContainer(workload, memoryBytes);
  const beside = workload.resource.spec.application?.containers ?? [];
  if (beside.length === 0) return { containers: [instance] };
  return {
    initContainers: [{ ...instance, restartPolicy: 'Always' }],
    containers: beside.map((container) => ({
      ...container,
      securityContext: RESTRICTED_CONTAINER,
    })),
  };
}

/** Volumes that are no claims. */
function volumes({ resource }: Workload): object[] {
  const keys = keysOf(resource.spec);
  return [
    { name: 'configuration', configMap: { name: configMapName(resource) } },
    ...(keys.length === 0 ? [] : [keysVolume(keys)]),
    ...(resource.spec.storage === undefined ? [{ name: 'data', emptyDir: {} }] : []),
    { name: 'tmp', emptyDir: {} },
  ];
}

/** For the instance's group, which owns the files, and nobody else. */
const KEY_FILE_MODE = 0o440;

/**
 * The keys that are named, and nothing else of their Secrets. One that is missing keeps no pod from starting: the
 * kubelet would only say so in an Event, and wait; the instance says which it is, and what needs it.
 */
function keysVolume(keys: readonly KeyReference[]): object {
  // Sorted: the order in which a spec names them restarts no pod.
  const items = keys
    .map((reference) => ({ ...reference, path: keyPath(reference) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const secrets = [...new Set(items.map(({ name }) => name))];
  return {
    name: KEYS_VOLUME,
    projected: {
      defaultMode: KEY_FILE_MODE,
      sources: secrets.map((secret) => ({
        secret: {
          name: secret,
          optional: true,
          items: items
            .filter(({ name }) => name === secret)
            .map(({ key, path }) => ({ key, path })),
        },
      })),
    },
  };
}

/** App servers keep apart where they can, over zones and over nodes. */
function defaultSpread({ resource }: Workload): object[] {
  if (resource.kind === 'EcpDataServer') return [];
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: podSelector(resource) },
  }));
}
