/** All that is known of one custom resource when its state is judged: gathered first, then judged without asking. */
import type { Finding } from '../../api/conditions.ts';
import type { EcpResource } from '../../api/manifests.ts';
import type { ResourceTopology } from '../../topology/topology.ts';
import type { OwnedClaim } from './claim-plan.ts';
import type { Observation } from './observation.ts';
import type { OwnedPod } from './owned-pod.ts';
import type { OwnedStatefulSet } from './owned-stateful-set.ts';

export interface ObservedPod {
  readonly pod: OwnedPod;
  /** Undefined while it has not answered. */
  readonly observation: Observation | undefined;
}

export interface Facts {
  readonly resource: EcpResource;
  readonly generation: number;
  readonly topology: ResourceTopology;
  readonly set: OwnedStatefulSet | undefined;
  readonly pods: readonly ObservedPod[];
  readonly claims: readonly OwnedClaim[];
  /** What its ConfigMap holds; undefined while there is none. */
  readonly configuration: { readonly revision: number; readonly hash: string } | undefined;
  /** The image that its pods are meant to run. */
  readonly image: string;
  /** Pods with this ordinal and above may have the template that is wanted. */
  readonly partition: number;
  /** What was found on the way here. */
  readonly findings: readonly Finding[];
  /** UID of the pod whose instance has this name. */
  readonly podUidOf: (instance: string) => string | undefined;
  /** Whether its status says Ready for this generation. */
  readonly wasReady: boolean;
  readonly nowMs: number;
  /** Of a time in RFC 3339, in the same count as `nowMs`. */
  readonly timeMs: (time: string) => number;
}
